"""An English sentence, clause or word left standing in the Chinese.

**What.** A run of English outside brackets, quotation and book-title marks, code, math and addresses is reported where
it reads like a clause: six or more words in small letters, or fewer with words that only a clause has (we, is, which …)
or several small ones (of, the, in). A body without any Chinese is reported once, as a whole. Common words of English
abstracts between Chinese, of which one at least is long, and none is of a term of the glossary, are a warning.

**Flagged.** 我们提出一种新方法，which is trained on ten languages，效果更好。 · 该方法有效。We release all models. ·
出现显著的 quality degradation · a body in English

**Clean.** 检索增强生成 (a model that retrieves before it writes) · 提示语为“Let us think about it first” · 《All that
we have is attention》 · 多个模型 (LLaMA, Qwen and others) · names, lists of names, terms left in English (TRM008's) ·
web 导航 and key, which are short · the title as a whole in English, which is DIG008's · English that the source quotes

**Fix.** None: the English must be translated.

**Norm.** MQM *untranslated*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from checks.model import Text
from checks.registry import Entries, Rule
from checks.rules.fidelity._wording import shortened
from checks.scene import EntryScene, Hit, SegmentScene
from checks.text import HAN, has_han

RULE = Rule(
    code="FID004",
    name="untranslated-run",
    severity="error",
    mqm="accuracy/untranslated",
    summary=Text("An English sentence or clause left standing", "残留未翻译的英文句子或分句"),
    wake=Entries(),
)
_BODY: Final = Text("The whole abstract is in English", "整段摘要都是英文，没有翻译")
_RUN: Final = Text("This English is not translated: {english}", "这里的英文没有翻译：{english}")
_WORDS: Final = Text("“{english}” is not translated", "“{english}”没有翻译")

_LONGEST_ASIDE: Final = 400
_INSIDE = f"{HAN}\n]{{0,{_LONGEST_ASIDE}}}"
# One class of characters first, which a regex looks for many times faster than for any of several choices.
_ASIDE = re.compile(
    rf"[(（“‘\"`《「『](?:(?<=[(（])[^()（）{_INSIDE}[)）]|(?<=“)[^“”{_INSIDE}”|(?<=‘)[^‘’{_INSIDE}’"
    rf"|(?<=\")[^\"{_INSIDE}\"|(?<=`)`[^`{_INSIDE}''|(?<=《)[^《》{_INSIDE}》"
    rf"|(?<=「)[^「」{_INSIDE}」|(?<=『)[^『』{_INSIDE}』)"
)
_LATIN = f"[^{HAN}、。，；：？！（）《》【】「」『』…\n]+"
_LATIN_RUN = re.compile(rf"{_LATIN}(?:\n(?=[ ]*[A-Za-z]){_LATIN})*")
_WORD = re.compile(r"(?<![\\A-Za-z0-9_-])[A-Za-z][a-z'’]*(?:-[a-z]+)*(?![A-Za-z0-9_(@-])")
_CLAUSE_WORD = re.compile(
    r"are|be|been|being|but|by|can|could|do(?:es)?|from|ha[sd]|have|how|however|if|into|is|its?|may|might|not|our|should"
    r"|such|than|that|their|them|then|there|these|they|this|those|thus|was|were|we|what|when|where|whether|which|while"
    r"|who|whose|will|would",
    re.IGNORECASE,
)
"""What only a clause has."""
_SMALL_WORD = re.compile(r"an?|and|as|at|for|in|of|on|or|to|the|with", re.IGNORECASE)
_MANY: Final = 6
"""Words in small letters that are too many for a term."""
_SOME: Final = 5
_FEW: Final = 4
_LONG: Final = 7
"""Letters of a word that nobody leaves in English on purpose, unless it is a term."""
_PLAIN_RUN = re.compile(r"[ \n*]*[a-z]{3,}(?:[ -][a-z]{3,})*[ \n*]*")


def check(scene: EntryScene) -> Iterator[Hit]:
    """Look for English in the body and, where it is Chinese, in the title."""
    body, title = scene.segments.get("body"), scene.segments.get("title")
    if body is not None and not has_han(body.masked):
        if _WORD.search(body.masked):
            yield body.hit(0, len(body.text), _BODY)
    elif body is not None:
        yield from _runs(body)
    if title is not None and has_han(title.masked):
        yield from _runs(title)


def _runs(field: SegmentScene) -> Iterator[Hit]:
    text = _ASIDE.sub(lambda aside: " " * len(aside[0]), field.masked)
    for run in _LATIN_RUN.finditer(text):
        if run.end() - run.start() < _LONG:
            continue
        words = list(_WORD.finditer(run[0]))
        clause = _is_clause([word[0] for word in words])
        if not clause and not (_PLAIN_RUN.fullmatch(run[0]) and _is_left(field, *run.span())):
            continue
        start, end = run.start() + words[0].start(), run.end()
        end -= len(text[start:end]) - len(text[start:end].rstrip(" \t\n\"'“”‘’-—*"))
        if not _is_quoted_in_source(field, field.text[start:end]):
            english = shortened(field.text[start:end])
            yield field.hit(
                start, end, _RUN if clause else _WORDS, severity=None if clause else "warning", english=english
            )


def _is_left(field: SegmentScene, start: int, end: int) -> bool:
    """Whether a run is of common words, of which one at least is long, and none is of a term."""
    from checks.lexicon import known

    english = field.masked[start:end]
    words = re.findall("[a-z]+", english)
    if max(map(len, words)) < _LONG or not all(map(known, words)):
        return False
    return not field.entry.terms.matcher.source(english)


def _is_clause(words: Sequence[str]) -> bool:
    lower = sum(word.islower() for word in words)
    if lower < _FEW or 2 * lower < len(words):
        return False
    small = sum(_SMALL_WORD.fullmatch(word) is not None for word in words)
    return lower >= _MANY or any(map(_CLAUSE_WORD.fullmatch, words)) or small > 2 or (small == 2 and lower >= _SOME)


def _is_quoted_in_source(field: SegmentScene, english: str) -> bool:
    """Whether the English abstract has it in quotation marks: a prompt, a motto."""
    source = field.entry.source
    if source is None:
        return False
    at = source.abstract.find(english.strip(" .,"))
    return at > 0 and source.abstract[at - 1] in "\"“'‘`{"
