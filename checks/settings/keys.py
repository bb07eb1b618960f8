"""The keys of a settings file: how each is read, what a schema says of it, what it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from checks.model import SEVERITIES, Severity
from checks.profile import PROFILES
from checks.quality.mqm import MULTIPLIERS
from checks.registry import named, nearest
from checks.settings.model import compiled
from glossary.records import NamedTuple

STYLE: Final[Mapping[str, tuple[str, ...]]] = {
    "brackets": ("half", "full", "consistent"),
    "spacing": ("one", "none", "consistent"),
    "quotes": ("curly", "corner"),
    "range": ("off", "tilde", "endash"),
    "hyphen-space": ("off", "none"),
    "unit-space": ("off", "one"),
}
"""The options of the house style and their values."""


class Key(NamedTuple):
    """One key. ``read`` gets the value and the folder of the file, and raises :class:`ValueError`."""

    read: Callable[[object, Path], object]
    schema: Mapping[str, object]
    """JSON Schema of the value."""
    about: str
    by_path: bool = False
    """Whether a ``[paths."…"]`` table may hold it."""


def _path(value: object, root: Path) -> Path:
    if not isinstance(value, str) or not value:
        raise ValueError("must be a path, as a text")
    return root / value


def _paths(value: object, root: Path) -> tuple[Path, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise ValueError("must be a path or a list of paths")  # noqa: TRY004
    return tuple(_path(item, root) for item in value)


def _texts(value: object, _root: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def patterns(value: object, root: Path) -> tuple[str, ...]:
    """Patterns as for git."""
    found = _texts(value, root)
    compiled(found)
    return found


def rule_codes(value: object, _root: Path = Path()) -> tuple[str, ...]:
    """Codes or prefixes in any case, each of which names at least one rule; raises :class:`ValueError`."""
    wanted = tuple(text.strip().upper() for text in _texts(value, _root))
    for selector in wanted:
        if not named(selector):
            near = nearest(selector)
            hint = f"; did you mean {near}?" if near else "; --rules lists them all"
            raise ValueError(f"names no rule: {selector!r}{hint}")
    return wanted


def _severity(value: object, _root: Path = Path()) -> Severity:
    for severity in SEVERITIES:
        if value == severity:
            return severity
    raise ValueError(f"must be one of {', '.join(SEVERITIES)}")


def _severities(value: object, root: Path) -> dict[str, Severity]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of codes and severities")  # noqa: TRY004
    severities: dict[str, Severity] = {}
    # A longer selector says more, whatever the order of the lines.
    for selector in sorted(value, key=len):
        (prefix,) = rule_codes([selector], root)
        severity = _severity(value[selector])
        severities |= dict.fromkeys(named(prefix), severity)
    return severities


def _grades(value: object, root: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of codes and severities of MQM")  # noqa: TRY004
    found: dict[str, str] = {}
    for selector in sorted(value, key=len):
        (prefix,) = rule_codes([selector], root)
        if value[selector] not in MULTIPLIERS:
            raise ValueError(f"must be one of {', '.join(MULTIPLIERS)}")
        found |= dict.fromkeys(named(prefix), str(value[selector]))
    return found


def _number(least: float, most: float) -> Callable[[object, Path], float]:
    def read(value: object, _root: Path) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise ValueError(f"must be a number from {least:g} to {most:g}")
        return float(value)

    return read


LIKENESS: Final = _number(50, 100)
"""How alike two sentences are, in percent; below half everything is like something."""


def _profile(value: object, _root: Path) -> str:
    if not isinstance(value, str) or value not in PROFILES:
        raise ValueError(f"must be one of {', '.join(PROFILES)}")
    return value


def _style(value: object, _root: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError("must be a table of options")  # noqa: TRY004
    for name, choice in value.items():
        if name not in STYLE:
            raise ValueError(f"has no option {name!r}; {suggestion(name, STYLE)}")
        if choice not in STYLE[name]:
            raise ValueError(f"{name} must be one of {', '.join(STYLE[name])}")
    return {name.replace("-", "_"): choice for name, choice in value.items()}


def suggestion(name: str, known: Mapping[str, object]) -> str:
    """What the writer of an unknown name may have meant."""
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]!r}?" if near else "known are: " + ", ".join(sorted(known))


_TEXT: Final = {"type": "string", "minLength": 1}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_PATHS: Final = {"oneOf": [_TEXT, _TEXTS]}
_CODES: Final = {"type": "array", "items": {"type": "string", "pattern": "^[A-Za-z]{1,3}[0-9]{0,3}$"}}
_GRADES: Final = {"enum": list(SEVERITIES)}
_OPTIONS: Final = {name: {"enum": list(choices)} for name, choices in STYLE.items()}

KEYS: Final[Mapping[str, Key]] = {
    "digests": Key(_path, _TEXT, "The folder of the digests: what is checked where no path is given"),
    "exclude": Key(patterns, _TEXTS, "Files in it that are no digests, as patterns like those of .gitignore"),
    "bilingual": Key(patterns, _TEXTS, "XLIFF, TMX, PO and CSV files of folders that are checked too, as patterns"),
    "glossary": Key(_paths, _PATHS, "Files or folders of terms, over the shipped ones", by_path=True),
    "sources": Key(_paths, _PATHS, "Files or folders of English titles and abstracts"),
    "review-dir": Key(_path, _TEXT, "Where dismissals and the baseline are kept"),
    "baseline": Key(_path, _TEXT, "The baseline, where it does not stand in the review directory"),
    "select": Key(rule_codes, _CODES, "Only these rules; a prefix selects a family", by_path=True),
    "ignore": Key(rule_codes, _CODES, "Not these rules; the longer code wins over select", by_path=True),
    "fail-on": Key(_severity, _GRADES, "The mildest severity that fails the gate"),
    "severity": Key(
        _severities,
        {"type": "object", "additionalProperties": _GRADES},
        "Severities by code or prefix",
        by_path=True,
    ),
    "profile": Key(_profile, {"enum": list(PROFILES)}, "The norm: the digests' house style, or GB/T", by_path=True),
    "style": Key(
        _style,
        {"type": "object", "properties": _OPTIONS, "additionalProperties": False},
        "Single options of the norm, over the profile's",
        by_path=True,
    ),
    "known-abbreviations": Key(_texts, _TEXTS, "Abbreviations that need no explanation", by_path=True),
    "mqm-severity": Key(
        _grades,
        {"type": "object", "additionalProperties": {"enum": list(MULTIPLIERS)}},
        "What an error weighs in the MQM score, by code or prefix",
    ),
    "passing-score": Key(
        _number(1, 99), {"type": "number", "minimum": 1, "maximum": 99}, "The MQM score with which a digest passes"
    ),
    "acceptable-penalty": Key(
        _number(0.1, 1000),
        {"type": "number", "minimum": 0.1, "maximum": 1000},
        "The penalty points to a thousand words at which it just does",
    ),
    "memory-cutoff": Key(
        LIKENESS,
        {"type": "number", "minimum": 50, "maximum": 100},
        "How alike a sentence and an earlier one must be to be shown as translated before, in percent",
    ),
    "cache-dir": Key(_path, _TEXT, "Where findings of unchanged digests are kept; it may be deleted at any time"),
}
"""Every key, in the order in which settings are shown."""
