"""``python -m checks.settings`` prints the JSON Schema of a settings file."""

from __future__ import annotations

import sys

import orjson

from checks.settings.schema import schema


def main() -> int:
    """Print the schema; returns the exit code."""
    sys.stdout.write(orjson.dumps(schema(), option=orjson.OPT_INDENT_2).decode() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
