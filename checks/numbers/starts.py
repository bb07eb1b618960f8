"""Which texts may hold a quantity."""

from __future__ import annotations

from typing import Final

from checks.numbers.chinese import BEGINNINGS
from checks.numbers.plain import FOLDED
from checks.numbers.spelt import WORDS

MAY_HOLD: Final = rf"[0-9{BEGINNINGS}{FOLDED}\\{{}}$*_~`<]|(?<![A-Za-z0-9])(?i:{WORDS})(?![A-Za-z])"
"""A pattern that is found in every text in which :func:`checks.numbers.english` or :func:`checks.numbers.chinese` finds
anything; markup counts, since a number may be put together once it is gone (tw**o**)."""
