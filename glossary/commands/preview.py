"""`preview`: what a change of the glossary would do to the findings in digests."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from checks import settings
from checks.gate import Gate
from checks.impact import Placed, difference, foresee
from checks.survey import survey
from glossary.commands.output import add_output, put
from glossary.commands.table import table
from glossary.errors import GlossaryError
from glossary.files import load_layers, shipped
from glossary.model import Glossary
from glossary.remote import Place, local

HELP = "show which findings a change would add and remove"
DESCRIPTION = """\
Check digests twice, with the glossary as it is and with a change, and print the findings that the change adds and
those that it removes, with counts by rule. Nothing is written.

The glossary as it is: the shipped terms, then those of the project that the digests belong to. The change is a layer
over it (a term of it replaces the one with the same source; status deprecated takes one away), or, with --replacing,
the new text of one of its files. With --proposed, proposed terms count as approved.

examples:
  python -m glossary preview --with new.csv --digests data/digests
  python -m glossary preview --with core-edited.csv --replacing glossary/terms/core.csv --digests week.md
  python -m glossary preview --proposed

Exit codes: 0, whatever changes, or 2 if a file cannot be used."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--with", dest="changed", nargs="+", type=Path, default=[], metavar="PATH",
        help="the changed glossary: files, or folders of them",
    )  # fmt: skip
    parser.add_argument("--replacing", type=Path, metavar="FILE", help="the glossary file that --with stands in for")
    parser.add_argument("--proposed", action="store_true", help="take proposed terms as approved")
    parser.add_argument(
        "--digests", nargs="+", type=Path, default=[], metavar="PATH",
        help="digests, or folders of them; by default those of the project",
    )  # fmt: skip
    parser.add_argument(
        "--sources", nargs="+", type=Path, default=[], metavar="PATH",
        help="the English of the digests; by default that of their project",
    )  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    add_output(parser)


def run(options: Namespace) -> int:
    """Print both lists, and return the exit code; InputError where something cannot be used."""
    if not options.changed and not options.proposed:
        raise GlossaryError("preview", None, "has nothing to preview; name a changed glossary (--with), or --proposed")
    start = options.digests[0] if options.digests else Path()
    chosen = settings.load(start).with_options(sources=tuple(options.sources))
    digests = options.digests or [chosen.digests]
    before = Gate(chosen)
    after = Gate(chosen, glossary=_changed(options, [shipped(), *chosen.layers]))
    report = before.check(digests)
    around = before.corpus([survey(file.digest) for file in report.files])
    steps = list(foresee(report.files, before, after, around))
    errors = dict.fromkeys(str(error) for error in (*report.errors, *(e for step in steps for e in step.after.errors)))
    for error in errors:
        print(error, file=sys.stderr)
    added, removed = difference(steps)
    put((_json if options.format == "json" else _text)(added, removed), options.output)
    return 2 if errors else 0


def _changed(options: Namespace, layers: Sequence[Sequence[Place]]) -> Glossary:
    """The glossary as it would be."""
    if options.replacing is None:
        layers = [*layers, options.changed]
    else:
        layers = [_replaced(local(layer), options.replacing, options.changed) for layer in layers]
        if not any(path in layer for path in options.changed for layer in layers):
            message = "is no file of the glossary in force, so nothing can stand in for it; check --replacing"
            raise GlossaryError(str(options.replacing), None, message)
    glossary = load_layers(layers)
    if not options.proposed:
        return glossary
    terms = {term.source.casefold(): term for term in (*glossary.terms, *glossary.proposed)}
    return Glossary.of(term._replace(status="approved") for term in terms.values())


def _replaced(layer: Iterable[Path], old: Path, new: Sequence[Path]) -> list[Path]:
    files = [file for path in layer for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
    return [path for file in files for path in (new if file.resolve() == old.resolve() else [file])]


def _text(added: list[Placed], removed: list[Placed]) -> str:
    if not added and not removed:
        return "The change adds no finding and removes none.\n"
    plus, minus = _by_code(added), _by_code(removed)
    rows = [(code, f"+{plus[code]}", f"-{minus[code]}") for code in sorted(plus | minus)]
    rows.append(("all", f"+{plus.total()}", f"-{minus.total()}"))
    parts = [table(("rule", "added", "removed"), rows, numbers=(1, 2))]
    for title, findings in (("added", added), ("removed", removed)):
        if findings:
            lines = [
                f"  {placed}: {placed.finding.code} {placed.finding.quote} ({placed.finding.term or '-'})\n"
                for placed in findings
            ]
            parts.append(f"\n{title}\n{''.join(lines)}")
    return "".join(parts)


def _by_code(findings: list[Placed]) -> Counter[str]:
    return Counter(placed.finding.code for placed in findings)


def _json(added: list[Placed], removed: list[Placed]) -> str:
    document: dict[str, object] = {
        "by_code": {"added": dict(_by_code(added)), "removed": dict(_by_code(removed))},
        **{title: [_record(placed) for placed in findings]
           for title, findings in (("added", added), ("removed", removed))},
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _record(placed: Placed) -> dict[str, object]:
    finding = placed.finding
    return {
        "place": str(placed),
        "code": finding.code,
        "severity": finding.severity,
        "entry": finding.entry,
        "quote": finding.quote,
        "term": finding.term,
        "message": finding.message.render("en"),
        "fingerprint": finding.fingerprint,
    }
