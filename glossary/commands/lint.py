"""`lint`: errors and hints, one a line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from glossary.commands.paths import add_paths, paths_of
from glossary.errors import GlossaryError
from glossary.files import files_of, read_file, read_layer
from glossary.lint import lint
from glossary.model import Term

HELP = "report errors and hints"
DESCRIPTION = """\
Report what is wrong with glossary files, taken together as one layer: errors (the file cannot be used) on standard
error, hints (legal, but probably not meant) and information on standard output, each as path:line: message.

Exit codes: 0 nothing to change, 1 hints, 2 errors."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    add_paths(parser)


def run(options: Namespace) -> int:
    """Print what there is to say, and return the exit code."""
    paths = paths_of(options)
    errors: list[GlossaryError] = []
    files: list[list[Term]] = []
    for path in paths:
        try:
            for file in files_of([path]):
                try:
                    files.append(read_file(file))
                except GlossaryError as error:
                    errors.append(error)
        except GlossaryError as error:
            errors.append(error)
    if not errors:
        try:
            read_layer(paths)
        except GlossaryError as error:
            errors.append(error)
    for fault in errors:
        print(fault, file=sys.stderr)
    hints = lint(files)
    for hint in hints:
        print(f"{hint.path}:{hint.line}: {'information' if hint.information else 'hint'}: {hint.message}")
    if errors:
        return 2
    return 0 if all(hint.information for hint in hints) else 1
