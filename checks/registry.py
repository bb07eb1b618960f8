"""What a rule says of itself, and how rules are found.

A rule is one module below :mod:`checks.rules`. Its docstring is its manual; ``RULE`` says what it
is called, what wakes it and what it tells; ``check`` verifies a candidate and yields hits. Nothing
else registers it: discovery, ``--explain``, ``--rules`` and the tests read the module.

What wakes a rule is data, so that the engine can look for the candidates of all rules together and
ask a rule only where there may be something. A rule must find nothing where it is not woken.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Final

from checks.model import Field, Safety, Severity, Text
from glossary.records import NamedTuple

if TYPE_CHECKING:
    from checks.scene import Hit

PROSE: Final[tuple[Field, ...]] = ("title", "body")
"""The Chinese fields."""


class Pairs(NamedTuple):
    """Wake at the place between two neighbouring characters of the masked text.

    Each pair holds two bodies of regex character classes; ``check(scene, at)`` gets the offset of
    the second character in the segment.
    """

    pairs: tuple[tuple[str, str], ...]

    def pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?<=[{left}])(?=[{right}])" for left, right in self.pairs))


class Chars(NamedTuple):
    """Wake at each character of a class (a regex class body) of the masked text."""

    chars: str

    def pattern(self) -> re.Pattern[str]:
        return re.compile(f"[{self.chars}]")


class Segments(NamedTuple):
    """Wake once a segment, at offset 0, where the masked text holds a character of the class."""

    chars: str
    where: str | None = None
    """A pattern to be found there as well; what it finds holds such a character."""

    def pattern(self) -> re.Pattern[str]:
        return re.compile(f"[{self.chars}]" if self.where is None else self.where)


class Entries(NamedTuple):
    """Wake once an entry; with conditions, only one that meets them all."""

    where: str | None = None
    """A pattern to be found in the entry as the file has it: from its heading to the next, where ``\\Z`` matches."""
    english: bool = False
    """Whether its English abstract must be known."""
    heading: str | None = None
    """A pattern to be found in the heading, or that of ``title`` in the Chinese title, where its English abstract is
    not known: then these two are all there is to compare."""
    title: str | None = None

    def patterns(self) -> list[re.Pattern[str] | None]:
        """Those of ``where``, ``heading`` and ``title``."""
        given = (self.where, self.heading, self.title)
        return [re.compile(each) if each is not None else None for each in given]


class _Whole:
    """A wake that knows nothing but its kind."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Files(_Whole):
    """Wake once a file."""

    __slots__ = ()


class Suppressions(_Whole):
    """Wake once a file that holds suppression comments, when what they silence is known."""

    __slots__ = ()


Wake = Pairs | Chars | Segments | Entries | Files | Suppressions


class Rule(NamedTuple):
    """A rule's declaration.

    ``fix`` is the safety of the fix it usually proposes, None where it has none. ``revision`` goes
    up when a change in meaning should reopen what editors dismissed. ``fields`` matters for wakes
    in segments only.
    """

    code: str
    name: str
    severity: Severity
    mqm: str
    summary: Text
    wake: Wake
    fix: Safety | None = None
    fields: tuple[Field, ...] = PROSE
    revision: int = 1
    needs_source: bool = False
    """Whether it can say nothing of an entry whose English abstract is not known."""


Check = Callable[..., "Iterable[Hit]"]


class Loaded(NamedTuple):
    """A rule with its function."""

    rule: Rule
    check: Check
    module: str
    plugin: str | None = None
    """The distribution that brings it, with its version; None for our own."""

    @property
    def manual(self) -> str:
        """The docstring of its module."""
        import inspect

        return inspect.cleandoc(importlib.import_module(self.module).__doc__ or "")


def modules(package: ModuleType) -> Iterator[ModuleType]:
    """The modules of a package and of those in it that may be rules: a leading ``_`` says that one is none."""
    import pkgutil

    # Not walk_packages(), which passes over a package that fails to import.
    for info in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if not info.name.rpartition(".")[2].startswith("_"):
            module = importlib.import_module(info.name)
            yield from modules(module) if info.ispkg else (module,)


def declared(module: ModuleType, plugin: str | None = None) -> Loaded:
    """The rule that a module declares. Raises :class:`ImportError` where it is none."""
    rule = getattr(module, "RULE", None)
    check = getattr(module, "check", None)
    if not isinstance(rule, Rule) or not callable(check):
        raise ImportError(f"{module.__name__} declares no RULE, or has no check()")  # noqa: TRY004
    return Loaded(rule, check, module.__name__, plugin)


@cache
def rules() -> tuple[Loaded, ...]:
    """All rules, by code: our own, and those of installed plug-ins.

    Raises :class:`ImportError` where a module below ``checks.rules`` is not a rule, or a code is
    used twice, which are defects of the program; :class:`PluginError` where a plug-in cannot be used.
    """
    from checks import declarations, plugins

    found = declarations.read()
    if found is None:
        found = discovered()
        declarations.keep(found.values())
    found |= plugins.added(found)
    return tuple(found[code] for code in sorted(found))


def discovered() -> dict[str, Loaded]:
    """Our own rules by code, from their modules. Raises :class:`ImportError` as :func:`rules` does."""
    import checks.rules as package

    found: dict[str, Loaded] = {}
    for loaded in map(declared, modules(package)):
        if loaded.rule.code in found:
            raise ImportError(f"{loaded.module} and {found[loaded.rule.code].module} both use {loaded.rule.code}")
        found[loaded.rule.code] = loaded
    return found


@cache
def codes() -> frozenset[str]:
    """Every code there is."""
    return frozenset(loaded.rule.code for loaded in rules())


def named(selector: str) -> frozenset[str]:
    """The codes that a code or prefix names."""
    return frozenset(code for code in codes() if code.startswith(selector))


def nearest(selector: str) -> str | None:
    """The code that the writer of an unknown one may have meant."""
    import difflib

    near = difflib.get_close_matches(selector, sorted(codes()), 1)
    return near[0] if near else None


def matches(code: str, selectors: Iterable[str]) -> bool:
    """Whether a code is selected by one of these codes or prefixes."""
    return any(code.startswith(selector) for selector in selectors)


def chosen(select: Sequence[str], ignore: Sequence[str]) -> tuple[Loaded, ...]:
    """The rules that run: selected (all where nothing is) and not ignored; the longer selector wins."""

    def weight(code: str, selectors: Sequence[str]) -> int:
        return max((len(selector) for selector in selectors if code.startswith(selector)), default=0)

    def runs(code: str) -> bool:
        # Nothing selected is everything selected, by the shortest prefix there is.
        wanted = weight(code, select) if select else 1
        return wanted > 0 and (weight(code, ignore) < wanted if select else weight(code, ignore) == 0)

    return tuple(loaded for loaded in rules() if runs(loaded.rule.code))
