"""`status`: which papers of the digests have their English."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from checks.sources.commands.project import Project, add_project, show

HELP = "tell which papers of the digests have their English"
DESCRIPTION = """\
List the papers of digests whose English title or abstract the sources lack, each with the place of its link, and
count them.

examples:
  python -m checks.sources status
  python -m checks.sources status data/digests/2025-w32.md

Exit codes: 0 all have theirs, 1 some lack something, 2 a file cannot be used."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="digests or folders of them (default: data/digests)"
    )
    add_project(parser, output=False)


def run(options: Namespace) -> int:
    """Print what is missing and the counts, and return the exit code."""
    project = Project.of(options, options.paths[0] if options.paths else Path())
    papers = project.papers(options.paths)
    known = project.known()
    lacking = [(paper, missing) for paper in papers.by_number.values() if (missing := paper.missing(known))]
    for paper, missing in lacking:
        show(paper.places, f"{paper.number}: {missing}")
    total = len(papers.by_number)
    print(
        f"{papers.entries} entries, {papers.entries - papers.linked} of them without an arXiv link; "
        f"{total} papers, {total - len(lacking)} of them with their English, {len(lacking)} without"
    )
    return 1 if lacking else 0
