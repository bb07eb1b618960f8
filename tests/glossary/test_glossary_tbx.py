"""Reading TBX that others wrote, some of them with ill intent."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossary.__main__ import main
from glossary.model import Term
from glossary.rows import read_file

HEAD = '<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>'
TAIL = "</body></text></tbx>"


def concept(english: str, chinese: str, more: str = "") -> str:
    return (
        f'<conceptEntry id="c1">{more}<langSec xml:lang="en">{english}</langSec>\n'
        f'<langSec xml:lang="zh-CN">{chinese}</langSec></conceptEntry>'
    )


def form(text: str, **notes: str) -> str:
    inside = "".join(f'<termNote type="{name}">{value}</termNote>' for name, value in notes.items())
    return f"<termSec><term>{text}</term>{inside}</termSec>"


def imported(folder: Path, content: str | bytes) -> list[Term]:
    path = folder / "in.tbx"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert main(["import", "--format", "tbx", str(path), "-o", str(folder / "out.csv")]) == 0
    return read_file(folder / "out.csv")


def refused(folder: Path, capsys: pytest.CaptureFixture[str], content: str | bytes, line: int | None) -> str:
    path = folder / "in.tbx"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    assert main(["import", "--format", "tbx", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"{path}: " if line is None else f"{path}:{line}: ")
    return printed.err


def test_forms_without_a_status_are_right_in_their_order(tmp_path: Path) -> None:
    (term,) = imported(tmp_path, HEAD + concept(form("agent") + form("agentic"), form("智能体") + form("主体")) + TAIL)
    assert (term.source, term.variants, term.preferred, term.admitted) == ("agent", ("agentic",), "智能体", ("主体",))


def test_status_goes_before_order(tmp_path: Path) -> None:
    chinese = (
        form("代理", administrativeStatus="deprecatedTerm-admn-sts") + form("主体")
        + form("代办", administrativeStatus="supersededTerm-admn-sts")
        + form("智能体", administrativeStatus="preferredTerm-admn-sts")
    )  # fmt: skip
    english = form("AG", termType="acronym") + form("agent", termType="fullForm")
    more = '<descrip type="subjectField">agents</descrip><note>one</note>\n<note>two\n   lines</note>'
    (term,) = imported(tmp_path, HEAD + concept(english, chinese, more) + TAIL)
    assert (term.source, term.abbr, term.domain, term.note) == ("agent", ("AG",), "agents", "one; two lines")
    assert (term.preferred, term.admitted, term.forbidden, term.suspect) == ("智能体", ("主体",), ("代理",), ("代办",))


def test_process_status(tmp_path: Path) -> None:
    chinese = form("智能体", processStatus="provisionallyProcessed")
    (term,) = imported(tmp_path, HEAD + concept(form("agent"), chinese) + TAIL)
    assert term.status == "proposed"


def test_martif_with_its_doctype(tmp_path: Path) -> None:
    content = (
        '<?xml version="1.0"?>\n<!DOCTYPE martif SYSTEM "http://127.0.0.1:9/TBXcoreStructV02.dtd">\n'
        '<martif type="TBX" xml:lang="en"><text><body><termEntry><langSet xml:lang="en-US"><ntig><termGrp>'
        '<term>agent</term></termGrp></ntig></langSet><langSet xml:lang="zh"><tig><term>智能<hi>体</hi></term>'
        '<termNote type="administrativeStatus">preferred</termNote></tig></langSet></termEntry></body></text></martif>'
    )
    (term,) = imported(tmp_path, content)
    assert (term.source, term.preferred) == ("agent", "智能体")


def test_the_other_style(tmp_path: Path) -> None:
    content = (
        '<tbx xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" style="dct">'
        "<text><body><conceptEntry><min:subjectField>agents</min:subjectField>"
        '<langSec xml:lang="en"><termSec><term>agent</term></termSec></langSec>'
        '<langSec xml:lang="zh"><termSec><term>智能体</term></termSec><termSec><term>代理</term>'
        "<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>"
        "</conceptEntry></body></text></tbx>"
    )
    (term,) = imported(tmp_path, content)
    assert (term.domain, term.forbidden) == ("agents", ("代理",))


def test_what_has_no_column_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    english = form("agent", partOfSpeech="noun") + form("old", administrativeStatus="deprecatedTerm-admn-sts")
    other = '<langSec xml:lang="zh-TW"><termSec><term>代理</term></termSec></langSec>'
    lone = '\n<conceptEntry><langSec xml:lang="en"><termSec><term>lone</term></termSec></langSec></conceptEntry>'
    entry = concept(english, form("智能体"), '<descrip type="definition">x</descrip>')
    body = entry.replace("</conceptEntry>", other + "</conceptEntry>")
    imported(tmp_path, HEAD + body + lone + TAIL)
    error = capsys.readouterr().err
    for expected in ("in.tbx:3: the concept is left out", "definition (1)", "partOfSpeech (1)", "language zh-TW (1)",
                     "English terms that are deprecated (1)"):  # fmt: skip
        assert expected in error


BOMB = "<!DOCTYPE tbx [\n<!ENTITY a \"aaaaaaaaaa\">\n" + "".join(
    f'<!ENTITY {name} "{("&" + before + ";") * 10}">\n' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>\n"  # fmt: skip


@pytest.mark.parametrize("prolog", [
    BOMB,
    '<!DOCTYPE tbx [\n<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE tbx [\n<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>',
])  # fmt: skip
def test_entities_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], prolog: str) -> None:
    error = refused(tmp_path, capsys, prolog + HEAD + concept(form("agent"), form("&a;")) + TAIL, 2)
    assert "entity" in error
    assert "root:" not in error


def test_deep_nesting_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "well-formed" in refused(tmp_path, capsys, "<tbx>" + "<a>" * 5000 + "</a>" * 5000 + "</tbx>", 1)


@pytest.mark.parametrize(("content", "line", "words"), [
    ("<tbx>\n<text>\n</tbx>", 3, "well-formed"),
    ("", 1, "well-formed"),
    ("<html/>", 1, "<html>"),
    ('<?xml version="1.0" encoding="GBK"?><tbx/>', 1, "UTF-8"),
    (b"<tbx>\n\xb4\xfa</tbx>", 2, "UTF-8"),
    ("<tbx/>".encode("utf-16"), None, "UTF-16"),
    (HEAD + "\n" + concept(form("a|b"), form("智能体")) + TAIL, 2, "holds |"),
    (HEAD + concept(form("a"), form("甲")) + "\n" + concept(form("A"), form("乙")) + TAIL, 3, "already stands"),
    (HEAD + concept(form("a"), form("甲") + form("甲", administrativeStatus="deprecated")) + TAIL, 1, "both right"),
    (HEAD + concept(form("a"), form("甲"), "<note>yijiao: policy = maybe</note>") + TAIL, 1, "policy 'maybe'"),
])  # fmt: skip
def test_what_is_wrong_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | bytes, line: int | None, words: str
) -> None:
    assert words in refused(tmp_path, capsys, content, line)


def test_a_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--format", "tbx", str(tmp_path / "no.tbx")]) == 2
    assert "cannot be read" in capsys.readouterr().err
