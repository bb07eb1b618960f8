"""The door: ``python -m checks.compare A B``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Final

from checks.compare.comparison import compare
from checks.compare.pairing import paired
from checks.compare.showing import document, markdown
from checks.door import answered
from checks.gate import Gate
from checks.given import settings_of
from checks.options import Parser, add_context, add_crew
from glossary.remote import place

if TYPE_CHECKING:
    from checks.cluster import Address

PROGRAM: Final = "python -m checks.compare"
_EXTRAS: Final = {"sacrebleu": "scores", "numpy": "scores"}
_DESCRIPTION: Final = """\
Compare two translations of the same papers: what the gate finds in each, how well each keeps to the glossary, how
alike they are, and, against a reference, which is nearer to it and how sure that is (chrF, BLEU and TER by sacreBLEU,
paired bootstrap). Entries are paired by their arXiv id, else by their English heading."""
_EPILOG: Final = """\
examples:
  python -m checks.compare old-model/ new-model/
  python -m checks.compare draft.md other.md --reference data/digests/2025-w32.md
  python -m checks.compare old-model/ new-model/ --format json --most 0
  python -m checks.compare old-model/ new-model/ --engine dask://HOST:8786

exit codes: 0 compared, 2 it could not be"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print; returns the exit code."""
    return answered(PROGRAM, lambda: _run(arguments), _EXTRAS)


def _run(arguments: Sequence[str] | None) -> int:
    given = _parser().parse_args(arguments)
    with _cluster(given.engine):
        gate = Gate(settings_of(given, [given.first, given.second]), jobs=given.jobs, cluster=given.engine)
        pairs = paired(gate, given.first, given.second, given.reference)
        result = compare(gate, pairs)
    names = (str(given.first), str(given.second))
    if given.format == "json":
        print(document(result, names, given.most))
    else:
        for line in markdown(result, names, given.most):
            print(line)
    return 0


def _cluster(engine: Address | None) -> AbstractContextManager[object]:
    """One cluster for all that is to be done."""
    if engine is None:
        return nullcontext()
    from checks.cluster import held

    return held(engine)


def _parser() -> argparse.ArgumentParser:
    result = Parser(
        prog=PROGRAM,
        description=_DESCRIPTION,
        epilog=_EPILOG,
    )
    result.add_argument("first", type=place, metavar="A", help="a digest, a folder of them, or the URL of one of these")
    result.add_argument("second", type=place, metavar="B", help="the same papers, translated otherwise")
    result.add_argument("--reference", type=place, metavar="R", help="the same papers as they should be")
    result.add_argument("--format", choices=("md", "json"), default="md", help="default: md")
    result.add_argument(
        "--most",
        type=_count,
        default=5,
        metavar="N",
        help="how many of the papers that differ most are told (default: 5)",
    )
    add_context(result.add_argument_group("what they are held against"), place)
    add_crew(result.add_argument_group("how the work is done"))
    return result


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of papers")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
