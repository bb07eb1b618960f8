"""The door: ``python -m checks.summary [PATH…]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from checks.cache import Cache
from checks.door import answered
from checks.gate import Gate
from checks.options import Parser, add_context, settings_of
from checks.quality.decided import Decided
from checks.settings import Settings
from checks.summary import html, markdown
from checks.summary.facts import facts
from checks.summary.page import page
from checks.verdict import Report
from checks.view import default_language, one_line

PROGRAM: Final = "python -m checks.summary"
_EXTRAS: Final = {
    "sacrebleu": "scores",
    "numpy": "scores",
    "sqlalchemy": "app",
    "alembic": "app",
    "psycopg": "postgres",
}
_DESCRIPTION: Final = """\
Sum up digests for the weekly meeting: what the gate says of each and of all, the rules that find most, how well the
terms are kept, and, from what editors decided in the review app, the MQM score and the effort of post-editing."""
_EPILOG: Final = """\
examples:
  python -m checks.summary
  python -m checks.summary data/digests --format html > summary.html
  python -m checks.summary --database postgresql+psycopg://yijiao@db/yijiao

exit codes: 0 told, whatever the gate says; 2 it could not be"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Sum up and print; returns the exit code."""
    return answered(PROGRAM, lambda: _run(arguments), _EXTRAS)


def _run(arguments: Sequence[str] | None) -> int:
    given = _parser().parse_args(arguments)
    gate = _gate(settings_of(given, given.paths[0] if given.paths else Path()))
    report = gate.check(given.paths or [gate.settings.digests])
    lang = given.lang or default_language()
    blocks = page(facts(gate, report, _decided(gate, report, given.database)), lang)
    for line in html.lines(blocks, lang) if given.format == "html" else markdown.lines(blocks):
        print(line)
    return 0


def _gate(found: Settings) -> Gate:
    """The gate as its own door has it: it knows the digests that have not changed, and takes the processes that pay."""
    folder = found.cache_folder
    cache = Cache(folder, lambda line: print(one_line(line), file=sys.stderr)) if folder is not None else None
    return Gate(found, jobs=0, cache=cache)


def _decided(gate: Gate, report: Report, database: str | None) -> Decided | None:
    """The decisions of the review app; None where there is no store."""
    folder = gate.settings.review_dir
    if database is None and (folder is None or not (folder / ".state" / "store.sqlite").is_file()):
        return None
    from review_app.quality import decided

    return decided(gate.settings.review_dir, [file.digest for file in report.files], database)


def _parser() -> argparse.ArgumentParser:
    result = Parser(
        prog=PROGRAM,
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    result.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="digests or folders of them (default: data/digests)"
    )
    result.add_argument("--format", choices=("md", "html"), default="md", help="default: md")
    result.add_argument("--lang", choices=("zh", "en"), help="language of the page (default: the locale's)")
    result.add_argument(
        "--database", metavar="URL", help="where decisions are kept (default: SQLite in the review directory)"
    )
    add_context(result.add_argument_group("what they are held against"))
    return result


if __name__ == "__main__":
    sys.exit(main())
