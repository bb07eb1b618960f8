"""Where a command finds digests and sources, and where it writes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checks import settings
from checks.errors import SettingsError
from checks.model import SourceText
from checks.settings import Settings
from checks.sources.records import load
from checks.sources.wanted import Papers, papers_of
from checks.view import one_line
from glossary.remote import local

FILE_NAME: Final = "arxiv.jsonl"


def add_project(parser: ArgumentParser, *, output: bool = True) -> None:
    """Let the command take other settings, other sources and, where it writes, another file."""
    parser.add_argument(
        "--sources", action="append", type=Path, default=[], metavar="PATH",
        help="the English that is known (default: what the settings name, or data/sources)",
    )  # fmt: skip
    parser.add_argument(
        "--config", type=Path, metavar="FILE",
        help="the settings file (default: the nearest yijiao.toml or pyproject.toml)",
    )  # fmt: skip
    if output:
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE",
            help=f"where records are kept (default: {FILE_NAME} in the first folder of the sources)",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Project:
    """What the options and the settings say together."""

    settings: Settings
    sources: tuple[Path, ...]
    """What the gate reads."""
    to_come: Path | None
    """The folder among them that need not exist yet."""
    named: Path | None
    """The file of ``--output``."""

    @classmethod
    def of(cls, options: Namespace, start: Path) -> Project:
        """The project of digests at ``start``. Raises :class:`InputError` for settings that cannot be used."""
        found = settings.load(start, options.config)
        root = found.file.parent if found.file and found.file.parent != Path.cwd() else Path()
        sources = tuple(options.sources) or tuple(local(found.sources)) or (root / "data/sources",)
        to_come = None if options.sources else _folder(sources)
        return cls(found, sources, to_come, getattr(options, "output", None))

    def papers(self, paths: list[Path]) -> Papers:
        """The papers of these digests, or of those that the settings name."""
        return papers_of(paths or [self.settings.digests])

    @property
    def output(self) -> Path:
        """The file to keep records in, which need not exist. Raises :class:`SettingsError` where none is named."""
        if self.named is not None:
            return self.named
        folder = _folder(self.sources)
        if folder is None:
            problem = "no folder is among the sources to keep records in; name a file with --output"
            raise SettingsError(", ".join(map(str, self.sources)), None, problem)
        return folder / FILE_NAME

    def known(self) -> Mapping[str, SourceText]:
        """What the gate reads, and what stands in the file of ``--output``."""
        return load([*([self.named] if self.named and self.named.exists() else []), *self._there()])

    def _there(self) -> list[Path]:
        return [path for path in self.sources if path not in (self.to_come, self.named) or path.exists()]

    def unread(self, written: Mapping[str, SourceText]) -> str | None:
        """A warning where the gate does not read these records of the output, or reads others in their place."""
        read = load(self._there())
        unseen = sorted(key for key, record in written.items() if read.get(key) != record)
        if not unseen:
            return None
        ids = ", ".join(unseen[:3]) + (" …" if len(unseen) > 3 else "")
        return (
            f"{self.output}: the gate does not read {len(unseen)} of these records ({ids}): another file of the "
            "sources overrides them (delete them there), or this one is not among the sources (name it in the settings)"
        )


def _folder(sources: tuple[Path, ...]) -> Path | None:
    return next((path for path in sources if path.is_dir() or not path.suffix), None)


def show(places: Iterable[str], message: str) -> None:
    """Print the message at each place."""
    for place in places:
        print(one_line(f"{place}: {message}"))
