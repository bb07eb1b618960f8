"""What our own rules say of themselves, kept between runs.

To know what wakes which rule the gate would import seventy modules with all that they need, and most digests wake half
of them. So the declarations are kept in the user's cache, under the state of the program's files, and a rule's module
is imported when the rule is first asked. Nothing here raises; without a cache the modules tell.
"""

from __future__ import annotations

import importlib
import marshal
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from checks.model import Text
from checks.registry import Chars, Check, Entries, Files, Loaded, Pairs, Rule, Segments, Suppressions, Wake
from glossary import cachedir, program

if TYPE_CHECKING:
    from checks.scene import Hit

_NAME: Final = "rules"
_PROGRAM: Final = ("checks", "glossary")
_WAKES: Final[tuple[type[Wake], ...]] = (Pairs, Chars, Segments, Entries, Files, Suppressions)


class Deferred:
    """The function of a rule whose module is imported when it is first called."""

    __slots__ = ("_check", "module")

    def __init__(self, module: str) -> None:
        self.module = module
        self._check: Check | None = None

    def __call__(self, *args: object) -> Iterable[Hit]:
        if self._check is None:
            self._check = importlib.import_module(self.module).check
        return self._check(*args)


def read() -> dict[str, Loaded] | None:
    """Our own rules by code; None where nothing was kept of this state of the program."""
    # Before any module is read, so that what is kept is never taken for newer than it is.
    now = program.state(*_PROGRAM)
    try:
        state, *rows = marshal.loads(cachedir.read(_NAME) or b"")  # noqa: S302 — the user's own, as any .pyc
        if now is None or state != now:
            return None
        found = [_rule(row) for row in rows]
    except (EOFError, ValueError, TypeError, IndexError):
        return None
    return {rule.code: Loaded(rule, Deferred(module), module) for module, rule in found}


def keep(rules: Iterable[Loaded]) -> None:
    """Keep what these rules declare for the next run."""
    now = program.state(*_PROGRAM)
    if now is not None:
        cachedir.write(_NAME, marshal.dumps([now, *map(_row, rules)]))


def _row(loaded: Loaded) -> tuple[Any, ...]:
    rule = loaded.rule
    wake = tuple(rule.wake) if isinstance(rule.wake, tuple) else ()
    kind = _WAKES.index(type(rule.wake))
    return (loaded.module, kind, wake, *rule._replace(summary=tuple(rule.summary), wake=None))  # type: ignore[arg-type]


def _rule(row: tuple[Any, ...]) -> tuple[str, Rule]:
    module, kind, wake, *told = row
    rule = Rule(*told)
    return module, rule._replace(summary=Text(*rule.summary), wake=_WAKES[kind](*wake))
