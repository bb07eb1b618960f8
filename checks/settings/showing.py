"""``--show-settings``: what holds for a digest, and where each value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import orjson

from checks.settings.keys import KEYS, STYLE
from checks.settings.model import Settings
from glossary.remote import Place

_DERIVED: Final = {"baseline": "baseline_file", "cache-dir": "cache_folder"}
"""Keys whose default follows from other keys, and what says it."""


def values(settings: Settings) -> Iterator[tuple[str, object, str]]:
    """Each key, its value as plain data, and where it comes from, in the order of the keys."""
    for name in KEYS:
        field = name.replace("-", "_")
        if name == "style":
            yield from _style(settings)
            continue
        value = getattr(settings, field)
        if name == "glossary":
            value = tuple(path for layer in settings.layers for path in layer)
            field = "extra_glossary" if settings.extra_glossary else field
        if name in _DERIVED:
            value = getattr(settings, _DERIVED[name])
        yield name, _plain(value), _origin(settings, field)


def _style(settings: Settings) -> Iterator[tuple[str, object, str]]:
    style = settings.chosen_style
    for option in STYLE:
        field = option.replace("-", "_")
        origin = _origin(settings, "style") if field in settings.style else f"profile {settings.profile}"
        yield f"style.{option}", getattr(style, field), origin


def _origin(settings: Settings, field: str) -> str:
    origin = settings.origins.get(field)
    return str(origin) if origin is not None else "default"


def _plain(value: object) -> object:
    if isinstance(value, Place):
        return value.as_posix()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(sorted(value.items()))
    return value


def _at(settings: Settings, path: Place) -> Settings:
    return settings.with_tables(settings.tables(path))


def lines(settings: Settings, path: Place) -> Iterator[str]:
    """For people: a line a key."""
    yield f"# settings for {path.as_posix()}, from {settings.file or 'no settings file'}"
    rows = [(name, orjson.dumps(value).decode(), origin) for name, value, origin in values(_at(settings, path))]
    width = max(len(f"{name} = {value}") for name, value, _ in rows if len(value) < 60)
    for name, value, origin in rows:
        yield f"{f'{name} = {value}':<{width}}  # {origin}"


def document(settings: Settings, path: Place) -> Iterator[str]:
    """For programs: one JSON object."""
    rows = {name: {"value": value, "from": origin} for name, value, origin in values(_at(settings, path))}
    document = {"path": path.as_posix(), "file": settings.file.as_posix() if settings.file else None, "settings": rows}
    yield orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()
