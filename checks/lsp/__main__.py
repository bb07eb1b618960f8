"""The door: ``python -m checks.lsp``."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from typing import BinaryIO, Final

from checks.door import answered
from checks.options import Parser, add_context
from glossary.records import NamedTuple

PROGRAM: Final = "python -m checks.lsp"
_EXTRAS: Final = dict.fromkeys(("attrs", "cattrs", "lsprotocol", "pygls"), "lsp")
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")
_MOST_PORT: Final = 65535
_DESCRIPTION: Final = """\
A language server for digests: findings and fixes in an editor, from the same engine as python -m checks, with the
glossary on hover and terms on completion. The editor starts it and speaks with it over standard input and output."""
_EPILOG: Final = """\
exit codes: 0 the editor has taken its leave, 1 it has gone without, 2 the server could not start

docs/editors.md tells how to set it up in VS Code, Neovim, Vim and Emacs."""


class Address(NamedTuple):
    """Where to listen."""

    host: str
    port: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve one editor; returns the exit code."""
    return answered(PROGRAM, lambda: _run(arguments), _EXTRAS)


def _run(arguments: Sequence[str] | None) -> int:
    given = _parser().parse_args(arguments)
    # Late: --help must answer where the extra is absent.
    from checks.lsp.features import build

    _log_in_lines()
    if given.tcp is not None:
        server = build(given)
        server.start_tcp(*given.tcp)
    else:
        channel = _own_channel()
        server = build(given)
        server.start_io(sys.stdin.buffer, channel)
    return 0 if server.left else 1


def _own_channel() -> BinaryIO:
    """Standard output for the server alone: whatever else prints from here on, prints on standard error."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return channel


def _parser() -> argparse.ArgumentParser:
    result = Parser(
        prog=PROGRAM,
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    result.add_argument("--stdio", action="store_true", help="standard input and output, which is the default")
    result.add_argument(
        "--tcp",
        type=_address,
        metavar="HOST:PORT",
        help="wait there for one editor instead; only an address of this machine itself",
    )
    result.add_argument("--lang", choices=("zh", "en"), help="language of the findings (default: the editor's)")
    result.add_argument(
        "--docs",
        metavar="URL",
        help="where the documentation is served, for links from findings to rules (default: the rules' own modules)",
    )
    add_context(result.add_argument_group("what digests are held against"))
    return result


def _address(text: str) -> Address:
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if host not in _LOOPBACK:
        raise argparse.ArgumentTypeError(f"{text!r} is not 127.0.0.1:PORT: who connects could read and dismiss")
    if not port.isdecimal() or not 0 < int(port) <= _MOST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} has no port from 1 to {_MOST_PORT}")
    return Address(host, int(port))


def _log_in_lines() -> None:
    """Have what pygls logs on standard error, in a line each: tracebacks are for those who ask with ``-X dev``."""
    logging.basicConfig(level=logging.ERROR, format=f"{PROGRAM}: %(message)s")
    if not sys.flags.dev_mode:
        for handler in logging.getLogger().handlers:
            handler.addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    record.msg, record.args = record.getMessage().partition("\n")[0], ()
    record.exc_info = record.exc_text = None
    return True


if __name__ == "__main__":
    sys.exit(main())
