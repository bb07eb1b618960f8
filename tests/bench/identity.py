"""How many decisions outlive an edit, on real digests: ``python -m tests.bench.identity [--seed 7] [--files 70]``.

A third of a digest's findings are dismissed, the file is edited as an editor would, and the gate judges it again. What
a finding is after the edit, is known from the edit alone. *Kept* are dismissed findings that stay so; *hidden* are
findings that nobody dismissed and that a decision now answers all the same.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from checks.decisions import Decision, can_last
from checks.digest import parse
from checks.files import below, read_text
from checks.fixing import splice
from checks.gate import Gate
from checks.identity import match
from checks.model import Digest, Edit, Entry, Finding, Span
from checks.survey import survey
from tests.bench.injection import open_gate

KEPT: Final = 0.99
HIDDEN: Final = 0.005
SHARE: Final = 1 / 3
SENTENCE: Final = "此外，该工作在多个公开基准上给出了完整的消融分析。"
INSIDE: Final = "（见附录）"
PAPER: Final = (
    "## Another Paper Altogether\n[另一篇论文](https://arxiv.org/abs/2501.99999)\n\n这是另一篇论文的摘要。\n\n"
)


class State(NamedTuple):
    """A digest with its findings."""

    digest: Digest
    findings: tuple[Finding, ...]


Edits = Callable[[random.Random, State], Sequence[Edit] | None]


def in_front(dice: random.Random, state: State) -> Sequence[Edit] | None:
    """A sentence more at the beginning of an abstract."""
    entry = _entry(dice, state)
    return [Edit(entry.body.span.start, entry.body.span.start, SENTENCE)] if entry.body else None


def neighbour(dice: random.Random, state: State) -> Sequence[Edit] | None:
    """A finding that nobody dismissed is mended."""
    fixable = [finding for finding in state.findings if finding.fix("safe", "unsafe") is not None]
    if not fixable:
        return None
    fix = dice.choice(fixable).fix("safe", "unsafe")
    return fix.edits if fix else None


def first_of_repeats(dice: random.Random, state: State) -> Sequence[Edit] | None:
    """Of several equal findings in an entry the first goes, with the words it is about."""
    groups: dict[tuple[str | None, str, str], list[Finding]] = {}
    for finding in state.findings:
        if finding.field == "body" and finding.span.end > finding.span.start:
            groups.setdefault((finding.entry, finding.code, finding.quote), []).append(finding)
    several = [group for group in groups.values() if len(group) > 1]
    return [Edit(*dice.choice(several)[0].span, "")] if several else None


def inside(dice: random.Random, state: State) -> Sequence[Edit] | None:
    """Words more behind a comma or a stop somewhere in an abstract."""
    entry = _entry(dice, state)
    places = [at for at in range(*entry.body.span) if state.digest.text[at] in "，。"] if entry.body else []
    return [Edit(at, at, INSIDE) for at in [dice.choice(places)]] if places else None


def paper_above(dice: random.Random, state: State) -> Sequence[Edit] | None:
    """Another paper in front of one."""
    start = _entry(dice, state).span.start
    return [Edit(start, start, PAPER)]


def three(dice: random.Random, state: State) -> Sequence[Edit] | None:
    """Three edits at once, and the file gets another name."""
    found = [edits for make in (in_front, inside, neighbour) if (edits := make(dice, state))]
    flat = sorted(edit for edits in found for edit in edits)
    apart = all(one.end < other.start for one, other in pairwise(flat))
    return flat if apart else None


def nothing(_dice: random.Random, _state: State) -> Sequence[Edit]:
    """The file gets another name."""
    return []


def _entry(dice: random.Random, state: State) -> Entry:
    return dice.choice(state.digest.entries)


SCENARIOS: Final[dict[str, Edits]] = {
    "sentence in front": in_front,
    "words inside": inside,
    "paper above": paper_above,
    "file renamed": nothing,
    "neighbour fixed": neighbour,
    "first of repeats": first_of_repeats,
    "three and a rename": three,
}


def moved(dice: random.Random, state: State, gate: Gate) -> State:
    """The digest with one entry, which now stands in a file of its own behind another paper."""
    entry = _entry(dice, state)
    return _state(gate, PAPER + state.digest.text[slice(*entry.span)], "moved/b.md")


def _state(gate: Gate, text: str, path: str) -> State:
    digest = parse(text, path)
    return State(digest, gate.check_digest(digest, gate.corpus([survey(digest)])).findings)


class Count(NamedTuple):
    """Dismissed findings that should be kept, and are; open ones that should be open, and are hidden."""

    due: int = 0
    kept: int = 0
    open: int = 0
    hidden: int = 0

    def __add__(self, other: tuple[int, ...]) -> Count:  # type: ignore[override]
        return Count(*(one + more for one, more in zip(self, other, strict=True)))


def judge(before: State, after: State, dismissed: Sequence[Finding], same: dict[int, int]) -> Count:
    """Hold the records of `dismissed` against the new findings; `same` maps new findings to old ones."""
    keys = {entry.key for entry in after.digest.entries}
    records = [Decision.about(finding, 1, None) for finding in dismissed if finding.entry in keys]
    decided, _ = match(records, after.findings)
    old = {id(finding) for finding in dismissed}
    due = {new for new, index in same.items() if id(before.findings[index]) in old}
    return Count(len(due), len(due & decided.keys()), len(after.findings) - len(due), len(decided.keys() - due))


def alike(before: State, after: State, place: Callable[[int], int | None]) -> dict[int, int]:
    """New findings by the old ones they are, where `place` takes an old offset to the new one, None where it is gone.

    What is absent from a field is reported at the whole field, and known by what is absent.
    """
    found: dict[object, int] = {}
    for number, finding in enumerate(after.findings):
        where = finding.span if finding.stands_in(after.digest.text) else None
        found.setdefault((finding.entry, finding.code, finding.term, finding.field, finding.quote, where), number)
    same: dict[int, int] = {}
    for index, finding in enumerate(before.findings):
        where = None
        if finding.stands_in(before.digest.text):
            start, end = place(finding.span.start), place(finding.span.end)
            if start is None or end is None:
                continue
            where = Span(start, end)
        new = found.get((finding.entry, finding.code, finding.term, finding.field, finding.quote, where))
        if new is not None:
            same[new] = index
    return same


def shift(edits: Sequence[Edit]) -> Callable[[int], int | None]:
    """Where an offset is after edits; None inside what was replaced."""

    def place(at: int) -> int | None:
        delta = 0
        for start, end, text in sorted(edits):
            if start < at < end:
                return None
            if end <= at and not (start == end == at):
                delta += len(text) - (end - start)
            elif start == end == at:
                # An insertion at the edge of a finding: before it, as both sides are looked at alike.
                delta += len(text)
        return at + delta

    return place


def trials(gate: Gate, files: Sequence[Path], seed: int) -> Iterator[tuple[str, Count]]:
    """Each scenario on each file."""
    for path in files:
        before = _state(gate, read_text(path), path.as_posix())
        if not before.digest.entries:
            continue
        for name, make in SCENARIOS.items():
            dice = random.Random(f"{seed} {name} {path.as_posix()[-20:]}")
            dismissed = [f for f in before.findings if can_last(f) and f.entry and dice.random() < SHARE]
            edits = make(dice, before)
            if edits is None:
                continue
            after = _state(gate, splice(before.digest.text, edits), "renamed/a.md")
            yield name, judge(before, after, dismissed, alike(before, after, shift(edits)))
        dice = random.Random(f"{seed} moved {path.as_posix()[-20:]}")
        dismissed = [f for f in before.findings if can_last(f) and f.entry and dice.random() < SHARE]
        after = moved(dice, before, gate)
        entry = next(e for e in before.digest.entries if e.key == after.digest.entries[-1].key)
        delta = len(PAPER) - entry.span.start
        yield "entry moved", judge(before, after, dismissed, alike(before, after, lambda at, delta=delta: at + delta))


def main() -> int:
    """Print kept and hidden by scenario; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--files", type=int, default=70)
    options = parser.parse_args()
    gate, folder = open_gate()
    files = sorted(below(folder))[: options.files]
    counts: dict[str, Count] = {}
    for name, count in trials(gate, files, options.seed):
        counts[name] = counts.get(name, Count()) + count
    counts["all"] = sum(counts.values(), Count())
    print("scenario           |   due |  kept |          |  open | hidden |")
    for name, (due, kept, opened, hidden) in counts.items():
        shares = f"{kept / max(due, 1):8.2%} | {opened:5} | {hidden:6} | {hidden / max(opened, 1):.2%}"
        print(f"{name:18} | {due:5} | {kept:5} | {shares}")
    total = counts["all"]
    return 0 if total.kept >= KEPT * total.due and total.hidden <= HIDDEN * total.open else 1


if __name__ == "__main__":
    sys.exit(main())
