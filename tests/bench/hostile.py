"""How the time of the reader and of each rule grows with hostile text: ``python tests/bench/hostile.py``.

Eight times the text should take about eight times as long; what has a ratio far above that is not linear.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from checks.digest import parse
from checks.engine import Engine
from checks.model import SourceText
from checks.registry import Loaded, rules
from checks.scene import Context
from glossary import load_layers, shipped

UNITS = {
    "opening brackets": "(",
    "empty brackets": "()",
    "plurals": "LLMs ",
    "wrong forms": "大型语言模型",
    "suspect forms": "（代理）",
    "two forms": "缩放定律扩展定律",
    "glosses": "词 (A B, AB) ",
    "undefined": "用 PRM。",
    "renamed": "词 (LLN) 与 LMN、",
    "names": "Agent Lab ",
    "near names": "RefAb{n}z ",
    "hyphens": "a-",
    "commas": "A, ",
    "straight quotes": '"中"',
    "opening quotes": "“中",
    "quotes in turn": "“中”。”中“",
    "single quotes": "‘中’",
    "nested quotes": "“‘“",
    "dots": "... ",
    "dashes": "中—",
    "marks": "，。",
    "wide numbers": "1，000：",
    "English": "it is a，",
    "dollars": "$a",
    "ticks": "`中",
    "stars": "中*",
    "strong stars": "**中 **a",
    "half links": "[a](b",
    "open links": "[a](",
    "open wide links": "[a]（(",
    "opening square brackets": "[[",
    "closing square brackets": "] ",
    "half targets": "](https://a.cn（",
    "half formulas": "$\\a_{n} x",
    "half environments": "\\begin{a}",
    "half displays": "\\[ ",
    "half comments": "<!-- ",
    "half comment lines": "<!--\n",
    "comments": "<!-- TODO -->",
    "half thoughts": "<think>",
    "half placeholders": "[TODO",
    "fences": "```\n",
    "fences in turn": "```\n~~~\n",
    "closing marks": " ##",
    "zero width": "中\u200b",
    "special spaces": "中\u3000\u00a0",
    "ideographic lines": "\u3000\n",
    "spaces": " ",
    "trailing spaces": "中 \n",
    "carriage returns": "中\r",
    "lost characters": "\ufffdæ",
    "mojibake": "鎴锛ä¸",
    "full width": "Ａ－",
    "doubled": "的的",
    "doubled words": "模型模型LLM LLM ",
    "look-alikes": "Тrаns-",
    "addresses": "https://a.cn/b。",
    "shares": "5%、",
    "fractions": "1/2/",
    "numerals": "三百",
}
PLACES = {
    "body": "## A Study\n[研究](https://arxiv.org/abs/2504.00001)\n\n本文研究缩放定律。{text}\n",
    "title": "## A Study\n[研究{text}](https://arxiv.org/abs/2504.00001)\n\n本文。\n",
    "address": "## A Study\n[研究](https://arxiv.org/abs/2504.00001{text}\n\n本文。\n",
    "behind link": "## A Study\n[研究](https://arxiv.org/abs/2504.00001) 本文{text}。\n",
    "heading": "## A Study{text}x\n[研究](https://arxiv.org/abs/2504.00001)\n\n本文。\n",
    "file": "{text}",
}
"""Where in a digest the reader meets a text."""
SMALL, FACTOR = 10_000, 8
RUNS = count(1)


def hostile(unit: str, size: int) -> str:
    """A text of this many characters; no two are equal, as what was read of one is remembered."""
    return "".join(unit.replace("{n}", str(n)) for n in range(size // len(unit))) + "。" * next(RUNS)


def reading(place: str, unit: str, size: int) -> float:
    """The time in which a digest is read that has such a text there."""
    text = PLACES[place].replace("{text}", hostile(unit, size))
    began = time.perf_counter()
    parse(text)
    return time.perf_counter() - began


def checking(loaded: Loaded, context: Context, unit: str, size: int) -> float:
    """The time of one rule on one entry with such a text."""
    digest = parse(PLACES["body"].replace("{text}", hostile(unit, size)))
    engine = Engine([loaded])
    began = time.perf_counter()
    engine.check(digest, context)
    return time.perf_counter() - began


def show_worst(name: str, seconds: Callable[[str, int], float]) -> None:
    """Print the text with which the time grows most."""
    rows = []
    for text, unit in UNITS.items():
        small = min(seconds(unit, SMALL) for _ in range(2))
        large = seconds(unit, SMALL * FACTOR)
        rows.append((large / small, text, small, large))
    ratio, text, small, large = max(rows)
    print(f"{name:11} {text:23} {small * 1000:9.1f} {large * 1000:9.1f} {ratio:6.1f}")


def main() -> None:
    """Print the worst texts of each place of a digest and of each rule."""
    source = SourceText("2504.00001", "A Study", "Agents and scaling laws and LLMs. RefAb1x and RefAb2x. " * 20)
    context = Context(load_layers([shipped()]), {source.arxiv_id: source})
    print(f"{'':11} {'text':23} {'small ms':>9} {'large ms':>9} {'ratio':>6}   (×{FACTOR} text)")
    for place in PLACES:
        show_worst(place, partial(reading, place))
    for loaded in rules():
        show_worst(loaded.rule.code, partial(checking, loaded, context))


if __name__ == "__main__":
    main()
