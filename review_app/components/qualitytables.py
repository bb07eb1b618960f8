"""The numbers of quality: as tables to take away, and as lists with a bar a line."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlencode

from checks.markedtext import escaped
from checks.quality.effort import Cost, Effort, Spent
from checks.quality.likeness import FALLING, NAMES, Measure, signatures
from checks.quality.markdown import share
from checks.quality.mqm import MULTIPLIERS
from checks.quality.terms import Tally, TermCount
from checks.summary.facts import DigestFacts
from review_app.components.summary import summary
from review_app.components.tables import boxed, linked
from review_app.locale import Words
from review_app.tables import Cell, Table, queue

MOST: Final = 12
"""How many lines of a list are shown; what is taken away has them all."""
Labels = Mapping[str, str]
"""The short names of digests by path."""


class Bar(NamedTuple):
    """A line of a list: what it is about, its figures, and how long its bar is."""

    name: str
    figures: Sequence[str]
    length: float
    link: str = ""
    about: str = ""


def bars(head: Sequence[str], lines: Sequence[Bar], label: str) -> str:
    """A list of which each line has a bar; the longest is as wide as the column."""
    most = max((line.length for line in lines), default=0.0) or 1.0
    first, *rest = head
    names = f'<th scope="col">{escaped(first)}</th>' + "".join(
        f'<th scope="col" class="yj-number">{escaped(name)}</th>' for name in rest
    )
    rows = "".join(_bar(line, line.length / most) for line in lines)
    return boxed(f"<thead><tr>{names}</tr></thead><tbody>{rows}</tbody>", "yj-bars", label)


def _bar(line: Bar, part: float) -> str:
    about = f" <small>{escaped(line.about)}</small>" if line.about else ""
    figures = "".join(f'<td class="yj-number">{escaped(figure)}</td>' for figure in line.figures)
    drawn = f'<span class="yj-share" style="width:{100 * part:.1f}%"></span>' if part else ""
    return f'<tr><th scope="row">{linked(line.name, line.link)}{about}{drawn}</th>{figures}</tr>'


def cost_lines(costs: Sequence[Cost], words: Words, *, of_rules: bool) -> list[Bar]:
    """What rules, or terms, cost."""
    return [
        Bar(
            cost.name,
            (f"{cost.decisions:,}", f"{cost.edits:,}"),
            cost.edits,
            queue(code=cost.name) if of_rules else term_link(cost.name),
            summary(cost.name, words) if of_rules else "",
        )
        for cost in costs[:MOST]
    ]


def missed_lines(terms: Sequence[TermCount]) -> list[Bar]:
    """The terms that were missed most."""
    return [
        Bar(
            term.source,
            (f"{term.said:,}", f"{term.said - term.kept:,}", share(term.consistency)),
            term.said - term.kept,
            term_link(term.source),
            _forms(term, 3),
        )
        for term in terms[:MOST]
        if term.said > term.kept
    ]


def effort_lines(efforts: Mapping[str, Effort]) -> list[Bar]:
    """The effort by translator."""
    return [
        Bar(name, (f"{effort.entries:,}", f"{effort.changed:,}", f"{ter(effort.measures):.1f}"), ter(effort.measures))
        for name, effort in sorted(efforts.items())
    ]


def entry_lines(dearest: Sequence[Spent], labels: Labels) -> list[Bar]:
    """The entries that took most."""
    return [
        Bar(
            spent.version.title,
            (f"{spent.edits:,}", *(f"{measure.score:.1f}" for measure in spent.measures)),
            spent.edits,
            queue(file=spent.version.path, entry=spent.version.entry),
            f"{labels.get(spent.version.path, spent.version.path)} · {spent.version.entry}",
        )
        for spent in dearest[:MOST]
        if spent.edits
    ]


def directed() -> list[str]:
    """The measures of likeness, each with the direction in which it is better."""
    return [f"{name} {'↓' if name in FALLING else '↑'}" for name in NAMES]


def ter(measures: Sequence[Measure]) -> float:
    """TER among some measures; 0 where there are none."""
    return next((measure.score for measure in measures if measure.name == "TER"), 0.0)


def term_link(source: str) -> str:
    """The address of a term."""
    return "/terms?" + urlencode({"q": source})


def scores_table(digests: Sequence[DigestFacts], labels: Labels, words: Words) -> Table:
    """Scores and densities by digest; nothing stands where nothing was decided."""
    head = [words("overview.digest"), words("overview.file"), *_titled(words, "words", "density", "score")]
    rows = [
        _cells(labels[digest.path], digest.path, digest.words, digest.density, *_score(digest, words))
        for digest in digests
    ]
    return Table("quality", [*head, words("quality.passes"), *MULTIPLIERS], rows)


def _score(digest: DigestFacts, words: Words) -> list[str | float]:
    score = digest.score
    if score is None:
        return [""] * (2 + len(MULTIPLIERS))
    verdict = words("quality.passes" if score.passes else "quality.fails")
    small = f" ({words('quality.small')})" if score.small else ""
    return [score.calibrated, verdict + small, *(score.errors[grade] for grade in MULTIPLIERS)]


def kept_table(digests: Sequence[DigestFacts], labels: Labels, words: Words) -> Table:
    """How each digest keeps to the glossary; shares are of 1."""
    head = [words("overview.digest"), words("overview.file"), *_titled(words, "said", "right", "success", "presence")]
    rows = [
        _cells(
            labels[digest.path],
            digest.path,
            digest.terms.said.total(),
            digest.terms.kept.total(),
            _number(digest.terms.success),
            _number(digest.terms.presence),
        )
        for digest in digests
    ]
    return Table("terms-by-digest", head, rows)


def terms_table(tally: Tally, words: Words) -> Table:
    """Every term that the digests say."""
    rows = [
        _cells(term.source, term.said, term.kept, _number(term.consistency), _forms(term, len(term.forms)))
        for term in tally.terms()
    ]
    return Table("terms", _titled(words, "term", "said", "right", "consistency", "forms"), rows)


def efforts_table(name: str, first: str, efforts: Mapping[str, Effort], words: Words) -> Table:
    """The effort by month or by translator; the head of a measure is its signature."""
    rows = [
        _cells(key, effort.entries, effort.changed, *(measure.score for measure in effort.measures))
        for key, effort in sorted(efforts.items())
    ]
    return Table(name, [first, *_titled(words, "all", "changed"), *_signed()], rows)


def costs_table(name: str, first: str, costs: Sequence[Cost], words: Words) -> Table:
    """What each rule, or each term, cost."""
    rows = [_cells(cost.name, cost.decisions, cost.edits) for cost in costs]
    return Table(name, [first, *_titled(words, "decisions", "edits")], rows)


def entries_table(dearest: Sequence[Spent], labels: Labels, words: Words) -> Table:
    """Every entry that was changed."""
    rows = [
        _cells(
            labels.get(spent.version.path, spent.version.path),
            spent.version.path,
            spent.version.entry,
            spent.version.title,
            spent.version.translator or "",
            spent.edits,
            *(measure.score for measure in spent.measures),
        )
        for spent in dearest
    ]
    head = [words("overview.digest"), words("overview.file"), *_titled(words, "entry", "title", "translator", "edits")]
    return Table("entries", [*head, *_signed()], rows)


def _titled(words: Words, *names: str) -> list[str]:
    return [words(f"quality.{name}") for name in names]


def _signed() -> list[str]:
    """The measures with their signatures, as sacreBLEU writes them."""
    return [f"{name}|{signatures()[name]}" for name in NAMES]


def _cells(*values: str | float) -> list[Cell]:
    return [Cell(value) for value in values]


def _number(value: float | None) -> str | float:
    return "" if value is None else value


def _forms(term: TermCount, most: int) -> str:
    return "、".join(f"{form} {count}" for form, count in term.forms[:most])


def signature_note() -> str:
    """The signatures, small."""
    return f'<p class="yj-how">{html.escape(" · ".join(_signed()))}</p>'
