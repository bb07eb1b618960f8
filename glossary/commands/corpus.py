"""The digests and English sources that a command looks terms up in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from checks import settings, sources
from checks.digest import parse
from checks.errors import InputError
from checks.expansion import expand
from checks.files import read_text
from checks.model import Entry
from checks.text import LineIndex, has_han, mask
from glossary.records import NamedTuple
from glossary.remote import Place


class Page(NamedTuple):
    """An entry of a digest.

    `chinese` are its Chinese fields with their offsets in the file, what is protected (addresses, math) hidden;
    `english` is title and abstract, empty where no source is known.
    """

    path: str
    lines: LineIndex
    english: str
    chinese: tuple[tuple[int, str], ...]

    def place(self, field: int, offset: int) -> str:
        """Where a character of a Chinese field stands, as path:line."""
        return f"{self.path}:{self.lines.place(self.chinese[field][0] + offset)[0]}"

    @property
    def start(self) -> str:
        """Where the first Chinese field stands, as path:line."""
        return self.place(0, 0)


def add_corpus(parser: ArgumentParser) -> None:
    """Let the command take digests and sources."""
    parser.add_argument(
        "--digests", nargs="+", type=Path, action="extend", default=[], metavar="PATH",
        help="digests, or folders of them, to look terms up in",
    )  # fmt: skip
    parser.add_argument(
        "--sources", nargs="+", type=Path, action="extend", default=[], metavar="PATH",
        help="the English of the digests (JSON Lines); by default what the settings of their project name",
    )  # fmt: skip


def pages_of(options: Namespace) -> list[Page]:
    """The entries of the digests named, with their English; none where no digest is named.

    Raises:
        InputError: a file cannot be read.
    """
    digests: list[Path] = options.digests
    if not digests:
        return []
    wanted: Sequence[Place] = options.sources or settings.load(digests[0]).sources
    english = {key: f"{known.title}\n{mask(known.abstract)}" for key, known in sources.load(wanted).items()}
    files, errors = expand(digests)
    if errors:
        raise errors[0]
    return [page for file in files for page in _pages(file, english)]


def _pages(file: Path, english: dict[str, str]) -> Iterator[Page]:
    digest = parse(read_text(file), file.as_posix())
    lines = LineIndex(digest.text)
    for entry in digest.entries:
        chinese = tuple(_chinese(entry))
        if chinese:
            yield Page(digest.path, lines, english.get(entry.arxiv_id or "", ""), chinese)


def _chinese(entry: Entry) -> Iterator[tuple[int, str]]:
    for segment in (entry.title, entry.body):
        if segment is not None and has_han(segment.masked):
            yield segment.span.start, segment.masked


__all__ = ["InputError", "Page", "add_corpus", "pages_of"]
