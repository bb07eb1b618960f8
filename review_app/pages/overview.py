"""总览: whether everything may be published, and what is left where."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Final

import streamlit as st

from review_app import current
from review_app.components import charts, frame, parts, qualitypart, summary
from review_app.components.qualitycharts import Mark, said
from review_app.locale import Words
from review_app.overview import Overview, command, overview

NAME: Final = "overview"
_ACROSS: Final = 3
"""How many families stand side by side."""


def page() -> None:
    """Draw the page."""
    here = current.get()
    service, words = here.service, Words(here.lang)
    service.refresh()
    seen, fail_on = overview(service, _ahead()), service.gate.settings.fail_on
    st.html(frame.strip(here, words, NAME))
    st.html(summary.verdict(seen, fail_on, command(service), words))
    if seen.errors:
        st.html(frame.errors(seen.errors, words))
    left, right = st.columns([0.58, 0.42], gap="medium")
    with left:
        parts.titled(parts.heading("overview.digests", words), summary.digests_table(seen, words), words)
        st.html(summary.digests(seen, fail_on, words))
    with right:
        parts.titled(parts.heading("overview.rules", words), summary.rules_table(seen, words), words)
        st.html(summary.by_rule(seen, words))
    _trend(seen, words)
    qualitypart.draw(service, seen.labels, words)
    _days(seen, words)


def _ahead() -> timedelta:
    """How far the visitor's clock is ahead of UTC."""
    return -timedelta(minutes=st.context.timezone_offset or 0)


def _trend(seen: Overview, words: Words) -> None:
    if not seen.trend:
        return
    numbers = charts.trend_table(seen.trend, words)
    parts.titled(parts.heading("overview.trend", words), numbers, words)
    st.html(parts.how(words("overview.trend.how"), words))
    families = [(family, tuple(points)) for family, points in groupby(seen.trend, lambda point: point.family)]
    for start in range(0, len(families), _ACROSS):
        for column, (family, points) in zip(st.columns(_ACROSS), families[start : start + _ACROSS], strict=False):
            name = f"{words(f'family.{family}')} {family}"
            with column:
                st.html(f'<h4 class="yj-family" lang="{words.tag}">{name}</h4>')
                marks = [Mark(point.label, point.rate) for point in points]
                told = said(f"{words('overview.trend')} · {name}", marks, words)
                parts.chart(charts.family(points, words.lang), told)
    parts.numbers(numbers, words)


def _days(seen: Overview, words: Words) -> None:
    if not seen.days:
        st.html(parts.heading("overview.days", words))
        st.html(parts.how(words("overview.days.none"), words))
        return
    numbers = charts.days_table(seen.days, words)
    parts.titled(parts.heading("overview.days", words), numbers, words)
    parts.chart(charts.days(tuple(seen.days), words.lang), words("overview.days"))
    parts.numbers(numbers, words)
