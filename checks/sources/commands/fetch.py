"""`fetch`: the English of the papers in the digests, from arXiv."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn
from urllib.parse import urlsplit

from checks.errors import SettingsError
from checks.model import SourceText
from checks.sources.commands.project import Project, add_project, show
from checks.sources.identifiers import may_exist
from checks.sources.records import add
from checks.sources.wanted import Paper
from checks.view import one_line

API: Final = "https://export.arxiv.org/api/query"
BATCH: Final = 100
"""Papers a request: an address that every proxy takes, an answer of some three hundred kilobytes."""
DELAY: Final = 3.0
"""Seconds between requests that the terms of use of arXiv demand."""

HELP = "bring title and abstract of the papers in digests from arXiv"
DESCRIPTION = f"""\
Ask the API of arXiv for the English title and abstract of the papers in digests that the sources do not hold yet, a
hundred papers in one request, one request in three seconds.

What has come is written at once. An interrupted run is continued by the same command, and several at the same time
take turns. Papers that arXiv does not know, and those that were withdrawn and have no abstract any more, are listed
with the place of their link.

examples:
  python -m checks.sources fetch                        all papers of data/digests
  python -m checks.sources fetch --dry-run week.md      what would be asked for
  python -m checks.sources fetch --refresh week.md      the latest versions, also of what is known
  python -m checks.sources fetch -o week.jsonl week.md  keep the records in another file

Exit codes: 0 all are there, 1 arXiv has no title or no abstract of some, 2 it could not be done (network, usage,
files), 130 interrupted. With 2 and 130, too, what has come is kept. The metadata of arXiv are under CC0.

It needs the extra: pip install 'yijiao[fetch]'. A proxy is taken from HTTPS_PROXY.
The API is {API}"""


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="digests or folders of them (default: data/digests)"
    )
    add_project(parser)
    parser.add_argument("--dry-run", action="store_true", help="list what would be fetched, and fetch nothing")
    parser.add_argument("--refresh", action="store_true", help="fetch what is known as well, and overwrite it")
    parser.add_argument("--limit", type=_count, metavar="N", help="fetch no more than N papers")
    parser.add_argument("--api", type=_address, default=API, metavar="URL", help="ask a mirror of the API")
    parser.add_argument(
        "--delay", type=_seconds, default=DELAY, metavar="SECONDS",
        help="between requests (default: 3, the least that arXiv allows)",
    )  # fmt: skip


def run(options: Namespace) -> int:
    """Fetch what is missing, say what could not be found, and return the exit code."""
    host = (urlsplit(options.api).hostname or "").rstrip(".")
    if options.delay < DELAY and f".{host}".endswith(".arxiv.org"):
        raise SettingsError("--delay", None, "must be at least 3: the terms of use of arXiv allow no more requests")
    project = Project.of(options, options.paths[0] if options.paths else Path())
    papers = list(project.papers(options.paths).by_number.values())
    known = project.known()
    lacking = [paper for paper in papers if options.refresh or paper.missing(known)]
    chosen = lacking[: options.limit]
    fetch = _Fetch(project, overwrite=options.refresh)
    wanted = [paper for paper in chosen if may_exist(paper.number)]
    if options.dry_run:
        for paper in wanted:
            show(paper.places[:1], paper.number)
    elif wanted:
        fetch.papers(wanted, options.api, options.delay)
    if len(chosen) < len(lacking):
        print(f"{len(lacking) - len(chosen)} more are left out by --limit")
    if not lacking:
        print(f"nothing to fetch: the English of all {len(papers)} papers is there")
    return fetch.report(chosen)


class _Fetch:
    """One run, and what has come of it."""

    def __init__(self, project: Project, *, overwrite: bool) -> None:
        self._project = project
        self._overwrite = overwrite
        self._written: dict[str, SourceText] = {}
        self._come = 0
        """How many papers arXiv knew."""
        self._unknown: set[str] = set()
        self._untold: set[str] = set()
        """The papers whose abstract arXiv does not give."""

    def papers(self, wanted: Sequence[Paper], api: str, delay: float) -> None:
        """Fetch these and keep them, batch by batch. Raises :class:`InputError` where that cannot be gone on with."""
        from tqdm import tqdm

        from checks.sources.client import Client

        # Where nothing can be kept, nothing is asked for.
        add(self._project.output, (), self._project.settings.review_dir, overwrite=False)
        bar: tqdm[NoReturn] = tqdm(total=len(wanted), unit="paper", file=sys.stderr, disable=not sys.stderr.isatty())
        client = Client(api, delay, lambda sentence: bar.write(sentence, file=sys.stderr))
        try:
            for start in range(0, len(wanted), BATCH):
                batch = wanted[start : start + BATCH]
                self._keep(batch, client.papers([paper.number for paper in batch]))
                bar.update(len(batch))
        finally:
            bar.close()
            kept = f"; kept in {self._project.output}" if self._come else ""
            print(one_line(f"{self._come} of {len(wanted)} papers fetched{kept}"))

    def _keep(self, batch: Sequence[Paper], found: Mapping[str, SourceText]) -> None:
        there = [paper for paper in batch if paper.number in found]
        records = [found[paper.number]._replace(arxiv_id=key) for paper in there for key in sorted(paper.keys)]
        added = add(self._project.output, records, self._project.settings.review_dir, overwrite=self._overwrite)
        self._written |= {record.arxiv_id: record for record in records if record.arxiv_id not in added.kept}
        self._come += len(there)
        self._unknown |= {paper.number for paper in batch if paper.number not in found}
        self._untold |= {paper.number for paper in there if not found[paper.number].abstract}

    def report(self, papers: Sequence[Paper]) -> int:
        """Say which of these papers lack something, and return the exit code."""
        code = 0
        for paper in papers:
            if paper.number in self._unknown or not may_exist(paper.number):
                show(paper.places, f"arXiv knows no paper {paper.number}; check the link")
                code = 1
            elif paper.number in self._untold:
                show(paper.places, f"arXiv gives no abstract of {paper.number}, which may have been withdrawn")
                code = 1
        unread = self._project.unread({key: record for key, record in self._written.items() if record.abstract})
        if unread is not None:
            print(one_line(unread), file=sys.stderr)
        return code


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise ArgumentTypeError(f"{text!r} is no number of papers")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= 3600:
        raise ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds


def _address(text: str) -> str:
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole:
        raise ArgumentTypeError(f"{text!r} is no address that begins with https:// or http://")
    return text
