"""`lint`: errors and hints, one a line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from checks import settings
from glossary.commands.corpus import Page, add_corpus, pages_of
from glossary.commands.paths import add_paths, paths_of
from glossary.commands.usage import usage
from glossary.errors import GlossaryError
from glossary.files import files_of, load_layers, read_layer, shipped
from glossary.lint import Hint, lint
from glossary.model import Term
from glossary.remote import Place, local
from glossary.rows import read_file

HELP = "report errors and hints"
DESCRIPTION = """\
Report what is wrong with glossary files, taken together as one layer: errors (the file cannot be used) on standard
error, hints (legal, but probably not meant) and information on standard output, each as path:line: message. What
they forbid is held against the layers below them: the shipped terms, and those of the project that come before.

With --digests, also hold the glossary against digests: a forbidden form that stands in papers whose English does not
hold its term is a hint from the second paper on (once may be a slip of the translator); a term that no digest uses is
information. Only papers count whose English is known.

examples:
  python -m glossary lint
  python -m glossary lint data/glossary --digests data/digests --sources data/sources

Exit codes: 0 nothing to change, 1 hints, 2 errors."""

_SHOWN = 3
"""How many places a message names."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    add_paths(parser)
    add_corpus(parser)


def run(options: Namespace) -> int:
    """Print what there is to say, and return the exit code."""
    files, errors = _read(options)
    for fault in errors:
        print(fault, file=sys.stderr)
    if errors:
        hints = lint(files)
    else:
        hints = lint(files, _below(paths_of(options)))
        hints = sorted([*hints, *_in_digests([term for file in files for term in file], pages_of(options))])
    for hint in hints:
        print(f"{hint.path}:{hint.line}: {'information' if hint.information else 'hint'}: {hint.message}")
    if errors:
        return 2
    return 0 if all(hint.information for hint in hints) else 1


def _read(options: Namespace) -> tuple[list[list[Term]], list[GlossaryError]]:
    """The files that can be read, and what is wrong with them and the others."""
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
    return files, errors


def _below(paths: list[Path]) -> tuple[Term, ...]:
    """The terms in force below these files: of all layers of their project before the first that holds one of them.

    Raises:
        InputError: the settings of the project, or a glossary of it, cannot be used.
    """
    own = {file.resolve() for file in files_of(paths)}
    layers: list[Sequence[Place]] = [shipped(), *settings.load(paths[0]).layers]
    held = (own & {file.resolve() for file in files_of(local(layer))} for layer in layers)
    before = [layer for layer, _ in takewhile(lambda pair: not pair[1], zip(layers, held, strict=False))]
    return load_layers(before).terms


def _in_digests(terms: Iterable[Term], pages: list[Page]) -> Iterator[Hint]:
    known = [page for page in pages if page.english]
    if not known:
        return
    for use in usage([term for term in terms if term.status == "approved"], known):
        term = use.term
        for form, places in use.strays.items():
            papers = len(set(places))
            named = ", ".join(places[:_SHOWN]) + (" …" if len(places) > _SHOWN else "")
            yield Hint(term.path, term.line, (
                f"{form!r} is forbidden, but stands where the English has no {term.source!r} ({named}); "
                "make it suspect, list innocent words in not_in, or add the English there to variants"
            ), information=papers < 2)  # fmt: skip
        if not use.anywhere:
            yield Hint(term.path, term.line, f"no digest uses {term.source!r}", information=True)
