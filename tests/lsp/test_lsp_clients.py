"""The server as real editors ask it: with the capabilities that they send, recorded by pytest-lsp."""

from __future__ import annotations

from pathlib import Path

import pytest
from gatekit import entry
from lspkit import Editor, config, quoted
from lsprotocol import types
from pytest_lsp import client_capabilities

import checks

pytestmark = [
    pytest.mark.asyncio,
    # What a client has not said that it understands must not be sent.
    pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning"),
]
TEXT = entry("😀本文用强化学习训练大型语言模型 (LLMs)。")


@pytest.mark.parametrize("name", ["visual_studio_code", "neovim", "emacs"])
async def test_findings_fixes_terms_and_offers_suit_the_editor(name: str, project: Path) -> None:
    path = project / "data/digests/week.md"
    editor = await config().start()
    assert isinstance(editor, Editor)
    answer = await editor.initialize_session(
        types.InitializeParams(client_capabilities(name), root_uri=project.as_uri(), locale="en")
    )
    chosen = answer.capabilities.position_encoding
    encoding = str(getattr(chosen, "value", chosen))
    file = await editor.open(path, TEXT)
    if client_capabilities(name).text_document.diagnostic is None:
        found = await file.diagnostics()
    else:
        report = await editor.text_document_diagnostic_async(types.DocumentDiagnosticParams(file.name))
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        found = report.items
    assert ("TRM001", "大型语言模型") in {(it.code, quoted(TEXT, it.range, encoding)) for it in found}
    (action,) = await file.actions(types.Position(0, 0), types.CodeActionKind.SourceFixAll)
    action = action if action.edit is not None else await editor.code_action_resolve_async(action)
    assert file.after(action.edit, encoding) == checks.fix_text(TEXT, path=path).text
    (wrong,) = [it.range.start for it in found if it.code == "TRM001"]
    shown = await file.hover(wrong)
    assert shown is not None
    assert "大语言模型" in shown
    assert "强化学习" in {item.label for item in await file.complete(wrong)}
    await editor.shutdown_session()
    await editor.stop()
