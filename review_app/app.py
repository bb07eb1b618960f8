"""The script that Streamlit runs for each session: navigation, style, and the page asked for."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from review_app import current
from review_app.components import widgets
from review_app.locale import Words
from review_app.pages import bulk, overview, queue, record, settings, sign_in, terms

PAGES: Final = (overview, queue, bulk, terms, record, settings)
# In the order of the navigation. Each module has a NAME, in its address and in the catalogue, and a page.


def main() -> None:
    """Draw the app."""
    here = current.get()
    words = Words(here.lang)
    st.html(widgets.style())
    if here.sign_in is not None and not here.service.may(here.editor, "reader"):
        # Navigation all the same: without it, Streamlit makes one of the files beside this one.
        only = st.Page(partial(sign_in.page, here, here.sign_in), title=words("sign-in.in"), url_path="sign-in")
        chosen = st.navigation([only], position="hidden")
    else:
        named = {
            module.NAME: st.Page(
                module.page, title=words(f"page.{module.NAME}"), url_path=module.NAME, default=module is queue
            )
            for module in PAGES
        }
        # For a page that leads to another within the session.
        st.session_state["pages"] = named
        pages = list(named.values())
        if here.sign_out is not None:
            pages.append(st.Page(st.logout, title=words("sign-in.out"), url_path=here.sign_out))
        chosen = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{words('app.name')} · {chosen.title}", page_icon="📝", layout="wide")
    chosen.run()


main()
