"""An editor to which diagnostics are pushed, and that counts in UTF-16: open, edit, diagnose, fix, dismiss."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_lsp
from gatekit import CLEAN, REPOSITORY, WRONG, entry, write
from lspkit import Editor, config, quoted
from lsprotocol import types
from markdown_it import MarkdownIt

import checks
from checks.digest import parse
from checks.dismissals import Dismissal
from checks.gate import Gate
from checks.settings import load

pytestmark = pytest.mark.asyncio(loop_scope="module")

CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    ),
    text_document=types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
            related_information=True,
            tag_support=types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Deprecated]),
            code_description_support=True,
            data_support=True,
            version_support=True,
        ),
        hover=types.HoverClientCapabilities(content_format=[types.MarkupKind.Markdown]),
        completion=types.CompletionClientCapabilities(
            completion_item=types.ClientCompletionItemOptions(documentation_format=[types.MarkupKind.PlainText])
        ),
        code_action=types.CodeActionClientCapabilities(
            data_support=True, resolve_support=types.ClientCodeActionResolveOptions(["edit"])
        ),
    ),
)
BUSY = entry("😀𠀀本文用强化学习训练大型语言模型(LLMs)。", title="😀关于大型语言模型的研究")
"""Findings behind characters of two code units, in both fields."""


@pytest_lsp.fixture(config=config(), scope="module")
async def editor(editor: Editor) -> AsyncIterator[None]:
    await editor.initialize_session(types.InitializeParams(CAPABILITIES, locale="en"))
    yield
    await editor.shutdown_session()


async def test_every_finding_of_the_gate_is_there_at_its_place(editor: Editor, project: Path) -> None:
    path = project / "data/digests/week.md"
    file = await editor.open(path, BUSY)
    shown = [(it.code, it.severity, it.message, quoted(BUSY, it.range)) for it in await file.diagnostics()]
    report = checks.check_text(BUSY, path=path)
    severity = {"error": 1, "warning": 2, "info": 3}
    wanted = [
        (it.code, severity[it.severity], it.message.render("en"), BUSY[it.span.start : it.span.end])
        for it in report.findings
    ]
    assert shown == wanted
    assert {"TRM001", "TRM006"} <= {code for code, *_ in shown}


async def test_a_diagnostic_says_who_what_and_where_more_is_told(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", WRONG)
    (found,) = [it for it in await file.diagnostics() if it.code == "TRM001"]
    assert (found.source, found.tags) == ("yijiao", (types.DiagnosticTag.Deprecated,))
    assert found.code_description is not None
    assert found.code_description.href == (REPOSITORY / "checks/rules/terms/forbidden_term.py").as_uri()
    (finding,) = [it for it in checks.check_text(WRONG, path=Path(file.uri)).findings if it.code == "TRM001"]
    assert isinstance(found.data, dict)
    assert found.data["fingerprint"] == finding.fingerprint


async def test_a_finding_that_rests_on_another_place_leads_there(editor: Editor, project: Path) -> None:
    text = entry("本文研究大语言模型。该语言大模型很大。", title="大模型研究", heading="Large Language Models")
    write(project, "terms.csv", "source,preferred,admitted,require\nlarge language model,大语言模型,语言大模型,yes\n")
    write(project, "yijiao.toml", 'select = ["TRM003"]\nglossary = "terms.csv"\n')
    file = await editor.open(project / "data/digests/week.md", text)
    found = await file.diagnostics()
    assert found
    for diagnostic in found:
        assert diagnostic.related_information
        (place,) = diagnostic.related_information
        assert place.location.uri == file.uri
        assert quoted(text, place.location.range) in ("大语言模型", "语言大模型")
        assert place.location.range != diagnostic.range


async def test_what_is_typed_is_checked_wherever_lines_end(editor: Editor, project: Path) -> None:
    # U+2028 and U+0085 end a line in Python and nowhere in the protocol: the edit behind them must find its place.
    text = entry("第一\u2028行\x85😀末。", title="研究") + "\n" + entry("本文训练模型。", number="2504.00002")
    file = await editor.open(project / "data/digests/week.md", text)
    before = await file.codes()
    file.change("训练模型", "训练😀大型语言模型")
    file.change("😀大型语言", "大型语言")
    assert await file.codes() == sorted([*before, "TRM001"])
    (found,) = [it for it in await file.diagnostics() if it.code == "TRM001"]
    assert quoted(file.text, found.range) == "大型语言模型"
    file.replace(CLEAN)
    assert "TRM001" not in await file.codes()


async def test_a_safe_fix_is_preferred_and_does_what_the_gate_does(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", BUSY)
    actions = await file.actions(file.at("大型语言模型(", 1), types.CodeActionKind.QuickFix)
    (fix,) = [action for action in actions if action.is_preferred]
    assert file.after(fix.edit) == BUSY.replace("大型语言模型(", "大语言模型(")
    assert fix.diagnostics is not None
    assert [it.code for it in fix.diagnostics] == ["TRM001"]


async def test_an_unsafe_fix_is_offered_but_not_preferred(editor: Editor, project: Path) -> None:
    write(project, "yijiao.toml", 'select = ["CHR005"]\n')
    text = entry("本文的的方法。")
    file = await editor.open(project / "data/digests/week.md", text)
    actions = [action for action in await file.actions(file.at("的的")) if action.edit is not None]
    assert [(action.is_preferred, file.after(action.edit)) for action in actions] == [
        (False, text.replace("的的", "的"))
    ]


@pytest.mark.parametrize(
    "text", [BUSY, BUSY.replace("\n", "\r\n"), BUSY + "\n\n\n" + entry("用LLMs。", number="2504.00002")]
)
async def test_all_safe_fixes_are_those_of_the_command(editor: Editor, project: Path, text: str) -> None:
    path = project / "data/digests/week.md"
    file = await editor.open(path, text)
    (action,) = await file.actions(file.at("## "), types.CodeActionKind.SourceFixAll)
    assert (action.kind, action.edit) == ("source.fixAll.yijiao", None)
    resolved = await editor.code_action_resolve_async(action)
    wanted = checks.fix_text(text, path=path)
    assert wanted.text != text
    assert file.after(resolved.edit) == wanted.text


async def test_a_fix_for_a_text_that_has_changed_meanwhile_is_none(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", BUSY)
    (action,) = await file.actions(file.at("## "), types.CodeActionKind.SourceFixAll)
    file.change("研究](", "考察](")
    assert (await editor.code_action_resolve_async(action)).edit is None


async def test_nothing_to_fix_is_nothing_to_offer(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", CLEAN)
    assert await file.codes() == []
    assert await file.actions(file.at("本文")) == []


async def test_a_dismissal_holds_here_and_in_the_gate(editor: Editor, project: Path) -> None:
    path = write(project, "data/digests/week.md", WRONG)
    file = await editor.open(path, WRONG)
    (command,) = [it for it in await file.commands(file.at("大型", 1)) if "right here" in it.title]
    await file.diagnostics()
    before = editor.published[file.uri]
    params = types.ExecuteCommandParams(command.command, command.arguments)
    await editor.workspace_execute_command_async(params)
    await editor.until(lambda: editor.published[file.uri] is not before)
    assert "TRM001" not in await file.codes()
    (line,) = (project / "data/review/dismissals.jsonl").read_text().splitlines()
    assert json.loads(line)["reason"] == {"code": "accepted-here", "text": ""}
    report = checks.check_text(WRONG, path=path)
    assert [record.reason_code for _, record in report.dismissed] == ["accepted-here"]


async def test_a_command_that_speaks_of_no_finding_writes_nothing(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", WRONG)
    (found,) = [it for it in await file.diagnostics() if it.code == "TRM001"]
    assert isinstance(found.data, dict)
    told = len(editor.messages)
    for given in (["0" * 32, "false-positive"], [found.data["fingerprint"], "other"]):
        params = types.ExecuteCommandParams("yijiao.dismiss", [file.uri, *given])
        await editor.workspace_execute_command_async(params)
    assert len(editor.messages) == told + 2
    assert not (project / "data/review/dismissals.jsonl").exists()


async def test_the_glossary_is_shown_on_both_sides(editor: Editor, project: Path) -> None:
    write(
        project,
        "terms.csv",
        "source,abbr,preferred,admitted,forbidden,note,domain\nwidget theory,WT,部件论,构件论,零件论,见手册,maths\n",
    )
    write(project, "yijiao.toml", 'select = ["TRM001"]\nglossary = "terms.csv"\n')
    text = entry("😀本文研究部件论与零件论。", heading="On Widget Theory")
    file = await editor.open(project / "data/digests/week.md", text)
    wanted = ["**widget theory, WT**", "部件论", "构件论", "零件论", "见手册", "maths"]
    for place in (file.at("Widget", 3), file.at("部件论", 1), file.at("零件论", 1)):
        shown = await file.hover(place)
        assert shown is not None
        assert [part for part in wanted if part not in shown] == []
    wrong = await file.hover(file.at("零件论", 1))
    assert wrong is not None
    assert "TRM001 forbidden\\-term" in wrong or "TRM001 forbidden-term" in wrong
    assert await file.hover(file.at("本文")) is None


async def test_a_hostile_glossary_is_text_and_nothing_else(editor: Editor, project: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> [a](javascript:b) ![c](http://d) `e` **f** \\[g](h) &lt;"
    write(project, "terms.csv", f"source,preferred,note\nwidget theory,部件论,{hostile}\n")
    write(project, "yijiao.toml", 'select = ["TRM001"]\nglossary = "terms.csv"\n')
    file = await editor.open(project / "data/digests/week.md", entry("本文研究部件论。"))
    shown = await file.hover(file.at("部件论", 1))
    assert shown is not None
    tokens = [token for block in MarkdownIt().parse(shown) for token in (block, *(block.children or ()))]
    assert {token.type for token in tokens} <= {
        "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close", "list_item_open",
        "list_item_close", "inline", "text", "text_special", "strong_open", "strong_close",
    }  # fmt: skip
    assert f"note: {hostile}" in "".join(token.content for token in tokens if token.type.startswith("text"))


async def test_the_terms_of_the_paper_are_offered_first(editor: Editor, project: Path) -> None:
    text = entry("本文训练大语言模型，使用某。")
    file = await editor.open(project / "data/digests/week.md", text)
    items = await file.complete(file.at("使用", 2))
    # The text renders one of the two already.
    labels = [item.label for item in items]
    # 使用 might as well be the beginning of another term.
    assert 0 == labels.index("强化学习") < labels.index("大语言模型") < labels.index("使用计算机")
    assert items[0].detail is not None
    assert items[0].detail.startswith("reinforcement learning")
    assert items[0].insert_text_format == types.InsertTextFormat.PlainText


@pytest.mark.parametrize(
    ("typed", "offered", "replaced"),
    [
        ("😀reinf", "强化学习", "reinf"),
        ("强化", "强化学习", "强化"),
        ("graph neural n", "图神经网络", "graph neural n"),
    ],
)
async def test_what_is_typed_chooses_and_is_replaced(
    editor: Editor, project: Path, typed: str, offered: str, replaced: str
) -> None:
    text = entry(f"本文用{typed}。")
    file = await editor.open(project / "data/digests/week.md", text)
    item = (await file.complete(file.at(typed, len(typed))))[0]
    assert item.label == offered
    assert isinstance(item.text_edit, types.TextEdit)
    assert (item.text_edit.new_text, quoted(text, item.text_edit.range)) == (offered, replaced)
    assert item.filter_text is not None
    assert item.filter_text.lower().startswith(replaced)


async def test_nothing_is_offered_outside_the_chinese(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", CLEAN)
    assert await file.complete(file.at("Study")) == []
    assert await file.complete(file.at("arxiv.org")) == []


async def test_what_is_no_digest_is_left_in_peace(editor: Editor, project: Path) -> None:
    write(project, "yijiao.toml", 'exclude = ["data/digests/drafts/"]\n')
    readme = await editor.open(project / "README.md", "# LLMs\n\n训练LLMs,大型语言模型\n")
    assert await readme.codes() == []
    assert await readme.hover(readme.at("LLMs")) is None
    draft = await editor.open(project / "data/digests/drafts/a.md", WRONG)
    assert await draft.codes() == []
    program = await editor.open(project / "week.py", WRONG, language="python")
    assert await program.codes() == []
    elsewhere = await editor.open(project / "week.md", WRONG)
    assert "TRM001" in await elsewhere.codes()
    empty = await editor.open(project / "data/digests/empty.md", "训练\n")
    assert "DIG013" in await empty.codes()


async def test_the_same_paper_in_another_digest_is_said_and_forgotten(editor: Editor, project: Path) -> None:
    other = write(project, "data/digests/2025-w01.md", CLEAN)
    file = await editor.open(project / "data/digests/2025-w02.md", CLEAN)
    assert await file.codes() == ["DIG009"]
    before = editor.published[file.uri]
    write(project, "data/digests/2025-w01.md", entry(number="2504.00009"))
    editor.changed_on_disk(other)
    await editor.until(lambda: editor.published[file.uri] is not before)
    assert await file.codes() == []


async def test_changed_settings_terms_and_decisions_are_taken_up(editor: Editor, project: Path) -> None:
    path = project / "data/digests/week.md"
    file = await editor.open(path, WRONG)
    assert "TRM001" in await file.codes()

    async def taken_up(name: str, text: str) -> list[str]:
        before = editor.published[file.uri]
        editor.changed_on_disk(write(project, name, text))
        await editor.until(lambda: editor.published[file.uri] is not before)
        return await file.codes()

    assert await taken_up("yijiao.toml", 'select = ["TRM001"]\nseverity = {TRM001 = "info"}\n') == ["TRM001"]
    assert [it.severity for it in await file.diagnostics()] == [types.DiagnosticSeverity.Information]
    settings = 'select = ["TRM001"]\nglossary = "terms.csv"\n'
    write(project, "terms.csv", "source,preferred,forbidden\nstudy,研讨,研究\n")
    assert await taken_up("yijiao.toml", settings) == ["TRM001", "TRM001"]
    assert await taken_up("terms.csv", "source,preferred\nstudy,研究\n") == ["TRM001"]
    gate = Gate(load(path))
    (found,) = gate.check_text(WRONG, path.as_posix()).findings
    record = Dismissal.of(
        found, revision=gate.revisions["TRM001"], term_hash=gate.term_hash(found), reason="quotation", note="", by="x"
    )
    assert await taken_up("data/review/dismissals.jsonl", json.dumps(record.record()) + "\n") == []


async def test_settings_that_cannot_be_used_are_told_where_they_stand(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", WRONG)
    assert "TRM001" in await file.codes()
    told = len(editor.messages)
    before = editor.published[file.uri]
    broken = write(project, "yijiao.toml", '\nselekt = ["TRM001"]\n')
    file.editor.text_document_did_save(types.DidSaveTextDocumentParams(file.name))
    await editor.until(lambda: editor.published[file.uri] is not before)
    (message,) = editor.messages[told:]
    assert message.type == types.MessageType.Error
    assert "yijiao.toml:2" in message.message
    (there,) = editor.published[broken.as_uri()].diagnostics
    assert (there.range.start.line, there.severity) == (1, types.DiagnosticSeverity.Error)
    # Until it is mended, the settings before hold, and the digest says so.
    assert {"TRM001", "None"} <= set(await file.codes())
    before = editor.published[file.uri]
    editor.changed_on_disk(write(project, "yijiao.toml", 'select = ["TRM001"]\n'))
    await editor.until(lambda: editor.published[file.uri] is not before)
    assert await file.codes() == ["TRM001"]
    assert not editor.published[broken.as_uri()].diagnostics


async def test_settings_that_never_could_be_used_leave_the_text_unjudged(editor: Editor, project: Path) -> None:
    settings = write(project, "yijiao.toml", "fail-on = 3\n")
    file = await editor.open(project / "data/digests/week.md", WRONG)
    (found,) = await file.diagnostics()
    assert (found.code, found.severity) == (None, types.DiagnosticSeverity.Error)
    assert str(settings) in found.message
    assert await file.actions(file.at("大型")) == []
    before = editor.published[file.uri]
    editor.changed_on_disk(write(project, "yijiao.toml", 'select = ["TRM001"]\n'))
    await editor.until(lambda: editor.published[file.uri] is not before)
    assert await file.codes() == ["TRM001"]


async def test_a_text_that_no_file_could_hold_is_told(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", entry("本文\0。"))
    (found,) = await file.diagnostics()
    assert "NUL" in found.message
    assert found.range.start.line == 3
    file.replace(WRONG)
    assert "TRM001" in await file.codes()


async def test_a_closed_text_takes_its_diagnostics_with_it(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", WRONG)
    assert await file.diagnostics()
    editor.text_document_did_close(types.DidCloseTextDocumentParams(file.name))
    await editor.until(lambda: not editor.published[file.uri].diagnostics)
    assert await file.hover(types.Position(0, 4)) is None


async def test_the_server_asks_to_be_told_of_what_the_gate_reads(editor: Editor) -> None:
    await editor.until(lambda: editor.registered)
    (registration,) = editor.registered
    assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    patterns = [watcher["globPattern"] for watcher in registration.register_options["watchers"]]
    assert {"**/yijiao.toml", "**/pyproject.toml", "**/*.csv", "**/*.jsonl"} <= set(patterns)


async def test_what_is_open_parses_as_the_file_would(editor: Editor, project: Path) -> None:
    # The incremental edits of a whole session leave the very text: its findings are those of the text as a file.
    text = "\n".join(entry(f"第{n}篇😀。", number=f"2504.0000{n}", heading=f"Paper {n}") for n in range(1, 6))
    path = project / "data/digests/week.md"
    file = await editor.open(path, text)
    for n in (5, 1, 3):
        file.change(f"第{n}篇😀", f"第{n}篇训练LLMs\r\n\r\n大型语言模型😀")
    shown = [(it.code, quoted(file.text, it.range)) for it in await file.diagnostics()]
    report = checks.check_text(file.text, path=path)
    assert shown == [(it.code, file.text[it.span.start : it.span.end]) for it in report.findings]
    assert len(parse(file.text).entries) == 5
