"""The door: ``python -m checks.memory``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from checks.door import answered
from checks.gate import Gate
from checks.given import settings_of
from checks.memory.search import search
from checks.memory.showing import document, lines
from checks.options import Parser, add_context
from checks.settings.keys import LIKENESS
from checks.view import for_stream

PROGRAM: Final = "python -m checks.memory"
_EXTRAS: Final = {"rapidfuzz": "memory"}
_DESCRIPTION: Final = """\
Show which sentences of some digests were translated before in much the same words, how, and what differs. Sentences are
compared by their English where it is known and falls into as many sentences as the Chinese, else by their Chinese.
Earlier are the digests of the memory that sort before the one in hand; all of them where it is none of these."""
_EPILOG: Final = """\
examples:
  python -m checks.memory data/digests/2025-w32.md
  python -m checks.memory draft.md --memory data/digests --cutoff 85
  python -m checks.memory --format json

exit codes: 0 looked through, 2 it could not be"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Look and print; returns the exit code."""
    return answered(PROGRAM, lambda: _run(arguments), _EXTRAS)


def _run(arguments: Sequence[str] | None) -> int:
    given = _parser().parse_args(arguments)
    gate = Gate(settings_of(given, given.paths, memory_cutoff=given.cutoff))
    paths = given.paths or [gate.settings.digests]
    found = search(gate, paths, given.memory, gate.settings.memory_cutoff)
    if given.format == "json":
        print(document(found))
    else:
        for line in lines(found, for_stream(sys.stdout, "en")):
            print(line)
    return 0


def _parser() -> argparse.ArgumentParser:
    result = Parser(
        prog=PROGRAM,
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    result.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="digests or folders of them (default: data/digests)"
    )
    result.add_argument(
        "--memory",
        action="append",
        type=Path,
        default=[],
        metavar="PATH",
        help="the digests to remember; may be given several times (default: data/digests)",
    )
    result.add_argument(
        "--cutoff",
        type=_likeness,
        metavar="N",
        help="how alike sentences must be, in percent (default: the setting memory-cutoff, else 75)",
    )
    result.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    add_context(result.add_argument_group("what they are held against"))
    return result


def _likeness(text: str) -> float:
    try:
        return LIKENESS(float(text), Path())
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None


if __name__ == "__main__":
    sys.exit(main())
