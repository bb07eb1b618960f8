"""Code actions: fixes, all safe fixes at once, and dismissals with a reason."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Final

from lsprotocol import types

from checks.decisions import can_last, whoever
from checks.dismissals import Dismissal, add
from checks.fixing import hunk
from checks.gate import Gate
from checks.lsp.client import Client
from checks.lsp.diagnosing import diagnostic, marked
from checks.lsp.documents import Document
from checks.lsp.judging import Judged
from checks.model import Edit, Finding, Text
from checks.view import one_line

FIX_ALL: Final = f"{types.CodeActionKind.SourceFixAll.value}.yijiao"
DISMISS: Final = "yijiao.dismiss"
KINDS: Final = (types.CodeActionKind.QuickFix.value, FIX_ALL)
_FIX_ALL_TITLE: Final = Text("Apply all safe fixes", "应用全部安全的修改")
_UNSAFE: Final = Text("{title} (look at it)", "{title}（需确认）")
_DISMISS_TITLES: Final = {
    "false-positive": Text("Dismiss {code}: no fault", "不处理 {code}：误报"),
    "accepted-here": Text("Dismiss {code}: right here", "不处理 {code}：此处可接受"),
    "quotation": Text("Dismiss {code}: a quotation", "不处理 {code}：引文"),
}
"""The reasons that need no words, as a command cannot ask for any."""


def quick_fixes(judged: Judged, asked: types.Range, client: Client, site: str | None) -> Iterator[types.CodeAction]:
    """What can be done about the findings at a place: their fixes, then their dismissals."""
    document, file, gate = judged.document, judged.file, judged.gate
    if file is None or gate is None:
        return
    span = document.positions.span(asked)
    here = [
        finding for finding in file.findings
        if (place := marked(finding, document.text)).start <= span.end and span.start <= place.end
    ]  # fmt: skip
    for finding in here:
        yield from _fixes(finding, document, client, site)
    if gate.settings.review_dir is not None:
        for finding in filter(can_last, here):
            yield from _dismissals(finding, document, client, site)


def _fixes(finding: Finding, document: Document, client: Client, site: str | None) -> Iterator[types.CodeAction]:
    for fix in finding.fixes:
        if fix.safety == "manual":
            continue
        title = one_line(fix.title.render(client.lang))
        safe = fix.safety == "safe"
        yield types.CodeAction(
            f"{finding.code}: {title if safe else client.say(_UNSAFE, title=title)}",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(finding, document, client, site)],
            is_preferred=safe,
            edit=workspace_edit(document, fix.edits, client),
        )


def _dismissals(finding: Finding, document: Document, client: Client, site: str | None) -> Iterator[types.CodeAction]:
    for reason, wording in _DISMISS_TITLES.items():
        title = client.say(wording, code=finding.code)
        yield types.CodeAction(
            title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(finding, document, client, site)],
            is_preferred=False,
            command=types.Command(title, DISMISS, arguments=[document.uri, finding.fingerprint, reason]),
        )


def fix_all(document: Document, client: Client) -> types.CodeAction:
    """The action that applies all safe fixes, without its edit: only the version that it is for."""
    return types.CodeAction(
        client.say(_FIX_ALL_TITLE), kind=FIX_ALL, data={"uri": document.uri, "version": document.version}
    )


def workspace_edit(document: Document, edits: Sequence[Edit], client: Client) -> types.WorkspaceEdit:
    """Edits of one text, for the version that they were made for where the client understands that."""
    made = [document.positions.edit(edit) for edit in sorted(set(edits))]
    if not client.versions:
        return types.WorkspaceEdit(changes={document.uri: made})
    name = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(name, made)])


def difference(before: str, after: str) -> list[Edit]:
    """The edits that make one text of another, line by line, so that cursors and folds elsewhere stay."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    edits: list[Edit] = []
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    for kind, first, last, new_first, new_last in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            at = starts[first]
            edit = hunk(before[at : starts[last]], "".join(new[new_first:new_last]))
            edits.append(Edit(edit.start + at, edit.end + at, edit.text))
    return edits


def dismiss(gate: Gate, finding: Finding, reason: str) -> None:
    """Dismiss a finding for good. Raises :class:`InputError` where that cannot be written.

    ``reason`` is one of those that need no words; others raise :class:`ValueError`.
    """
    folder = gate.settings.review_dir
    if folder is None or reason not in _DISMISS_TITLES:
        raise ValueError(f"{reason!r} is no reason, or there is no review directory")
    revision, term_hash = gate.revisions[finding.code], gate.term_hash(finding)
    record = Dismissal.of(finding, revision=revision, term_hash=term_hash, reason=reason, note="", by=whoever())
    add(folder, [record])
    gate.reload_decisions()
