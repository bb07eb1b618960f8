"""``--fix``: every digest mended, or none."""

from __future__ import annotations

from pathlib import Path

from checks.errors import FileChanged, InputError
from checks.files import read_only, read_text, rewrite
from checks.fixing import Fixed
from checks.gate import Gate
from checks.model import Digest, Safety
from checks.survey import survey
from checks.verdict import Report


def mend(
    gate: Gate, report: Report, safeties: tuple[Safety, ...]
) -> tuple[list[tuple[Digest, Fixed]], list[InputError]]:
    """What fixing makes of each file that was judged, and why some cannot be fixed."""
    judged = [file.digest for file in report.files if not file.errors]
    around = gate.corpus([survey(digest) for digest in judged])
    mended: list[tuple[Digest, Fixed]] = []
    errors: list[InputError] = []
    for digest in judged:
        try:
            fixed = gate.fix(digest, safeties, around)
        except InputError as error:
            errors.append(error)
            continue
        if fixed.settled:
            mended.append((digest, fixed))
        else:
            problem = "its fixes undo each other, so nothing was written; please report it"
            errors.append(InputError(digest.path, None, problem))
    return mended, errors


def fix(gate: Gate, report: Report, safeties: tuple[Safety, ...]) -> Report:
    """Mend every file, or none where one of them cannot be mended; report what is left."""
    mended, errors = mend(gate, report, safeties)
    changed = [(digest, fixed) for digest, fixed in mended if fixed.text != digest.text]
    for digest, _ in changed:
        try:
            _refuse_unwritable(digest)
        except InputError as error:
            errors.append(error)
    if errors:
        return gate.report(report.files, errors)
    count = 0
    for digest, fixed in changed:
        try:
            _write(digest, fixed.text, gate.settings.review_dir)
            count += len(fixed.applied)
        except InputError as error:
            errors.append(error)
    again = gate.check([Path(file.path) for file in report.files])
    return gate.report(again.files, [*again.errors, *errors], count)


def _refuse_unwritable(digest: Digest) -> None:
    """Raise :class:`InputError` where a file must not be replaced, before any other has been."""
    path = Path(digest.path)
    if read_only(path):
        raise InputError(digest.path, None, "is read-only, so nothing was written; make it writable (chmod u+w)")
    _refuse_change(digest, read_text(path, digest.path))


def _refuse_change(digest: Digest, now: str) -> None:
    if now != digest.text:
        problem = "changed while it was being checked, so nothing was written to it; run the command again"
        raise FileChanged(digest.path, None, problem)


def _write(digest: Digest, text: str, review_dir: Path | None) -> None:
    def change(now: str) -> str:
        _refuse_change(digest, now)
        return text

    rewrite(Path(digest.path), change, review_dir)
