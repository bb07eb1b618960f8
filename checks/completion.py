"""Completion in shells: ``--print-completion SHELL`` prints a script that shtab makes from the options themselves."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from checks.given import named
from glossary.remote import place

SHELLS: Final = ("bash", "zsh", "fish")
_OF_CODES: Final = ("select", "ignore", "explain")
"""The options that take codes of rules, or prefixes of them, with commas between."""


def add_completion(parser: argparse.ArgumentParser, program: str) -> None:
    """Add the option; ``program`` is the name of the console script, which is what the shell completes."""
    parser.add_argument(
        "--print-completion",
        action=_Print,
        const=program,
        default=argparse.SUPPRESS,
        choices=SHELLS,
        metavar="SHELL",
        help=f"print what makes {', '.join(SHELLS)} complete {program}, and exit",
    )


class _Print(argparse.Action):
    """Not shtab's own action, with which every run would import shtab."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        sys.stdout.write(script(parser, str(self.const), str(values)) + "\n")
        parser.exit()


def script(parser: argparse.ArgumentParser, program: str, shell: str) -> str:
    """The completion script of a door for one of :data:`SHELLS`."""
    import shtab

    parser.prog = program
    for action in _actions(parser):
        if action.dest in _OF_CODES:
            action.complete = _listed("_yijiao_codes", _codes())  # type: ignore[attr-defined]
        elif action.type in (Path, place, named):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    return shtab.complete(parser, shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The options of a parser and of its commands."""
    for action in parser._actions:  # argparse has no public list; shtab reads this one too
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)


def _codes() -> list[str]:
    from checks.registry import codes

    return sorted({*codes(), *(code[:3] for code in codes())})


def _listed(name: str, words: Iterable[str]) -> dict[str, str | dict[str, str]]:
    """How each shell completes a list of words with commas between; ``name`` is what its function is called."""
    known = " ".join(words)
    return {
        "bash": name,
        "zsh": name,
        "fish": f"({name})",
        "preamble": {
            "bash": f"""
{name}() {{
  local done=""
  [[ $1 == *,* ]] && done="${{1%,*}},"
  compgen -P "$done" -W "{known}" -- "${{1##*,}}"
}}""",
            "zsh": f"""
{name}() {{
  _sequence compadd - {known}
}}""",
            "fish": f"""
function {name}
  set -l done (string match -r '.*,' -- (commandline -ct))
  for word in {known}
    echo "$done$word"
  end
end""",
        },
    }
