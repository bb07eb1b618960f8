"""`stats`: how many terms there are, of which kind, and how digests render them."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from glossary.commands.corpus import add_corpus, pages_of
from glossary.commands.output import put
from glossary.commands.paths import add_paths, paths_of
from glossary.commands.table import table
from glossary.commands.usage import Use, usage
from glossary.files import in_order, read_layer
from glossary.model import Term

HELP = "count terms and forms, and the renderings in digests"
DESCRIPTION = """\
Count the terms of glossary files, taken together as one layer, by status, policy and domain, and their forms by column.

With --digests, count also how the terms are rendered: for each, in how many papers its English stands, and how many of
these hold each of its forms ("none": no form at all). Only papers count whose English is known, and only terms that
are approved or proposed.

examples:
  python -m glossary stats
  python -m glossary stats data/glossary --digests data/digests --sources data/sources --format json

Exit codes: 0, or 2 if a file cannot be used."""

_Key = TypeVar("_Key", str, tuple[str, str])
_FORMS = ("abbr", "variants", "admitted", "forbidden", "suspect", "not_in", "not_source")


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    add_paths(parser)
    add_corpus(parser)
    parser.add_argument("--format", choices=("table", "json"), default="table", help="default: table")


def run(options: Namespace) -> int:
    """Print the counts, and return the exit code; InputError where a file cannot be used."""
    terms = in_order(read_layer(paths_of(options)).values())
    pages = pages_of(options)
    uses = usage([term for term in terms if term.status != "deprecated"], pages) if pages else []
    put((_json if options.format == "json" else _text)(_counts(terms), uses), None)
    return 0


def _counts(terms: Sequence[Term]) -> dict[str, Counter[str]]:
    return {
        "status": Counter(str(term.status) for term in terms),
        "policy": Counter(str(term.policy) for term in terms),
        "require": Counter("yes" if term.require else "no" for term in terms),
        "domain": Counter(term.domain or "(none)" for term in terms),
        "forms": Counter({column: sum(len(getattr(term, column)) for term in terms) for column in _FORMS}),
    }


def _text(counts: dict[str, Counter[str]], uses: Sequence[Use]) -> str:
    parts = [f"terms  {counts['status'].total()}\n"]
    for title, counted in counts.items():
        lines = [f"  {name:<12} {count:>6}\n" for name, count in _ranked(counted)]
        parts.append(f"\n{title}\n{''.join(lines)}")
    if uses:
        rows = [
            (use.term.source, str(use.english), role, form or "-", str(count), f"{count / use.english:.0%}")
            for use in uses
            for (role, form), count in _ranked(use.forms)
        ]
        parts.append("\n" + table(("english", "papers", "role", "form", "papers", "share"), rows, numbers=(1, 4, 5)))
    return "".join(parts)


def _json(counts: dict[str, Counter[str]], uses: Sequence[Use]) -> str:
    document = {
        "terms": counts["status"].total(),
        **{title: dict(_ranked(counted)) for title, counted in counts.items()},
        "renderings": [
            {
                "source": use.term.source,
                "papers": use.english,
                "forms": [
                    {"role": role, "form": form or None, "papers": count} for (role, form), count in _ranked(use.forms)
                ],
            }
            for use in uses
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _ranked(counts: Counter[_Key]) -> list[tuple[_Key, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
