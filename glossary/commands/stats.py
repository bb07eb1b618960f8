"""`stats`: how many terms there are, and of which kind."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter

from glossary.commands.paths import add_paths, paths_of
from glossary.files import read_layer

HELP = "count terms and forms"
DESCRIPTION = """\
Count the terms of glossary files, taken together as one layer, by status, policy and domain, and their forms by column.

Exit codes: 0, or 2 if a file cannot be used."""

_FORMS = ("abbr", "variants", "admitted", "forbidden", "suspect", "not_in", "not_source")


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    add_paths(parser)


def run(options: Namespace) -> int:
    """Print the counts, and return the exit code; GlossaryError where a file cannot be used."""
    terms = list(read_layer(paths_of(options)).values())
    print(f"terms  {len(terms)}")
    _table("status", Counter(str(term.status) for term in terms))
    _table("policy", Counter(str(term.policy) for term in terms))
    _table("require", Counter("yes" if term.require else "no" for term in terms))
    _table("domain", Counter(term.domain or "(none)" for term in terms))
    _table("forms", Counter({column: sum(len(getattr(term, column)) for term in terms) for column in _FORMS}))
    return 0


def _table(title: str, counts: Counter[str]) -> None:
    print(f"\n{title}")
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"  {name:<12} {count:>6}")
