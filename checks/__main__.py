"""The gate: ``python -m checks [PATH…]``. Options → gate → report → exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from checks import manual, options, settings
from checks.errors import FileChanged, InputError, SettingsError
from checks.files import decode, read_only, read_text, rewrite
from checks.fixing import Fixed
from checks.gate import Gate, Report
from checks.model import Digest, Language, Safety
from checks.report import FORMATS
from checks.report.closing import statistics
from checks.report.patch import lines as patch_lines
from checks.view import default_language, for_stream, one_line


class _Outcome(NamedTuple):
    """What is said, and what goes to standard output in its place."""

    report: Report
    text: bytes | None = None
    """Standard input after ``--fix``; the report goes beside it."""
    patch: Iterable[str] | None = None
    """What ``--diff`` shows instead of the report."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; returns the exit code."""
    _prepare_streams()
    try:
        return _run(arguments)
    except InputError as error:
        _complain([error])
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        # Python's own exit code for this, 1, would say that the digests had been judged.
        problem = f"stopped by a defect of its own ({type(error).__name__}: {error})"
        remedy = "please report it, with what `python -X dev -m checks` prints"
        _complain([InputError(options.PROGRAM, None, f"{problem}; {remedy}")])
    return 2


def _run(arguments: Sequence[str] | None) -> int:
    try:
        given = options.parse(arguments)
    except SystemExit:
        # --help and --version have been answered.
        return _print(())
    lang: Language = given.lang or default_language()
    if given.explain is not None:
        return _print(manual.explain(given.explain, lang))
    if given.rules:
        return _print(manual.listing(given.format, lang))
    piped = sys.stdin.buffer.read() if given.paths == [options.STDIN] else None
    try:
        gate = Gate(_settings(given))
    except InputError as error:
        outcome = _Outcome(Report((), (error,), given.fail_on or "warning", (), ""), piped)
    else:
        outcome = _check_paths(gate, given) if piped is None else _check_piped(gate, given, piped)
    _show(outcome, given, lang)
    _complain(outcome.report.errors)
    code = outcome.report.exit_code
    return 0 if code == 1 and given.exit_zero else code


def _settings(given: argparse.Namespace) -> settings.Settings:
    first = given.stdin_filename or next((path for path in given.paths if path != options.STDIN), Path())
    found = settings.load(first, given.config)
    codes = {}
    for option in ("select", "ignore"):
        try:
            codes[option] = settings.rule_codes(getattr(given, option))
        except ValueError as error:
            raise SettingsError(f"--{option}", None, str(error)) from None
    return found.with_options(
        extra_glossary=tuple(given.glossary),
        sources=tuple(given.sources),
        review_dir=given.review_dir,
        fail_on=given.fail_on,
        **codes,
    )


def _safeties(given: argparse.Namespace) -> tuple[Safety, ...]:
    return ("safe", "unsafe") if given.unsafe_fixes else ("safe",)


def _check_paths(gate: Gate, given: argparse.Namespace) -> _Outcome:
    paths = given.paths or [gate.settings.digests]
    report = gate.check(paths, allow_empty=given.allow_empty, progress=_progress)
    if given.diff:
        return _diff(gate, report, _safeties(given))
    if given.fix and report.errors:
        _complain([InputError("--fix", None, "nothing was written, as not everything could be judged")])
    elif given.fix:
        report = _fix(gate, report, _safeties(given))
    return _Outcome(report)


def _check_piped(gate: Gate, given: argparse.Namespace, piped: bytes) -> _Outcome:
    """Check standard input as if it stood at ``--stdin-filename``; where it cannot be mended, it passes unchanged."""
    name = (given.stdin_filename or Path("<stdin>")).as_posix()
    try:
        file = gate.check_text(decode(piped, name), name)
    except InputError as error:
        return _Outcome(gate.report([], [error]), piped)
    report = gate.report([file], file.errors)
    if given.diff:
        return _diff(gate, report, _safeties(given))
    if not given.fix or report.errors:
        return _Outcome(report, piped)
    mended, errors = _mend(gate, report, _safeties(given))
    if errors:
        return _Outcome(gate.report([file], errors), piped)
    ((_, fixed),) = mended
    file = gate.check_text(fixed.text, name)
    return _Outcome(gate.report([file], file.errors, len(fixed.applied)), fixed.text.encode())


def _mend(
    gate: Gate, report: Report, safeties: tuple[Safety, ...]
) -> tuple[list[tuple[Digest, Fixed]], list[InputError]]:
    """What fixing makes of each file that was judged, and why some cannot be fixed."""
    judged = [file.digest for file in report.files if not file.errors]
    around = gate.corpus(judged)
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


def _diff(gate: Gate, report: Report, safeties: tuple[Safety, ...]) -> _Outcome:
    mended, errors = _mend(gate, report, safeties)
    patch = patch_lines(((digest, fixed.text) for digest, fixed in mended), terminal=sys.stdout.isatty())
    return _Outcome(gate.report(report.files, [*report.errors, *errors]), patch=patch)


def _fix(gate: Gate, report: Report, safeties: tuple[Safety, ...]) -> Report:
    """Mend every file, or none where one of them cannot be mended; report what is left."""
    mended, errors = _mend(gate, report, safeties)
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
    again = gate.check([Path(file.digest.path) for file in report.files])
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


def _show(outcome: _Outcome, given: argparse.Namespace, lang: Language) -> None:
    if outcome.patch is not None:
        _print(outcome.patch)
        return
    stream = sys.stdout
    if given.fix and outcome.text is not None:
        # The text is the output; what is left to say goes beside it.
        with _guarded(stream):
            stream.buffer.write(outcome.text)
        stream = sys.stderr
    elif given.diff:
        # Nothing could be compared: an empty patch.
        return
    counted = given.statistics and given.format in ("full", "concise")
    writer = statistics if counted else FORMATS[given.format]
    _print(writer(outcome.report, for_stream(stream, lang)), stream)


def _complain(errors: Iterable[InputError]) -> None:
    _print((one_line(str(error)) for error in errors), sys.stderr)


def _print(lines: Iterable[str], stream: TextIO | None = None) -> int:
    """Write lines, and see that they arrive."""
    stream = stream or sys.stdout
    with _guarded(stream):
        for line in lines:
            stream.write(line + "\n")
    return 0


@contextmanager
def _guarded(stream: TextIO) -> Iterator[None]:
    """A reader that has gone (``| head``) changes nothing about the verdict; a full disk does."""
    try:
        yield
        stream.flush()
    except OSError as error:
        # What is still buffered would fail again when the interpreter closes the stream.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
        if stream is not sys.stderr and not isinstance(error, BrokenPipeError):
            raise InputError("output", None, f"cannot be written ({error.strerror or error})") from None


def _prepare_streams() -> None:
    """Make standard output and error write UTF-8, whatever the locale."""
    if sys.stdout is None or sys.stderr is None:
        # Closed by the caller (>&-), who does not want to read them.
        null = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        sys.stdout, sys.stderr = sys.stdout or null, sys.stderr or null
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _progress(digests: Sequence[Digest]) -> Iterable[Digest]:
    """A bar on standard error, for people, when the work takes more than a second."""
    if not sys.stderr.isatty() or len(digests) < 2:
        return digests
    from tqdm import tqdm

    return tqdm(digests, delay=1.0, unit="file", leave=False, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
