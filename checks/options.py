"""The options of the gate. What holds without them stands in :mod:`checks.given`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from checks.completion import add_completion
from checks.errors import SettingsError
from checks.given import PROGRAM, STDIN, Given, named
from checks.model import SEVERITIES
from checks.report import FORMATS, TEXTS
from checks.report.delivery import Order
from checks.verdict import VERSION
from glossary.remote import Place, Remote, is_url, place

if TYPE_CHECKING:
    from checks.cluster import Address

_MOST_JOBS: Final = 256
_WIDTH: Final = 78

_EPILOG: Final = """\
exit codes:
  0    nothing at or above --fail-on
  1    something is
  2    it could not judge: bad usage or settings, a file that is missing, unreadable or not text, no file at all,
       a rule that crashed
  130  interrupted

examples:
  python -m checks                                  check data/digests
  python -m checks --fix week.md                    mend what can be mended safely, then say what is left
  python -m checks --diff --unsafe-fixes week.md    show what every fix would change, and write nothing
  python -m checks --report sarif=out.sarif         also write a report for code scanning
  python -m checks --explain TRM001                 the manual of a rule
  cat week.md | python -m checks - --stdin-filename data/digests/week.md
"""


def _formatter(width: int) -> Any:
    return partial(argparse.RawDescriptionHelpFormatter, width=width)


class Parser(argparse.ArgumentParser):
    """Raises :class:`SettingsError` for bad usage; takes no abbreviations, and leaves the lines of its texts alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The width is asked for where help is: each option that is added makes a formatter.
        plain = {"formatter_class": _formatter(_WIDTH), "allow_abbrev": False}
        super().__init__(*args, **{**plain, **kwargs})

    def format_help(self) -> str:
        from shutil import get_terminal_size

        self.formatter_class = _formatter(get_terminal_size().columns - 2)
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        raise SettingsError(self.prog, None, f"{message}; --help shows the options")


def parse(arguments: Sequence[str]) -> Given:
    """What a command line asks for. Bad usage raises :class:`SettingsError`."""
    words = list(arguments)
    end = words.index("--") if "--" in words else len(words)
    # Intermixed: paths may stand before and after options. It knows nothing of --, behind which all are paths.
    given = parser().parse_intermixed_args(words[:end], Given())
    given.paths = [*given.paths, *map(named, words[end + 1 :])]
    if given.unsafe_fixes and not (given.fix or given.diff):
        raise _misuse("--unsafe-fixes goes with --fix or --diff")
    if given.fix and given.diff:
        raise _misuse("--fix and --diff exclude each other: the one writes, the other only shows")
    if given.diff and given.format not in TEXTS:
        raise _misuse(f"--diff shows a patch, not --format {given.format}")
    _check_reports(given)
    if STDIN in given.paths and (given.accept_new or given.prune):
        raise _misuse("--accept-new and --prune are for files, not for - (standard input)")
    if given.diff and (given.accept_new or given.prune):
        raise _misuse("--diff writes nothing, so it excludes --accept-new and --prune")
    url = next((path for path in given.paths if isinstance(path, Remote)), None)
    if given.fix and url is not None:
        raise _misuse(f"--fix writes files, and {url} is a URL: no file there can be replaced in one step; see --diff")
    _check_watch(given)
    if STDIN in given.paths and len(given.paths) > 1:
        raise _misuse("- (standard input) cannot be checked together with other paths")
    if given.stdin_filename is not None and STDIN not in given.paths:
        raise _misuse("--stdin-filename goes with - (standard input)")
    return given


def _check_watch(given: Given) -> None:
    """``--watch`` reads what somebody else is writing: it must not write there itself, and is no one document."""
    if not given.watch:
        return
    for name in ("fix", "diff", "accept_new", "prune", "explain", "rules", "show_settings"):
        if getattr(given, name):
            raise _misuse(f"--watch only checks, so it excludes --{name.replace('_', '-')}")
    if STDIN in given.paths:
        raise _misuse("--watch is for files, not for - (standard input)")
    for path in (*given.paths, *given.glossary, *given.sources):
        if isinstance(path, Remote):
            raise _misuse(f"--watch is for files, and {path} is a URL, which tells nobody when it changes")
    if given.format not in TEXTS:
        raise _misuse(f"--watch shows a report a round, not one document as {given.format}; --report writes that")


def _check_reports(given: Given) -> None:
    targets = [os.path.realpath(order.path) for order in given.report]
    for number, order in enumerate(given.report):
        if targets[number] in targets[:number]:
            raise _misuse(f"--report names {order.path} twice")
    for name in ("explain", "rules", "show_settings"):
        option = f"--{name.replace('_', '-')}"
        if given.report and getattr(given, name):
            raise _misuse(f"{option} checks nothing, so there is nothing to --report")
        if given.format not in (*TEXTS, "json", "jsonl") and getattr(given, name):
            raise _misuse(f"{option} checks nothing, so there is nothing to show as {given.format}")


def _misuse(message: str) -> SettingsError:
    return SettingsError(PROGRAM, None, f"{message}; --help shows the options")


def parser() -> argparse.ArgumentParser:
    """The options that the gate takes."""
    result = Parser(
        prog=PROGRAM,
        # Said, it need not be put together of all options at each run.
        usage=f"{PROGRAM} [OPTION]... [PATH]...",
        description="Check translated digests: terminology, structure, typography.",
        epilog=_EPILOG,
    )
    result.add_argument(
        "paths",
        nargs="*",
        type=named,
        metavar="PATH",
        help="digests, folders of them, or URLs of these; - reads standard input (default: data/digests)",
    )
    result.add_argument("--version", action="version", version=f"yijiao {VERSION}")
    _fixing(result.add_argument_group("fixing"))
    _deciding(result.add_argument_group("decisions"))
    _choosing(result.add_argument_group("what is checked"))
    _showing(result.add_argument_group("what is shown"))
    add_completion(result, "yijiao-check")
    _working(result.add_argument_group("how the work is done"))
    return result


