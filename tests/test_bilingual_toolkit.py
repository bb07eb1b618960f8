"""Files that the translate-toolkit writes, mended and read by it again: only what was mended is another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gatekit import run, write
from hypothesis import given
from hypothesis import strategies as st

from checks.bilingual import parse
from checks.model import Digest

pytest.importorskip("translate")
from translate.storage import csvl10n, pypo, tmx, xliff, xliff2

PAIRS = (
    ("We train an LLM.", "我们训练大型语言模型。", "我们训练大语言模型。"),
    ('Say "GPU" & <b>go</b>,\nthen stop.', '说"GPU" & <b>走</b>，\n再停下。', "说“GPU”& <b>走</b>，\n再停下。"),
    ("Nothing is wrong here.", "这里没有错误。", "这里没有错误。"),
    ("A GPU of 80 GB.", "一块GPU，80 GB。", "一块 GPU，80 GB。"),
)
"""Source, target, and the target after its safe fixes."""


def xliff_store() -> Any:
    return xliff.xlifffile(sourcelanguage="en", targetlanguage="zh-CN")


def xliff2_store() -> Any:
    return xliff2.Xliff2File(sourcelanguage="en", targetlanguage="zh-CN")


def po_store() -> Any:
    store = pypo.pofile()
    store.updateheader(add=True, Content_Type="text/plain; charset=UTF-8", Language="zh_CN")
    return store


STORES = {
    "a.xlf": xliff_store,
    "b.xliff": xliff2_store,
    "c.tmx": tmx.tmxfile,
    "d.po": po_store,
    "e.csv": csvl10n.csvfile,
}


def filled(name: str, pairs: Any) -> bytes:
    """A file of the toolkit's with these pairs."""
    store = STORES[name]()
    for number, (source, target) in enumerate(pairs):
        if name == "c.tmx":
            store.addtranslation(source, "en", target, "zh-CN")
            continue
        unit = store.addsourceunit(source)
        unit.target = target
        if name != "d.po":
            unit.setid(f"u{number}")
        unit.addnote("多个LLMs")
    return bytes(store)


def read(name: str, data: bytes) -> list[tuple[str, str, str, str]]:
    """What the toolkit reads: id, source, target and notes."""
    if name == "e.csv":
        # Left to itself it guesses encoding and dialect, of a few characters wrongly; ours is RFC 4180.
        store = csvl10n.csvfile(encoding="utf-8")
        store.parse(data, dialect="excel")
    else:
        store = STORES[name]().__class__.parsestring(data)
    units = [unit for unit in store.units if not unit.isheader() and unit.target]
    return [(unit.getid() or "", str(unit.source), str(unit.target), unit.getnotes()) for unit in units]


@pytest.mark.parametrize("name", STORES)
def test_it_reads_the_mended_targets_and_all_else_as_it_wrote_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "yijiao.toml", "")
    before = filled(name, [pair[:2] for pair in PAIRS])
    (tmp_path / name).write_bytes(before)
    run("--fix", name, "--select", "TRM001,FMT001,FMT002,FMT008")
    after = (tmp_path / name).read_bytes()
    asked, got = read(name, before), read(name, after)
    assert [target for _, _, target, _ in asked] == [target for _, target, _ in PAIRS]
    assert [target for _, _, target, _ in got] == [mended for _, _, mended in PAIRS]
    assert [(key, source, notes) for key, source, _, notes in got] == [
        (key, source, notes) for key, source, _, notes in asked
    ]
    changed = [(one, other) for one, other in zip(before.splitlines(), after.splitlines(), strict=True) if one != other]
    assert len(changed) == 3


def keys(digest: Digest) -> list[str]:
    return [entry.key for entry in digest.entries]


@pytest.mark.parametrize("name", ["a.xlf", "b.xliff", "e.csv"])
def test_an_entry_has_the_id_of_its_unit(name: str) -> None:
    assert keys(parse(filled(name, [pair[:2] for pair in PAIRS]).decode(), name)) == ["u0", "u1", "u2", "u3"]


TEXT = st.text("中文é𠮷 ab&<>\"'\\]%，.\n", min_size=1, max_size=20).filter(lambda text: text.strip() == text)


@pytest.mark.parametrize("name", STORES)
@given(pairs=st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4, unique_by=lambda pair: pair[0]))
def test_both_read_the_same_texts(name: str, pairs: list[tuple[str, str]]) -> None:
    data = filled(name, pairs)
    digest = parse(data.decode(), name)
    behind = digest.behind
    assert behind is not None
    bodies = (entry.body.text if entry.body is not None else "" for entry in behind.digest.entries)
    sources = (entry.source.abstract if entry.source is not None else "" for entry in behind.digest.entries)
    assert list(zip(sources, bodies, strict=True)) == [(source, target) for _, source, target, _ in read(name, data)]
