"""A coverage-guided search for texts that break a property: ``python -m tests.bench.fuzz [--seconds 180] [FOLDER]``.

Needs the fuzzer, which is no part of the test suite: ``pip install atheris``. FOLDER keeps what it has learnt for the
next run. What it finds belongs in `tests/rules/` or `tests/test_properties.py` as a case.
"""

from __future__ import annotations

import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

import atheris  # type: ignore[import-not-found]  # noqa: E402

with atheris.instrument_imports(include=["checks"]):
    from properties import HEAD, STYLES, TOKENS, broken, broken_by_one

    from checks.registry import rules

    # The rules' modules are found at run time.
    rules()


def one_input(data: bytes) -> None:
    """Make a digest of the fuzzer's bytes and hold it against the properties."""
    provider = atheris.FuzzedDataProvider(data)
    style = STYLES[provider.ConsumeIntInRange(0, len(STYLES) - 1)]
    pieces = [_pieces(provider, 16), _pieces(provider, 48)]
    text = HEAD.format(pieces[0].replace("\n", " "), pieces[1]) if provider.ConsumeBool() else pieces[1]
    problems = list(broken(text, style))
    problems += broken_by_one(text, style, provider.ConsumeIntInRange(0, 30))
    if problems:
        raise AssertionError(f"{problems} in {text!r} with {style}")


def _pieces(provider: atheris.FuzzedDataProvider, most: int) -> str:
    found: list[str] = []
    for _ in range(provider.ConsumeIntInRange(0, most)):
        if provider.ConsumeIntInRange(0, 15):
            found.append(TOKENS[provider.ConsumeIntInRange(0, len(TOKENS) - 1)])
        else:
            found.append(provider.ConsumeUnicodeNoSurrogates(3).replace("\0", ""))
    return "".join(found)


def main() -> None:
    """Run for a while; the fuzzer stops at the first text that breaks a property, and prints it."""
    arguments = sys.argv[1:]
    seconds = arguments.pop(arguments.index("--seconds") + 1) if "--seconds" in arguments else "180"
    arguments = [argument for argument in arguments if argument != "--seconds"]
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={seconds}", "-max_len=600", "-len_control=0", "-timeout=60", *arguments],
        one_input,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
