"""What the gate is timed against: one process a run, over the same files.

    python -m tests.bench.speed.peers NAME FOLDER

Each of them reads every digest below the folder. None does what the gate does; what each does is in its description.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

_HAN: Final = r"\u3400-\u4dbf\u4e00-\u9fff"
REGEXES: Final = (
    rf"[{_HAN}][A-Za-z0-9]",
    rf"[A-Za-z0-9%][{_HAN}]",
    rf"[{_HAN}] +[{_HAN}]",
    rf"[{_HAN}]  +[A-Za-z]",
    r" +[，。；：！？、]",
    r"[，。；：！？、] +",
    rf"[{_HAN}][,.;:!?]",
    r"[A-Za-z][，。；：][A-Za-z]",
    r"（[^（）]{0,200}）",
    r"\( | \)",
    r"[\"'][^\"'\n]{1,80}[\"']",
    r"。。|，，|、、|！！|？？",
    r"\.{3,}|。{3,}",
    r"(?<!-)--(?!-)|(?<!—)—(?!—)",
    r"[０-９Ａ-Ｚａ-ｚ]",
    r"\\[a-z]+\{[^{}]*\}",
    r"\$[^$\n]{1,200}\$",
    r"\b[A-Z]{2,}s\b",
    r"\d+(?:\.\d+)?%",
    r"\d+(?:,\d{3})+",
    r"[\u200b-\u200f\u2060\ufeff]",
    rf"([{_HAN}])\1\1",
    r"[ \t]+$",
    r"https?://[^\s)）]+",
)
"""The shapes that most of the typography rules look for, one regex each, and nothing verified."""


class Peer(NamedTuple):
    """Another way to run over the files. ``command`` is run in the corpus's folder."""

    name: str
    about: str
    command: Sequence[str]
    needs: str
    """The module or program without which it is left out."""

    @property
    def there(self) -> bool:
        """Whether it is installed."""
        return shutil.which(self.needs) is not None or importlib.util.find_spec(self.needs) is not None


def _texts(folder: str) -> Iterator[str]:
    for path in sorted(Path(folder).rglob("*.md")):
        yield path.read_text(encoding="utf-8")


def _autocorrect(folder: str) -> int:
    from autocorrect_py import lint_for

    return sum(len(lint_for(text, "markdown").lines) for text in _texts(folder))


def _pangu(folder: str) -> int:
    from pangu import space_text

    return sum(space_text(text) != text for text in _texts(folder))


def _opencc(folder: str) -> int:
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    return sum(convert(text) != text for text in _texts(folder))


def _regexes(folder: str) -> int:
    patterns = [re.compile(pattern, re.MULTILINE) for pattern in REGEXES]
    entries = (entry for text in _texts(folder) for entry in text.split("\n## "))
    return sum(1 for entry in entries for pattern in patterns for _ in pattern.finditer(entry))


RUNS: Final[Mapping[str, Callable[[str], int]]] = {
    "autocorrect": _autocorrect,
    "pangu": _pangu,
    "opencc": _opencc,
    "regexes": _regexes,
}


def _script(name: str) -> Sequence[str]:
    return (sys.executable, "-m", "tests.bench.speed.peers", name, "digests")


PEERS: Final = (
    Peer("autocorrect-py", "lint: spaces and punctuation, as Markdown", _script("autocorrect"), "autocorrect_py"),
    Peer("pangu", "spaces between Han and Latin", _script("pangu"), "pangu"),
    Peer("OpenCC", "Traditional to Simplified (t2s), nothing else", _script("opencc"), "opencc"),
    Peer("24 regexes", "a loop of 24 regexes over each entry, hits counted", _script("regexes"), "re"),
    Peer("rg", "the glossary's Chinese forms as fixed strings, hits counted a file",
         ("rg", "-c", "-F", "-f", "forms.txt", "digests"), "rg"),
    Peer("wc -m", "characters counted: the floor", ("sh", "-c", "find digests -name '*.md' -print0 | xargs -0 wc -m"),
         "wc"),
)  # fmt: skip


if __name__ == "__main__":
    print(RUNS[sys.argv[1]](sys.argv[2]))
