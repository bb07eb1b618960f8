"""Debt: the findings that were there when a team adopted the gate, in ``baseline.jsonl``.

One :class:`~checks.decisions.Decision` a line, ordered by entry so that a change reads well in a
diff. Nobody has judged these findings; they do not fail the gate, and the file only shrinks unless
somebody says ``--accept-new``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import orjson

from checks.decisions import REMEDY, Decision, read_fields
from checks.errors import InputError
from checks.files import locked, replace
from checks.recordfile import records


def load(path: Path | None) -> tuple[Decision, ...]:
    """The lines of a baseline; none where there is no file.

    Raises :class:`ReviewFileError` with file and line for a line that is no record.
    """
    if path is None:
        return ()
    found = (Decision(**read_fields(path, number, data)) for number, data in records(path, REMEDY))
    return tuple({record.id: record for record in found}.values())


def change(path: Path, review_dir: Path | None, add: Sequence[Decision], remove: Collection[str]) -> None:
    """Add lines and remove those with these ids, in one step and under the file's lock.

    Raises :class:`InputError` where that cannot be done; the file then stays as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(str(path), None, f"its folder cannot be made ({error.strerror or error})") from None
    with locked(path, review_dir):
        kept = [record for record in load(path) if record.id not in remove]
        lines = sorted([*kept, *add], key=_order)
        replace(path, "".join(orjson.dumps(record.record()).decode() + "\n" for record in lines))


def _order(record: Decision) -> tuple[str, str, str, str, int, str]:
    key = record.key
    return key.entry or "", key.field, key.code, key.quote, record.nth, record.id
