"""The door: ``python -m checks.sources COMMAND``."""

from __future__ import annotations

import os
import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final

from checks.errors import InputError
from checks.options import Parser
from checks.sources.commands import fetch, import_, status
from checks.view import one_line

PROGRAM: Final = "python -m checks.sources"
_COMMANDS: Final = {"fetch": fetch, "import": import_, "status": status}
_EXTRA: Final = frozenset({"requests", "urllib3"})
"""What only `fetch` needs."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(arguments)
    except InputError as error:
        problem = one_line(str(error))
    except OSError as error:
        problem = f"output: cannot be written ({error.strerror or error})"
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        problem = one_line(f"{PROGRAM}: {_reason(error)}")
    print(problem, file=sys.stderr)
    return 2


def _reason(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError) and (error.name or "").partition(".")[0] in _EXTRA:
        return f"{error.name} is not installed; pip install 'yijiao[fetch]' adds it"
    if sys.flags.dev_mode:
        raise error
    # Python's own exit code for this, 1, would say that the work had been done.
    return f"stopped by a defect of its own ({type(error).__name__}: {error}); please report it"


def _run(arguments: Sequence[str] | None) -> int:
    parser = Parser(prog=PROGRAM, description="The English titles and abstracts of the papers in digests.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in _COMMANDS.items():
        command.configure(commands.add_parser(
            name, help=command.HELP, description=command.DESCRIPTION, formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        ))  # fmt: skip
    try:
        options = parser.parse_args(arguments)
    except SystemExit:
        # --help has been answered.
        return 0
    try:
        code: int = _COMMANDS[options.command].run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head) has had enough; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
