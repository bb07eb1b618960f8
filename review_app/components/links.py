"""From one page to another within a session; a plain address would begin a new one."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import urlencode

import streamlit as st


def go(name: str, **params: str) -> NoReturn:
    """Leave for a page, with what its address is to hold; not to be called where an event is heard."""
    st.switch_page(st.session_state["pages"][name], query_params=params)


def queue(**params: str) -> str:
    """The address of the queue, as seen from another page."""
    return f"./?{urlencode(params)}"