def _fixing(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--fix", action="store_true", help="apply the safe fixes, then report what is left")
    group.add_argument("--unsafe-fixes", action="store_true", help="with --fix or --diff: the unsafe ones too")
    group.add_argument("--diff", action="store_true", help="show what --fix would change; writes nothing")


def _deciding(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--accept-new",
        action="store_true",
        help="put open findings into the baseline: they fail the gate no more",
    )
    group.add_argument(
        "--prune",
        action="store_true",
        help="drop baseline lines and dismissals that match nothing any more",
    )
    group.add_argument("--strict", action="store_true", help="decisions that match nothing any more fail the gate")


def _choosing(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--select",
        action="extend",
        type=_codes,
        metavar="CODES",
        help="only these rules; a prefix selects a family: TRM,FMT001",
    )
    group.add_argument(
        "--ignore",
        action="extend",
        type=_codes,
        metavar="CODES",
        help="not these; the longer code wins over --select",
    )
    group.add_argument(
        "--fail-on", choices=SEVERITIES, help="the mildest severity that fails the gate (default: warning)"
    )
    group.add_argument("--exit-zero", action="store_true", help="exit 0 whatever is found; errors still exit 2")
    add_context(group, place)
    group.add_argument(
        "--stdin-filename", type=Path, metavar="FILE", help="with -: the path that standard input stands for"
    )
    group.add_argument(
        "--force-exclude", action="store_true", help="pass over what the settings exclude, though it is named"
    )
    group.add_argument("--allow-empty", action="store_true", help="no file to check is no error")


def file_here(text: str) -> Path:
    """A path for what must be a file on this machine. A URL raises :class:`argparse.ArgumentTypeError`."""
    if is_url(text):
        raise argparse.ArgumentTypeError("is a URL, and only the gate and what compares and counts reads those")
    return Path(text)


def add_context(group: argparse._ArgumentGroup, read: Callable[[str], Place] = file_here) -> None:
    """What the gate and the app hold digests against, and where decisions are kept.

    ``read`` is :func:`place` for a door that does not look whether terms and English have changed.
    """
    group.add_argument(
        "--glossary",
        action="append",
        type=read,
        default=[],
        metavar="PATH",
        help="terms over the shipped and the project's",
    )
    group.add_argument(
        "--sources",
        action="append",
        type=read,
        default=[],
        metavar="PATH",
        help="English titles and abstracts (default: data/sources)",
    )
    group.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="the settings file (default: the nearest yijiao.toml or pyproject.toml)",
    )
    group.add_argument(
        "--baseline", type=Path, metavar="FILE", help="known findings (default: baseline.jsonl in the review directory)"
    )
    group.add_argument(
        "--review-dir", type=Path, metavar="DIR", help="where decisions are kept (default: data/review of the project)"
    )


def _showing(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--format",
        choices=FORMATS,
        metavar="F",
        help=f"how findings are shown: {', '.join(FORMATS)} (default: full)",
    )
    group.add_argument(
        "--report",
        action="append",
        type=_report,
        metavar="F=FILE",
        help="write them to a file too, in another format; may be given several times",
    )
    group.add_argument(
        "--statistics",
        action="store_true",
        help="counts by rule instead of findings (on standard output, full and concise)",
    )
    group.add_argument("--lang", choices=("zh", "en"), help="language of the findings (default: the locale's)")
    group.add_argument("--explain", metavar="CODE", help="show the manual of a rule and exit")
    group.add_argument(
        "--show-settings", action="store_true", help="show what holds for PATH and where it comes from, and exit"
    )
    group.add_argument("--rules", action="store_true", help="list the rules and exit; with --format json as data")


def _report(text: str) -> Order:
    form, _, name = text.partition("=")
    if form not in FORMATS or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not FORMAT=FILE with a format of {', '.join(FORMATS)}")
    return Order(form, Path(name))


def add_crew(group: argparse._ArgumentGroup) -> None:
    """Who shares the work: processes of this machine, or a cluster."""
    group.add_argument(
        "-j",
        "--jobs",
        type=_count,
        default=0,
        metavar="N",
        help="processes that share the digests; 0, the default, takes as many as there are cores once that pays",
    )
    group.add_argument(
        "--engine",
        type=_cluster,
        metavar="URL",
        help="have a Dask cluster share the digests: dask://HOST:PORT, or dask://local?workers=N for one that is made "
        "for this run (extra: scale)",
    )


def _working(group: argparse._ArgumentGroup) -> None:
    add_crew(group)
    group.add_argument(
        "--watch",
        action="store_true",
        help="check again whenever a digest, the glossary, the settings, sources or decisions change, until Ctrl-C",
    )
    group.add_argument("--no-cache", action="store_true", help="check unchanged digests too")
    group.add_argument(
        "--cache-dir",
        type=Path,
        metavar="DIR",
        help="where findings of unchanged digests are kept (default: .yijiao_cache beside the settings file)",
    )


def _cluster(text: str) -> Address:
    # Late: hardly any run has one.
    from checks.cluster import address

    try:
        return address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _count(text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        count = -1
    if not 0 <= count <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"is a number of processes from 0 to {_MOST_JOBS}, not {text!r}")
    return count


def _codes(text: str) -> list[str]:
    codes = [code for code in text.split(",") if code.strip()]
    if not codes:
        # An empty variable of a script would silently select everything.
        raise argparse.ArgumentTypeError("names no rule")
    return codes
