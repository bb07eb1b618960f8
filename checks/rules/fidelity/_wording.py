"""How these rules show a piece of English."""

from __future__ import annotations

import re
from typing import Final

_LONGEST: Final = 160
_EDGE = re.compile(r"\s+\S*$")


def shortened(english: str) -> str:
    """A sentence to quote: on one line, its middle left out where it is very long."""
    text = " ".join(english.split())
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{_EDGE.sub('', text[:half])} … {text[-half:].partition(' ')[2]}"
