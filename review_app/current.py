"""What the running app works on.

Streamlit runs the pages' script anew for each session; the process serves one set of digests, which
the door puts here before the server starts.
"""

from __future__ import annotations

from typing import NamedTuple

from checks.model import Language
from review_app.service import Service
from review_app.signin import SignIn


class Current(NamedTuple):
    """The service, who decides, and the language of the interface."""

    service: Service
    editor: str
    lang: Language
    sign_in: SignIn | None = None
    """How editors are known; None where all decide under one name."""

    @property
    def sign_out(self) -> str | None:
        """The page that signs out, where it is for the app to do that."""
        return "sign-out" if self.sign_in is not None and self.sign_in.auth is not None else None


_current: list[Current] = []


def configure(current: Current) -> None:
    """Say what the app works on."""
    _current[:] = [current]


def get() -> Current:
    """What the app works on, and who is at the other end of this session; the name is empty for nobody.

    Raises :class:`RuntimeError` where nobody has said it.
    """
    if not _current:
        raise RuntimeError("start the app with python -m review_app")
    here = _current[0]
    editor = here.editor if here.sign_in is None else here.sign_in.who() or ""
    return here._replace(editor=editor, lang=here.service.preferences.language(editor) or here.lang)
