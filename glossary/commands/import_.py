"""`import`: a glossary out of another format."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from glossary.commands.output import add_output, put
from glossary.files import in_order, one_each
from glossary.formats import FORMATS

HELP = "turn a file of another format into a glossary"
DESCRIPTION = """\
Turn a file of another format into a glossary, sorted, one term a line. What a glossary has no column for is said on
standard error. The result is checked as any glossary is: a source that stands twice, or a form that is both right and
forbidden, is an error.

formats:
{formats}

examples:
  python -m glossary import --format tbx terms.tbx > terms.csv
  python -m glossary import --format weblate weblate.csv --status proposed -o data/glossary/theirs.csv

Exit codes: 0, or 2 if the file cannot be used.""".format(
    formats="\n".join(f"  {name:<9} {format_.about}" for name, format_ in FORMATS.items())
)


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to read")
    parser.add_argument("--format", choices=FORMATS, required=True, help="the format of the file")
    parser.add_argument(
        "--status", choices=("approved", "proposed", "deprecated"),
        help="give every term this status; by default the one that the file gives it",
    )  # fmt: skip
    add_output(parser)


def run(options: Namespace) -> int:
    """Write the glossary, and return the exit code; GlossaryError where something cannot be used."""
    read = FORMATS[options.format].read(options.file)
    terms = read.terms if options.status is None else [term._replace(status=options.status) for term in read.terms]
    written = FORMATS["csv"].write(in_order(one_each(terms).values()))
    put(written.text, options.output)
    for sentence in read.lost:
        print(sentence, file=sys.stderr)
    return 0
