"""One digest of a shared run: what a worker is given, and what it gives back.

A worker gets the text and those answers about other files that the rules are likely to ask for, see
:mod:`checks.watching`. A question it has no answer to makes it give the digest back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from checks.bilingual import parse
from checks.crew import Skill
from checks.engine import Checked, Engine
from checks.glosses import key_of
from checks.model import Severity, SourceText
from checks.packing import Unpackable, pack
from checks.profile import Style
from checks.registry import rules
from checks.renderings import Rendering, Renderings
from checks.scene import Context, Corpus, Occurrence
from checks.verdict import VERSION
from checks.watching import Asked, Told, Unanswered, Watch
from glossary import Glossary
from glossary.hashes import blake2b
from glossary.records import NamedTuple


class Means(NamedTuple):
    """What a worker checks with."""

    codes: frozenset[str]
    severities: Mapping[str, Severity]
    glossary: Glossary
    style: Style
    renderings: Mapping[str, Sequence[Rendering]]
    """How the corpus renders the English that the glossary lists: long, and the same for all digests."""


class Task(NamedTuple):
    """A digest on its way to a worker; ``number`` is the caller's, ``means`` the number of the means."""

    number: int
    means: int
    path: str
    text: str
    places: Mapping[str, Sequence[Occurrence] | None]
    renderings: Mapping[str, Sequence[Rendering]]
    sources: Mapping[str, SourceText | None]


class Done(NamedTuple):
    """A digest that was checked: what was said, packed where it can be, and what was asked, where it may be kept."""

    asked: Asked | None
    checked: Checked | bytes


class Checking(Skill[Task, Done | None]):
    """To check digests by one of these means; None is for what only the whole corpus can answer."""

    def __init__(self, means: Sequence[Means]) -> None:
        self._means = tuple(means)

    def ready(self) -> Callable[[Task], Done | None]:
        """What checks a digest."""
        return _Checker(self._means).check

    def program(self) -> str:
        """The version, and the rules asked for with their revisions."""
        codes = frozenset[str]().union(*(each.codes for each in self._means))
        known = sorted((loaded.rule.code, loaded.rule.revision) for loaded in rules() if loaded.rule.code in codes)
        return f"{VERSION} with {len(known)} rules {blake2b(repr(known).encode(), digest_size=4).hexdigest()}"

    def size(self, task: Task) -> int:
        """The digest's length."""
        return len(task.text)


class _Checker:
    """A worker that is ready."""

    def __init__(self, means: Sequence[Means]) -> None:
        self._engines = [(_engine(each), each) for each in means]

    def check(self, task: Task) -> Done | None:
        engine, means = self._engines[task.means]
        corpus = Corpus(Told(task.places), _ToldRenderings({**means.renderings, **task.renderings}))
        watch = Watch(Context(means.glossary, Told(task.sources), means.style, corpus))
        try:
            checked = engine.check(parse(task.text, task.path), watch.context)
        except Unanswered:
            return None
        if checked.crashes:
            return Done(None, checked)
        try:
            return Done(watch.asked, pack(checked))
        except Unpackable:
            return Done(None, checked)


def _engine(means: Means) -> Engine:
    chosen = [loaded for loaded in rules() if loaded.rule.code in means.codes]
    return Engine(chosen, dict(means.severities))


class _ToldRenderings(Renderings):
    def __init__(self, told: Mapping[str, Sequence[Rendering]]) -> None:
        super().__init__()
        self._told = told

    def of(self, english: str) -> Sequence[Rendering]:
        try:
            return self._told[key_of(english)]
        except KeyError:
            raise Unanswered from None
