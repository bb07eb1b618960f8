"""The server: what the editor tells and asks, and who answers.

Everything that needs a gate happens in one thread of its own, one thing after the other, so that the loop which talks
to the editor is never kept waiting. What is said refers to the state of the text that was judged.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.exceptions import FeatureNotificationError
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from checks.errors import InputError
from checks.lsp.client import Client
from checks.lsp.diagnosing import diagnostics, error_diagnostic
from checks.lsp.documents import Documents
from checks.lsp.judging import Judge, Judged
from checks.lsp.projects import Projects
from checks.report.places import file_of
from checks.verdict import VERSION
from checks.view import one_line

R = TypeVar("R")
NAME: Final = "yijiao"
_PAUSE: Final = 0.1
"""Seconds without a change before a text is checked, where its diagnostics are pushed."""
_WATCHED: Final = ("**/yijiao.toml", "**/pyproject.toml", "**/*.csv", "**/*.jsonl", "**/*.{md,markdown}")
"""What the gate may have read: settings, terms, English and decisions, other digests."""


class _Protocol(LanguageServerProtocol):
    """Texts are kept here rather than by pygls, whose lines end at U+2028 and the like as well."""

    _server: Server

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        self._server.documents.open(params.text_document, self._server.encoding)
        self._server.start(self._server.read_again(params.text_document.uri))

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        self._server.documents.change(params)
        self._server.push_soon(params.text_document.uri)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        self._server.close(params.text_document.uri)


class Server(LanguageServer):
    """One connection to one editor. Its methods run in the loop."""

    def __init__(self, given: argparse.Namespace) -> None:
        super().__init__(NAME, VERSION, protocol_cls=_Protocol, converter_factory=get_converter)
        self.given = given
        self.client = Client()
        self.documents = Documents()
        self.left = False
        """Whether the editor has taken its leave, as it should before it hangs up."""
        self._projects = Projects(given)
        self._judge = Judge(self._projects)
        self._thread = ThreadPoolExecutor(1, "gate")
        self._judged: dict[str, Judged] = {}
        self._pending: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._editions = 0
        self._told: dict[str, list[InputError]] = {}
        """By path, what was wrong with the files that the gate goes by when it was last said."""

    @property
    def encoding(self) -> types.PositionEncodingKind | str:
        """In what the editor counts columns."""
        return self.server_capabilities.position_encoding or types.PositionEncodingKind.Utf16

    def greet(self, params: types.InitializeParams) -> None:
        """Take note of what the editor understands."""
        self.client = Client.of(params, self.given.lang)

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin what nobody waits for; what goes wrong there is noted."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def close(self, uri: str) -> None:
        """Forget a text; its diagnostics go with it."""
        self.documents.close(uri)
        self._judged.pop(uri, None)
        self._thread.submit(self._judge.forget, uri)
        if not self.client.pulls:
            self._publish(uri, [])

    async def off(self, work: Callable[..., R], *arguments: object) -> R:
        """Have something done in the thread of the gates."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)

    async def judged(self, uri: str) -> Judged | None:
        """What there is to say of a text as it is now; None where it is not open."""
        judged = await self.off(self._judge_now, uri)
        self._tell_errors()
        return judged

    async def fixed(self, judged: Judged) -> str | None:
        """A text with all safe fixes made; None where that cannot be done."""
        fixed = await self.off(self._judge.fixed, judged)
        return fixed.text if fixed is not None else None

    def push_soon(self, uri: str) -> None:
        """Push a text's diagnostics once it has not changed for a moment; to a client that asks for them, nothing."""
        if self.client.pulls:
            return
        before = self._pending.get(uri)
        if before is not None:
            before.cancel()
        self._pending[uri] = self.start(self._push_later(uri))

    async def read_again(self, opened: str | None = None) -> None:
        """Take up what has changed on the disk, and say what that changes; of a text just opened in any case."""
        editions = await self.off(self._projects.renew)
        changed, self._editions = editions != self._editions, editions
        if opened is None or changed:
            # Another digest may have changed as well as what the gates go by.
            self._judged.clear()
        self._tell_errors()
        if self.client.pulls:
            if self.client.refreshes and (opened is None or changed):
                self.workspace_diagnostic_refresh(None)
            return
        for document in self.documents:
            if opened in (None, document.uri) or changed:
                await self._push(document.uri)

    def tell(self, kind: types.MessageType, message: str) -> None:
        """Show a message to the user."""
        self.window_show_message(types.ShowMessageParams(kind, one_line(message)))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """A message that could not be read, or a defect of ours: noted where the editor keeps such things."""
        note = one_line(f"{NAME}: {type(error).__name__}: {error}")
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, note))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self.report_server_error(error, FeatureNotificationError)

    def _judge_now(self, uri: str) -> Judged | None:
        document = self.documents.get(uri)
        if document is None:
            return None
        known = self._judged.get(uri)
        if known is None or known.document is not document:
            known = self._judged[uri] = self._judge.judge(document)
        return known

    async def _push_later(self, uri: str) -> None:
        await asyncio.sleep(_PAUSE)
        # From here on a further change waits its turn instead of putting an end to this.
        self._pending.pop(uri, None)
        await self._push(uri)

    async def _push(self, uri: str) -> None:
        judged = await self.judged(uri)
        if judged is not None and self.documents.get(uri) is judged.document:
            self._publish(uri, diagnostics(judged, self.client, self.given.docs), judged.document.version)

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None = None) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def _tell_errors(self) -> None:
        """Say what is wrong with the files that the gates go by, once: in a message, and in those files."""
        now: dict[str, list[InputError]] = {}
        for error in self._projects.errors:
            now.setdefault(file_of(error) or "", []).append(error)
        before, self._told = self._told, now
        for path in before.keys() | now.keys():
            wrong = now.get(path, [])
            if list(map(str, before.get(path, ()))) == list(map(str, wrong)):
                continue
            if path:
                self._publish(Path(path).absolute().as_uri(), [error_diagnostic(error) for error in wrong])
            for error in wrong:
                self.tell(types.MessageType.Error, f"{NAME}: {error}")


def watched() -> types.RegistrationParams:
    """The request to be told of changed files."""
    watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    return types.RegistrationParams([types.Registration(NAME, types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)])
