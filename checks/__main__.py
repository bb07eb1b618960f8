"""The gate: ``python -m checks [PATH…]``. Options → gate → report → exit code.

What only some runs need is imported where they do: a run over one digest takes hardly longer than starting.
"""

# ruff: noqa: E402 — what is imported below compiles its patterns at once, and makes nothing that could go
from __future__ import annotations

import gc
import os
import sys

_SHOWS = sys.excepthook


def _silent_where_interrupted(kind, *rest):  # type: ignore[no-untyped-def]  # typing is not there yet
    """Whoever presses Ctrl-C while all this is imported needs no traceback of it.

    A process that is not the door's alone dies of the signal, as it would.
    """
    if not issubclass(kind, KeyboardInterrupt):
        _SHOWS(kind, *rest)
    elif __name__ == "__main__":
        os._exit(130)


sys.excepthook = _silent_where_interrupted

# What is imported stays, so to look through it for what may go is in vain.
_COLLECTS = gc.isenabled()
gc.disable()

from checks.patterns import Patterns
from glossary.records import NamedTuple

_PATTERNS = Patterns()
_PATTERNS.begin()

import atexit
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, TextIO

from checks import settings
from checks.errors import InputError, SettingsError
from checks.gate import Gate
from checks.given import PROGRAM, STDIN, Given, asked_for, settings_of
from checks.model import Language, Safety
from checks.report import TEXTS, writer
from checks.report.delivery import deliver
from checks.verdict import Report
from checks.view import default_language, for_stream, one_line
from glossary.remote import local

if TYPE_CHECKING:
    from checks.cache import Cache

gc.freeze()
if _COLLECTS:
    gc.enable()


_STARTERS: Final = (("<module>",), ("<module>", "_run_code", "_run_module_as_main"))
"""What stands below :func:`run` where it is all of its process: the console script, or ``python -m``."""

_YOUNG: Final = 50_000
"""So many new objects are gone through for what may go: it is little, as hardly anything here refers to itself."""


class _Outcome(NamedTuple):
    """What is said, and what goes to standard output in its place."""

    report: Report
    text: bytes | None = None
    """Standard input after ``--fix``; the report goes beside it."""
    patch: Iterable[str] | None = None
    """What ``--diff`` shows instead of the report."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate; returns the exit code."""
    with _PATTERNS:
        return _told(arguments)


def _told(arguments: Sequence[str] | None) -> int:
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
        _complain([InputError(PROGRAM, None, f"{problem}; {remedy}")])
    return 2


def _run(arguments: Sequence[str] | None) -> int:
    try:
        given = asked_for(arguments)
    except SystemExit:
        # --help and --version have been answered.
        return _print(())
    lang: Language = given.lang or default_language()
    if given.rules or given.explain is not None:
        from checks import manual

        if given.explain is None or given.rules:
            return _print(manual.listing(given.format, lang))
        return _print(manual.explain(given.explain, lang))
    if given.show_settings:
        return _print(_settings_shown(given))
    if given.watch:
        return _watch(given, lang)
    piped = _piped() if given.paths == [STDIN] else None
    try:
        gate = _gate(_settings(given), given)
    except InputError as error:
        outcome = _Outcome(Report((), (error,), given.fail_on or "warning", (), ""), piped)
    else:
        outcome = _check_paths(gate, given) if piped is None else _check_piped(gate, given, piped)
    report = _delivered(outcome.report, given, lang)
    _show(outcome._replace(report=report), given, lang)
    _complain(report.errors)
    return report.exit_code


def _piped() -> bytes:
    if sys.stdin is None:
        raise InputError("-", None, "standard input is closed; give it a digest (< FILE), or name the file")
    return sys.stdin.buffer.read()


def _watch(given: Given, lang: Language) -> int:
    from checks.rounds import rounds, verdict

    def check(found: settings.Settings) -> Report:
        try:
            report = _check_paths(_gate(found, given), given).report
        except InputError as error:
            report = Report((), (error,), found.fail_on, (), "")
        return _delivered(report, given, lang)

    def show(report: Report, new: Report) -> None:
        if new.files:
            _show(_Outcome(new), given, lang)
        _complain(report.errors)
        _print([verdict(report, for_stream(sys.stdout, lang))])

    return rounds(local(given.paths), lambda: _settings(given), check, show)


def _delivered(report: Report, given: Given, lang: Language) -> Report:
    named = [*given.paths, *([given.stdin_filename] if given.stdin_filename else [])]
    return deliver(report._replace(exit_zero=given.exit_zero), given.report, given.format, lang, named)


def _gate(found: settings.Settings, given: Given) -> Gate:
    return Gate(found, jobs=given.jobs, cluster=given.engine, cache=_cache(found, given))


def _settings(given: Given) -> settings.Settings:
    paths = [given.stdin_filename] if given.stdin_filename else [path for path in given.paths if path != STDIN]
    codes: dict[str, tuple[str, ...]] = {}
    for option in ("select", "ignore"):
        named = getattr(given, option)
        if not named:
            continue
        from checks.settings.keys import rule_codes

        try:
            codes[option] = rule_codes(named)
        except ValueError as error:
            raise SettingsError(f"--{option}", None, str(error)) from None
    return settings_of(
        given,
        paths,
        fail_on=given.fail_on,
        strict=given.strict,
        force_exclude=given.force_exclude,
        cache_dir=given.cache_dir,
        **codes,
    )


