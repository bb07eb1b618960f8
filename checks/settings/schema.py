"""The JSON Schema of a settings file, for editors that complete and check TOML."""

from __future__ import annotations

from checks.settings.keys import KEYS, Key

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, object]:
    """The schema of ``yijiao.toml``, and of ``[tool.yijiao]`` in ``pyproject.toml``."""
    by_path = {name: _property(key) for name, key in KEYS.items() if key.by_path}
    table = {"type": "object", "properties": by_path, "additionalProperties": False}
    return {
        "$schema": DIALECT,
        "title": "Yijiao settings",
        "type": "object",
        "properties": {
            **{name: _property(key) for name, key in KEYS.items()},
            "paths": {
                "type": "object",
                "additionalProperties": table,
                "description": "What is different for some digests, by patterns like those of .gitignore",
            },
        },
        "additionalProperties": False,
    }


def _property(key: Key) -> dict[str, object]:
    return {**key.schema, "description": key.about}
