"""Bilingual files at the gate's door: what is said of their segments, where, and what a fix leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gatekit import CLEAN, FORMATS, run, write

from review_app.__main__ import main as review

XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<!-- LLMs用 -->
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:m='urn:memory'>
 <file original="a"  source-language="en" target-language='zh-CN' datatype="plaintext"><body>
  <trans-unit m:note="多个LLMs" id="u1"  xml:space="preserve">
    <source>We train <g id="1">LLMs</g> &amp; more with R.</source>
    <target>我们用<g id="1">LLMs</g>训练&#x5927;型语言模型<!-- LLMs -->&amp;<![CDATA[使用GPU & R]]>。</target>
    <note>多个LLMs</note>
    <alt-trans><target>多个LLMs用</target></alt-trans>
  </trans-unit>
  <m:entry><m:target>多个LLMs用</m:target></m:entry>
  <trans-unit id="u2"><source>Settings</source><target>设置GPU<x id="2"/>模型</target></trans-unit>
  <trans-unit id="u3"><source>LLMs</source><target/></trans-unit>
  <trans-unit id="u4" translate="no"><source>LLMs</source><target>用LLMs</target></trans-unit>
 </body></file>
</xliff>
"""
MENDED_XLIFF = XLIFF.replace(
    '我们用<g id="1">LLMs</g>训练&#x5927;型语言模型<!-- LLMs -->&amp;<![CDATA[使用GPU & R]]>。',
    '我们用<g id="1">LLM</g>训练&#x5927;语言模型<!-- LLMs -->&amp;<![CDATA[使用 GPU & R]]>。',
).replace("设置GPU<x", "设置 GPU<x")
XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="zh-Hans"
 xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><file id="f1">
 <unit id="one"><mtc:matches><mtc:match ref="#m"><source>x</source><target>多个LLMs</target></mtc:match></mtc:matches>
  <segment id="s1"><source>Use <pc id="1">GPU</pc> models.</source><target>用<pc id="1">GPU</pc>模型GPU类.</target>
  </segment>
  <ignorable><source> </source><target>多个LLMs</target></ignorable>
  <segment><source>With <mrk id="m1" translate="no">LLMs</mrk>.</source>
   <target>用GPU<mrk id="m1" translate="no">多个LLMs</mrk>。</target></segment>
 </unit>
 <unit id="two"><segment><source>A GPU.</source><target>用GPU。</target></segment></unit>
 <unit id="three" translate="no"><segment><source>A GPU.</source><target>用GPU。</target></segment></unit>
