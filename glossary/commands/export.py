"""`export`: a glossary in another format."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from glossary.commands.output import add_output, put
from glossary.commands.paths import add_paths, paths_of
from glossary.files import in_order, read_layer
from glossary.formats import FORMATS

HELP = "write a glossary in another format"
DESCRIPTION = """\
Write glossary files, taken together as one layer, in another format, sorted. Terms of every status are written. What
the format, or the program it is for, cannot hold is said on standard error.

formats:
{formats}

examples:
  python -m glossary export --format tbx > terms.tbx
  python -m glossary export --format weblate data/glossary -o weblate.csv

Exit codes: 0, or 2 if a file cannot be used.""".format(
    formats="\n".join(f"  {name:<9} {format_.about}" for name, format_ in FORMATS.items())
)


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    add_paths(parser)
    parser.add_argument("--format", choices=FORMATS, required=True, help="the format to write")
    add_output(parser)


def run(options: Namespace) -> int:
    """Write the file, and return the exit code; GlossaryError where something cannot be used."""
    terms = in_order(read_layer(paths_of(options)).values())
    written = FORMATS[options.format].write(terms)
    put(written.text, options.output)
    for sentence in written.lost:
        print(sentence, file=sys.stderr)
    return 0
