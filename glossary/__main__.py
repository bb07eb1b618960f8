"""The door: `python -m glossary COMMAND`."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence

from checks.completion import add_completion
from glossary.commands import export, import_, lint, mine, preview, stats
from glossary.errors import InputError

_COMMANDS = {
    "lint": lint, "stats": stats, "import": import_, "export": export, "mine": mine, "preview": preview,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; bad usage leaves with 2 by way of argparse."""
    parser = ArgumentParser(prog="python -m glossary", description="Work on glossaries of terms.")
    add_completion(parser, "yijiao-glossary")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in _COMMANDS.items():
        command.configure(commands.add_parser(
            name, help=command.HELP, description=command.DESCRIPTION, formatter_class=RawDescriptionHelpFormatter,
        ))  # fmt: skip
    options = parser.parse_args(arguments)
    try:
        code: int = _COMMANDS[options.command].run(options)
        sys.stdout.flush()
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader (head) has had enough; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
