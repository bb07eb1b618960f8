"""What the parts of the overview are made of: a heading with its numbers to take away, a plot, the numbers beneath."""

from __future__ import annotations

from copy import deepcopy

import streamlit as st

from checks.markedtext import escaped
from review_app.components.charts import Specification
from review_app.components.tables import table
from review_app.locale import Words
from review_app.tables import Table


def chart(made: Specification, said: str) -> None:
    """A plot; ``said`` is what it tells whoever does not see it."""
    # Streamlit changes what it is given.
    st.vega_lite_chart(deepcopy(dict(made)), alt=said)


def heading(key: str, words: Words) -> str:
    """The heading of a part."""
    return f'<h3 class="yj-part" lang="{words.tag}">{escaped(words(key))}</h3>'


def subheading(key: str, words: Words) -> str:
    """The heading of a plot."""
    return f'<h4 class="yj-family" lang="{words.tag}">{escaped(words(key))}</h4>'


def how(text: str, words: Words, *, status: bool = False) -> str:
    """What there is to know of a part; a ``status`` is read out when it changes."""
    role = ' role="status"' if status else ""
    return f'<p class="yj-how" lang="{words.tag}"{role}>{escaped(text)}</p>'


def titled(title: str, content: Table, words: Words) -> None:
    """A heading, as HTML, and beside it the numbers to take away."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.html(title, width="content")
        st.download_button(
            words("overview.csv"),
            content.csv(),
            file_name=f"{content.name}.csv",
            mime="text/csv",
            key=f"csv-{content.name}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def numbers(content: Table, words: Words) -> None:
    """The numbers, folded."""
    with st.expander(words("overview.numbers")):
        st.html(table(content))
