"""The door: ``python -m checks.sources COMMAND``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from checks.door import answered
from checks.options import Parser
from checks.sources.commands import fetch, import_, status

PROGRAM: Final = "python -m checks.sources"
_COMMANDS: Final = {"fetch": fetch, "import": import_, "status": status}
_EXTRAS: Final = {"requests": "fetch", "urllib3": "fetch"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return answered(PROGRAM, lambda: _run(arguments), _EXTRAS)


def _run(arguments: Sequence[str] | None) -> int:
    parser = Parser(prog=PROGRAM, description="The English titles and abstracts of the papers in digests.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in _COMMANDS.items():
        command.configure(commands.add_parser(name, help=command.HELP, description=command.DESCRIPTION))
    options = parser.parse_args(arguments)
    code: int = _COMMANDS[options.command].run(options)
    return code


if __name__ == "__main__":
    sys.exit(main())
