"""What the rules said of the entries of a file, said again of those that still stand there as they stood.

A long-lived program checks one file again and again, after a change to one of its entries. What a rule
says of an entry follows from the entry, the edges of its neighbours, the file's style, and what it asked of
the corpus; where all that is as before, only the places have moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checks.model import Digest, Edit, Finding, Related, Span
from checks.profile import Style
from checks.renderings import Rendering, Renderings
from checks.scene import Context, EntryScene, FileScene
from glossary.records import NamedTuple

_EDGE: Final = 2
"""Characters of the neighbours that rules about blank lines look at."""
_Key = tuple[str, int, object]
_Answer = tuple[tuple[object, ...], ...]


class _Said(NamedTuple):
    start: int
    """Where the entry began."""
    findings: tuple[Finding, ...]
    asked: tuple[tuple[str, _Answer], ...]
    """What was asked of the corpus meanwhile, and the answers."""


class _Listening(Renderings):
    """Renderings that remember what they were asked."""

    def __init__(self, inner: Renderings) -> None:
        super().__init__()
        self._inner = inner
        self.asked: set[str] = set()

    def of(self, english: str) -> Sequence[Rendering]:
        self.asked.add(english)
        return self._inner.of(english)

    def answer(self, english: str, entry: EntryScene) -> _Answer:
        """What :meth:`of` gives, as far as it can matter to an entry: in which line, but not where in it."""
        path, (start, end) = entry.file.digest.path, entry.entry.span
        return tuple(
            (use.path, use.line, use.chinese, use.written, use.path == path and start <= use.start < end)
            for use in self._inner.of(english)
        )


class Recall:
    """What was said of one file. One thread at a time may keep; others may ask meanwhile."""

    def __init__(self) -> None:
        self.basis: tuple[object, ...] = ()
        self.known: dict[_Key, _Said] = {}


class Recalling:
    """One check of the file: ``keep`` says that it is the one to be remembered from now on."""

    def __init__(self, recall: Recall, rules: object, digest: Digest, context: Context, *, keep: bool) -> None:
        self._recall = recall
        self._keep = keep
        self._listening = _Listening(context.corpus.renderings)
        self._basis = (rules, context.glossary, context.sources, digest.path)
        self._fresh: dict[_Key, _Said] = {}
        self.file = FileScene(digest, context._replace(corpus=context.corpus._replace(renderings=self._listening)))
        same = len(recall.basis) == len(self._basis) and all(
            one is other or one == other for one, other in zip(recall.basis, self._basis, strict=True)
        )
        self._known = recall.known if same else {}

    def said(self, entry: EntryScene) -> list[Finding] | None:
        """What was said of an entry that stands there as before; None where it must be checked."""
        self._listening.asked.clear()
        key = self._key(entry)
        found = self._known.get(key)
        if found is None or any(self._listening.answer(words, entry) != answer for words, answer in found.asked):
            return None
        by = entry.entry.span.start - found.start
        findings = [_moved(finding, by) for finding in found.findings] if by else list(found.findings)
        self._fresh[key] = _Said(entry.entry.span.start, tuple(findings), found.asked)
        return findings

    def note(self, entry: EntryScene, findings: Sequence[Finding]) -> None:
        """Remember what has been said of the entry that was asked about last."""
        asked = tuple((words, self._listening.answer(words, entry)) for words in sorted(self._listening.asked))
        self._fresh[self._key(entry)] = _Said(entry.entry.span.start, tuple(findings), asked)

    def done(self) -> None:
        """The check is over."""
        if self._keep:
            self._recall.known, self._recall.basis = self._fresh, self._basis

    def _key(self, entry: EntryScene) -> _Key:
        text, (start, end), path = self.file.text, entry.entry.span, self.file.digest.path
        first = next(iter(self.file.context.corpus.occurrences.get(entry.entry.key, ())), None)
        elsewhere = first is not None and (first.path != path or first.start != start)
        style: Style = self.file.style
        return text[max(0, start - _EDGE) : end + _EDGE], start == 0, (first if elsewhere else None, style)


def _moved(finding: Finding, by: int) -> Finding:
    fixes = tuple(
        fix._replace(edits=tuple(Edit(edit.start + by, edit.end + by, edit.text) for edit in fix.edits))
        for fix in finding.fixes
    )
    related = tuple(Related(_shifted(place.span, by), place.message) for place in finding.related)
    return finding._replace(span=_shifted(finding.span, by), fixes=fixes, related=related)


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
