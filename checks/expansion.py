"""Which digests the paths of a run name."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from checks.errors import InputError
from checks.files import below, is_markdown, resolver
from glossary.remote import Place, Remote

P = TypeVar("P", Path, Place)


def expand(
    paths: Sequence[P],
    allow_empty: bool = False,
    excludes: Callable[[Path], bool] = lambda path: False,
    also: Callable[[Path], bool] = lambda path: False,
) -> tuple[list[P], list[InputError]]:
    """The digests that these paths name, and what is wrong with the others.

    A folder stands for the Markdown files below it, and ``also`` others, hidden and excluded ones left out; whatever
    else is named is taken for a file, and reading it tells whether it is one. Each file once, in the order given,
    folders sorted. A folder that cannot be listed is an error, and one without Markdown too unless
    that is allowed.
    """
    real = resolver()
    files: dict[str, P] = {}
    errors: list[InputError] = []

    def unlisted(error: OSError) -> None:
        reason = f"this folder cannot be listed ({error.strerror or error}); check its permissions"
        errors.append(InputError(str(error.filename), None, reason))

    for path in paths:
        if isinstance(path, Remote):
            files.update((each.url, each) for each in _at_url(path, allow_empty, errors) if each.url not in files)
            continue
        found = [path]
        if os.path.isdir(path):  # noqa: PTH112 — Path.is_dir() raises where a name is too long
            before = len(errors)
            found = sorted(file for file in below(path, unlisted, also) if not excludes(file))
            if not found and not allow_empty and len(errors) == before:
                reason = "no Markdown file (*.md) in this folder; check the path, or pass --allow-empty"
                errors.append(InputError(str(path), None, reason))
        for file in found:
            files.setdefault(real(file), file)
    return list(files.values()), errors


def _at_url(path: Remote, allow_empty: bool, errors: list[InputError]) -> list[Remote]:
    """The digests that a URL names; the settings' patterns are of files here, and name none of them."""
    try:
        found = path.files(is_markdown)
    except InputError as error:
        errors.append(error)
        return []
    if found is None:
        return [path]
    if not found and not allow_empty:
        reason = "no Markdown file (*.md) in this folder, or none that matches; check the URL, or pass --allow-empty"
        errors.append(InputError(path.shown, None, reason))
    return found
