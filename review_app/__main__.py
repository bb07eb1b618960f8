"""The door of the review app: ``python -m review_app [PATH…]``. Options → gate → service → server."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checks.bilingual import is_bilingual
from checks.errors import InputError, SettingsError
from checks.expansion import expand
from checks.files import state_dir
from checks.gate import Gate
from checks.given import settings_of
from checks.settings import Settings
from review_app import entry, options, server
from review_app.access import Access

if TYPE_CHECKING:
    from review_app.store import Store

_EXTRA: Final = {
    **dict.fromkeys(("alembic", "altair", "sacrebleu", "sqlalchemy", "streamlit", "tomlkit"), "app"),
    **dict.fromkeys(("authlib", "httpx2"), "auth"),
    "psycopg": "postgres",
}
"""What only the app needs, and the extra that brings it; an installation of the gate does without."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the app; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A locale that cannot show Chinese must not stop the app.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(options.parser().parse_args(arguments))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        extra = _EXTRA.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        hint = f"pip install 'yijiao[{extra}]' adds it"
        print(f"{options.PROGRAM}: {error.name} is not installed; {hint}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _run(given: argparse.Namespace) -> int:
    editor = options.editor_name(given.editor)
    found = settings_of(given, given.paths)
    paths = given.paths or [found.digests]
    for path in paths:
        _exists(path)
    if found.review_dir is None and not given.read_only:
        raise SettingsError(
            str(paths[0]),
            None,
            "no project (yijiao.toml or pyproject.toml) at or above these digests, so decisions could not be kept; "
            "put a yijiao.toml there, which may be empty, name a folder for them with --review-dir, "
            "or look only with --read-only",
        )
    host = server.resolved(given.host, given.port)
    sign_in = entry.sign_in(given, host)
    access = _access(found, signs_in=sign_in is not None, open_to_all=given.insecure)
    gate = Gate(found)
    bound = server.bind(host, given.port)
    with bound:
        # Late: they are slow to import, and bad usage should be told at once.
        from review_app import current
        from review_app.service import Service

        if sign_in is not None and sign_in.auth is not None:
            import authlib.integrations.starlette_client  # noqa: F401 — told now, not at the first visitor
        store = _store(given, found)
        service = Service(gate, paths, store, access=access, read_only=given.read_only)
        current.configure(current.Current(service, editor, given.lang, sign_in))
        print(f"译校 Yijiao: {server.address(bound)}", flush=True)
        if given.insecure and sign_in is None:
            print(f"{options.PROGRAM}: nobody signs in: whoever comes decides as {editor}", file=sys.stderr)
        server.serve(bound, service, sign_in, entry.hosts(given, host, sign_in))
    return 0


def _access(found: Settings, *, signs_in: bool, open_to_all: bool) -> Access:
    """The roles; without a word about them, whoever sits at this machine could as well edit the files by hand."""
    if signs_in:
        return Access(found.review_dir, "reader")
    return Access(found.review_dir, "editor", None if open_to_all else "manager")


def _exists(path: Path) -> None:
    """Refuse a path that names nothing to review. A file that cannot be read is told in the app, beside the others."""
    names, errors = expand([path], allow_empty=True)
    if errors:
        raise errors[0]
    if not names:
        raise InputError(str(path), None, "no Markdown file (*.md) in this folder; check the path")
    if is_bilingual(path):
        raise InputError(str(path), None, "is a bilingual file; the app shows digests, python -m checks checks both")
    if not os.path.lexists(names[0]):
        raise InputError(str(path), None, "no such file or folder; check the path")


def _store(given: argparse.Namespace, found: Settings) -> Store:
    from review_app.store import Store, StoreError, shown

    try:
        if given.database is not None:
            return Store(given.database)
        if given.read_only:
            return Store.in_memory()
        return Store.at(state_dir(found.review_dir) / "store.sqlite")
    except StoreError as error:
        name = shown(given.database) if given.database is not None else str(found.review_dir)
        raise SettingsError(name, None, f"the database cannot be opened ({error}); check --database") from None
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "make it writable, name another with --review-dir, or look only with --read-only"
        raise SettingsError(
            str(found.review_dir), None, f"the review directory cannot be written ({reason}); {hint}"
        ) from None


if __name__ == "__main__":
    sys.exit(main())
