"""A link text in English where the Chinese title belongs.

The link text is the Chinese title of the paper. One without any Chinese was not translated, however
well known its words are.

Flagged::

    ## Attention Heads of Language Models: A Survey
    [Attention Heads of Language Models: A Survey](https://arxiv.org/abs/2504.00001)

Clean::

    ## Pixtral 12B
    [Pixtral 12B](https://arxiv.org/abs/2504.00001)

A paper that is called by a bare name (`GPT-4o`, `Imagen 3`, `Depth Anything V2`) may keep it. Where the
heading says more than the name, so must the title: `Gemma 3` is not enough for `Gemma 3 Technical Report`.
There is no fix: a title has to be translated. A link without any text is DIG003's.

Norm: the house style, "Entry".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from checks.digest import normalise
from checks.model import Text
from checks.registry import Rule, Segments
from checks.scene import Hit, SegmentScene
from checks.text import CLOSE, CODE, HTML, MATH, OPEN, URL, has_han

RULE = Rule(
    code="DIG008",
    name="title-language",
    severity="error",
    mqm="design-and-markup/wrong-language",
    summary=Text("A link text in English instead of the Chinese title", "链接文字是英文，应为中文标题"),
    wake=Segments("A-Za-z"),
    fields=("title",),
)

_FOUND = Text(
    "The title “{title}” is English: translate it",
    "标题“{title}”仍是英文：请译成中文",
)

_HIDDEN = re.compile(f"[{MATH}{CODE}{URL}{HTML}{OPEN}{CLOSE}]")
_WORD = re.compile(r"[A-Za-z]+")
_CODED = re.compile(r"[A-Za-z0-9+*.-]*(?:\d|[A-Z][A-Za-z]*[A-Z])[A-Za-z0-9+*.-]*")
"""A word with a digit or with two capitals: GPT-4o, 12B, LLaMA."""
_VERSION = re.compile(r"[A-Za-z]{0,2}\d[A-Za-z0-9.+-]*")
_CAPITALISED = re.compile(r"[A-Z][A-Za-z0-9+*.-]*")
_MOST_WORDS: Final = 3
_LONGEST_NAME: Final = 60


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    if has_han(scene.masked) or not _WORD.search(_HIDDEN.sub("", scene.masked)):
        return
    title = scene.text.strip()
    heading = scene.entry.entry.heading.text
    if not (_is_name(title) and (normalise(title) == normalise(heading) or has_han(heading) or not heading)):
        yield scene.hit(0, len(scene.text), _FOUND, title=title)


def _is_name(title: str) -> bool:
    """Whether a title is a bare name: one word, words with digits or capitals, or a name with its version."""
    words = title.split()
    if len(title) > _LONGEST_NAME or len(words) > _MOST_WORDS:
        return False
    if len(words) == 1 or all(_CODED.fullmatch(word) for word in words):
        return _CAPITALISED.match(title) is not None or _CODED.fullmatch(words[0]) is not None
    return _VERSION.fullmatch(words[-1]) is not None and all(_CAPITALISED.fullmatch(word) for word in words[:-1])
