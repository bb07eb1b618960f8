"""What ``--explain`` and ``--rules`` print: the rules' own words."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import orjson

from checks.errors import SettingsError
from checks.model import Language
from checks.registry import Loaded, rules


def explain(code: str, lang: Language) -> Iterator[str]:
    """The manual of a rule. Raises :class:`SettingsError` for a code that is none."""
    wanted = code.strip().upper()
    known = {loaded.rule.code: loaded for loaded in rules()}
    names = {loaded.rule.name.upper(): loaded for loaded in rules()}
    loaded = known.get(wanted) or names.get(wanted)
    if loaded is None:
        near = difflib.get_close_matches(wanted, known, 1)
        raise SettingsError(
            "--explain",
            None,
            f"there is no rule {code!r}; " + (f"did you mean {near[0]}?" if near else "--rules lists them all"),
        )
    rule = loaded.rule
    yield f"{rule.code} {rule.name}"
    yield rule.summary.zh if lang == "zh" else rule.summary.en
    yield f"severity: {rule.severity}   fix: {rule.fix or 'none'}   mqm: {rule.mqm}"
    if loaded.plugin is not None:
        yield f"plug-in: {loaded.plugin}"
    yield ""
    yield loaded.manual


def listing(form: str, lang: Language) -> Iterator[str]:
    """What ``--rules`` prints: a rule a line, or all of them as data in the machines' formats."""
    if form not in ("json", "jsonl"):
        yield from table(lang)
        return
    items = [data(loaded) for loaded in rules()]
    yield from (orjson.dumps(item).decode() for item in ([{"rules": items}] if form == "json" else items))


def table(lang: Language) -> Iterator[str]:
    """A rule a line."""
    for loaded in rules():
        rule = loaded.rule
        summary = rule.summary.zh if lang == "zh" else rule.summary.en
        yield f"{rule.code}  {rule.name:<24} {rule.severity:<8} {rule.fix or '-':<7} {summary}"


def data(loaded: Loaded) -> dict[str, object]:
    """A rule as data, for ``--rules --format json``."""
    rule = loaded.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "fix": rule.fix,
        "mqm": rule.mqm,
        "revision": rule.revision,
        "plugin": loaded.plugin,
        "summary": {"en": rule.summary.en, "zh": rule.summary.zh},
        "manual": loaded.manual,
    }
