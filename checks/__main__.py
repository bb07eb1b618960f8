"""The gate: ``python -m checks [PATH…]``. Options → gate → report → exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from checks import manual, options, settings
from checks.errors import FileChanged, InputError, SettingsError
from checks.files import decode, read_only, rewrite
from checks.gate import FileReport, Gate, Report
from checks.model import Language, Safety
from checks.view import View, default_language, for_stream


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A locale that cannot show Chinese must not stop the gate.
        getattr(stream, "reconfigure")(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(options.parser().parse_args(arguments))
    except InputError as error:
        _complain([error])
        return 2
    except KeyboardInterrupt:
        return 130


def _run(given: argparse.Namespace) -> int:
    lang: Language = given.lang or default_language()
    if given.explain is not None:
        _print(manual.explain(given.explain, lang))
        return 0
    if given.rules:
        _print(_rules(given.format, lang))
        return 0
    _usable(given)
    gate = Gate(_settings(given))
    safeties: tuple[Safety, ...] = ("safe", "unsafe") if given.unsafe_fixes else ("safe",)
    if Path("-") in given.paths:
        return _standard_input(gate, given, lang, safeties)
    paths = given.paths or [gate.settings.digests]
    report = gate.check(paths, allow_empty=given.allow_empty, progress=_progress)
    if given.diff:
        _print(_diff(gate, report, safeties))
    elif given.fix and not report.errors:
        report = _fix(gate, report, safeties)
        _show(report, given, lang)
    else:
        _show(report, given, lang)
    _complain(report.errors)
    return _verdict(report, given)


def _usable(given: argparse.Namespace) -> None:
    def refuse(message: str) -> SettingsError:
        return SettingsError("python -m checks", None, message)

    if given.unsafe_fixes and not (given.fix or given.diff):
        raise refuse("--unsafe-fixes goes with --fix or --diff")
    if given.fix and given.diff:
        raise refuse("--fix and --diff exclude each other: the one writes, the other only shows")
    if Path("-") in given.paths and len(given.paths) > 1:
        raise refuse("- (standard input) cannot be checked together with other paths")
    if given.stdin_filename is not None and Path("-") not in given.paths:
        raise refuse("--stdin-filename goes with - (standard input)")


def _settings(given: argparse.Namespace) -> settings.Settings:
    first = given.stdin_filename or next((path for path in given.paths if path != Path("-")), Path("."))
    found = settings.load(first, given.config)
    codes = {}
    for option in ("select", "ignore"):
        try:
            codes[option] = settings.rule_codes(list(options.flatten(getattr(given, option))))
        except ValueError as error:
            raise SettingsError(f"--{option}", None, str(error)) from None
    return found.with_options(
        extra_glossary=tuple(given.glossary),
        sources=tuple(given.sources),
        review_dir=given.review_dir,
        fail_on=given.fail_on,
        **codes,
    )


def _rules(form: str, lang: Language) -> Iterable[str]:
    if form in ("json", "jsonl"):
        import orjson

        from checks.registry import rules

        items = [manual.data(loaded) for loaded in rules()]
        return [orjson.dumps({"rules": items}).decode()] if form == "json" else [orjson.dumps(item).decode() for item in items]
    return manual.table(lang)


def _standard_input(gate: Gate, given: argparse.Namespace, lang: Language, safeties: tuple[Safety, ...]) -> int:
    name = (given.stdin_filename or Path("<stdin>")).as_posix()
    text = decode(sys.stdin.buffer.read(), name)
    file = gate.check_text(text, name)
    report = gate.report([file], file.errors)
    if given.diff:
        _print(_diff(gate, report, safeties))
    elif given.fix:
        if not report.errors:
            text = gate.fix(file.digest, safeties).text
            file = gate.check_text(text, name)
            report = gate.report([file], file.errors)
        # The text is the output; what is left to say goes beside it.
        _put([text], sys.stdout)
        _show(report, given, lang, sys.stderr)
    else:
        _show(report, given, lang)
    _complain(report.errors)
    return _verdict(report, given)


def _fix(gate: Gate, report: Report, safeties: tuple[Safety, ...]) -> Report:
    """Mend every file, or none where one of them cannot be judged; report what is left."""
    errors: list[InputError] = []
    fixed: list[tuple[FileReport, str]] = []
    for file in report.files:
        try:
            result = gate.fix(file.digest, safeties)
        except InputError as error:
            errors.append(error)
            continue
        if not result.settled:
            errors.append(InputError(file.digest.path, None, "its fixes undo each other, so it was left alone; please report it"))
        fixed.append((file, result.text))
    if errors:
        return gate.report(report.files, errors)
    changed = [(file, text) for file, text in fixed if text != file.digest.text]
    errors.extend(error for file, _ in changed if (error := _unwritable(file)) is not None)
    if errors:
        return gate.report(report.files, errors)
    for file, text in changed:
        try:
            _write(file, text, gate.settings.review_dir)
        except InputError as error:
            errors.append(error)
    again = gate.check([Path(file.digest.path) for file in report.files])
    return gate.report(again.files, [*again.errors, *errors])


def _unwritable(file: FileReport) -> InputError | None:
    """Why a file could not be replaced, known before any other has been."""
    if read_only(Path(file.digest.path)):
        return InputError(file.digest.path, None, "is read-only, so nothing was written; make it writable (chmod u+w)")
    return None


def _write(file: FileReport, text: str, review_dir: Path | None) -> None:
    def change(now: str) -> str:
        if now != file.digest.text:
            raise FileChanged(file.digest.path, None, "changed while it was being checked; nothing was written, run the command again")
        return text

    rewrite(Path(file.digest.path), change, review_dir)


def _diff(gate: Gate, report: Report, safeties: tuple[Safety, ...]) -> Iterable[str]:
    import difflib

    for file in report.files:
        fixed = gate.fix(file.digest, safeties)
        before, after = file.digest.text.splitlines(), fixed.text.splitlines()
        path = file.digest.path
        yield from difflib.unified_diff(before, after, f"a/{path}", f"b/{path}", lineterm="")


def _show(report: Report, given: argparse.Namespace, lang: Language, stream: TextIO | None = None) -> None:
    from checks.report import FORMATS
    from checks.report.closing import statistics

    stream = stream or sys.stdout
    view: View = for_stream(stream, lang)
    writer = statistics if given.statistics and given.format in ("full", "concise") else FORMATS[given.format]
    _print(writer(report, view), stream)


def _print(lines: Iterable[str], stream: TextIO | None = None) -> None:
    _put((line + "\n" for line in lines), stream or sys.stdout)


def _put(pieces: Iterable[str], stream: TextIO) -> None:
    """Write text; a reader that has gone (``| head``) changes nothing about the verdict."""
    try:
        for piece in pieces:
            stream.write(piece)
        stream.flush()
    except BrokenPipeError:
        # What is still buffered would fail again when the interpreter closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(errors: Iterable[InputError]) -> None:
    from checks.view import visible

    for error in errors:
        print(visible(str(error)), file=sys.stderr)


def _progress(paths: Sequence[Path]) -> Iterable[Path]:
    """A bar on standard error, for people, when the work takes more than a second."""
    if not sys.stderr.isatty() or len(paths) < 2:
        return paths
    from tqdm import tqdm

    return tqdm(paths, delay=1.0, unit="file", leave=False, file=sys.stderr)


def _verdict(report: Report, given: argparse.Namespace) -> int:
    code = report.exit_code
    return 0 if code == 1 and given.exit_zero else code


if __name__ == "__main__":
    sys.exit(main())
