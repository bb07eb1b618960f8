"""The plots of quality: what editors confirmed, what is open, how terms are kept, what a month took.

No plot tells by colour alone: what passes is round and what fails is not, and a second line is dashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import altair as alt

from checks.model import Language
from review_app.components.charts import ACROSS, LEGEND, TALL, Specification, bar_size
from review_app.locale import Words
from review_app.tables import queue

_SERIES: Final = ("success", "presence")
_MANY: Final = 30
"""Points that stand too close together to be drawn large."""
_DASHES: Final = ([1, 0], [5, 3])
_LIMIT: Final = "#8a9296"
"""A line that is seen on light and on dark."""


class Mark(NamedTuple):
    """A figure of a digest or of a month."""

    label: str
    value: float
    link: str = ""
    told: str = ""
    """What else is told of it where somebody points at it."""


@lru_cache(maxsize=16)
def scores(marks: tuple[Mark, ...], passing: float, lang: Language) -> Specification:
    """The MQM score of each digest in which anything was decided, and the score with which one passes."""
    words = Words(lang)
    said = [words("quality.passes"), words("quality.fails")]
    data = alt.InlineData([{**_row(mark), "verdict": said[mark.value < passing]} for mark in marks])
    base = alt.Chart(data, height=TALL).encode(x=_across(marks))
    limit = alt.Chart(alt.InlineData([{"passing": passing}])).mark_rule(strokeDash=[4, 3], color=_LIMIT)
    points = base.mark_point(filled=True, opacity=1, size=70 if len(marks) < _MANY else 30, cursor="pointer").encode(
        y=_up(zero=False),
        href="link:N",
        color=alt.Color("verdict:N", sort=said, scale=alt.Scale(domain=said), legend=LEGEND),
        shape=alt.Shape("verdict:N", sort=said, scale=alt.Scale(domain=said, range=["circle", "triangle-down"])),
        tooltip=_tips(words, "quality.score"),
    )
    return _made(limit.encode(y="passing:Q"), points)


@lru_cache(maxsize=16)
def densities(marks: tuple[Mark, ...], lang: Language) -> Specification:
    """How much what is open in each digest weighs."""
    base = alt.Chart(alt.InlineData([_row(mark) for mark in marks]), height=TALL).encode(x=_across(marks), y=_up())
    points = base.mark_point(filled=True, opacity=1, size=28 if len(marks) < _MANY else 16, cursor="pointer").encode(
        href="link:N", tooltip=_tips(Words(lang), "quality.density")
    )
    return _made(base.mark_line(strokeWidth=1.5), points)


@lru_cache(maxsize=16)
def kept(success: tuple[Mark, ...], presence: tuple[Mark, ...], lang: Language) -> Specification:
    """How well each digest keeps to the glossary, in percent."""
    words = Words(lang)
    said = [words(f"quality.{name}") for name in _SERIES]
    rows = [
        {**_row(mark), "series": said[dash], "dash": dash}
        for dash, marks in enumerate((success, presence))
        for mark in marks
    ]
    scale = alt.Scale(domain=said)
    base = alt.Chart(alt.InlineData(rows), height=TALL).encode(x=_across(success), y=_up(zero=False))
    # By another field than the legend's, whose symbols would be dashed too.
    dashes = alt.StrokeDash("dash:N", scale=alt.Scale(domain=[0, 1], range=list(_DASHES)), legend=None)
    color = alt.Color("series:N", sort=said, scale=scale, legend=LEGEND)
    lines = base.mark_line(strokeWidth=1.5).encode(color=color, strokeDash=dashes)
    points = base.mark_point(filled=True, opacity=1, size=28 if len(success) < _MANY else 16).encode(
        color=color,
        shape=alt.Shape("series:N", sort=said, scale=alt.Scale(domain=said, range=["circle", "square"])),
        tooltip=[alt.Tooltip("series:N", title=words("quality.measure")), *_tips(words, "quality.percent")],
    )
    return _made(lines, points)


@lru_cache(maxsize=16)
def months(marks: tuple[Mark, ...], lang: Language) -> Specification:
    """The edits to a hundred words, by month."""
    base = alt.Chart(alt.InlineData([_row(mark) for mark in marks]), height=TALL)
    # Of nothing but zeros Vega-Lite makes an axis without an end.
    most = None if any(mark.value for mark in marks) else 1
    made: Specification = (
        base.mark_bar(**bar_size(len(marks)))
        .encode(
            x=alt.X("label:O", sort=[mark.label for mark in marks], axis=ACROSS, scale=alt.Scale(paddingOuter=0.2)),
            y=_up(most=most),
            tooltip=_tips(Words(lang), "quality.ter"),
        )
        .to_dict()
    )
    return made


def said(name: str, marks: Sequence[Mark], words: Words) -> str:
    """A plot in words, for whoever does not see it."""
    if not marks:
        return name
    low, high = min(marks, key=lambda mark: mark.value), max(marks, key=lambda mark: mark.value)
    return words(
        "quality.alt",
        name=name,
        number=len(marks),
        first=_told(marks[0]),
        last=_told(marks[-1]),
        low=_told(low),
        high=_told(high),
    )


def link(path: str) -> str:
    """The address of a digest's open findings."""
    return queue(file=path)


def _told(mark: Mark) -> str:
    return f"{mark.label} {mark.value:.1f}"


def _row(mark: Mark) -> dict[str, Any]:
    return {"label": mark.label, "value": round(mark.value, 4), "link": mark.link, "told": mark.told}


def _across(marks: Sequence[Mark]) -> alt.X:
    return alt.X("label:O", sort=[mark.label for mark in marks], axis=ACROSS)


def _up(*, zero: bool = True, most: float | None = None) -> alt.Y:
    axis = alt.Axis(domain=False, ticks=False, title=None, tickCount=4)
    top = alt.Undefined if most is None else most
    return alt.Y("value:Q", axis=axis, scale=alt.Scale(zero=zero, nice=True, domainMax=top))


def _tips(words: Words, value: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("label:N", title=words("quality.of")),
        alt.Tooltip("value:Q", title=words(value), format=".2f"),
        alt.Tooltip("told:N", title=words("quality.more")),
    ]


def _made(*layers: alt.Chart) -> Specification:
    made: Specification = alt.LayerChart(layer=list(layers)).to_dict()
    return made
