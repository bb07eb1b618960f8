"""The script that Streamlit runs for each session: navigation, style, and the page asked for."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import Final

import streamlit as st

from review_app import current
from review_app.components import widgets
from review_app.locale import Words

PAGES: Final = ("overview", "queue", "bulk", "terms", "record", "settings")
# In the order of the navigation: the modules of review_app.pages, each named so in its address and in the catalogue.


def main() -> None:
    """Draw the app."""
    here = current.get()
    words = Words(here.lang)
    st.html(widgets.style())
    if here.sign_in is not None and not here.service.may(here.editor, "reader"):
        # Navigation all the same: without it, Streamlit makes one of the files beside this one.
        only = st.Page(partial(_page, "sign_in", here, here.sign_in), title=words("sign-in.in"), url_path="sign-in")
        chosen = st.navigation([only], position="hidden")
    else:
        named = {
            name: st.Page(partial(_page, name), title=words(f"page.{name}"), url_path=name, default=name == "queue")
            for name in PAGES
        }
        # For a page that leads to another within the session.
        st.session_state["pages"] = named
        pages = list(named.values())
        if here.sign_out is not None:
            pages.append(st.Page(st.logout, title=words("sign-in.out"), url_path=here.sign_out))
        chosen = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{words('app.name')} · {chosen.title}", page_icon="📝", layout="wide")
    chosen.run()


def _page(name: str, *arguments: object) -> None:
    """Draw a page. Its module is imported when somebody asks for it: the plots of one take half a second."""
    import_module(f"review_app.pages.{name}").page(*arguments)


main()
