"""What both commands of the summary share: their options, and the page on standard output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Final

from checks.cache import Cache
from checks.gate import Gate
from checks.given import settings_of
from checks.options import Parser, add_context
from checks.quality.decided import Decided
from checks.settings import Settings
from checks.summary import html, markdown
from checks.summary.facts import facts
from checks.summary.page import Remark, page
from checks.verdict import Report
from checks.view import default_language, one_line
from glossary.remote import place

EXTRAS: Final = {"sacrebleu": "scores", "numpy": "scores"}
"""What may be missing, and the extra that brings it."""


def parser(program: str, description: str, epilog: str) -> Parser:
    """The options of a summary."""
    result = Parser(prog=program, description=description, epilog=epilog)
    result.add_argument(
        "paths", nargs="*", type=place, metavar="PATH", help="digests, folders or URLs of them (default: data/digests)"
    )
    result.add_argument("--format", choices=("md", "html"), default="md", help="default: md")
    result.add_argument("--lang", choices=("zh", "en"), help="language of the page (default: the locale's)")
    add_context(result.add_argument_group("what they are held against"), place)
    return result


def print_summary(
    given: argparse.Namespace,
    decided: Callable[[Gate, Report], Decided | None] = lambda gate, report: None,
    remarks: Callable[[Gate, Report], Sequence[Remark]] = lambda gate, report: (),
) -> int:
    """Check, count and print; ``decided`` is asked what editors decided, ``remarks`` what they still ask each other.

    Returns the exit code.
    """
    gate = _gate(settings_of(given, given.paths))
    report = gate.check(given.paths or [gate.settings.digests])
    lang = given.lang or default_language()
    blocks = page(facts(gate, report, decided(gate, report)), lang, remarks(gate, report))
    for line in html.lines(blocks, lang) if given.format == "html" else markdown.lines(blocks):
        print(line)
    return 0


def _gate(found: Settings) -> Gate:
    """The gate as its own door has it: it knows the digests that have not changed, and takes the processes that pay."""
    folder = found.cache_folder
    cache = Cache(folder, lambda line: print(one_line(line), file=sys.stderr)) if folder is not None else None
    return Gate(found, jobs=0, cache=cache)
