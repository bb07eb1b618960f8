"""`mine`: candidates for the glossary out of digests."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from glossary.commands.corpus import Page, add_corpus, pages_of
from glossary.commands.output import add_output, put
from glossary.commands.paths import add_paths, paths_of
from glossary.commands.table import table
from glossary.errors import GlossaryError
from glossary.files import in_order, load_layers
from glossary.formats import FORMATS
from glossary.mining.candidates import Candidate, Miner, Text
from glossary.model import Glossary, Term
from glossary.segmenter import frequency, words_of

HELP = "find candidates for the glossary in digests"
DESCRIPTION = """\
Find terms that a glossary might have: in the brackets of digests, 中文 (English, ABBR), and by holding digests against
their English (which Chinese stands in the papers whose English has the phrase, and hardly elsewhere). Candidates come
with the number of papers, the renderings found, conflicts between them, and one place; terms of the glossary are left
out. They are proposals: read them before you approve them.

examples:
  python -m glossary mine --digests data/digests
  python -m glossary mine data/glossary --digests weekly --sources sources.jsonl --limit 300 --format csv > new.csv

Exit codes: 0, or 2 if a file cannot be used."""


def configure(parser: ArgumentParser) -> None:
    """Add the options of the command."""
    add_paths(parser)
    add_corpus(parser)
    parser.add_argument("--all", action="store_true", help="terms that the glossary has, too")
    parser.add_argument("--conflicts", action="store_true", help="only those that are rendered in two ways")
    parser.add_argument(
        "--limit", type=int, default=100, metavar="N", help="at most so many, the surest (default: 100)"
    )
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="default: table")
    add_output(parser)


def run(options: Namespace) -> int:
    """Print the candidates, and return the exit code; InputError where something cannot be used."""
    if not options.digests:
        raise GlossaryError("mine", None, "needs digests to look in; name them with --digests")
    glossary = load_layers([paths_of(options)])
    pages = pages_of(options)
    found = Miner([Text(page.english, [text for _, text in page.chinese]) for page in pages], words_of, frequency)
    candidates = [
        candidate
        for candidate in found.candidates()
        if (options.all or not is_known(glossary, candidate)) and (candidate.conflict or not options.conflicts)
    ][: options.limit]
    put({"table": _table, "csv": _csv, "json": _json}[options.format](candidates, pages), options.output)
    return 0


def is_known(glossary: Glossary, candidate: Candidate) -> bool:
    """Whether the glossary has the candidate: its English in full, in any of a term's forms."""
    return any(
        match.start == 0 and match.end == len(candidate.source) for match in glossary.matcher.source(candidate.source)
    )


def _place(candidate: Candidate, pages: Sequence[Page]) -> str:
    return pages[candidate.place.text].place(candidate.place.part, candidate.place.offset)


def _forms(candidate: Candidate) -> str:
    return " | ".join(f"{form} {count}" for form, count in candidate.renderings)


def _table(candidates: Sequence[Candidate], pages: Sequence[Page]) -> str:
    head = ("english", "abbr", "papers", "glossed", "", "chinese", "place")
    rows = [
        (
            candidate.source, candidate.abbr, str(candidate.papers), str(candidate.glossed),
            "conflict" if candidate.conflict else "", _forms(candidate), _place(candidate, pages),
        )
        for candidate in candidates
    ]  # fmt: skip
    return table(head, rows, numbers=(2, 3))


def _csv(candidates: Sequence[Candidate], pages: Sequence[Page]) -> str:
    terms: dict[str, Term] = {}
    for candidate in candidates:
        preferred, *others = [form for form, _ in candidate.renderings]
        counts = f"{candidate.papers} papers, glossed {candidate.glossed} times: {_forms(candidate)}"
        note = f"{counts}; {_place(candidate, pages)}"
        terms.setdefault(candidate.source.casefold(), Term(
            candidate.source, preferred, (candidate.abbr,) if candidate.abbr else (), admitted=tuple(others),
            status="proposed", note=note.replace(" | ", ", "),
        ))  # fmt: skip
    return FORMATS["csv"].write(in_order(terms.values())).text


def _json(candidates: Sequence[Candidate], pages: Sequence[Page]) -> str:
    records = [
        {
            "source": candidate.source,
            "abbr": candidate.abbr,
            "renderings": [{"form": form, "count": count} for form, count in candidate.renderings],
            "papers": candidate.papers,
            "glossed": candidate.glossed,
            "conflict": candidate.conflict,
            "place": _place(candidate, pages),
        }
        for candidate in candidates
    ]
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"
