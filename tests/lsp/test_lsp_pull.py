"""An editor that asks for diagnostics itself, and counts in UTF-8; its user reads Chinese."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import pytest_lsp
from gatekit import WRONG, entry, write
from lspkit import Editor, File, config, quoted
from lsprotocol import types

pytestmark = pytest.mark.asyncio(loop_scope="module")

CAPABILITIES = types.ClientCapabilities(
    general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf8]),
    workspace=types.WorkspaceClientCapabilities(
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        workspace_edit=types.WorkspaceEditClientCapabilities(document_changes=True),
    ),
    text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities()),
)


@pytest_lsp.fixture(config=config("--docs", "https://docs.example/yijiao/"), scope="module")
async def editor(editor: Editor) -> AsyncIterator[None]:
    found = await editor.initialize_session(types.InitializeParams(CAPABILITIES, locale="zh-CN"))
    assert found.capabilities.position_encoding == types.PositionEncodingKind.Utf8
    assert isinstance(found.capabilities.diagnostic_provider, types.DiagnosticOptions)
    yield
    await editor.shutdown_session()


async def pull(file: File, previous: str | None = None) -> types.DocumentDiagnosticReport:
    params = types.DocumentDiagnosticParams(file.name, previous_result_id=previous)
    return await file.editor.text_document_diagnostic_async(params)


async def items(file: File) -> Sequence[types.Diagnostic]:
    report = await pull(file)
    assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
    return report.items


async def test_what_is_asked_for_is_told_in_bytes_and_chinese(editor: Editor, project: Path) -> None:
    text = entry("😀本文训练大型语言模型。")
    file = await editor.open(project / "data/digests/week.md", text)
    (found,) = [it for it in await items(file) if it.code == "TRM001"]
    assert quoted(text, found.range, "utf-8") == "大型语言模型"
    assert "应写作" in found.message or "大语言模型" in found.message
    assert (found.tags, found.code_description, found.data) == (None, None, None)


async def test_an_edit_in_bytes_finds_its_place(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", entry("😀𠀀本文训练模型。"))
    before = {it.code for it in await items(file)}
    file.change("训练模型", "训练大型语言模型", "utf-8")
    assert {it.code for it in await items(file)} == {*before, "TRM001"}
    params = types.CodeActionParams(
        file.name,
        types.Range(types.Position(0, 0), types.Position(3, 0)),
        types.CodeActionContext([], only=[types.CodeActionKind.SourceFixAll]),
    )
    (action,) = await editor.text_document_code_action_async(params) or ()
    assert isinstance(action, types.CodeAction)
    # Who cannot ask later gets the edit at once.
    assert "大型" not in file.after(action.edit, "utf-8")


async def test_what_has_not_changed_is_not_told_again(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", WRONG)
    first = await pull(file)
    again = await pull(file, first.result_id)
    assert isinstance(again, types.RelatedUnchangedDocumentDiagnosticReport)
    file.replace(WRONG.replace("大型", "大"))
    assert isinstance(await pull(file, first.result_id), types.RelatedFullDocumentDiagnosticReport)


async def test_changed_settings_have_the_editor_ask_again(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", WRONG)
    assert "TRM001" in {it.code for it in await items(file)}
    asked = editor.diagnostic_refresh_count
    editor.changed_on_disk(write(project, "yijiao.toml", 'select = ["DIG"]\n'))
    await editor.until(lambda: editor.diagnostic_refresh_count > asked)
    assert "TRM001" not in {it.code for it in await items(file)}


async def test_nothing_is_pushed_of_what_is_asked_for(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", WRONG)
    file.change("本文", "此文", "utf-8")
    await items(file)
    assert file.uri not in editor.published


async def test_who_cannot_show_markdown_gets_plain_text(editor: Editor, project: Path) -> None:
    file = await editor.open(project / "data/digests/week.md", WRONG)
    shown = await file.hover(types.Position(3, len("本文训练大".encode())))
    assert shown is not None
    assert shown.splitlines()[0].startswith("large language model")
    assert "**" not in shown
    assert "首选: 大语言模型" in shown
