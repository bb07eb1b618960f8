"""What the running app works on.

Streamlit runs the pages' script anew for each session; the process serves one set of digests, which
the door puts here before the server starts.
"""

from __future__ import annotations

from typing import NamedTuple

from checks.model import Language
from review_app.service import Service


class Current(NamedTuple):
    """The service, who decides, and the language of the interface."""

    service: Service
    editor: str
    lang: Language


_current: list[Current] = []


def configure(current: Current) -> None:
    """Say what the app works on."""
    _current[:] = [current]


def get() -> Current:
    """What the app works on. Raises :class:`RuntimeError` where nobody has said it."""
    if not _current:
        raise RuntimeError("start the app with python -m review_app")
    return _current[0]
