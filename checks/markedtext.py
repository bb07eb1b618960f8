"""Text of a digest as HTML: every byte escaped, findings marked, what cannot be seen spelt out.

Nothing of a digest reaches a page of the app, or the report, but through here or as ``textContent``.
"""

from __future__ import annotations

import difflib
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checks.fixing import hunk
from checks.model import SEVERITIES, Edit, Fix, Severity, Span
from checks.view import visible
from glossary.records import NamedTuple

_SPELT = re.compile(r"&lt;U\+([0-9A-F]{4,6})&gt;")
_SPACES = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]")
_WORD = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_LONGEST_QUOTE: Final = 80
_LONGEST_COMPARED: Final = 6000
"""Words and characters: comparing takes their square, and no editor reads a difference as long as that."""
_CONTEXT: Final = 22
"""Characters shown on either side of an edit."""


class Mark(NamedTuple):
    """A stretch to mark; offsets of the file. Without an id it is no finding but a term."""

    start: int
    end: int
    id: str
    severity: Severity
    title: str
    current: bool = False


def escaped(text: str) -> str:
    """A text as HTML, with control, bidirectional and zero-width characters spelt out."""
    shown = html.escape(visible(text.replace("\r\n", "\n")))
    return _SPELT.sub(r'<span class="yj-ctl">U+\1</span>', shown)


