r"""The Chinese title lost the paper's own name.

**What.** The Chinese title keeps the name that the paper has for its model, data set or method, as the English
title gives it: before the colon (*TTRL: …*), of a *Technical Report*, after *Introducing*; elsewhere where the
abstract introduces it. A name has capitals or digits inside, or is an abbreviation of the author's; a plain word is
one only where the abstract uses it as such (*we propose Mirage*).

**Flagged.** 测试时强化学习 for *TTRL: Test-Time Reinforcement Learning* · 万花筒-2 技术报告 for *Kaleido-2 Technical
Report* · 幻象：视频生成 for *Mirage: Video Generation*, whose abstract says *we propose Mirage*

**Clean.** TTRL：测试时强化学习 · 三思而后行：智能体的规划 for *Look Before You Leap: …* · 注意力：综述 for
*Attention: A Survey* · 推测解码 for *Speculative Decoding: …* · a misspelt name, which is TRM009's; so is one that
the abstract lost as well

**Fix.** Unsafe: the name and a full-width colon before the title, where the English has it before its colon and the
Chinese has no colon. None elsewhere.

**Norm.** House style, *Entry*: the Chinese title keeps the paper's own name, joined by a full-width colon; MQM
*do-not-translate*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from checks.formulas import flat
from checks.model import Fix, Text
from checks.namelist import TOKEN
from checks.registry import Entries, Rule
from checks.rules.fidelity._own_name import MAY_OPEN, own_names, stands_in
from checks.scene import EntryScene, Hit
from checks.text import HAN, has_han

RULE = Rule(
    code="FID010",
    name="title-name",
    severity="error",
    mqm="accuracy/do-not-translate",
    summary=Text("The Chinese title lost the paper's own name", "中文标题丢失了论文自己的名称"),
    wake=Entries(heading=MAY_OPEN),
    fix="unsafe",
)
_LOST: Final = Text("The title lost the name {name}", "标题中缺少名称 {name}")
_PREPEND: Final = Text("Begin with “{name}：”", "在开头补上“{name}：”")
_COLON = re.compile(r"[:：]|—|--")
_HALF = re.compile(rf"[A-Za-z0-9.][-\u2010\u2011][{HAN}]|[{HAN}][-\u2010\u2011][A-Za-z0-9]")
_ALIKE: Final = 0.7
_MOST: Final = 5


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look for the names of the English title in the Chinese one."""
    title, source = scene.segments.get("title"), scene.source
    if title is None or not has_han(title.text):
        return
    heading = scene.entry.heading.text.strip()
    english = source.title if source is not None and not has_han(source.title) else heading
    listed = scene.context.glossary.abbreviations
    for name in islice(own_names(english, scene.terms.abstract, listed), _MOST):
        if stands_in(name, title.text) or _is_misspelt(name, title.text, english):
            continue
        plain = flat(name).replace("^", "").replace("_", "")
        fixes: tuple[Fix, ...] = ()
        if re.match(rf"{re.escape(name)}\s?[:：]", english) and not _COLON.search(title.text):
            fixes = (title.fix(_PREPEND, "unsafe", (0, 0, f"{plain}："), name=plain),)
        yield title.hit(0, len(title.text), _LOST, quote=name, fixes=fixes, name=name)


def _is_misspelt(name: str, title: str, english: str) -> bool:
    """Whether a word of the title resembles the name, as a whole and not as what is left of one half translated.

    Another word of the English title is no misspelling: the Android of *AndroidLab: Android Agents*.
    """
    from difflib import SequenceMatcher

    if _HALF.search(title):
        return False
    plain = flat(name).casefold()
    words = {found[0].casefold() for found in TOKEN.finditer(flat(title))}
    words -= {found[0].casefold() for found in TOKEN.finditer(flat(english))}
    return any(SequenceMatcher(None, plain, word, autojunk=False).ratio() >= _ALIKE for word in words)
