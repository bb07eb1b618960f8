"""`import`: records out of files of other makes."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from checks.errors import SettingsError
from checks.model import SourceText
from checks.sources.commands.project import Project, add_project, show
from checks.sources.identifiers import canonical
from checks.sources.records import add
from checks.sources.tables import FORMATS, NAMES, rows
from checks.view import one_line

if TYPE_CHECKING:
    from tqdm import tqdm

HELP = "take title and abstract out of CSV, TSV or JSON Lines"
DESCRIPTION = """\
Take records out of files and keep them with the other sources. If anything in a file is wrong, nothing is written.

columns or keys, in any case; others are passed over:
{names}

An id may carry its version, or be an address of arXiv. The metadata snapshot that arXiv publishes on Kaggle can be
imported as it is; with --only-digests, or it takes gigabytes of memory.

Where an id stands twice with different English, the later one is taken, and that is said. A record that is known is
given the abstract it lacks, but otherwise kept as it is, which is said too; with --replace it is overwritten.

examples:
  python -m checks.sources import papers.csv
  python -m checks.sources import --only-digests arxiv-metadata-oai-snapshot.json

Exit codes: 0 everything is taken, 1 some records differ from known ones, which were kept, 2 a file cannot be used,
130 interrupted, and nothing written.""".format(names="\n".join(f"  {' or '.join(names)}" for names in NAMES.values()))


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the files to read")
    parser.add_argument("--format", choices=FORMATS, help="the format of the files (default: what their names say)")
    parser.add_argument("--only-digests", action="store_true", help="take only what the digests of the settings hold")
    parser.add_argument("--replace", action="store_true", help="overwrite known records that differ")
    add_project(parser)


def run(options: Namespace) -> int:
    """Keep the records, say which were not taken, and return the exit code."""
    project = Project.of(options, Path())
    forms = [options.format or _form(file) for file in options.files]
    keys: dict[str, set[str]] | None = None
    if options.only_digests:
        keys = {paper.number: paper.keys for paper in project.papers([]).by_number.values()}
    known = project.known()
    records, twice = _records(list(zip(options.files, forms, strict=True)), keys)
    added = add(
        project.output, records.values(), project.settings.review_dir, overwrite=options.replace, elsewhere=known
    )
    for place, key, earlier in twice:
        show([place], f"{key} stands at {earlier} with different English; this later one was taken")
    for key in added.kept:
        print(f"{key}: differs from the known record, which was kept; --replace overwrites it")
    print(one_line(f"{len(records)} records read, {added.written} of them new or changed; kept in {project.output}"))
    unread = project.unread({key: record for key, record in records.items() if key not in added.kept})
    if unread is not None:
        print(one_line(unread), file=sys.stderr)
    return 1 if added.kept else 0


def _form(file: Path) -> str:
    for form, endings in FORMATS.items():
        if file.suffix.lower() in endings:
            return form
    known = ", ".join(ending for endings in FORMATS.values() for ending in endings)
    raise SettingsError(str(file), None, f"its name ends in none of {known}; name its format with --format")


def _records(
    files: Sequence[tuple[Path, str]], keys: dict[str, set[str]] | None
) -> tuple[dict[str, SourceText], list[tuple[str, str, str]]]:
    """The records of all files by the key that each is kept under; only those for ``keys``, where there are any.

    Beside them, what stands twice and differs: the place, the key, and the earlier place.
    """

    def wanted(number: str) -> bool:
        return keys is None or canonical(number) in keys

    records: dict[str, SourceText] = {}
    places: dict[str, str] = {}
    twice: list[tuple[str, str, str]] = []
    with _bar([file for file, _ in files]) as bar:
        for file, form in files:
            for line, record in rows(file, form, wanted, bar.update):
                place = f"{file}:{line}"
                for key in [record.arxiv_id] if keys is None else keys[canonical(record.arxiv_id)]:
                    new = record._replace(arxiv_id=key)
                    if records.get(key, new) != new:
                        twice.append((place, key, places[key]))
                    records[key] = new
                    places[key] = place
    return records, twice


def _bar(files: Iterable[Path]) -> tqdm[NoReturn]:
    from tqdm import tqdm

    size = sum(file.stat().st_size for file in files if file.exists())
    return tqdm(
        total=size, unit="B", unit_scale=True, delay=1.0, leave=False, file=sys.stderr, disable=not sys.stderr.isatty()
    )
