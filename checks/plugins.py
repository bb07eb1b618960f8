"""Rules that other distributions bring.

A distribution names, in the entry-point group ``yijiao.rules``, a module that declares a rule as our
own do, or a package of such modules. Its rules are then rules like any other: they run, are
explained, selected, suppressed and dismissed by their codes. One that cannot be used is never passed
over in silence, since a gate that runs fewer rules than it should lets faults through.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Final, get_args

from checks.errors import PluginError
from checks.model import SEVERITIES, Field, Safety, Text
from checks.registry import Chars, Entries, Loaded, Pairs, Rule, Segments, Wake, declared, modules

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP: Final = "yijiao.rules"

_CODE: Final = re.compile(r"[A-Z]{3}[0-9]{3}")
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MQM: Final = re.compile(r"[a-z-]+/[a-z-]+")


def added(own: Mapping[str, Loaded]) -> dict[str, Loaded]:
    """The rules of plug-ins by code, given our own. Raises :class:`PluginError` for one that cannot be used."""
    found: dict[str, Loaded] = {}
    for point in _points() if _announced() else ():
        for loaded in _loaded(point):
            fault = _fault(loaded) or _clash(loaded, own, found)
            if fault is not None:
                raise _refused(point, f"{loaded.module}: {fault}")
            found[loaded.rule.code] = loaded
    return found


def _announced() -> bool:
    """Whether anything installed may have a plug-in.

    importlib.metadata would tell, but importing it costs a third of the start-up of the gate.
    """
    for folder in sys.path:
        try:
            names = os.listdir(folder or os.curdir)  # noqa: PTH208 — a tenth of the time of Path.iterdir()
        except NotADirectoryError:
            # An archive, which importlib.metadata knows how to read.
            return True
        except OSError:
            continue
        for name in names:
            if name.endswith(".egg"):
                return True
            if name.endswith((".dist-info", ".egg-info")) and _mentioned(os.path.join(folder, name)):
                return True
    return False


def _mentioned(folder: str) -> bool:
    try:
        with open(os.path.join(folder, "entry_points.txt"), "rb") as file:
            return GROUP.encode() in file.read()
    except OSError:
        return False


def _points() -> list[EntryPoint]:
    """The entry points, in an order that does not depend on the file system."""
    from importlib.metadata import entry_points

    return sorted(entry_points(group=GROUP), key=lambda point: (_distribution(point), point.name))


def _distribution(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else point.value


def _refused(point: EntryPoint, problem: str) -> PluginError:
    name = point.dist.name if point.dist is not None else point.value
    remedy = f"mend it, or do without it: pip uninstall {name}"
    return PluginError(f"plug-in {_distribution(point)}", None, f"{problem}; {remedy}")


def _loaded(point: EntryPoint) -> list[Loaded]:
    """The rules behind an entry point."""
    try:
        rules = [declared(module, _distribution(point)) for module in _modules(point.load())]
    except (Exception, SystemExit) as error:
        raise _refused(point, f"{point.value} cannot be loaded ({type(error).__name__}: {error})") from error
    if not rules:
        raise _refused(point, f"the package {point.value} holds no rule")
    return rules


def _modules(target: object) -> Iterable[ModuleType]:
    if not isinstance(target, ModuleType):
        raise ImportError("it is neither a module nor a package")  # noqa: TRY004
    return modules(target) if hasattr(target, "__path__") else (target,)


def _fault(loaded: Loaded) -> str | None:
    """What is wrong with a declaration. A type checker would tell its author; we cannot know that it was asked."""
    rule = loaded.rule
    faults = {
        "it has no docstring, which is the manual of its rule": loaded.manual,
        f"the code {rule.code!r} is not three capital letters and three digits": _matches(_CODE, rule.code),
        f"the name {rule.name!r} is not of small-letter words joined by hyphens": _matches(_NAME, rule.name),
        f"the severity is not one of {', '.join(SEVERITIES)}": rule.severity in SEVERITIES,
        f"the MQM type {rule.mqm!r} is not dimension/type": _matches(_MQM, rule.mqm),
        "the summary is not a Text in both languages": isinstance(rule.summary, Text) and all(rule.summary),
        "the fix is not safe, unsafe, manual or None": rule.fix in (None, *get_args(Safety)),
        "the fields are not some of those of an entry": rule.fields and set(rule.fields) <= set(get_args(Field)),
        "the revision is not a number from 1 on": isinstance(rule.revision, int) and rule.revision > 0,
        "the wake is none, or what it looks for is no regular expression": _wakes(rule),
    }
    return next((fault for fault, sound in faults.items() if not sound), None)


def _matches(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _wakes(rule: Rule) -> bool:
    try:
        if isinstance(rule.wake, Entries):
            rule.wake.patterns()
        elif isinstance(rule.wake, Pairs | Chars | Segments):
            rule.wake.pattern()
    except (re.error, TypeError, ValueError):
        return False
    return isinstance(rule.wake, Wake)


def _clash(loaded: Loaded, own: Mapping[str, Loaded], others: Mapping[str, Loaded]) -> str | None:
    """What a rule would take from another: its code, its name, or the prefix of one of our families."""
    rule = loaded.rule
    if rule.code[:3] in {code[:3] for code in own}:
        return f"{rule.code} has the prefix of a family of Yijiao's own; choose another"
    for other in (*own.values(), *others.values()):
        whose = f"{other.rule.code} of {other.plugin or 'Yijiao'} ({other.module})"
        if other.rule.code == rule.code:
            return f"the code {rule.code} is that of {whose} already"
        if other.rule.name == rule.name:
            return f"the name {rule.name!r} is that of {whose} already"
    return None
