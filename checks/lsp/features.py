"""What the server answers: the requests and notifications of the protocol that it knows."""

from __future__ import annotations

import argparse
from hashlib import blake2b

from lsprotocol import types

from checks.errors import InputError
from checks.lsp import acting
from checks.lsp.completing import completions
from checks.lsp.diagnosing import SOURCE, diagnostics
from checks.lsp.server import Server, watched
from checks.lsp.showing import hover
from checks.model import Text

_GONE = Text("This finding is no longer there; look again", "这一问题已不存在，请重新查看")
_RESULT_BYTES = 12


def build(given: argparse.Namespace) -> Server:
    """A server that knows all of it. ``given`` is what the door was called with."""
    server = Server(given)
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.SHUTDOWN)(_shutdown)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_files_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    pulling = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier=SOURCE)
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pulling)(_diagnostic)
    acts = types.CodeActionOptions(code_action_kinds=list(acting.KINDS), resolve_provider=True)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, acts)(_code_action)
    server.feature(types.CODE_ACTION_RESOLVE)(_resolve)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions())(_completion)
    server.command(acting.DISMISS)(_dismiss)
    return server


def _initialize(server: Server, params: types.InitializeParams) -> None:
    server.greet(params)


def _initialized(server: Server, _params: types.InitializedParams) -> None:
    if server.client.watches:
        server.client_register_capability(watched())


def _shutdown(server: Server, _params: None) -> None:
    server.left = True


async def _files_changed(server: Server, _params: object) -> None:
    await server.read_again()


async def _diagnostic(server: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    judged = await server.judged(params.text_document.uri)
    found = diagnostics(judged, server.client, server.given.docs) if judged is not None else []
    result = blake2b(repr(found).encode("utf-8", "surrogatepass"), digest_size=_RESULT_BYTES).hexdigest()
    if result == params.previous_result_id:
        return types.RelatedUnchangedDocumentDiagnosticReport(result)
    return types.RelatedFullDocumentDiagnosticReport(found, result_id=result)


async def _code_action(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    judged = await server.judged(params.text_document.uri)
    if judged is None or judged.file is None:
        return []
    found: list[types.CodeAction] = []
    if _wanted(params.context, types.CodeActionKind.QuickFix.value):
        found += acting.quick_fixes(judged, params.range, server.client, server.given.docs)
    if _wanted(params.context, acting.FIX_ALL) and any(each.fix("safe") for each in judged.file.findings):
        action = acting.fix_all(judged.document, server.client)
        found.append(action if server.client.resolves else await _resolve(server, action))
    return found


def _wanted(context: types.CodeActionContext, kind: str) -> bool:
    """Whether actions of a kind are asked for; a kind asked for stands for those below it."""
    if context.only is None:
        return True
    asked = [str(getattr(each, "value", each)) for each in context.only]
    return any(f"{kind}.".startswith(f"{each}.") for each in asked)


async def _resolve(server: Server, action: types.CodeAction) -> types.CodeAction:
    """Work out the edit of the action that applies all safe fixes; none for a text that has changed meanwhile."""
    data = action.data if isinstance(action.data, dict) else {}
    judged = await server.judged(str(data.get("uri")))
    if action.kind == acting.FIX_ALL and judged is not None and judged.document.version == data.get("version"):
        text = await server.fixed(judged)
        if text is not None:
            edits = acting.difference(judged.document.text, text)
            action.edit = acting.workspace_edit(judged.document, edits, server.client)
    return action


async def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    judged = await server.judged(params.text_document.uri)
    return await server.off(hover, judged, params.position, server.client) if judged is not None else None


async def _completion(server: Server, params: types.CompletionParams) -> types.CompletionList | None:
    judged = await server.judged(params.text_document.uri)
    return await server.off(completions, judged, params.position, server.client) if judged is not None else None


async def _dismiss(server: Server, uri: str, fingerprint: str, reason: str) -> None:
    judged = await server.judged(uri)
    finding = judged.finding(fingerprint) if judged is not None else None
    if judged is None or judged.gate is None or finding is None:
        server.tell(types.MessageType.Warning, server.client.say(_GONE))
        return
    try:
        await server.off(acting.dismiss, judged.gate, finding, reason)
    except (InputError, ValueError) as error:
        server.tell(types.MessageType.Error, str(error))
        return
    await server.read_again()
