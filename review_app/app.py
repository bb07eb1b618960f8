"""The script that Streamlit runs for each session: navigation, style, and the page asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from review_app import current
from review_app.components import widgets
from review_app.locale import Words
from review_app.pages import queue, sign_in


def main() -> None:
    """Draw the app."""
    here = current.get()
    words = Words(here.lang)
    st.set_page_config(page_title=f"{words('app.name')} · {words('app.page')}", page_icon="📝", layout="wide")
    st.html(widgets.style())
    if here.sign_in is not None and not here.service.may(here.editor, "reader"):
        # Navigation all the same: without it, Streamlit makes one of the files beside this one.
        only = st.Page(partial(sign_in.page, here, here.sign_in), title=words("sign-in.in"), url_path="sign-in")
        st.navigation([only], position="hidden").run()
        return
    pages = [st.Page(queue.page, title=words("app.page"), url_path="queue", default=True)]
    if here.sign_out is not None:
        pages.append(st.Page(st.logout, title=words("sign-in.out"), url_path=here.sign_out))
    st.navigation(pages, position="top").run()


main()
