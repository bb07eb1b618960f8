"""An editor that drives the language server over standard input and output, and what it makes of the answers."""

from __future__ import annotations

import ast
import asyncio
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from gatekit import REPOSITORY
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

PATIENCE: Final = 60.0
"""Seconds after which something that has not come will not come."""
CODECS: Final = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_UNIT_BYTES: Final = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_LINES: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def config(*arguments: str) -> ClientServerConfig:
    """How the server is started."""
    return ClientServerConfig(
        [sys.executable, "-m", "checks.lsp", *arguments],
        client_factory=lambda: Editor(converter_factory=default_converter),
        server_env={**os.environ, "PYTHONPATH": str(REPOSITORY), "LC_ALL": "C"},
    )


class Editor(LanguageClient):
    """A client that remembers what it was told, and waits for it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.registered: list[types.Registration] = []
        own = {
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: _publish,
            types.CLIENT_REGISTER_CAPABILITY: _register,
        }
        register_lsp_features(self, {**DEFAULT_CLIENT_FEATURES, **own})

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                await asyncio.sleep(0.01)

    async def open(self, path: Path, text: str, language: str = "markdown") -> File:
        """Open a text as if it stood at a path, and wait for what is said of it."""
        file = File(self, path.as_uri(), text)
        item = types.TextDocumentItem(file.uri, language, file.version, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return file

    def changed_on_disk(self, *paths: Path) -> None:
        """Tell the server of files that somebody else has written."""
        events = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed) for path in paths]
        self.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))


def _publish(editor: Editor, params: types.PublishDiagnosticsParams) -> None:
    editor.published[params.uri] = params


def _register(editor: Editor, params: types.RegistrationParams) -> None:
    editor.registered += params.registrations


class File:
    """A text that is open in the editor."""

    def __init__(self, editor: Editor, uri: str, text: str) -> None:
        self.editor = editor
        self.uri = uri
        self.text = text
        self.version = 1
        self.name = types.TextDocumentIdentifier(uri)

    async def diagnostics(self) -> Sequence[types.Diagnostic]:
        """What is pushed of the text as it is."""
        published = self.editor.published
        await self.editor.until(lambda: self.uri in published and published[self.uri].version == self.version)
        return published[self.uri].diagnostics

    async def codes(self) -> list[str]:
        return sorted(str(each.code) for each in await self.diagnostics())

    def change(self, before: str, after: str, encoding: str = "utf-16") -> None:
        """Replace the one place where a text stands, telling the server that range alone."""
        assert self.text.count(before) == 1
        start = self.text.index(before)
        where = types.Range(position(self.text, start, encoding), position(self.text, start + len(before), encoding))
        self.text = self.text.replace(before, after)
        self._tell(types.TextDocumentContentChangePartial(where, after))

    def replace(self, text: str) -> None:
        """Put another text in its place, the whole of it."""
        self.text = text
        self._tell(types.TextDocumentContentChangeWholeDocument(text))

    def _tell(self, change: types.TextDocumentContentChangeEvent) -> None:
        self.version += 1
        name = types.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri)
        self.editor.text_document_did_change(types.DidChangeTextDocumentParams(name, [change]))

    def at(self, quote: str, into: int = 0) -> types.Position:
        """The place so many code points into the first occurrence of a text."""
        return position(self.text, self.text.index(quote) + into)

    async def actions(self, where: types.Position, *only: str) -> Sequence[types.CodeAction]:
        """The code actions at a place."""
        context = types.CodeActionContext([], only=list(only) or None)
        params = types.CodeActionParams(self.name, types.Range(where, where), context)
        found = await self.editor.text_document_code_action_async(params)
        return [action for action in found or () if isinstance(action, types.CodeAction)]

    async def commands(self, where: types.Position) -> list[types.Command]:
        """The commands of the code actions at a place."""
        params = types.CodeActionParams(self.name, types.Range(where, where), types.CodeActionContext([]))
        found = await self.editor.text_document_code_action_async(params)
        # lsprotocol takes a code action that has a command for the command, and makes a text of that.
        told = [ast.literal_eval(each.command) for each in found or () if isinstance(each, types.Command)]
        return [types.Command(**each) for each in told]

    async def hover(self, where: types.Position) -> str | None:
        """What is shown at a place."""
        found = await self.editor.text_document_hover_async(types.HoverParams(self.name, where))
        if found is None:
            return None
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value

    async def complete(self, where: types.Position) -> Sequence[types.CompletionItem]:
        """What is offered at a place, in the order in which an editor shows it."""
        found = await self.editor.text_document_completion_async(types.CompletionParams(self.name, where))
        items = found.items if isinstance(found, types.CompletionList) else ()
        return sorted(items, key=lambda item: item.sort_text or "")

    def after(self, edit: types.WorkspaceEdit | None, encoding: str = "utf-16") -> str:
        """The text after an edit."""
        assert edit is not None
        if edit.changes is not None:
            # For an editor that knows no versions.
            ((uri, edits),), version = edit.changes.items(), self.version
        else:
            (change,) = edit.document_changes or ()
            assert isinstance(change, types.TextDocumentEdit)
            uri, version, edits = change.text_document.uri, change.text_document.version, change.edits
        assert (uri, version) == (self.uri, self.version)
        return applied(self.text, [each for each in edits if isinstance(each, types.TextEdit)], encoding)


def lines(text: str) -> list[str]:
    """The lines of a text as the protocol has them, each with its end."""
    return [found[0] for found in _LINES.finditer(text)]


def position(text: str, offset: int, encoding: str = "utf-16") -> types.Position:
    """Where an offset is, counted in bytes of the encoding."""
    before = lines(text[:offset])
    # The last match is the empty one at the end, unless the line has begun.
    last = before[-1] if before[-1] else (before[-2] if len(before) > 1 and before[-2][-1] not in "\r\n" else "")
    count = sum(1 for line in before if line.endswith(("\r", "\n")))
    return types.Position(count, len(last.encode(CODECS[encoding], "surrogatepass")) // _UNIT_BYTES[encoding])


def offset_of(text: str, place: types.Position, encoding: str = "utf-16") -> int:
    """The offset of a place that is one."""
    rows = lines(text)
    line = rows[place.line].encode(CODECS[encoding], "surrogatepass")
    begun = line[: place.character * _UNIT_BYTES[encoding]].decode(CODECS[encoding], "surrogatepass")
    return sum(map(len, rows[: place.line])) + len(begun)


def quoted(text: str, where: types.Range, encoding: str = "utf-16") -> str:
    """The text of a range."""
    return text[offset_of(text, where.start, encoding) : offset_of(text, where.end, encoding)]


def applied(text: str, edits: Sequence[types.TextEdit], encoding: str = "utf-16") -> str:
    """A text after edits that all refer to it as it was."""
    spans = [(offset_of(text, it.range.start, encoding), offset_of(text, it.range.end, encoding)) for it in edits]
    for (start, end), edit in sorted(zip(spans, edits, strict=True), key=lambda pair: pair[0], reverse=True):
        text = text[:start] + edit.new_text + text[end:]
    return text
