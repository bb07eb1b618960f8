"""The SARIF log, against what its schema asks and what it does not."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from gatekit import CLEAN, RULES, WARNED, WRONG, Result, entry, remember_glossary, run, write
from hypothesis import given, settings
from hypothesis import strategies as st
from reportkit import sarif_run

from checks.dismissals import Dismissal, add
from checks.fixing import splice
from checks.gate import Gate
from checks.report import writer
from checks.settings import Settings
from checks.view import View

SELECT = ("TRM001", "TRM006", "FMT", "DIG", "CHR")
GATE = Gate(Settings(select=SELECT))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    remember_glossary(monkeypatch)
    write(tmp_path, "yijiao.toml", "")
    return tmp_path


def log(*arguments: str | Path) -> dict[str, Any]:
    return sarif_run(run(*arguments, "--format", "sarif").out)


def offset(text: str, line: int, column: int) -> int:
    """The offset of a place of SARIF in a text without its BOM; it must be there."""
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n" and at + 1 < len(text))]
    assert 1 <= line <= len(starts)
    found = starts[line - 1] + column - 1
    assert starts[line - 1] <= found <= (starts[line] if line < len(starts) else len(text))
    return found


def reach(text: str, region: dict[str, Any]) -> slice:
    """What a region covers of a text without its BOM."""
    start = offset(text, region["startLine"], region["startColumn"])
    end = offset(text, region["endLine"], region["endColumn"])
    assert start <= end
    return slice(start, end)


def replaced(data: bytes, fix: dict[str, Any]) -> bytes:
    """The bytes of a file after a fix, as a consumer of SARIF makes it."""
    (change,) = fix["artifactChanges"]
    bom = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data[len(bom) :].decode()
    edits: list[tuple[int, int, bytes]] = []
    for replacement in change["replacements"]:
        region, content = replacement["deletedRegion"], replacement["insertedContent"]
        if "byteOffset" in region:
            start, end = region["byteOffset"], region["byteOffset"] + region["byteLength"]
            edits.append((start, end, base64.b64decode(content["binary"])))
        else:
            covered = reach(text, region)
            start, end = (len(bom) + len(text[:at].encode()) for at in (covered.start, covered.stop))
            edits.append((start, end, content["text"].encode()))
    for start, end, inserted in sorted(edits, reverse=True):
        data = data[:start] + inserted + data[end:]
    return data


ODD = st.text(st.sampled_from("\ufeff\r\u2028\x85\t 🙂e\u0301文A（）\n"), max_size=12)


@settings(deadline=None)
@given(ODD, ODD, st.sampled_from(["\ufeff", ""]), st.sampled_from(["\n", "\r\n"]))
def test_regions_and_fixes_are_those_of_the_file(before: str, after: str, bom: str, newline: str) -> None:
    text = bom + entry(f"{before}训练大型语言模型（LLMs）{after}").replace("\n", newline) + after
    file = GATE.check_text(text, "a.md")
    (found,) = json.loads("".join(writer("sarif")(GATE.report([file], []), View())))["runs"]
    assert found["columnKind"] == "unicodeCodePoints"
    assert len(found["results"]) == len(file.findings)
    for result, finding in zip(found["results"], file.findings, strict=True):
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        covered = text.removeprefix("\ufeff")[reach(text.removeprefix("\ufeff"), region)]
        assert covered == text[slice(*finding.span)].removeprefix("\ufeff" if finding.span.start == 0 else "")
        assert region.get("snippet", {"text": covered})["text"] == covered
        fixes = [fix for fix in finding.fixes if fix.safety != "manual"]
        assert [fix["properties"]["safety"] for fix in result["fixes"]] == [fix.safety for fix in fixes]
        for said, fix in zip(result["fixes"], fixes, strict=True):
            assert replaced(text.encode(), said) == splice(text, fix.edits).encode()


def test_a_bom_is_deleted_as_bytes_and_shifts_no_column(folder: Path) -> None:
    text = "\ufeff" + "## A\n\n训练LLM。\n"
    write(folder, "a.md", text)
    results = log("a.md", "--select", "DIG011")["results"]
    deleted = [fix["artifactChanges"][0]["replacements"][0] for result in results for fix in result["fixes"]]
    assert {"byteOffset": 0, "byteLength": 3} in [each["deletedRegion"] for each in deleted]


def test_rules_are_named_once_and_documented_in_text_and_markdown(folder: Path) -> None:
    write(folder, "a.md", WRONG + "\n" + WARNED.replace("00001", "00002"))
    found = log("a.md")
    rules = found["tool"]["driver"]["rules"]
    ids = [rule["id"] for rule in rules]
    assert len(set(ids)) == len(ids) > 60
    assert {result["ruleId"] for result in found["results"]} >= {"TRM001", "TRM006"}
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in found["results"])
    for rule in rules:
        assert "**" not in rule["help"]["text"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} ")
        assert rule["shortDescription"]["text"]
        assert len(rule["fullDescription"]["text"]) <= 1024


def test_a_rule_that_only_some_paths_switch_on_is_described(folder: Path) -> None:
    write(folder, "yijiao.toml", 'select = ["DIG001"]\n[paths."b.md"]\nselect = ["DIG001", "TRM001"]\n')
    write(folder, "a.md", WRONG)
    write(folder, "b.md", WRONG)
    found = log("a.md", "b.md")
    (result,) = found["results"]
    assert found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "TRM001"


@pytest.mark.parametrize("name", ["周 报/a#b?c%20.md", "x:y.md", "~a+b&c.md", "caf\udce9.md"])
def test_addresses_lead_to_the_file(folder: Path, name: str) -> None:
    write(folder, "plain.md", WRONG)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / "plain.md").rename(folder / name)
    for said in (name, f"./sub/../{name}", folder / name):
        (folder / "sub").mkdir(exist_ok=True)
        found = log(said, *RULES)
        (artifact,), (result,) = found["artifacts"], found["results"]
        where = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert where == {**artifact["location"], "index": 0}
        assert where["uriBaseId"] == "%SRCROOT%"
        base = found["originalUriBaseIds"]["%SRCROOT%"]["uri"]
        assert base.endswith("/")
        assert where["uri"].isascii()
        address = urljoin(base, where["uri"])
        assert Path(unquote(address.removeprefix("file://"), errors="surrogateescape")) == folder / name


def test_a_file_elsewhere_has_an_address_of_its_own(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("else where")
    write(elsewhere, "a.md", WRONG)
    (result,) = log(elsewhere / "a.md", *RULES, "--config", "yijiao.toml")["results"]
    where = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": (elsewhere / "a.md").as_uri(), "index": 0}
    assert "%20" in where["uri"]


def test_paths_count_from_the_checkout_where_the_platform_names_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "site/week.md", WRONG)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder))
    monkeypatch.chdir(folder / "site")
    found = log("week.md", *RULES)
    assert found["artifacts"][0]["location"]["uri"] == "site/week.md"
    monkeypatch.setenv("GITHUB_WORKSPACE", "/somewhere/else")
    assert log("week.md", *RULES)["artifacts"][0]["location"]["uri"] == "week.md"


def prints(result: Result) -> list[dict[str, str]]:
    return [each["partialFingerprints"] for each in sarif_run(result.out)["results"]]


def test_fingerprints_stay_when_lines_move_and_differ_within_a_line(folder: Path) -> None:
    write(folder, "a.md", entry("先训练大型语言模型，再评测大型语言模型。"))
    before = prints(run("a.md", *RULES, "--format", "sarif"))
    write(
        folder,
        "a.md",
        "# 周报\n\n" + CLEAN.replace("00001", "00002") + "\n\n" + entry("先训练大型语言模型，再评测大型语言模型。"),
    )
    after = prints(run("a.md", "--select", "TRM001", "--format", "sarif"))
    assert before == after
    for name in ("primaryLocationLineHash", "yijiaoFinding/v1"):
        assert len({each[name] for each in after}) == len(after) == 2


def test_what_is_answered_is_there_with_its_answer(folder: Path) -> None:
    quiet = "<!-- yijiao: ignore[TRM001] 引文如此 -->\n"
    body = "先训练大型语言模型。\n\n再训练大型语言模型么。\n\n多个 LLMs 的。"
    write(folder, "a.md", entry(body))
    gate = Gate(Settings(select=("TRM001", "TRM006")))
    first, second, third = gate.check_text(entry(body), "a.md").findings
    told = {"revision": gate.revisions["TRM001"], "term_hash": gate.term_hash(second)}
    dismissal = Dismissal.of(second, **told, reason="other", note="读者熟知", by="lin")
    (folder / "data/review").mkdir(parents=True)
    add(folder / "data/review", [dismissal])
    write(folder, "a.md", entry(quiet + body))
    assert run("a.md", "--select", "TRM006,SUP", "--accept-new").code == 0
    write(folder, "a.md", entry(quiet + body + "多个 VLMs 的。"))
    found = log("a.md", "--select", "TRM001,TRM006,SUP")
    said = [(result["ruleId"], result["suppressions"]) for result in found["results"]]
    assert [code for code, _ in said] == ["TRM001", "TRM001", "TRM006", "TRM006"]
    (comment,), (word,), (debt,), none = (suppressions for _, suppressions in said)
    assert (comment["kind"], comment["status"], comment["justification"]) == ("inSource", "accepted", "引文如此")
    region = comment["location"]["physicalLocation"]["region"]
    text = (folder / "a.md").read_text(encoding="utf-8")
    assert text[reach(text, region)] == quiet.strip()
    assert (word["kind"], word["status"]) == ("external", "accepted")
    assert word["justification"] == f"other: 读者熟知 (lin, {dismissal.at})"
    assert debt["kind"] == "external"
    assert debt["justification"].startswith("in the baseline since ")
    assert none == []
    assert first.fingerprint == found["results"][0]["partialFingerprints"]["yijiaoFinding/v1"]
    assert third.code == "TRM006"


def test_messages_hold_neither_placeholders_nor_links(folder: Path) -> None:
    write(folder, "a.md", entry("用 \\foo{0} 与 [大型语言模型](x) 做。"))
    texts = [result["message"]["text"] for result in log("a.md", "--select", "FMT017")["results"]]
    assert texts
    assert all("{" not in text.replace("{{", "") for text in texts)
    assert not any("](" in text.replace("\\](", "") for text in texts)


@pytest.mark.parametrize(
    ("line", "code"),
    [("clean.md", 0), ("wrong.md", 1), ("wrong.md --exit-zero", 0), ("wrong.md bad.md", 2), ("--select X", 2)],
)
def test_the_invocation_tells_how_the_run_ended(folder: Path, line: str, code: int) -> None:
    write(folder, "clean.md", CLEAN)
    write(folder, "wrong.md", WRONG)
    write(folder, "bad.md", b"ok\n\xff")
    result = run(*line.split(), *(() if "--select" in line else RULES), "--format", "sarif")
    (invocation,) = sarif_run(result.out)["invocations"]
    assert result.code == invocation["exitCode"] == code
    assert invocation["executionSuccessful"] == (code < 2)
    if "bad.md" in line:
        (notice,) = invocation["toolExecutionNotifications"]
        (place,) = notice["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"] == "bad.md"
        assert place["physicalLocation"]["region"] == {"startLine": 2}
    if "--select" in line:
        (notice,) = invocation["toolConfigurationNotifications"]
        assert "locations" not in notice
        assert notice["message"]["text"].startswith("--select: ")


def test_severities_are_those_of_the_run_and_the_language_is_said(folder: Path) -> None:
    write(folder, "a.md", WARNED)
    write(folder, "mild.toml", 'severity = {TRM006 = "info"}\n')
    found = log("a.md", *RULES, "--config", "mild.toml", "--lang", "zh")
    (result,) = found["results"]
    assert result["level"] == "note"
    assert found["tool"]["driver"]["rules"][result["ruleIndex"]]["defaultConfiguration"]["level"] == "warning"
    assert found["language"] == "zh-CN"


def test_a_result_is_a_line(folder: Path) -> None:
    write(folder, "a.md", WRONG + "\n" + WARNED.replace("00001", "00002"))
    lines = run("a.md", *RULES, "--format", "sarif").out.splitlines()
    assert [json.loads(line.removesuffix(","))["ruleId"] for line in lines[1:-1]] == ["TRM001", "TRM006"]
