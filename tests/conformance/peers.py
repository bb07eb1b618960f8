"""What the fixes make of the cases of other formatters, and where that is not what they expect.

    python -m tests.conformance.peers [--kind pangu] [--new]

prints each difference as differences.yml has it; with ``--new`` those that it does not hold.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import yaml

HERE: Final = Path(__file__).parent
REPOSITORY: Final = HERE.parents[1]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

from support import core_glossary  # noqa: E402

from checks.digest import parse  # noqa: E402
from checks.engine import Engine  # noqa: E402
from checks.fixing import fix_text  # noqa: E402
from checks.model import Finding  # noqa: E402
from checks.registry import rules  # noqa: E402
from checks.scene import Context  # noqa: E402

CASES: Final = REPOSITORY.parent / "shared/corpus/peer_cases"
KINDS: Final = ("autocorrect", "zhlint", "pangu")
LISTED: Final = HERE / "differences.yml"
HEAD: Final = "## A Study of Things\n[关于事物的研究](https://arxiv.org/abs/2504.00001)\n\n"
LEFT_OUT: Final = frozenset({"FMT026", "CHR001", "CHR002"})
"""Their cases are in Traditional characters as often as not, which is not what they are about."""
CONTEXT: Final = 2
"""Characters shown on either side of what differs."""


class Case(NamedTuple):
    """One of their cases."""

    id: str
    input: str
    expected: str


class Difference(NamedTuple):
    """A place where our output is not the expected one: a few characters of each."""

    ours: str
    expected: str


class Known(NamedTuple):
    """A case that differs for good: at these places, for these reasons."""

    places: tuple[Difference, ...]
    because: tuple[str, ...]
    """Keys of the reasons; empty where it is none of them."""
    why: str
    """That other reason."""


def cases(kind: str) -> list[Case]:
    """The cases of one formatter."""
    lines = (CASES / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Case(row["id"], row["input"], row["expected"]) for row in map(json.loads, lines)]


@cache
def _engine() -> Engine:
    wanted = (loaded for loaded in rules() if loaded.rule.code.startswith(("FMT", "CHR")))
    return Engine([loaded for loaded in wanted if loaded.rule.code not in LEFT_OUT])


def fixed(text: str) -> str:
    """What the safe fixes of typography and characters make of a text that stands as an abstract."""
    context = Context(core_glossary(), {})

    def check(whole: str) -> tuple[Finding, ...]:
        checked = _engine().check(parse(whole, "a.md"), context)
        assert not checked.crashes, checked.crashes
        return checked.findings

    outcome = fix_text(f"{HEAD}{text}\n", check)
    assert outcome.settled, text
    assert outcome.text.startswith(HEAD), text
    return outcome.text[len(HEAD) :].removesuffix("\n")


def differences(ours: str, expected: str) -> list[Difference]:
    """Where two texts differ, each place with a little context."""
    found: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, expected, autojunk=False).get_opcodes():
        if tag != "equal":
            around = (ours[max(0, a - CONTEXT) : b + CONTEXT], expected[max(0, c - CONTEXT) : d + CONTEXT])
            found.append(Difference(*around))
    return found


@cache
def listed() -> tuple[Mapping[str, str], Mapping[str, Known]]:
    """The reasons by key, and the cases known to differ by id."""
    file = yaml.safe_load(LISTED.read_text(encoding="utf-8"))
    known: dict[str, Known] = {}
    for row in file["cases"]:
        assert row["id"] not in known, row["id"]
        because = () if row["because"] == "other" else tuple(row["because"])
        known[row["id"]] = Known(tuple(Difference(*place) for place in row["places"]), because, row.get("why", ""))
    return file["reasons"], known


def actual(kind: str) -> Iterator[tuple[Case, str, tuple[Difference, ...]]]:
    """The cases of a formatter, what we make of each, and where that is not what it expects."""
    for case in cases(kind):
        ours = fixed(case.input)
        # A final line feed is the file's, not the formatter's.
        yield case, ours, tuple(differences(ours.rstrip("\n"), case.expected.rstrip("\n")))


def main() -> int:
    """Print the differences."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--new", action="store_true", help="only what differences.yml does not hold")
    options = parser.parse_args()
    known = listed()[1] if options.new else {}
    for kind in options.kind or KINDS:
        for case, ours, places in actual(kind):
            if places and (case.id not in known or known[case.id].places != places):
                print(f"# {case.input!r}\n# {ours!r}\n# {case.expected!r}")
                print(f"- id: {case.id}\n  because: []\n  places:")
                print("\n".join(f"  - {json.dumps(place, ensure_ascii=False)}" for place in places))
    return 0


if __name__ == "__main__":
    sys.exit(main())
