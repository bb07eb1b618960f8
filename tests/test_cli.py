"""The gate's door: exit codes, usage, and what it prints where."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

import pytest
from gatekit import CLEAN, FORMATS, REPOSITORY, RULES, WARNED, WRONG, remember_glossary, run, spawn, start, write
from reportkit import read

from checks import options
from checks.gate import Gate
from checks.given import Given, asked_for
from checks.verdict import VERSION


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder outside any project, with a digest of each kind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    remember_glossary(monkeypatch)
    for name, text in (("clean.md", CLEAN), ("warned.md", WARNED), ("wrong.md", WRONG)):
        write(tmp_path, name, text)
    write(tmp_path, "mild.toml", 'severity = {TRM006 = "info"}\n')
    return tmp_path


CASES = [
    ("clean.md", 0),
    ("warned.md", 1),
    ("warned.md --fail-on warning", 1),
    ("warned.md --fail-on error", 0),
    ("wrong.md --fail-on error", 1),
    ("warned.md --config mild.toml", 0),
    ("warned.md --config mild.toml --fail-on info", 1),
    ("wrong.md --exit-zero", 0),
    ("missing.md --exit-zero", 2),
    ("wrong.md missing.md", 2),
    ("wrong.md --glossary missing.csv", 2),
    ("--ignore TRM001 wrong.md", 0),
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("line", "code"), CASES)
def test_exit_code_in_every_format(line: str, code: int, form: str) -> None:
    result = run(*line.split(), *RULES, "--format", form)
    assert result.code == code
    told = read(form, result.out)
    assert bool(result.err) == (code == 2)
    assert bool(told.errors) == (code == 2) or form == "jsonl"


INTERRUPTING = """
import sys

class Finder:
    def find_spec(name, *rest):
        if name == "checks.gate":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Finder)
