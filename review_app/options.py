"""The command line of the review app."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path

from checks.errors import SettingsError
from checks.options import Parser, add_context
from checks.verdict import VERSION

PROGRAM = "python -m review_app"

_EPILOG = """\
examples:
  python -m review_app                         review data/digests
  python -m review_app week.md --editor Lin    one file; decisions are signed Lin
  python -m review_app --port 0                any free port; the address is printed
  python -m review_app --read-only --lang en   look, in English, and change nothing
"""


def parser() -> argparse.ArgumentParser:
    """The options that the app takes. Bad usage raises :class:`SettingsError`."""
    result = Parser(
        prog=PROGRAM,
        description="Review translated digests in the browser: accept, edit, dismiss, undo, by keyboard.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = result.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="digests or folders of them (default: data/digests)")
    add("--version", action="version", version=f"yijiao {VERSION}")
    server = result.add_argument_group("server")
    server.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    server.add_argument("--port", type=_port, default=8501, help="the port; 0 takes any free one (default: 8501)")
    server.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the app (default: zh)")
    work = result.add_argument_group("work")
    work.add_argument("--editor", default=None, metavar="NAME", help="who decides (default: the user of the system)")
    work.add_argument("--read-only", action="store_true", help="look only: nothing is written")
    work.add_argument("--database", metavar="URL", help="an SQLAlchemy URL (default: SQLite in the review directory)")
    checked = result.add_argument_group("what is checked against what")
    add_context(checked)
    return result


def editor_name(given: str | None) -> str:
    """Who decides: the name given, else the system's."""
    if given is not None:
        if not given.strip():
            raise SettingsError("--editor", None, "is empty; give the name that decisions are signed with")
        return given.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "editor"


def _port(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (0 to 65535)")
    return number
