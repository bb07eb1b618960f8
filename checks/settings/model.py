"""What the settings are, and which of them hold for one digest."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from checks.bilingual import is_bilingual
from checks.model import Severity
from checks.profile import PROFILES, Style
from glossary.records import NamedTuple, compared_without
from glossary.remote import Place, Remote, local

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from checks.quality.mqm import Grade, Model


class Origin(NamedTuple):
    """Where a value comes from: a settings file and the line, or an option of the command line."""

    place: str
    line: int | None = None

    def __str__(self) -> str:
        return self.place if self.line is None else f"{self.place}:{self.line}"


@compared_without(1)
class Different(NamedTuple):
    """A ``[paths."…"]`` table: what is different for the digests that a pattern names."""

    pattern: str
    """As git ignores files, relative to the settings file."""
    values: Mapping[str, Any]
    origins: Mapping[str, Origin]


@compared_without(3)
class Settings(NamedTuple):
    """Everything that decides what the gate does. Paths are absolute or relative to the working folder."""

    digests: Path = Path("data/digests")
    """The corpus: what is checked where no path is given, and the context of cross-file rules."""
    exclude: tuple[str, ...] = ()
    """Patterns of files that are no digests, though they lie in a folder of them."""
    bilingual: tuple[str, ...] = ()
    """Patterns of bilingual files that count among the digests of a folder."""
    force_exclude: bool = False
    """Whether they hold for files that are named as well, as where another program names whatever has changed."""
    glossary: tuple[Path, ...] = ()
    """The project's own terms, over the shipped ones."""
    over: tuple[tuple[Path, ...], ...] = ()
    """The layers that tables of ``paths`` lay over the project's."""
    extra_glossary: tuple[Place, ...] = ()
    """The layer of ``--glossary``, over all."""
    sources: tuple[Place, ...] = ()
    review_dir: Path | None = None
    """None: there is no project above the digests, so no decision can be kept."""
    baseline: Path | None = None
    """None: ``baseline.jsonl`` in the review directory."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = "warning"
    strict: bool = False
    """Whether decisions that match nothing any more fail the gate."""
    severity: Mapping[str, Severity] = {}
    profile: str = "digest"
    style: Mapping[str, str] = {}
    """Choices over those of the profile."""
    known_abbreviations: tuple[str, ...] = ()
    mqm_severity: Mapping[str, Grade] = {}
    """Severities of MQM over those that follow from the rules' own."""
    passing_score: float = 90.0
    acceptable_penalty: float = 10.0
    memory_cutoff: float = 75.0
    """From this likeness on, in percent, a sentence counts as translated before."""
    cache_dir: Path | None = None
    """None: ``.yijiao_cache`` beside the settings file."""
    paths: tuple[Different, ...] = ()
    file: Path | None = None
    """The settings file that was read."""
    searched: bool = False
    """Whether that file was found from the place of a digest, rather than named."""
    origins: Mapping[str, Origin] = {}
    """Where each value comes from, by the field's name; what is missing is a default."""
    options: Mapping[str, Any] = {}
    """What the command line says: it goes before any table of a file."""

    def with_options(self, **options: Any) -> Settings:
        """These settings with what the command line says; options that are None or empty change nothing.

        What it ignores comes on top, everything else goes before.
        """
        given: dict[str, Any] = {name: value for name, value in options.items() if value}
        origins = {name: Origin("--" + name.replace("_", "-").removeprefix("extra-")) for name in given}
        added: dict[str, Any] = {name: (*getattr(self, name), *given[name]) for name in _ADDED & given.keys()}
        kept = {"options": {**self.options, **given}, "origins": {**self.origins, **origins}}
        return self._replace(**{**given, **added, **kept})

    def tables(self, path: Place) -> tuple[Different, ...]:
        """The tables of ``paths`` that speak of a digest; none does of one at a URL."""
        if not self.paths or self.file is None or isinstance(path, Remote):
            return ()
        return tuple(table for table in self.paths if matches(path, (table.pattern,), self.file.parent))

    def with_tables(self, tables: Sequence[Different]) -> Settings:
        """The settings with these tables: later ones over earlier ones, the command line over all."""
        found = self
        for table in tables:
            found = found._with(table)
        given = {name: value for name, value in self.options.items() if name not in _ADDED}
        return found._replace(**given) if tables else self

    def _with(self, table: Different) -> Settings:
        values = dict(table.values)
        if "glossary" in values:
            values["over"] = (*self.over, values.pop("glossary"))
        for name in _ADDED & values.keys():
            values[name] = (*getattr(self, name), *values[name])
        for name in _MERGED & values.keys():
            values[name] = {**getattr(self, name), **values[name]}
        # Another profile brings its own choices, over which only this table's stand.
        if "profile" in values and values["profile"] != self.profile:
            values["style"] = dict(table.values.get("style", {}))
        return self._replace(**values, origins={**self.origins, **table.origins})

    @property
    def layers(self) -> list[list[Place]]:
        """The glossary's layers over the shipped one, later over earlier."""
        return [list(layer) for layer in (self.glossary, *self.over, self.extra_glossary)]

    @property
    def glossaries(self) -> list[Path]:
        """Every file and folder of terms on this machine that holds for any digest."""
        by_path = (path for table in self.paths for path in table.values.get("glossary", ()))
        return [*self.glossary, *by_path, *local(self.extra_glossary)]

    @property
    def chosen_style(self) -> Style:
        """The profile with the choices over it."""
        known = frozenset(self.known_abbreviations)
        return PROFILES[self.profile]._replace(**self.style, known_abbreviations=known)

    @property
    def mqm(self) -> Model:
        """What the project holds its translations to."""
        from checks.quality.mqm import Model

        return Model(self.mqm_severity, self.passing_score, self.acceptable_penalty)

    @property
    def baseline_file(self) -> Path | None:
        """Where the baseline stands, whether or not it exists."""
        if self.baseline is not None or self.review_dir is None:
            return self.baseline
        return self.review_dir / "baseline.jsonl"

    @property
    def cache_folder(self) -> Path | None:
        """Where findings of unchanged digests are kept, whether or not it exists; None where there is no project."""
        if self.cache_dir is not None or self.file is None:
            return self.cache_dir
        return self.file.parent / ".yijiao_cache"

    def excludes(self, path: Path) -> bool:
        """Whether a file found in a folder is none of the digests."""
        return bool(self.exclude) and matches(path, self.exclude, self.file.parent if self.file else Path())

    def includes(self, path: Path) -> bool:
        """Whether a file found in a folder is a bilingual one to be checked with the digests."""
        patterns, root = self.bilingual, self.file.parent if self.file else Path()
        return bool(patterns) and is_bilingual(path) and matches(path, patterns, root)

    def passes_over(self, path: Path) -> bool:
        """Whether a file is none of the digests though it is named."""
        return self.force_exclude and self.excludes(path)


_ADDED: Final = frozenset({"ignore", "known_abbreviations"})
"""These come on top of what held before."""
_MERGED: Final = frozenset({"severity", "style"})


def matches(path: Path, patterns: Sequence[str], root: Path) -> bool:
    """Whether patterns, written as for git, name a path, seen from the root; never one outside of it."""
    # normpath(), not resolve(): a digest lies where it is named, wherever a link leads.
    seen = os.path.relpath(os.path.normpath(path.absolute()), os.path.normpath(root.absolute()))
    return not seen.startswith("..") and compiled(tuple(patterns)).match_file(seen)


@cache
def compiled(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """The patterns, ready for use. Raises :class:`ValueError` for one that is none."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)
