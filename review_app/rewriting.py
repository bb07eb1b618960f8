"""Changing a file as somebody decided: every way in which that can fail is an answer, and then nothing was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checks.errors import FileChanged, InputError
from checks.files import read_only, read_text, rewrite
from review_app.outcome import Outcome
from review_app.writing import Refused


def rewritten(path: str, change: Callable[[str], str], review_dir: Path | None, *, dry: bool = False) -> Outcome | None:
    """Change a file's text; None where that was done, else why it was not. ``dry`` only finds out."""
    file = Path(path)
    try:
        if read_only(file):
            return Outcome("file-read-only", detail=path)
        if dry:
            change(read_text(file))
        else:
            rewrite(file, change, review_dir)
    except Refused as refused:
        return refused.outcome
    except FileChanged as error:
        return Outcome("failed", detail=error.message)
    except InputError as error:
        return Outcome("unreadable" if file.exists() else "gone", detail=str(error))
    return None
