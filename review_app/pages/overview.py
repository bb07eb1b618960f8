"""总览: whether everything may be published, and what is left where."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from itertools import groupby
from typing import Final

import streamlit as st

from review_app import current
from review_app.components import charts, frame, summary
from review_app.components.tables import table
from review_app.locale import Words
from review_app.overview import Overview, command, overview
from review_app.tables import Table

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
        _titled("digests", summary.digests_table(seen, words), words)
        st.html(summary.digests(seen, fail_on, words))
    with right:
        _titled("rules", summary.rules_table(seen, words), words)
        st.html(summary.by_rule(seen, words))
    _trend(seen, words)
    _days(seen, words)


def _ahead() -> timedelta:
    """How far the visitor's clock is ahead of UTC."""
    return -timedelta(minutes=st.context.timezone_offset or 0)


def _trend(seen: Overview, words: Words) -> None:
    if not seen.trend:
        return
    _titled("trend", numbers := charts.trend_table(seen.trend, words), words)
    st.html(f'<p class="yj-how">{words("overview.trend.how")}</p>')
    families = [(family, tuple(points)) for family, points in groupby(seen.trend, lambda point: point.family)]
    for start in range(0, len(families), _ACROSS):
        for column, (family, points) in zip(st.columns(_ACROSS), families[start : start + _ACROSS], strict=False):
            name = f"{words(f'family.{family}')} {family}"
            with column:
                st.html(f'<h4 class="yj-family" lang="{words.tag}">{name}</h4>')
                _chart(charts.family(points, words.lang), f"{words('overview.trend')} · {name}")
    _numbers(numbers, words)


def _days(seen: Overview, words: Words) -> None:
    if not seen.days:
        st.html(
            f'<h3 class="yj-part">{words("overview.days")}</h3><p class="yj-none">{words("overview.days.none")}</p>'
        )
        return
    _titled("days", numbers := charts.days_table(seen.days, words), words)
    _chart(charts.days(tuple(seen.days), words.lang), words("overview.days"))
    _numbers(numbers, words)


def _chart(made: charts.Specification, said: str) -> None:
    # Streamlit changes what it is given.
    st.vega_lite_chart(deepcopy(dict(made)), alt=said)


def _titled(part: str, content: Table, words: Words) -> None:
    """A heading and, beside it, the numbers to take away."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.html(f'<h3 class="yj-part" lang="{words.tag}">{words(f"overview.{part}")}</h3>', width="content")
        st.download_button(
            words("overview.csv"),
            content.csv(),
            file_name=f"{content.name}.csv",
            mime="text/csv",
            key=f"csv-{part}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def _numbers(content: Table, words: Words) -> None:
    with st.expander(words("overview.numbers")):
        st.html(table(content))
