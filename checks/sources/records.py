"""Source files: reading records, and adding some without losing any."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from checks.errors import InputError, SourceError
from checks.files import decode, locked, opened, read_bytes, read_only, replace, stamp
from checks.model import SourceText
from glossary.records import NamedTuple
from glossary.remote import Place, Remote

LARGE: Final = 32_000_000
"""Bytes; a year of a weekly is some three million."""


def load(paths: Iterable[Place]) -> Mapping[str, SourceText]:
    """All records of these files, and of the ``*.jsonl`` in these folders.

    A later one overrides, but one without an abstract hides none. Records of a file of :data:`LARGE` bytes are read
    when they are asked for; others are held. Raises :class:`SourceError` with file and line for a path that is missing
    or a line that is no record, and :class:`InputError` for a URL that cannot be read.
    """
    held: dict[str, SourceText] = {}
    layers: list[Mapping[str, SourceText]] = [held]
    for file in files_of(paths):
        if isinstance(file, Path) and _large(file):
            # Imported here: SQLite takes as long to import as a small file to be read.
            from checks.sources.stored import Stored

            held = {}
            layers += [Stored(file), held]
            continue
        for _, _, _, record in read_lines(file):
            old = held.get(record.arxiv_id)
            held[record.arxiv_id] = completed(record, old.abstract) if old else record
    if len(layers) == 1:
        return held
    from checks.sources.stored import Layered

    return Layered(layers)


def _large(file: Path) -> bool:
    found = stamp(file)
    return found is not None and found[1] >= LARGE


def files_of(paths: Iterable[Place]) -> Iterator[Place]:
    """These files and the ``*.jsonl`` in these folders, in the order in which they override one another."""
    for path in paths:
        if isinstance(path, Remote):
            found = path.files(lambda name: name.endswith(".jsonl"), deep=False)
            yield from [path] if found is None else found
        else:
            yield from sorted(path.glob("*.jsonl")) if path.is_dir() else [path]


class Added(NamedTuple):
    """What became of records that were to be added."""

    written: int
    """How many are new in the file, or changed in it."""
    kept: tuple[str, ...]
    """The ids of those that differ from what was there, which was kept."""


def add(
    path: Path,
    records: Iterable[SourceText],
    review_dir: Path | None,
    *,
    overwrite: bool,
    elsewhere: Mapping[str, SourceText] | None = None,
) -> Added:
    """Add records to a source file, sorted by id, under its lock and in one step.

    The file is read under the lock, so that nothing another process has added is lost. A record that is there, in the
    file or ``elsewhere``, is given the abstract it lacks; otherwise it is changed only if ``overwrite`` is true, and
    no abstract is ever taken away. Lines that are not changed stay as they are. Raises :class:`InputError` where the
    file cannot be read or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"this folder cannot be made ({error.strerror or error}); name another file with --output"
        raise InputError(str(path.parent), None, reason) from None
    for place in (path, path.parent):
        if read_only(place):
            reason = "is read-only; make it writable (chmod u+w), or name another file with --output"
            raise InputError(str(place), None, reason)
    with locked(path, review_dir):
        lines, there = _lines(path)
        written = 0
        kept: list[str] = []
        for record in records:
            key = record.arxiv_id
            old = there.get(key) or (elsewhere or {}).get(key)
            new = record
            if old is not None:
                new = completed(record, old.abstract) if overwrite else completed(old, record.abstract)
                if new != record and not overwrite:
                    kept.append(key)
            if new != old:
                there[key] = new
                lines[key] = _line(new)
                written += 1
        if written:
            replace(path, "".join(f"{lines[key]}\n" for key in sorted(lines)))
    return Added(written, tuple(kept))


def _lines(path: Path) -> tuple[dict[str, str], dict[str, SourceText]]:
    """The lines of a source file and what they say, by id; of several with one id, what they say together."""
    lines: dict[str, str] = {}
    there: dict[str, SourceText] = {}
    for _, _, text, record in read_lines(path) if os.path.lexists(path) else ():
        key = record.arxiv_id
        old = there.get(key)
        there[key] = completed(record, old.abstract) if old else record
        lines[key] = text.strip() if there[key] == record else _line(there[key])
    return lines, there


def completed(record: SourceText, abstract: str) -> SourceText:
    """The record, with this abstract where it has none."""
    return record if record.abstract else SourceText(record.arxiv_id, record.title, abstract)


def _line(record: SourceText) -> str:
    data = {"arxiv_id": record.arxiv_id, "title_en": record.title, "abstract_en": record.abstract}
    import json

    return json.dumps(data, ensure_ascii=False)


class Line(NamedTuple):
    """A line of a source file that holds a record."""

    start: int
    """The byte of the file at which it begins."""
    size: int
    """Its bytes, with its end."""
    text: str
    record: SourceText


def read_lines(path: Place) -> Iterator[Line]:
    """The lines of a file that hold a record; raises what :func:`load` raises."""
    name = str(path)
    if isinstance(path, Remote):
        yield from lines_of(BytesIO(read_bytes(path, name)), name)
        return
    if not os.path.exists(path):
        reason = "no such file or folder of English sources; check --sources, or sources in the settings"
        raise SourceError(name, None, reason)
    with opened(path, name) as file:
        yield from lines_of(file, name)


def lines_of(file: BinaryIO, name: str) -> Iterator[Line]:
    """The lines of an open file that hold a record, read one at a time: the file may be larger than the memory."""
    start = 0
    for number, data in enumerate(file, 1):
        size = len(data)
        try:
            text = decode(data.removeprefix(codecs.BOM_UTF8) if number == 1 else data, name)
        except InputError as error:
            raise InputError(name, number, error.message) from None
        if text.strip():
            yield Line(start, size, text, record_of(text, name, number))
        start += size


def record_of(line: str, path: str, number: int | None) -> SourceText:
    """The record in a line. Raises :class:`SourceError`, with file and line as they are given, where there is none."""

    def refuse(problem: str) -> SourceError:
        return SourceError(path, number, f"{problem}; each line is one record {{arxiv_id, title_en, abstract_en}}")

    import orjson

    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise refuse(f"is not JSON ({error})") from None
    if not isinstance(data, dict):
        raise refuse("is not a JSON object")
    for name in ("arxiv_id", "title_en"):
        if not isinstance(data.get(name), str) or not data[name].strip():
            raise refuse(f"{name} is missing or not a text")
    abstract = data.get("abstract_en") or ""
    if not isinstance(abstract, str):
        raise refuse("abstract_en is not a text")
    # An entry's key has no version, so neither has a record's.
    number_only = re.sub(r"v\d+$", "", data["arxiv_id"].strip())
    return source(number_only, data["title_en"], abstract)


def source(number: str, title: str, abstract: str) -> SourceText:
    """A record; line breaks inside titles and abstracts are arXiv's, not the author's."""
    return SourceText(number, " ".join(title.split()), " ".join(abstract.split()))
