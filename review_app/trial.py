"""What changed settings would do to the findings, before they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from checks.errors import SettingsError
from checks.files import read_text
from checks.gate import Gate
from checks.model import Finding
from checks.settings import Settings
from review_app.reports import Checked, Reports
from review_app.tuning import Wish, tuned


class Now(NamedTuple):
    """How things stand with the settings that hold."""

    paths: Sequence[Path]
    files: Mapping[str, Checked]
    exit_code: int


class Difference(NamedTuple):
    """One rule: how many findings come, go, or stay with another severity."""

    code: str
    appear: int
    disappear: int
    regraded: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A wish, tried out: the settings file as it was seen and as it would be, and everything checked anew."""

    wish: Wish
    before: str
    after: str
    reports: Reports
    differences: tuple[Difference, ...]
    """Only rules for which something changes, by code."""
    open: tuple[int, int]
    """How many findings were open, and would be."""
    exit_codes: tuple[int, int]
    """The gate's verdict on everything, and what it would be."""


def tried(wish: Wish, held: Settings, now: Now, progress: Callable[[int, int], None]) -> Trial:
    """Try a wish.

    ``progress`` is told how many files are done. Raises :class:`InputError` for a settings file or a wish that cannot
    be used.
    """
    if held.file is None:
        raise SettingsError("yijiao.toml", None, "there is no settings file; put one above the digests")
    text = read_text(held.file)
    after, found = tuned(text, held, wish)
    made = Reports(Gate(found), now.paths)
    made.refresh(progress=progress)
    open_ = tuple(sum(len(checked.rows) for checked in each.values()) for each in (now.files, made.files))
    codes = (now.exit_code, made.report().exit_code)
    return Trial(wish, text, after, made, _differences(now.files, made.files), (open_[0], open_[1]), codes)


def _differences(before: Mapping[str, Checked], after: Mapping[str, Checked]) -> tuple[Difference, ...]:
    """The open findings of two sets of files, held against each other."""
    old, new = _by_id(before), _by_id(after)
    appear = Counter(new[number].code for number in new.keys() - old.keys())
    disappear = Counter(old[number].code for number in old.keys() - new.keys())
    both = new.keys() & old.keys()
    regraded = Counter(new[number].code for number in both if new[number].severity != old[number].severity)
    codes = sorted({*appear, *disappear, *regraded})
    return tuple(Difference(code, appear[code], disappear[code], regraded[code]) for code in codes)


def _by_id(files: Mapping[str, Checked]) -> dict[str, Finding]:
    return {number: finding for checked in files.values() for number, finding in checked.by_id.items()}
