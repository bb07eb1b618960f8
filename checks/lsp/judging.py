"""What the gate says of an open text."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from checks.digest import parse
from checks.errors import InputError
from checks.files import below, read_text, sound, stamp
from checks.fixing import Fixed
from checks.gate import Gate
from checks.lsp.documents import Document
from checks.lsp.projects import Projects
from checks.model import Digest, Finding
from checks.recall import Recall
from checks.renderings import Rendering, renderings_in
from checks.scene import Corpus
from checks.settings import Settings
from checks.survey import Survey, places_of, survey
from checks.verdict import FileReport
from glossary.records import NamedTuple


class Judged(NamedTuple):
    """One state of a text and what is to say of it."""

    document: Document
    gate: Gate | None
    """None where what it would go by cannot be read."""
    file: FileReport | None
    """None where the text is no digest, or could not be judged."""
    errors: tuple[InputError, ...]
    """What is wrong with the text, with what the gate goes by, and with rules."""

    def finding(self, fingerprint: str) -> Finding | None:
        """The open finding with this identity."""
        findings = self.file.findings if self.file is not None else ()
        return next((finding for finding in findings if finding.fingerprint == fingerprint), None)


class Judge:
    """Gates, and what they have said of texts before. Not safe for threads."""

    def __init__(self, projects: Projects) -> None:
        self._projects = projects
        self._recalls: dict[str, Recall] = {}
        self._stored = _Stored()

    def judge(self, document: Document) -> Judged:
        """What there is to say of a text; nothing of one that is no digest."""
        if not document.is_markdown:
            return Judged(document, None, None, ())
        project = self._projects.of(document.path)
        gate, name = project.gate, document.path.as_posix()
        digest = parse(document.text, name)
        if not (_is_digest(gate.settings, digest) if gate is not None else _looks_like_one(digest)):
            return Judged(document, gate, None, ())
        if gate is None:
            return Judged(document, None, None, project.errors)
        try:
            sound(document.text, name)
        except InputError as error:
            return Judged(document, gate, None, (error,))
        file = gate.check_digest(digest, self._around(gate, digest), self._recall(document))
        return Judged(document, gate, file, (*project.errors, *file.errors))

    def fixed(self, judged: Judged) -> Fixed | None:
        """A judged text with all safe fixes made, as ``--fix`` makes them; None where that cannot be done."""
        gate, file = judged.gate, judged.file
        if gate is None or file is None or file.errors:
            return None
        with suppress(InputError):
            recall = self._recall(judged.document)
            fixed = gate.fix(file.digest, ("safe",), self._around(gate, file.digest), recall)
            return fixed if fixed.settled else None
        return None

    def forget(self, uri: str) -> None:
        """A text has been closed."""
        self._recalls.pop(uri, None)

    def _recall(self, document: Document) -> Recall:
        return self._recalls.setdefault(document.uri, Recall())

    def _around(self, gate: Gate, digest: Digest) -> Corpus:
        path = Path(digest.path)
        others = self._stored.beside(gate.settings, path) if _inside(gate.settings, path) else ()
        return gate.corpus([survey(digest), *others])


def _is_digest(found: Settings, digest: Digest) -> bool:
    """Whether a text is for the gate: what lies in the folder of the digests is, as there the gate finds it by itself.

    Elsewhere a text must look like one: the README of a project is none.
    """
    path = Path(digest.path)
    return not found.excludes(path) and (_inside(found, path) or _looks_like_one(digest))


def _looks_like_one(digest: Digest) -> bool:
    return any(entry.arxiv_id is not None for entry in digest.entries)


def _inside(found: Settings, path: Path) -> bool:
    """Whether the gate would find a file in the folder of the digests, hidden ones not among them."""
    root, real = Path(os.path.realpath(found.digests)), Path(os.path.realpath(path))
    return real.is_relative_to(root) and not any(part.startswith(".") for part in real.relative_to(root).parts)


class _Stored:
    """What the stored digests add to the context of the open ones, each read again when its file has changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[object, Survey]] = {}

    def beside(self, found: Settings, path: Path) -> Iterator[Survey]:
        """The digests of the corpus but the one at a path in it, spelt as that one is."""
        real = os.path.realpath(path)
        depth = len(Path(real).relative_to(os.path.realpath(found.digests)).parts)
        for other in sorted(below(path.parents[depth - 1])):
            if os.path.realpath(other) == real:
                continue
            seen = stamp(other)
            if other not in self._known or self._known[other][0] != seen:
                with suppress(InputError):
                    self._known[other] = (seen, _survey(other))
            if other in self._known:
                yield self._known[other][1]


def _survey(path: Path) -> Survey:
    """A stored digest looked over, its text let go. Raises :class:`InputError`."""
    name = path.as_posix()
    return Survey(places_of(parse(read_text(path), name)), cache(partial(_renderings, path)))


def _renderings(path: Path) -> Sequence[tuple[str, Rendering]]:
    with suppress(InputError):
        return renderings_in(path.as_posix(), read_text(path))
    return ()