"""


@pytest.mark.parametrize(
    ("program", "code"),
    [
        (("-m", "checks"), 130),
        # As the installed command begins; a shell says 130 of it too.
        (("-c", "from checks.__main__ import run; run()"), -signal.SIGINT),
    ],
)
def test_an_interrupt_during_the_imports_shows_no_traceback(folder: Path, program: tuple[str, ...], code: int) -> None:
    write(folder, "late/sitecustomize.py", INTERRUPTING)
    path = os.pathsep.join([str(folder / "late"), str(REPOSITORY)])
    result = spawn("clean.md", folder=folder, program=program, environment={"PYTHONPATH": path})
    assert (result.code, result.out, result.err) == (code, "", "")


def test_the_hook_for_errors_is_the_callers_again(folder: Path) -> None:
    script = "import sys; before = sys.excepthook; import checks.__main__; sys.exit(sys.excepthook is not before)"
    assert spawn(folder=folder, program=("-c", script)).code == 0


@pytest.mark.parametrize("form", ["full", "json"])
def test_without_a_library_that_finds_terms_there_is_one_error(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    for name in ("daachorse", "ahocorasick_rs"):
        monkeypatch.setitem(sys.modules, name, None)
    result = run("clean.md", "wrong.md", "--format", form)
    assert (result.code, len(result.err.splitlines())) == (2, 1)
    assert result.err.startswith("daachorse: cannot be imported")
    assert "pip install daachorse, or ahocorasick-rs" in result.err


def test_paths_alone_ask_for_what_the_parser_makes_of_them() -> None:
    paths = ["clean.md", "folder/", "https://example.org/a.md", "file:///a.md"]
    assert vars(asked_for(paths)) == vars(options.parse(paths))
    assert vars(options.parser().parse_args([])).keys() == vars(Given()).keys()


def test_behind_two_hyphens_all_are_paths(folder: Path) -> None:
    (folder / "wrong.md").rename(folder / "--fix")
    result = run(*RULES, "warned.md", "--", "--fix", "--format", "json")
    assert "--fix:" in result.out
    assert "--format: no such file" in result.err


@pytest.mark.parametrize("line", [[""], ["--fix", ""], ["clean.md", "--", ""]])
def test_an_empty_path_is_no_folder(folder: Path, line: list[str]) -> None:
    before = (folder / "wrong.md").read_bytes()
    result = run(*line)
    assert (result.code, (folder / "wrong.md").read_bytes()) == (2, before)
    assert "an empty path names no digest" in result.err


def test_what_can_be_judged_is_printed_beside_an_error() -> None:
    result = run("wrong.md", "missing.md", "warned.md", *RULES, "--format", "json")
    assert [(finding["path"], finding["code"]) for finding in result.findings] == [
        ("wrong.md", "TRM001"),
        ("warned.md", "TRM006"),
    ]
    assert result.errors == [("missing.md", None)]
    assert result.err.startswith("missing.md: ")


def test_the_report_for_people_never_calls_a_failed_run_clean() -> None:
    assert "Not everything could be judged: 1 problem." in run("clean.md", "missing.md", *RULES).out
    assert "未能全部检查" in run("missing.md", "--lang", "zh").out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("--fxi", "--fxi"),
        ("clean.md --select TRM-001", "did you mean TRM001?"),
        ("clean.md --ignore XYZ", "names no rule: 'XYZ'"),
        ("clean.md --select=,", "names no rule"),
        ("clean.md --select TRM001 --ignore TRM001", "leave no rule"),
        ("clean.md --unsafe-fixes", "--unsafe-fixes goes with --fix or --diff"),
        ("clean.md --fix --diff", "exclude each other"),
        ("clean.md --diff --format json", "--diff shows a patch"),
        ("- clean.md", "cannot be checked together"),
        ("clean.md --stdin-filename x.md", "goes with -"),
        ("clean.md --fail-on never", "invalid choice: 'never'"),
        ("clean.md --format yaml", "invalid choice: 'yaml'"),
        ("clean.md --config nowhere.toml", "no such settings file"),
        ("clean.md --review-dir wrong.md", "is no folder"),
        ("--explain TRM-001", "did you mean TRM001?"),
        ("--explain nonsense", "--rules lists them all"),
    ],
)
def test_bad_usage_is_said_in_one_line(line: str, says: str) -> None:
    result = run(*line.split())
    assert result.code == 2
    assert says in result.err
    assert result.err.count("\n") == 1


def test_paths_may_stand_on_both_sides_of_options() -> None:
    result = run("clean.md", "--format", "json", "warned.md", *RULES)
    assert result.document["summary"]["files"] == 2


def test_selectors_accept_any_case_and_add_up() -> None:
    result = run("wrong.md", "warned.md", "--select", "trm001", "--select", "trm006", "--format", "json")
    assert result.document["summary"]["rules"] == ["TRM001", "TRM006"]
    assert result.codes == ["TRM001", "TRM006"]


def test_a_longer_selector_wins_over_a_shorter() -> None:
    result = run("clean.md", "--select", "TRM001", "--ignore", "TRM", "--format", "json")
    assert result.document["summary"]["rules"] == ["TRM001"]


def test_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Gate, "check", interrupted)
    assert run("clean.md").code == 130


def test_a_defect_of_the_program_is_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(Gate, "check", broken)
    result = run("clean.md")
    assert result.code == 2
    assert "ZeroDivisionError: by zero" in result.err
    assert "please report it" in result.err


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_that_leaves_changes_no_verdict(folder: Path, form: str) -> None:
    many = write(folder, "many.md", "\n".join([WARNED] * 400))
    process = start([many, *RULES, "--format", form], folder)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=120) == 1


@pytest.mark.parametrize("arguments", [["--help"], ["--rules"], ["missing.md"]])
def test_closed_outputs_are_nobody_to_talk_to(folder: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = start(arguments, folder, stdout=writer, stderr=writer)
    os.close(writer)
    assert process.wait(timeout=120) == (2 if "missing.md" in arguments else 0)


def test_a_closed_input_is_said(folder: Path) -> None:
    result = spawn("-", folder=folder, preexec_fn=lambda: os.close(0))
    assert (result.code, result.out) == (2, "")
    assert "standard input is closed" in result.err


def test_output_that_nobody_asked_for(folder: Path) -> None:
    # Python starts with sys.stdout = None here.
    result = spawn("warned.md", *RULES, folder=folder, stdout=None, preexec_fn=lambda: os.close(1))
    assert (result.code, result.err) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_report_that_cannot_be_written_is_an_error(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        result = spawn("clean.md", *RULES, folder=folder, stdout=full)
        assert result.code == 2
        assert result.err == "output: cannot be written (No space left on device)\n"
        assert spawn("missing.md", folder=folder, stderr=full).code == 2


def test_any_locale_can_show_chinese(folder: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = spawn("wrong.md", *RULES, folder=folder, environment=ascii_only)
    assert (result.code, result.err) == (1, "")
    assert "大型语言模型" in result.out


@pytest.mark.parametrize(("locale", "says"), [("zh_CN.UTF-8", "处问题"), ("de_DE.UTF-8", "1 finding ")])
def test_language_follows_the_locale(monkeypatch: pytest.MonkeyPatch, locale: str, says: str) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert says in run("wrong.md", *RULES).out


def test_language_option_wins_over_the_locale() -> None:
    chinese, english = (run("wrong.md", *RULES, "--lang", lang, "--format", "json").findings for lang in ("zh", "en"))
    assert chinese[0]["message"] != english[0]["message"]
    assert {**chinese[0], "message": "", "fixes": []} == {**english[0], "message": "", "fixes": []}


def test_explain_prints_the_manual() -> None:
    by_code, by_name = run("--explain", "trm001"), run("--explain", "forbidden-term")
    assert by_code.code == 0
    assert by_code.out.startswith("TRM001 forbidden-term\n")
    assert by_name.out == by_code.out
    assert run("--explain", "TRM001", "--lang", "zh").out != by_code.out


def test_rules_as_a_table_and_as_data() -> None:
    table = run("--rules").out.splitlines()
    document = json.loads(run("--rules", "--format", "json").out)
    lines = [json.loads(line) for line in run("--rules", "--format", "jsonl").out.splitlines()]
    assert [line.split()[0] for line in table] == [rule["code"] for rule in document["rules"]]
    assert lines == document["rules"]
    keys = {"code", "name", "severity", "fix", "mqm", "revision", "plugin", "summary", "manual"}
    assert document["rules"][0].keys() == keys


@pytest.mark.parametrize("form", ["full", "concise"])
def test_statistics(folder: Path, form: str) -> None:
    write(folder, "more.md", WARNED)
    result = run("warned.md", "more.md", "wrong.md", *RULES, "--statistics", "--format", form)
    counts = [line.split()[:3] for line in result.out.splitlines()[:2]]
    assert counts == [["2", "TRM006", "[*]"], ["1", "TRM001", "[*]"]]
    assert result.code == 1


def test_statistics_leave_json_alone() -> None:
    plain = run("warned.md", *RULES, "--format", "json")
    assert run("warned.md", *RULES, "--format", "json", "--statistics").out == plain.out


@pytest.mark.parametrize(("option", "says"), [("--version", f"yijiao {VERSION}\n"), ("--help", "exit codes:")])
def test_answers_without_a_run(option: str, says: str) -> None:
    result = run(option)
    assert (result.code, result.err) == (0, "")
    assert says in result.out


def test_start_up_imports_nothing_heavy(folder: Path) -> None:
    program = (
        "import sys; from checks.__main__ import main; main(['clean.md', '--format', 'json']); print(*sys.modules)"
    )
    result = spawn(folder=folder, program=("-c", program))
    loaded = set(result.out.splitlines()[-1].split())
    heavy = {"streamlit", "pandas", "sqlalchemy", "numpy", "sacrebleu", "jieba", "opencc", "tqdm", "wcwidth"}
    assert "checks.gate" in loaded
    assert loaded & heavy == set()


@pytest.mark.parametrize(
    ("waiting", "cut"),
    [
        ("import atexit; atexit.register(print)", False),
        ("import threading", False),
        ("import sys; sys.setprofile(lambda *_: None)", False),
        ("pass", True),
    ],
)
def test_the_process_ends_at_once_where_nobody_waits(folder: Path, waiting: str, *, cut: bool) -> None:
    program = f"{waiting}\nfrom checks.__main__ import run\ntry: run()\nfinally: print('the end')"
    result = spawn("wrong.md", folder=folder, program=("-c", program))
    assert (result.code, result.err) == (1, "")
    assert "TRM001" in result.out
    assert ("the end" in result.out) is not cut


def test_a_program_that_runs_the_gate_goes_on_after_it(folder: Path) -> None:
    program = "import runpy\ntry: runpy.run_module('checks', run_name='__main__', alter_sys=True)\n"
    result = spawn("wrong.md", folder=folder, program=("-c", f"{program}except SystemExit as end: print(end.code)"))
    assert (result.code, result.err, result.out.splitlines()[-1]) == (0, "", "1")
