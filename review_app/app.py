"""The script that Streamlit runs for each session: navigation, style, and the page asked for."""

from __future__ import annotations

import streamlit as st

from review_app import current
from review_app.components import widgets
from review_app.locale import Words
from review_app.pages import queue


def main() -> None:
    """Draw the app."""
    words = Words(current.get().lang)
    st.set_page_config(page_title=f"{words('app.name')} · {words('app.page')}", page_icon="📝", layout="wide")
    st.html(widgets.style())
    st.navigation([st.Page(queue.page, title=words("app.page"), url_path="queue", default=True)], position="top").run()


main()
