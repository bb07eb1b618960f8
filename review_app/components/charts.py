"""The plots of the overview. Their colours are those of the theme, so that they follow the browser's light and dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import altair as alt

from checks.model import Language
from review_app.locale import Words
from review_app.overview import Day, Point
from review_app.tables import Cell, Table, queue

_KINDS: Final = ("accept", "edit", "dismiss")
HEIGHT: Final = 120
TALL: Final = 210
"""Of a plot with a legend, which stands inside its height."""
LEGEND: Final = alt.Legend(title=None, orient="top")
ACROSS: Final = alt.Axis(domain=False, ticks=False, title=None, labelAngle=0, labelOverlap="greedy")


_FEW: Final = 7
"""Bars that would be wider than they are tall."""
Specification = Mapping[str, Any]
"""A chart in Vega-Lite's own words: making them takes longer than all the rest of the page."""


@lru_cache(maxsize=64)
def family(points: tuple[Point, ...], lang: Language) -> Specification:
    """How the findings of one family develop; a point leads to its findings."""
    words = Words(lang)
    data = alt.InlineData(
        [
            {
                "label": point.label,
                "file": point.path,
                "rate": point.rate,
                "findings": point.findings,
                "entries": point.entries,
                "link": queue(code=point.family, file=point.path),
            }
            for point in points
        ]
    )
    labels = [point.label for point in points]
    told = [("label:N", "digest"), ("rate:Q", "rate"), ("findings:Q", "findings"), ("entries:Q", "entries")]
    base = alt.Chart(data, height=HEIGHT).encode(
        x=alt.X("label:O", sort=labels, axis=ACROSS),
        y=alt.Y("rate:Q", axis=alt.Axis(domain=False, ticks=False, title=None, tickCount=3)),
    )
    points_ = base.mark_point(filled=True, opacity=1, size=28 if len(points) < 30 else 16, cursor="pointer").encode(
        href="link:N",
        tooltip=[alt.Tooltip(name, title=words(f"overview.{key}")) for name, key in told],
    )
    made: Specification = alt.LayerChart(layer=[base.mark_line(strokeWidth=1.5), points_]).to_dict()
    return made


@lru_cache(maxsize=8)
def days(seen: tuple[Day, ...], lang: Language) -> Specification:
    """How many decisions of each kind were made on each day."""
    words = Words(lang)
    kinds = [words(f"decision.{kind}") for kind in _KINDS]
    data = alt.InlineData(
        [
            {
                "day": f"{one.day:%Y-%m-%d}",
                "kind": words(f"decision.{one.kind}"),
                "rank": _KINDS.index(one.kind),
                "number": one.number,
            }
            for one in seen
        ]
    )
    made: Specification = (
        alt.Chart(data, height=2 * HEIGHT)
        .mark_bar(**bar_size(len({one.day for one in seen})))
        .encode(
            x=alt.X("day:O", axis=ACROSS, scale=alt.Scale(paddingOuter=0.2)),
            y=alt.Y("number:Q", axis=alt.Axis(domain=False, ticks=False, title=None, tickCount=5, tickMinStep=1)),
            color=alt.Color("kind:N", sort=kinds, scale=alt.Scale(domain=kinds), legend=LEGEND),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("day:O", title=words("overview.day")),
                alt.Tooltip("kind:N", title=words("overview.kind")),
                alt.Tooltip("number:Q", title=words("overview.number")),
            ],
        )
        .to_dict()
    )
    return made


def bar_size(number: int) -> Mapping[str, Any]:
    """How wide bars are drawn: one alone would be as wide as the page."""
    return {"size": 44} if number < _FEW else {}


def trend_table(points: Sequence[Point], words: Words) -> Table:
    """What stands behind the plots of the families."""
    names = ("digest", "file", "family", "findings", "entries", "rate")
    rows = [
        [
            Cell(point.label),
            Cell(point.path),
            Cell(point.family),
            Cell(point.findings, queue(code=point.family, file=point.path) if point.findings else ""),
            Cell(point.entries),
            Cell(point.rate),
        ]
        for point in points
    ]
    return Table("trend", [words(f"overview.{name}") for name in names], rows)


def days_table(seen: Sequence[Day], words: Words) -> Table:
    """What stands behind the plot of the decisions."""
    rows = [[Cell(f"{one.day:%Y-%m-%d}"), Cell(words(f"decision.{one.kind}")), Cell(one.number)] for one in seen]
    return Table("decisions", [words(f"overview.{name}") for name in ("day", "kind", "number")], rows)
