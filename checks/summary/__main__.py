"""The door: ``python -m checks.summary [PATH…]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from checks.door import answered
from checks.summary.printing import EXTRAS, parser, print_summary

PROGRAM: Final = "python -m checks.summary"
_DESCRIPTION: Final = """\
Sum up digests for the weekly meeting: what the gate says of each and of all, the rules that find most, and how well
the terms are kept. `python -m review_app.summary` adds what editors decided."""
_EPILOG: Final = """\
examples:
  python -m checks.summary
  python -m checks.summary data/digests --format html > summary.html

exit codes: 0 told, whatever the gate says; 2 it could not be"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Sum up and print; returns the exit code."""
    options = parser(PROGRAM, _DESCRIPTION, _EPILOG)
    return answered(PROGRAM, lambda: print_summary(options.parse_args(arguments)), EXTRAS)


if __name__ == "__main__":
    sys.exit(main())
