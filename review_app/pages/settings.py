"""设置: what is in force and from where, and changing it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import streamlit as st

from checks.markedtext import escaped
from checks.profile import PROFILES
from checks.registry import Rule, rules
from checks.settings.keys import STYLE
from review_app import current
from review_app.components import frame, inforce, widgets
from review_app.components.summary import WORST_FIRST, summary
from review_app.current import Current
from review_app.keydesk import KeyDesk
from review_app.locale import Words
from review_app.overview import FAMILIES
from review_app.preferences import LANGUAGES
from review_app.tuner import Tuner
from review_app.tuning import Grade

NAME: Final = "settings"
_MANUAL: Final = "manual"


def page() -> None:
    """Draw the page."""
    here = current.get()
    service, words = here.service, Words(here.lang)
    service.refresh()
    tuner = Tuner(service, here.editor, st.session_state)  # type: ignore[arg-type]
    st.html(frame.strip(here, words, NAME))
    if service.errors:
        st.html(frame.errors(service.errors, words))
    if notice := tuner.notice():
        text = escaped(words(notice.key, **(notice.args or {})))
        st.html(f'<p class="yj-notice yj-{notice.tone}" role="status" lang="{words.tag}">{text}</p>')
    left, right = st.columns([0.62, 0.38], gap="medium")
    with right:
        _personal(here, words)
        _norm(tuner, words)
        _changes(tuner, words)
        _keys(KeyDesk(service, here.editor, st.session_state), words)  # type: ignore[arg-type]
    with left:
        _title("rules", words)
        _where(tuner, words)
        widgets.rules(_rules(tuner, words), lambda event, value: _heard(tuner, event, value))
    _title("in-force", words)
    st.html(inforce.settings(tuner.held, words))
    _title("system", words)
    st.html(inforce.system(service, words))


def _personal(here: Current, words: Words) -> None:
    _title("you", words)
    key = "settings-language"

    def choose() -> None:
        here.service.preferences.choose_language(here.editor, st.session_state[key])

    st.segmented_control(
        words("settings.language"),
        LANGUAGES,
        default=here.lang,
        required=True,
        format_func=lambda lang: words(f"settings.language.{lang}"),
        key=key,
        on_change=choose,
    )
    role = here.service.access.role(here.editor)
    if role is not None:
        st.html(f'<p class="yj-how">{escaped(words("settings.role", role=words(f"role.{role}")))}</p>')


@st.fragment
def _keys(desk: KeyDesk, words: Words) -> None:
    _title("keys", words)
    widgets.keys(desk.data(words), lambda _, value: desk.act(value))


def _norm(tuner: Tuner, words: Words) -> None:
    _title("norm", words)
    # A field shows what it was first given, in the words of then.
    key = f"settings-profile-{tuner.round}-{words.lang}"
    profiles = list(PROFILES)
    st.selectbox(
        words("setting.profile"),
        profiles,
        index=profiles.index(tuner.profile()),
        format_func=lambda profile: words(f"choice.{profile}"),
        disabled=not tuner.may,
        key=key,
        on_change=lambda: tuner.choose_profile(st.session_state[key]),
    )
    for options in zip(*[iter(STYLE)] * 2, strict=True):
        for column, option in zip(st.columns(2), options, strict=True):
            with column:
                _style(tuner, option, words)


def _style(tuner: Tuner, option: str, words: Words) -> None:
    key = f"settings-{option}-{tuner.round}-{words.lang}"
    choices = ["", *STYLE[option]]
    st.selectbox(
        words(f"setting.style.{option}"),
        choices,
        index=choices.index(tuner.style(option) or ""),
        format_func=lambda choice: inforce.chosen(tuner, option, choice or None, words),
        disabled=not tuner.may,
        key=key,
        on_change=lambda: tuner.choose_style(option, st.session_state[key] or None),
    )


def _changes(tuner: Tuner, words: Words) -> None:
    if not tuner.may:
        return
    _title("changes", words)
    wished = bool(tuner.wish)
    st.html(inforce.wishes(tuner, words) if wished else f'<p class="yj-how">{escaped(words("settings.no-change"))}</p>')
    with st.container(horizontal=True):
        look = st.button(words("settings.preview"), shortcut="P", key="settings-preview", disabled=not wished)
        saving = st.empty()
        st.button(words("settings.drop"), shortcut="X", key="settings-drop", disabled=not wished, on_click=tuner.drop)
    if look:
        _try_out(tuner, words)
    trial = tuner.trial
    file = tuner.held.file
    saving.button(
        words("settings.save", file=file.name if file is not None else ""),
        shortcut="S",
        key="settings-save",
        type="primary",
        disabled=trial is None,
        on_click=tuner.save,
    )
    if trial is not None:
        st.html(inforce.effect(trial, words))


def _try_out(tuner: Tuner, words: Words) -> None:
    bar = st.progress(0.0)

    def progress(done: int, of: int) -> None:
        bar.progress(done / of, words("settings.checking", done=done, of=of))

    tuner.try_out(progress)
    bar.empty()
    if notice := tuner.notice():
        st.error(escaped(words(notice.key, **(notice.args or {}))))


def _where(tuner: Tuner, words: Words) -> None:
    file = tuner.held.file
    said = words("settings.where", file=file) if file is not None else words("settings.no-file")
    if file is not None and not tuner.may:
        said += " · " + words("settings.not-yours")
    st.html(f'<p class="yj-how" lang="{words.tag}">{escaped(said)}</p>')


def _heard(tuner: Tuner, event: str, value: Mapping[str, Any]) -> None:
    if event == "grade":
        if tuner.may:
            tuner.grade(value)
    else:
        st.session_state[_MANUAL] = value.get("code")


def _rules(tuner: Tuner, words: Words) -> dict[str, Any]:
    code = st.session_state.get(_MANUAL)
    manual = next((loaded.manual for loaded in rules() if loaded.rule.code == code), None)
    grades, changed = tuner.grades(), set(tuner.wish.rules)
    return {
        "lang": words.tag,
        "editable": tuner.may,
        "families": [(family, f"{family} {words(f'family.{family}')}") for family in FAMILIES],
        "manual": {"code": code, "text": manual} if manual is not None else None,
        "rules": [_rule(loaded.rule, grades[loaded.rule.code], changed, words) for loaded in rules()],
        "words": words.family("rules."),
    }


def _rule(rule: Rule, grade: Grade, changed: Collection[str], words: Words) -> dict[str, Any]:
    names = {severity: words(f"severity.{severity}") for severity in WORST_FIRST}
    names[rule.severity] = words("rules.default", severity=names[rule.severity])
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": summary(rule.code, words),
        "on": grade.on,
        "severity": grade.severity,
        "severities": list(names.items()),
        "changed": rule.code in changed,
        "own": grade != Grade(on=True, severity=rule.severity),
    }


def _title(part: str, words: Words) -> None:
    st.html(f'<h3 class="yj-part" lang="{words.tag}">{escaped(words(f"settings.{part}"))}</h3>')
