"""What the smaller doors share: streams, exit codes, and errors told in one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from io import TextIOWrapper

from checks.errors import InputError
from checks.view import one_line


def answered(program: str, work: Callable[[], int], extras: Mapping[str, str]) -> int:
    """Run a door's work and return the exit code: its own, 2 for what it could not do, 130 where interrupted.

    ``extras`` names, by top-level module, the extra of the distribution that brings what may be missing.
    """
    for stream in (sys.stdout, sys.stderr):
        # A locale that cannot show Chinese must not stop the work.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _worked(work)
    except InputError as error:
        problem = one_line(str(error))
    except OSError as error:
        problem = f"output: cannot be written ({error.strerror or error})"
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        problem = one_line(f"{program}: {_reason(error, extras)}")
    print(problem, file=sys.stderr)
    return 2


def _worked(work: Callable[[], int]) -> int:
    try:
        code = work()
        sys.stdout.flush()
    except SystemExit:
        # --help has been answered.
        return 0
    except BrokenPipeError:
        # The reader (head) has had enough; nothing more can be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _reason(error: Exception, extras: Mapping[str, str]) -> str:
    if isinstance(error, ModuleNotFoundError):
        extra = extras.get((error.name or "").partition(".")[0])
        if extra is not None:
            return f"{error.name} is not installed; pip install 'yijiao[{extra}]' adds it"
    if sys.flags.dev_mode:
        raise error
    # Python's own exit code for this, 1, would say that the work had been done.
    return f"stopped by a defect of its own ({type(error).__name__}: {error}); please report it"
