"""The command line of the review app."""

from __future__ import annotations

import argparse
from pathlib import Path

from checks.completion import add_completion
from checks.decisions import whoever
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
  python -m review_app --proxy-header X-Forwarded-User --database postgresql+psycopg://yijiao@db/yijiao
                                               several editors behind a proxy that signs them in
"""


def parser() -> argparse.ArgumentParser:
    """The options that the app takes. Bad usage raises :class:`SettingsError`."""
    result = Parser(
        prog=PROGRAM,
        description="Review translated digests in the browser: accept, edit, dismiss, undo, by keyboard.",
        epilog=_EPILOG,
    )
    add = result.add_argument
    add("paths", nargs="*", type=Path, metavar="PATH", help="digests or folders of them (default: data/digests)")
    add("--version", action="version", version=f"yijiao {VERSION}")
    server = result.add_argument_group("server")
    server.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: 127.0.0.1)")
    server.add_argument("--port", type=_port, default=8501, help="the port; 0 takes any free one (default: 8501)")
    server.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the app (default: zh)")
    _known(result.add_argument_group("who may come in (roles: roles.toml in the review directory)"))
    work = result.add_argument_group("work")
    work.add_argument("--editor", metavar="NAME", help="who decides, without sign-in (default: the user of the system)")
    work.add_argument("--read-only", action="store_true", help="look only: nothing is written")
    work.add_argument(
        "--database", metavar="URL", help="SQLite or PostgreSQL (default: SQLite in the review directory)"
    )
    checked = result.add_argument_group("what is checked against what")
    add_context(checked)
    add_completion(result, "yijiao-review")
    return result


def _known(group: argparse._ArgumentGroup) -> None:
    one = group.add_mutually_exclusive_group()
    one.add_argument(
        "--auth",
        type=Path,
        metavar="FILE",
        help="a TOML file with an OpenID provider in [auth] (default: .streamlit/secrets.toml, if it has that table)",
    )
    one.add_argument(
        "--proxy-header",
        metavar="NAME",
        help="the header in which a proxy on this machine names the user; it must strip what clients send under it",
    )
    group.add_argument(
        "--insecure",
        action="store_true",
        help="without sign-in: let in other machines, and browsers that ask under any name; with it: do without TLS",
    )


def editor_name(given: str | None) -> str:
    """Who decides: the name given, else the system's."""
    if given is not None:
        if not given.strip():
            raise SettingsError("--editor", None, "is empty; give the name that decisions are signed with")
        return given.strip()
    return whoever()


def _port(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (0 to 65535)")
    return number