def _cache(found: settings.Settings, given: Given) -> Cache | None:
    folder = found.cache_folder
    if given.no_cache or folder is None:
        return None
    from glossary import program

    if program.content("checks", "glossary") is None:
        # Of a program that cannot be looked at nothing can be known again.
        return None
    from checks.cache import Cache

    return Cache(folder, lambda line: _print([one_line(line)], sys.stderr))


def _safeties(given: Given) -> tuple[Safety, ...]:
    return ("safe", "unsafe") if given.unsafe_fixes else ("safe",)


def _check_paths(gate: Gate, given: Given) -> _Outcome:
    paths = given.paths or [gate.settings.digests]
    report = gate.check(paths, allow_empty=given.allow_empty, progress=_progress)
    if given.diff:
        return _diff(gate, report, _safeties(given))
    if given.fix and report.errors:
        _complain([InputError("--fix", None, "nothing was written, as not everything could be judged")])
    elif given.fix:
        from checks import mending

        report = mending.fix(gate, report, _safeties(given))
    if given.accept_new or given.prune:
        report = _decide(gate, report, given)
    return _Outcome(report)


def _decide(gate: Gate, report: Report, given: Given) -> Report:
    """Change the baseline, unless something could not be judged; report what is then left."""
    if report.errors:
        option = "--accept-new" if given.accept_new else "--prune"
        _complain([InputError(option, None, "nothing was written, as not everything could be judged")])
        return report
    from checks import debt

    if given.prune:
        debt.prune(gate, report)
    if given.accept_new:
        left = debt.accept(gate, report)
        remedy = "a finding about a whole file cannot stand in a baseline; mend it, or ignore its rule for the file"
        _complain([InputError(finding.path, None, f"{finding.code}: {remedy}") for finding in left])
    gate.reload_decisions()
    again = gate.check(given.paths or [gate.settings.digests], allow_empty=True)
    return gate.report(again.files, again.errors, report.mended)


def _settings_shown(given: Given) -> Iterator[str]:
    from checks.settings.showing import document, lines

    found = _settings(given)
    path = given.stdin_filename or next((path for path in given.paths if path != STDIN), found.digests)
    return (document if given.format == "json" else lines)(found, path)


def _check_piped(gate: Gate, given: Given, piped: bytes) -> _Outcome:
    """Check standard input as if it stood at ``--stdin-filename``; where it cannot be mended, it passes unchanged."""
    name = (given.stdin_filename or Path("<stdin>")).as_posix()
    if gate.settings.passes_over(Path(name)):
        return _Outcome(gate.report([], []), piped)
    from checks import mending
    from checks.files import decode

    try:
        file = gate.check_text(decode(piped, name), name)
    except InputError as error:
        return _Outcome(gate.report([], [error]), piped)
    report = gate.report([file], file.errors)
    if given.diff:
        return _diff(gate, report, _safeties(given))
    if not given.fix or report.errors:
        return _Outcome(report, piped)
    mended, errors = mending.mend(gate, report, _safeties(given))
    if errors:
        return _Outcome(gate.report([file], errors), piped)
    (fixed,) = mended
    file = gate.check_text(fixed.after, name)
    return _Outcome(gate.report([file], file.errors, fixed.applied), fixed.after.encode())


def _diff(gate: Gate, report: Report, safeties: tuple[Safety, ...]) -> _Outcome:
    from checks import mending
    from checks.report.patch import lines

    mended, errors = mending.mend(gate, report, safeties)
    patch = lines(((each.path, each.before, each.after) for each in mended), terminal=sys.stdout.isatty())
    return _Outcome(gate.report(report.files, [*report.errors, *errors]), patch=patch)


def _show(outcome: _Outcome, given: Given, lang: Language) -> None:
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
    write = writer(given.format)
    if given.statistics and given.format in TEXTS:
        from checks.report.closing import statistics

        write = statistics
    _print(write(outcome.report, for_stream(stream, lang)), stream)


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


def _progress(done: Iterable[str], count: int) -> Iterable[str]:
    """A bar on standard error, for people, when the work takes more than a second."""
    if not sys.stderr.isatty() or count < 2:
        return done
    from tqdm import tqdm

    return tqdm(done, total=count, delay=1.0, unit="file", leave=False, file=sys.stderr)


def run() -> NoReturn:
    """Run the gate as a process of its own, and end it.

    As it is: to take apart what a run has made would take as long as to check a digest. Unless somebody waits for the
    end: a thread, a function registered for it, a debugger or profiler, an interpreter that is to stay.
    """
    # With Python's own threshold a run over one digest would be gone through twenty times.
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
    code = main()
    watched = sys.gettrace() or sys.getprofile() or sys.flags.inspect or sys.flags.dev_mode
    waiting = "threading" in sys.modules or getattr(atexit, "_ncallbacks", lambda: 1)()
    if watched or waiting or _below() not in _STARTERS:
        sys.exit(code)
    os._exit(code)


def _below() -> tuple[str, ...]:
    """The functions that wait for :func:`run` to come back."""
    found: list[str] = []
    # Not inspect.stack(): to import inspect would take longer than is saved.
    frame = sys._getframe(2)
    while frame is not None:
        found.append(frame.f_code.co_name)
        frame = frame.f_back  # type: ignore[assignment]
    return tuple(found)


if __name__ == "__main__":
    run()
# Whoever imports this has a hook of their own.
sys.excepthook = _SHOWS
