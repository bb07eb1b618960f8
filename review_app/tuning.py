"""Changing what the gate goes by: a wish, and the settings file with it; its comments and its order stay."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import tomlkit
from tomlkit.exceptions import TOMLKitError

from checks.errors import SettingsError
from checks.model import Severity
from checks.registry import chosen, matches, named, rules
from checks.settings import Settings
from checks.settings.keys import rule_codes
from review_app.upkeep import same_project


class Grade(NamedTuple):
    """Whether a rule runs, and how severe its findings are."""

    on: bool
    severity: Severity


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be different; what is left out stays as it is."""

    profile: str | None = None
    style: Mapping[str, str | None] = field(default_factory=dict)
    """By option, as a settings file spells it; None is the profile's own choice."""
    rules: Mapping[str, Grade] = field(default_factory=dict)
    """By code."""

    def __bool__(self) -> bool:
        return bool(self.profile or self.style or self.rules)


def grades(found: Settings) -> dict[str, Grade]:
    """How each rule is graded by settings, whatever holds for some paths."""
    running = {loaded.rule.code for loaded in chosen(found.select, found.ignore)}
    return {
        loaded.rule.code: Grade(loaded.rule.code in running, found.severity.get(loaded.rule.code, loaded.rule.severity))
        for loaded in rules()
    }


def tuned(text: str, before: Settings, wish: Wish) -> tuple[str, Settings]:
    """The text of a settings file with a wish, and what it then says.

    Raises :class:`InputError` for a file or a wish that cannot be used.
    """
    windows = "\r\n" in text
    try:
        document = tomlkit.parse(text.removeprefix("\ufeff").replace("\r\n", "\n"))
        _write(_table(document, before), wish)
    except (TOMLKitError, TypeError, ValueError, AttributeError) as error:
        # Not the wish: whatever is in the file where a table or a list should be.
        raise SettingsError(str(before.file), None, f"cannot be changed here ({error}); edit it by hand") from None
    after = tomlkit.dumps(document).replace("\n", "\r\n" if windows else "\n")
    after = "\ufeff" * text.startswith("\ufeff") + after
    found = same_project(before, after)
    if not _fulfilled(wish, found):
        raise SettingsError(str(before.file), None, "already says otherwise in another way; edit it by hand")
    return after, found


def _table(document: tomlkit.TOMLDocument, before: Settings) -> MutableMapping[str, Any]:
    """Where our keys stand."""
    if before.file is None:
        raise ValueError("there is none")
    if before.file.name != "pyproject.toml":
        return document
    tool = document.setdefault("tool", tomlkit.table(is_super_table=True))
    table: MutableMapping[str, Any] = tool.setdefault("yijiao", tomlkit.table())
    return table


def _write(table: MutableMapping[str, Any], wish: Wish) -> None:
    if wish.profile is not None:
        table["profile"] = wish.profile
    for option, choice in wish.style.items():
        if choice is not None:
            table.setdefault("style", tomlkit.table())[option] = choice
        elif option in table.get("style", {}):
            del table["style"][option]
    select, ignore = (rule_codes(list(table.get(key, []))) for key in ("select", "ignore"))
    for code, grade in wish.rules.items():
        select, ignore = switched(select, ignore, code, on=grade.on)
        _grade(table, code, grade.severity)
    _list(table, "select", select)
    _list(table, "ignore", ignore)


def switched(
    select: Sequence[str], ignore: Sequence[str], code: str, *, on: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Selectors with one rule switched on or off, and every other rule as it was."""

    def runs() -> bool:
        return any(loaded.rule.code == code for loaded in chosen(select, ignore))

    if runs() == on:
        return tuple(select), tuple(ignore)
    if not on:
        if len(select) > 1:
            # Nothing selected would be everything selected.
            select = _without(select, code)
        return tuple(select), (*ignore, code) if runs() else tuple(ignore)
    ignore = _without(ignore, code)
    if not runs() and select:
        select = (*select, code)
    elif not runs():
        # Nothing is said for a single rule against its family here: the family is spelt out, without it.
        wide = {selector for selector in ignore if matches(code, [selector])}
        rest = sorted({other for selector in wide for other in named(selector)} - {code})
        ignore = [*(selector for selector in ignore if selector not in wide), *rest]
    return tuple(select), tuple(ignore)


def _without(selectors: Sequence[str], code: str) -> list[str]:
    return [selector for selector in selectors if selector != code]


def _list(table: MutableMapping[str, Any], key: str, wanted: Sequence[str]) -> None:
    """Make a list hold what is wanted; what stays keeps its place and its comment."""
    if key not in table:
        if wanted:
            table[key] = list(wanted)
        return
    values = table[key]
    for item in [item for item in values if item.strip().upper() not in wanted]:
        values.remove(item)
    known = {item.strip().upper() for item in values}
    for code in wanted:
        if code not in known:
            values.append(code)


def _grade(table: MutableMapping[str, Any], code: str, severity: Severity) -> None:
    """Give a rule a severity, by a line of its own only where another line, or its default, says otherwise."""
    lines = table.get("severity", {})
    for own in [key for key in lines if key.strip().upper() == code]:
        if lines[own] == severity:
            return
        del lines[own]
    wider = sorted((key for key in lines if code.startswith(key.strip().upper())), key=len)
    inherited = lines[wider[-1]] if wider else next(each.rule.severity for each in rules() if each.rule.code == code)
    if inherited != severity:
        table.setdefault("severity", tomlkit.table())[code] = severity


def _fulfilled(wish: Wish, found: Settings) -> bool:
    now = grades(found)
    said = {option: found.style.get(option.replace("-", "_")) for option in wish.style}
    return (
        wish.profile in (None, found.profile)
        and said == dict(wish.style)
        and all(now[code] == grade for code, grade in wish.rules.items())
    )
