"""What is in force and from where, as HTML; and what a trial of other settings would do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import orjson

from checks.markedtext import escaped
from checks.settings.keys import KEYS, STYLE
from checks.settings.model import Different, Settings
from checks.settings.showing import values
from checks.verdict import VERSION
from review_app.access import FILE_NAME, ROLES
from review_app.components.tables import table
from review_app.locale import Words
from review_app.service import Service
from review_app.store.schema import NEWEST
from review_app.tables import Cell, Table
from review_app.trial import Trial
from review_app.tuner import Tuner
from review_app.tuning import Grade, grades


def settings(found: Settings, words: Words) -> str:
    """Every setting with its value and its origin; then what is different for some paths."""
    rows = [_row(name, value, _origin(origin, found, words), words) for name, value, origin in values(found)]
    for different in found.paths:
        rows.extend(_different(different, found, words))
    return table(Table("settings", [words(f"settings.{name}") for name in ("key", "value", "origin")], rows))


def system(service: Service, words: Words) -> str:
    """What the app runs on, and who may do what."""
    store = f"{service.store.name} · {words('settings.schema', version=NEWEST)}"
    rows = [
        (words("settings.version"), VERSION),
        (words("settings.opened"), " ".join(map(str, service.paths))),
        (words("settings.database"), store),
        *_roles(service, words),
    ]
    head = [words("settings.key"), words("settings.value")]
    return table(Table("system", head, [[Cell(name), Cell(value)] for name, value in rows]))


def effect(trial: Trial, words: Words) -> str:
    """What would come and go, by rule."""
    old, new = (f"{words(f'verdict.{code}')} ({code})" for code in trial.exit_codes)
    said = words("settings.effect", before=trial.open[0], after=trial.open[1], old=old, new=new)
    if not trial.differences:
        return f'<p class="yj-effect">{escaped(said)}<br>{escaped(words("settings.effect.none"))}</p>'
    head = [words("overview.rule"), *(words(f"settings.{name}") for name in ("appear", "disappear", "regraded"))]
    rows = [[Cell(one.code), *(Cell(number or "") for number in one[1:])] for one in trial.differences]
    return f'<p class="yj-effect">{escaped(said)}</p>{table(Table("effect", head, rows))}'


def wishes(tuner: Tuner, words: Words) -> str:
    """What is to be different, a line each."""
    held, wish, before = tuner.held, tuner.wish, grades(tuner.held)
    lines: list[tuple[str, str, str]] = []
    if wish.profile is not None:
        lines.append((words("setting.profile"), words(f"choice.{held.profile}"), words(f"choice.{wish.profile}")))
    for option, choice in wish.style.items():
        now = held.style.get(option.replace("-", "_"))
        old, new = (chosen(tuner, option, one, words) for one in (now, choice))
        lines.append((words(f"setting.style.{option}"), old, new))
    for code, grade in sorted(wish.rules.items()):
        lines.append((code, _graded(before[code], words), _graded(grade, words)))
    items = "".join(
        f"<li>{escaped(words('settings.from-to', name=name, before=old, after=new))}</li>" for name, old, new in lines
    )
    return f'<ul class="yj-wishes" lang="{words.tag}">{items}</ul>'


def chosen(tuner: Tuner, option: str, choice: str | None, words: Words) -> str:
    """What a choice of style is called."""
    if choice is not None:
        return words(f"choice.{choice}")
    return words("settings.as-profile", choice=words(f"choice.{tuner.by_profile(option)}"))


def _graded(grade: Grade, words: Words) -> str:
    return words(f"severity.{grade.severity}") if grade.on else words("settings.off")


def _row(name: str, value: object, origin: str, words: Words) -> list[Cell]:
    shown = value if isinstance(value, str) else "—" if value in (None, [], {}) else orjson.dumps(value).decode()
    return [Cell(f"{words(f'setting.{name}')} · {name}"), Cell(shown), Cell(origin)]


def _different(different: Different, found: Settings, words: Words) -> Iterable[list[Cell]]:
    where = words("settings.for-paths", pattern=different.pattern)
    for name in KEYS:
        field = name.replace("-", "_")
        value = different.values.get(field)
        if name == "style" and value is not None:
            pairs = [(f"style.{option}", value.get(option.replace("-", "_"))) for option in STYLE]
        else:
            pairs = [(name, value)]
        for key, own in pairs:
            if own is not None:
                plain = [str(item) for item in own] if isinstance(own, tuple) else own
                yield _row(key, plain, f"{where} ({_origin(str(different.origins[field]), found, words)})", words)


def _origin(origin: str, found: Settings, words: Words) -> str:
    if origin.startswith("--"):
        return words("settings.command-line", option=origin)
    if origin == "default":
        return words("settings.default")
    profile = origin.removeprefix("profile ")
    if profile != origin:
        return words("settings.profile-says", profile=profile)
    # Its folder is said above.
    return origin.replace(str(found.file), found.file.name) if found.file is not None else origin


def _roles(service: Service, words: Words) -> Sequence[tuple[str, str]]:
    named, otherwise = service.access.roles()
    folder = service.gate.settings.review_dir
    file = folder / FILE_NAME if folder is not None else None
    said = str(file) if file is not None and file.exists() else words("settings.no-roles")
    rest = words(f"role.{otherwise}") if otherwise is not None else words("settings.nobody")
    by_role = {role: sorted(name for name, own in named.items() if own == role) for role in reversed(ROLES)}
    return [
        (words("settings.roles-file"), said),
        *((words(f"role.{role}"), ", ".join(names)) for role, names in by_role.items() if names),
        (words("settings.others"), rest),
    ]
