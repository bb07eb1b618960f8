"""The door of the server: what it refuses, what it survives, and how it ends."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from gatekit import CLEAN, Result, crash_rule, spawn, start, write
from lspkit import PATIENCE, Editor
from lsprotocol import types
from pygls.protocol import default_converter

from checks.lsp.__main__ import main
from checks.lsp.client import Client
from checks.lsp.diagnosing import diagnostics
from checks.lsp.documents import Document
from checks.lsp.judging import Judge
from checks.lsp.projects import Projects
from checks.options import Parser, add_context

PROGRAM = ("-m", "checks.lsp")


def message(method: str, params: object = None, number: int | None = None) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **({"id": number} if number else {})})
    return framed(body.encode())


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def served(given: bytes, folder: Path) -> Result:
    """What the server says to a whole conversation."""
    process = start((), folder, program=PROGRAM, stdin=-1)
    out, err = process.communicate(given, timeout=PATIENCE)
    return Result(process.returncode, out, err.decode())


INITIALIZE = message("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
LEAVE = message("shutdown", number=2) + message("exit")


def test_without_its_libraries_it_names_what_brings_them(tmp_path: Path) -> None:
    program = "import sys; sys.modules['pygls'] = None; from checks.lsp.__main__ import main; sys.exit(main())"
    done = spawn("-c", program, folder=tmp_path, program=())
    assert (done.code, done.out) == (2, "")
    assert "pygls" in done.err
    assert "pip install 'yijiao[lsp]'" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("address", ["0.0.0.0:2087", "example.org:2087", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:x"])
def test_it_listens_on_this_machine_alone(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tcp", address]) == 2
    assert "--tcp" in capsys.readouterr().err


def test_a_leave_taken_is_0_and_one_not_taken_1(tmp_path: Path) -> None:
    assert served(INITIALIZE + LEAVE, tmp_path).code == 0
    assert served(INITIALIZE, tmp_path).code == 1


GARBAGE = (
    framed(b"{no json"),
    framed(b"[1, 2]"),
    framed(b'{"jsonrpc": "2.0", "method": "textDocument/hover", "id": 7, "params": {"textDocument": 3}}'),
    b"Content-Length: 5\r\n\r\n\xff\xfe\xfd\xfc\xfb",
    message("textDocument/didChange", {"textDocument": {"uri": "file:///x", "version": 1}, "contentChanges": []}),
    message("textDocument/didOpen", {"textDocument": {"uri": "\0", "languageId": "", "version": 1, "text": "\ud800"}}),
    message(
        "textDocument/didOpen", {"textDocument": {"uri": "file:///%00.md", "languageId": "", "version": 1, "text": ""}}
    ),
    message("no/such", {}, 8),
    message("workspace/executeCommand", {"command": "yijiao.dismiss", "arguments": [1]}, 9),
    message("textDocument/hover", {"textDocument": {"uri": "file:///y"}, "position": {"line": 9, "character": 9}}, 10),
)


def test_garbage_is_survived_and_leaves_no_traceback(tmp_path: Path) -> None:
    done = served(INITIALIZE + b"".join(GARBAGE) + LEAVE, tmp_path)
    assert done.code == 0
    assert "Traceback" not in done.err
    # The leave was answered: the server was still there.
    assert b'"id": 2' in done.raw


def test_what_prints_does_not_disturb_the_channel(tmp_path: Path) -> None:
    program = (
        "import sys; import checks.lsp.features as it; build = it.build\n"
        "def loud(given):\n    server = build(given); print('noise', flush=True); return server\n"
        "it.build = loud; from checks.lsp.__main__ import main; sys.exit(main())"
    )
    process = start(["-c", program], tmp_path, program=(), stdin=-1)
    out, err = process.communicate(INITIALIZE + LEAVE, timeout=PATIENCE)
    assert (process.returncode, out[:15], b"noise" in err) == (0, b"Content-Length:", True)


def test_it_serves_over_tcp(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = start(["--tcp", f"127.0.0.1:{port}"], tmp_path, program=PROGRAM)
    try:
        assert asyncio.run(greeted(port)) == "yijiao"
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.communicate()


async def greeted(port: int) -> str:
    editor = Editor(converter_factory=default_converter)
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await editor.start_tcp("127.0.0.1", port)
                break
            except OSError:
                await asyncio.sleep(0.05)
        answer = await editor.initialize_session(types.InitializeParams(types.ClientCapabilities()))
        await editor.shutdown_session()
        await editor.stop()
    assert answer.server_info is not None
    return answer.server_info.name


def judged(project: Path, text: str) -> Sequence[types.Diagnostic]:
    """What is shown of a text, without a server."""
    parser = Parser()
    add_context(parser.add_argument_group())
    judge = Judge(Projects(parser.parse_args([])))
    document = Document((project / "data/digests/week.md").as_uri(), 1, "markdown", text, "utf-16")
    return diagnostics(judge.judge(document), Client("en"), None)


def test_a_rule_that_crashes_is_told_and_the_others_go_on(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash_rule(monkeypatch, "DIG003")
    write(project, "yijiao.toml", 'select = ["DIG"]\n')
    crash, *others = judged(project, "\n" + CLEAN.replace("## ", "# "))
    assert crash.severity == types.DiagnosticSeverity.Error
    assert "DIG003 crashed" in crash.message
    assert "\x1b" not in crash.message
    assert crash.range.start.line == 1
    assert "DIG001" in {it.code for it in others}


def test_the_module_runs_under_its_name() -> None:
    done = spawn("--help", folder=Path(), program=PROGRAM)
    assert (done.code, sys.executable in done.out) == (0, False)
    assert "--tcp" in done.out
