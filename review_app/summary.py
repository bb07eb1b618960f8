"""The door of the summary that knows what editors decided: ``python -m review_app.summary [PATH…]``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Final

from checks.door import answered
from checks.gate import Gate
from checks.quality.decided import Decided
from checks.summary.page import Remark
from checks.summary.printing import EXTRAS, parser, print_summary
from checks.verdict import Report
from review_app.commentfile import load

PROGRAM: Final = "python -m review_app.summary"
_EXTRAS: Final = {**EXTRAS, "sqlalchemy": "app", "alembic": "app", "psycopg": "postgres"}
_DESCRIPTION: Final = """\
Sum up digests for the weekly meeting: what the gate says of each and of all, the rules that find most, how well the
terms are kept, the comments that wait for an answer, and, from what editors decided in the review app, the MQM score
and the effort of post-editing."""
_EPILOG: Final = """\
examples:
  python -m review_app.summary
  python -m review_app.summary data/digests --format html > summary.html
  python -m review_app.summary --database postgresql+psycopg://yijiao@db/yijiao

exit codes: 0 told, whatever the gate says; 2 it could not be"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Sum up and print; returns the exit code."""
    return answered(PROGRAM, lambda: _run(arguments), _EXTRAS)


def _run(arguments: Sequence[str] | None) -> int:
    options = parser(PROGRAM, _DESCRIPTION, _EPILOG)
    options.add_argument(
        "--database", metavar="URL", help="where decisions are kept (default: SQLite in the review directory)"
    )
    given = options.parse_args(arguments)
    return print_summary(given, lambda gate, report: _decided(gate, report, given.database), _remarks)


def _decided(gate: Gate, report: Report, database: str | None) -> Decided | None:
    """The decisions of the review app; None where there is no store."""
    folder = gate.settings.review_dir
    if database is None and (folder is None or not (folder / ".state" / "store.sqlite").is_file()):
        return None
    # Late: an installation without the app sums up as well.
    from review_app.quality import decided

    return decided(folder, [file.digest for file in report.files], database)


def _remarks(gate: Gate, report: Report) -> list[Remark]:
    """The open comments on the entries summed up, and those whose entry is in no digest any more."""
    folder = gate.settings.review_dir
    if folder is None:
        return []
    places = {entry.key: file.path for file in reversed(report.files) for entry in file.digest.entries}
    told = {os.path.realpath(file.path) for file in report.files}
    found: list[Remark] = []
    for thread in load(folder):
        hint = os.path.realpath(folder / thread.path)
        if not thread.open or not (thread.entry in places or hint in told or not os.path.exists(hint)):
            continue
        first = next(said for said in thread.said if not said.withdrawn)
        answers = sum(not said.withdrawn for said in thread.said) - 1
        where = places.get(thread.entry, thread.path)
        found.append(Remark(thread.entry, where, first.by, first.at, first.text, answers))
    return found


if __name__ == "__main__":
    sys.exit(main())