def one_line(text: str, limit: int = _LONGEST_QUOTE) -> str:
    """A quote as plain text on one line: breaks and outer spaces shown, the middle of a long one left out."""
    if len(text) > limit:
        text = text[: limit * 2 // 3] + "…" + text[-limit // 3 :]
    inner = text.strip(" \u00a0\u3000")
    at = text.find(inner) if inner else len(text)
    lead, tail = text[:at], text[at + len(inner) :]
    shown = "␣" * len(lead) + inner + "␣" * len(tail)
    return visible(shown.replace("\r\n", "\n").replace("\n", "⏎").replace("\t", "⇥"))


def marked(text: str, offset: int, marks: Iterable[Mark]) -> str:
    """A text that begins at ``offset`` of its file, with the marks that lie in it.

    Where marks overlap the current one is shown, else the worst.
    """
    inside = [mark for mark in marks if mark.end >= offset and mark.start <= offset + len(text)]
    cuts = {0, len(text)}
    for mark in inside:
        cuts.update(min(max(edge - offset, 0), len(text)) for edge in (mark.start, mark.end))
    carets = {mark.start - offset: mark for mark in inside if mark.start == mark.end}
    for mark in inside:
        if mark.current:
            # Whole, whatever crosses it: it is outlined.
            begin, end = max(0, mark.start - offset), min(len(text), mark.end - offset)
            cuts = {cut for cut in cuts if not begin < cut < end}
    places = sorted(cuts)
    pieces: list[str] = []
    for start, end in zip(places, [*places[1:], len(text)], strict=True):
        if start in carets:
            pieces.append(_mark(carets[start], "", " yj-caret"))
        if start == end:
            continue
        over = [mark for mark in inside if mark.start - offset <= start and end <= mark.end - offset]
        piece = escaped(text[start:end])
        pieces.append(_mark(max(over, key=_weight), piece) if over else piece)
    return "".join(pieces)


def _weight(mark: Mark) -> tuple[bool, int]:
    return mark.current, SEVERITIES.index(mark.severity)


def _mark(mark: Mark, inner: str, more: str = "") -> str:
    current = ' aria-current="true"' if mark.current else ""
    kind = "" if mark.id else " yj-term"
    classes = f"yj-m yj-{mark.severity}{kind}{' yj-cur' if mark.current else ''}{more}"
    title = html.escape(mark.title)
    return f'<mark class="{classes}" data-yj-pick="{html.escape(mark.id)}" title="{title}"{current}>{inner}</mark>'


def raw(text: str, offset: int, marks: Iterable[Mark]) -> str:
    """A text as :func:`marked`, with the ends of its lines shown."""
    pieces: list[str] = []
    known = list(marks)
    start = offset
    for line in text.splitlines(keepends=True):
        shown = marked(line.rstrip("\r\n"), start, known)
        body = line.rstrip("\r\n")
        trailing = len(body) - len(body.rstrip(" \t"))
        if trailing and not any(
            mark.start < start + len(body) and start + len(body) - trailing < mark.end for mark in known
        ):
            shown = marked(body.rstrip(" \t"), start, known) + f'<span class="yj-ws">{"·" * trailing}</span>'
        pieces.append(shown + ('<span class="yj-ws">⏎</span>\n' if line.endswith("\n") else ""))
        start += len(line)
    return "".join(pieces)


def difference(text: str, fix: Fix, fields: Sequence[Span]) -> str:
    """What a fix removes and adds, with what stands round it within its field; ``fields`` ends with the widest."""
    hunks: list[list[str]] = []
    done = within = Span(0, 0)
    for made in sorted(fix.edits):
        edit = _trimmed(text, made)
        if hunks and edit.start - done.end <= 2 * _CONTEXT and edit.end <= within.end:
            hunks[-1].append(_context(text[done.end : edit.start]))
        else:
            if hunks:
                hunks[-1].append(_after(text, done.end, within))
            within = next(span for span in fields if span.start <= edit.start and edit.end <= span.end)
            begin = max(within.start, edit.start - _CONTEXT)
            hunks.append([("…" if begin > within.start else "") + _context(text[begin : edit.start])])
        if edit.end > edit.start:
            hunks[-1].append(f"<del>{_spaces_shown(text[edit.start : edit.end])}</del>")
        if edit.text:
            hunks[-1].append(f"<ins>{_spaces_shown(edit.text)}</ins>")
        done = Span(edit.start, edit.end)
    if hunks:
        hunks[-1].append(_after(text, done.end, within))
    return '<span class="yj-gap">⋮</span>'.join("".join(hunk) for hunk in hunks)


def around(text: str, span: Span, fields: Sequence[Span], mark: Mark) -> str:
    """A place with its mark and what stands round it within its field; ``fields`` ends with the widest."""
    within = next(field for field in fields if field.start <= span.start and span.end <= field.end)
    begin, end = max(within.start, span.start - _CONTEXT), min(span.end + _CONTEXT, within.end)
    lead, tail = "…" if begin > within.start else "", "…" if end < within.end else ""
    return lead + marked(text[begin:end], begin, [mark]) + tail


def _after(text: str, start: int, within: Span) -> str:
    end = min(start + _CONTEXT, within.end)
    return _context(text[start:end]) + ("…" if end < within.end else "")


def changes(old: str, new: str) -> str:
    """A whole text with what was removed and added, by words and characters."""
    tags = {"-": "del", "+": "ins"}
    return "".join(
        f"<{tags[sign]}>{_spaces_shown(text)}</{tags[sign]}>" if sign in tags else escaped(text)
        for sign, text in pieces(old, new)
    )


def pieces(old: str, new: str) -> Iterator[tuple[str, str]]:
    """What is kept (``=``), removed (``-``) and added (``+``) from one text to the other, by words and characters."""
    whole = _trimmed(old, Edit(0, len(old), new))
    if whole.start:
        yield "=", old[: whole.start]
    yield from _within(old[whole.start : whole.end], whole.text)
    if whole.end < len(old):
        yield "=", old[whole.end :]


def _within(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > _LONGEST_COMPARED:
        codes = [("replace", 0, len(before), 0, len(after))]
    else:
        codes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()  # type: ignore[assignment]
    for tag, i, j, k, m in codes:
        if tag == "equal":
            yield "=", "".join(before[i:j])
            continue
        if i < j:
            yield "-", "".join(before[i:j])
        if k < m:
            yield "+", "".join(after[k:m])


def changed(old: str, new: str, limit: int = 600) -> str:
    """What became of a text: what was removed and added, with a little of what stands round it."""
    edit = hunk(old, new)
    begin, end = max(0, edit.start - _CONTEXT), min(len(old), edit.end + _CONTEXT)
    gone = old[edit.start : edit.end]
    if max(len(gone), len(edit.text)) > limit:
        middle = (
            f"<del>{escaped(one_line(gone, limit // 2))}</del><ins>{escaped(one_line(edit.text, limit // 2))}</ins>"
        )
    else:
        middle = changes(gone, edit.text)
    lead, tail = "…" if begin > 0 else "", "…" if end < len(old) else ""
    return f"{lead}{_context(old[begin : edit.start])}{middle}{_context(old[edit.end : end])}{tail}"


def _trimmed(text: str, edit: Edit) -> Edit:
    """An edit without what it removes and adds again."""
    inner = hunk(text[edit.start : edit.end], edit.text)
    return Edit(edit.start + inner.start, edit.start + inner.end, inner.text)


def _context(text: str) -> str:
    return escaped(text.replace("\r\n", "\n").replace("\n", "⏎"))


def _spaces_shown(text: str) -> str:
    shown = _SPACES.sub("␣", text.replace("\r\n", "\n")).replace("\n", "⏎\n").replace("\t", "⇥").replace("\r", "␍")
    return escaped(shown)


def joined(parts: Sequence[str], separator: str = " · ") -> str:
    """Escaped parts in a row, empty ones left out."""
    return separator.join(html.escape(visible(part)) for part in parts if part)