</file></xliff>"""
MENDED_XLIFF_2 = (
    XLIFF_2.replace("模型GPU类.<", "模型 GPU 类。<")
    .replace("<target>用GPU<mrk", "<target>用 GPU<mrk")
    .replace(
        '"two"><segment><source>A GPU.</source><target>用GPU', '"two"><segment><source>A GPU.</source><target>用 GPU'
    )
)
TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en" note="多个LLMs"/><body>
<tu tuid="7"><note>多个LLMs</note><prop type="x">用LLMs</prop>
 <tuv xml:lang="zh-CN"><seg>用<bpt i="1">&lt;b class="多个LLMs"&gt;</bpt>GPU卡<ept i="1"/>与<hi>GPU卡</hi></seg></tuv>
 <tuv xml:lang="de"><seg>多个LLMs用</seg></tuv>
 <tuv xml:lang="EN-US"><seg>With a GPU and a GPU</seg></tuv></tu>
<tu><tuv lang="en"><seg>No Chinese: LLMs</seg></tuv></tu>
</body></tmx>
"""
MENDED_TMX = TMX.replace("GPU卡<", "GPU 卡<")
PO = """# 多个LLMs
msgid ""
msgstr ""
"Language: zh_CN\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

#. 多个LLMs
#: a.c:3
#, c-format
msgid "Open %d \\"files\\" with GPU.\\n"
msgstr   ""
"打开 %d 个\\"文件\\"在GPU"
"上运行大型语言"
"模型.\\n"

#, fuzzy
#| msgid "多个LLMs"
msgctxt "menu"
msgid "file"
msgid_plural "%d files"
msgstr[0] "文件(x)"
#~ msgid "old"
#~ msgstr "多个LLMs"
"""
MENDED_PO = (
    PO.replace('个\\"文件\\"在GPU"\n"上运行大型语言"', '个“文件”在 GPU "\n"上运行大语言"')
    .replace('"模型.\\n', '"模型。\\n')
    .replace("文件(x)", "文件 (x)")
)
CSV = (
    "\ufeffnote;ID;Source;TARGET\r\n"
    '多个LLMs;1;"We use GPU; ok";使用GPU卡\r\n'
    '"多个""LLMs""";2;"GPU ""x""";"""大型语言模型"" GPU卡"\r\n'
    "short;3\r\n"
    "last;4;none;"
)
MENDED_CSV = CSV.replace(";使用GPU卡", ";使用 GPU 卡").replace('"""大型语言模型"" GPU卡"', '"“大语言模型”GPU 卡"')
FILES = {
    "a.xlf": (XLIFF, MENDED_XLIFF),
    "b.xliff": (XLIFF_2, MENDED_XLIFF_2),
    "c.tmx": (TMX, MENDED_TMX),
    "d.po": (PO, MENDED_PO),
    "e.csv": (CSV, MENDED_CSV),
}
PLACES = {
    "a.xlf": {("u1", "LLMs", "LLMs"), ("u1", "大型语言模型", "&#x5927;型语言模型"), ("u2", "置G", "置G")},
    "b.xliff": {("one/s1", "型G", "型G"), ("one/2", "用G", "用G"), ("two", "用G", "用G")},
    "c.tmx": {("7", "U卡", "U卡")},
    "e.csv": {("1", "用G", "用G"), ("2", "大型语言模型", "大型语言模型"), ("2", "U卡", "U卡")},
}
"""Of some findings: the unit, the quote, and what stands in the file."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    write(tmp_path, "yijiao.toml", "")
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_fix_changes_the_segments_it_mends_and_not_a_byte_beside(folder: Path, name: str) -> None:
    before, after = FILES[name]
    path = folder / name
    path.write_bytes(before.encode())
    first = run("--fix", name)
    assert path.read_bytes().decode() == after
    assert first.code == 0, first.out
    path.write_bytes(after.encode())
    assert run("--fix", name).code == 0
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize("name", PLACES)
def test_a_finding_stands_where_the_file_has_it_under_the_id_of_its_unit(folder: Path, name: str) -> None:
    text = FILES[name][0]
    (folder / name).write_bytes(text.encode())
    findings = run(name, "--format", "json").findings
    assert {(each["entry"], each["quote"], text[each["start"] : each["end"]]) for each in findings} >= PLACES[name]
    for each in findings:
        before = text[: each["start"]].split("\n")
        assert (each["line"], each["column"]) == (len(before), len(before[-1]) + 1)


def test_a_message_has_a_key_of_its_own_and_its_plural_another(folder: Path) -> None:
    write(folder, "d.po", PO)
    keys = {each["entry"] for each in run("d.po", "--format", "json").findings}
    assert len(keys) == 2
    assert all(key.startswith("#") for key in keys)
    assert [key[-3:] for key in keys if "[" in key] == ["[0]"]


def test_the_english_beside_it_is_what_a_segment_is_held_against(folder: Path) -> None:
    write(folder, "a.csv", "id,source,target\nx,It gains 15% on 3 tasks.,它在 4 个任务上提升 15%。\n")
    (finding,) = run("a.csv", "--select", "FID001", "--format", "json").findings
    assert (finding["entry"], finding["quote"], finding["field"]) == ("x", "4", "body")


def test_what_a_segment_has_not_is_not_asked_of_it(folder: Path) -> None:
    write(
        folder,
        "a.csv",
        "id,source,target\n2504.00001,Settings:,设置：\n2504.00001,LoRA `x of a PRM,使用 PRM `x 的 LoRA\n",
    )
    write(folder, "a.md", CLEAN)
    assert run("a.csv", "a.md").code == 0
    write(folder, "b.csv", "source,target\nWe stop here.,我们停在这里\n")
    assert [each["code"] for each in run("b.csv", "--format", "json").findings] == ["FMT015"]


def test_no_comment_in_a_target_silences_anything(folder: Path) -> None:
    write(folder, "a.csv", 'source,target\nx,"<!-- yijiao: ignore-file[TRM] 原文如此 -->"\ny,大型语言模型\n')
    assert [each["code"] for each in run("a.csv", "--select", "TRM001", "--format", "json").findings] == ["TRM001"]


def test_a_fix_never_takes_a_tag_along(folder: Path) -> None:
    text = XLIFF_2.replace("模型GPU类.", '大型<ph id="9"/>语言模型与 ( <ph id="8"/>GPU ) 。')
    (folder / "a.xlf").write_text(text, encoding="utf-8")
    run("--fix", "--unsafe-fixes", "a.xlf")
    after = (folder / "a.xlf").read_text(encoding="utf-8")
    assert '大型<ph id="9"/>语言模型' in after
    assert after.count("<ph") == 2
    assert after != text


def test_every_way_to_show_and_decide_serves_them_too(folder: Path) -> None:
    for name, (before, _) in FILES.items():
        (folder / name).write_bytes(before.encode())
    names = list(FILES)
    alone, shared = (run(*names, "--format", "json", *more) for more in (["--no-cache"], ["-j", "2", "--no-cache"]))
    cached = [run(*names, "--format", "json").out for _ in range(2)]
    assert {alone.out, shared.out} == {*cached}
    assert len(alone.findings) > 10
    for form in FORMATS:
        assert run(*names, "--format", form).code == 1
    patch = run("--diff", *names).out
    assert patch.count("\n--- ") + 1 == len(names)
    piped = run("-", "--fix", "--stdin-filename", "x/d.po", stdin=PO.encode())
    assert piped.raw.decode() == MENDED_PO
    assert run(*names, "--accept-new", "--review-dir", "review").code == 0
    accepted = [json.loads(line) for line in (folder / "review/baseline.jsonl").read_text("utf-8").splitlines()]
    assert {line["entry"] for line in accepted} >= {"u1", "u2", "one/s1", "7"}
    (folder / "a.xlf").write_text(XLIFF.replace("<body>", "<body>\n\n<!-- moved -->"), encoding="utf-8")
    assert run(*names, "--review-dir", "review").code == 0


def test_a_folder_holds_those_that_the_settings_name(folder: Path) -> None:
    for name in ("in/a.csv", "in/old/a.csv", "in/a.json"):
        write(folder, name, "source,target\nx,大型语言模型\n")
    write(folder, "in/a.md", CLEAN)
    assert run("in").code == 0
    write(folder, "yijiao.toml", 'bilingual = ["in/*", "!in/old/"]\nexclude = ["in/b.csv"]\n')
    write(folder, "in/b.csv", "no table")
    found = run("in", "--format", "json")
    assert {each["path"] for each in found.findings if each["code"] == "TRM001"} == {"in/a.csv"}
    assert found.code == 1


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("a.xlf", "<xliff version='1.2'>\n<file>\n</xliff>", 3, "not well-formed XML (mismatched tag)"),
        ("a.xlf", "<a/>", 1, "its root is <a>, not <xliff>"),
        ("a.xlf", "\n<xliff version='3.0'/>", 2, "is XLIFF 3.0; 1.0 to 1.2 and 2.x are read"),
        ("a.xlf", "<xliff version='1.2'>\n<file target-language='de'/></xliff>", 2, "target language is 'de'"),
        ("a.xlf", "<xliff version='2.0' srcLang='fr'/>", 1, "source language is 'fr'"),
        ("a.xlf", "<xliff version='2.0' srcLang='en' trgLang='zh-TW'/>", 1, "only simplified Chinese"),
        ("a.xlf", "<?xml version='1.0' encoding='GBK'?><xliff version='1.2'/>", 1, "says that it is GBK"),
        ("a.xlf", "<!DOCTYPE xliff [\n<!ENTITY a 'aaaa'>]>\n<xliff version='1.2'/>", 2, "refused as unsafe"),
        ("a.tmx", "<!DOCTYPE tmx [<!ENTITY % a SYSTEM 'file:///etc/passwd'>%a;]><tmx/>", 1, "refused as unsafe"),
        (
            "a.tmx",
            "<!DOCTYPE tmx SYSTEM 'http://x.invalid/t.dtd'>\n<tmx><tu>\n&bomb;</tu></tmx>",
            3,
            "refused as unsafe",
        ),
        ("a.tmx", "<tmx>&bomb;</tmx>", 1, "undefined entity"),
        ("a.tmx", "<xliff/>", 1, "not <tmx>"),
        ("a.po", 'msgid "a"\nmsgstr "b\n', 2, "is no PO"),
        ("a.po", '"a"\n', 1, "is no PO"),
        ("a.po", 'msgid "a"\nmsgid "b"\n', 2, "has msgid where another keyword should stand"),
        ("a.po", 'msgid ""\nmsgstr "Language: de\\n"\n', 1, "target language is 'de'"),
        ("a.po", 'msgid ""\nmsgstr "Content-Type: text/plain; charset=GBK\\n"\n', 1, "msgconv"),
        ("a.csv", "a,b\n1,2\n", 1, "no line of headings"),
        ("a.csv", 'source,target\na,"b\n', 2, "never closed"),
        ("a.csv", 'source,target\na,"b"c\n', 2, "behind the quotation mark"),
        ("a.csv", "", 1, "no line of headings"),
    ],
)
def test_what_cannot_be_judged_is_told_with_its_line(folder: Path, name: str, text: str, line: int, said: str) -> None:
    write(folder, name, text)
    found = run("--fix", name)
    assert found.code == 2
    assert f"{name}:{line}: " in found.err
    assert said in found.err
    assert (folder / name).read_text("utf-8") == text


def test_a_file_too_large_to_be_read_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checks.bilingual.reading.LARGEST", len(PO))
    write(folder, "a.po", PO)
    write(folder, "b.po", PO + "\n")
    assert run("a.po").code == 1
    found = run("b.po")
    assert found.code == 2
    assert "split it" in found.err


def test_the_app_says_that_it_shows_digests(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "a.po", PO)
    assert review(["a.po"]) == 2
    assert "is a bilingual file" in capsys.readouterr().err
