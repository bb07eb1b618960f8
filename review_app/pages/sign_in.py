"""登录: what is shown to whoever may not see anything yet."""

from __future__ import annotations

import html

import streamlit as st

from review_app.current import Current
from review_app.locale import Words
from review_app.signin import SignIn


def page(here: Current, sign_in: SignIn) -> None:
    """Draw the page."""
    words = Words(here.lang)
    if here.editor:
        _say(words, words("sign-in.no-role", name=here.editor))
    elif sign_in.header is not None:
        _say(words, words("sign-in.nobody"))
    else:
        _say(words, words("sign-in.how"))
        for provider in sign_in.providers:
            text = words("sign-in.with", provider=provider) if provider else words("sign-in.in")
            st.button(text, key=f"sign-in-{provider}", type="primary", on_click=st.login, args=(provider,))
    if here.editor and sign_in.auth is not None:
        st.button(words("sign-in.out"), on_click=st.logout)


def _say(words: Words, text: str) -> None:
    title = html.escape(words("sign-in.title"))
    st.html(f'<section class="yj-done" lang="{words.tag}"><h2>{title}</h2><p>{html.escape(text)}</p></section>')
