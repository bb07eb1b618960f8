"""What is left in a translation of the exchange that made it: patterns, each with what it says and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from checks.model import Text

_TALK: Final = Text("“{said}” was said to whoever asked, and is no part of the abstract", "“{said}”是对话用语，不属于摘要")
_REFUSAL: Final = Text("“{said}” refuses to translate", "“{said}”是拒绝翻译的答复，不是译文")
_PROMPT: Final = Text("“{said}” is an instruction to the translator", "“{said}”是给译者的指令，不是译文")
_LABEL: Final = Text("The label “{said}” is left over", "残留了标签“{said}”")
_NOTE: Final = Text("“{said}” is a note that the English does not have", "“{said}”是原文没有的附注")
_SHELL: Final = Text("“{said}” is left over of the form of an answer", "“{said}”是答复格式的残留")
_ABOUT: Final = Text("“{said}” speaks of a translation, and the English does not", "“{said}”谈到翻译，而原文没有")
_PLACEHOLDER: Final = Text("“{said}” stands for a text that is still to be written", "“{said}”是占位内容，应补上正文")


class Residue(NamedTuple):
    """A residue at `[start, end)`; `cuts` is what to remove, empty where that is not sure."""

    start: int
    end: int
    message: Text
    cuts: tuple[tuple[int, int], ...]


class _Kind(NamedTuple):
    message: Text
    pattern: re.Pattern[str]
    excuse: re.Pattern[str] | None = None
    """In the English (heading and abstract) it makes the Chinese innocent."""
    removed: bool = True
    is_quotable: bool = False
    """Whether a paper may quote it."""
    in_sentence: bool = False
    """Whether the sentence round what the pattern finds is meant."""
    needs_source: bool = False
    """Whether only a known abstract without the excuse proves it."""


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


_REST: Final = r"[^。！？!?\n]{0,120}(?:[。！？!?]|$)"
_LINE: Final = r"[^\n]{0,600}"
_FIRST: Final = r"\A[\s>*#“\"—-]{0,8}"
_HEAD: Final = r"^[ \t>*#“\"]{0,8}"
_TRANSLATION: Final = r"(?:翻译|译文|中文版|中译|译本|译稿)"
_TRANSLATED: Final = _compile(r"translat|render|interpret")
_ASKED: Final = _compile(r"translate (?:the|this|it)|\byou are an?\b")
_SORRY: Final = _compile(r"\bsorry\b|as an? (?:ai|large )?\s?language model|\brefus")
_KINDS: Final = (
    _Kind(
        _TALK,
        _compile(
            rf"{_FIRST}(?:(?:好的|当然可以|没问题|收到|明白了)[，,。！!：:～~]+\s*)?"
            rf"(?:(?:以下|下面|如下|这里|这)(?:内容)?(?:就)?[是为]?|我(?:来|已|将)?(?:为您|帮您|把|将)?)[^。！？\n：:]{{0,50}}"
            rf"{_TRANSLATION}[^。！？\n：:，,]{{0,30}}[：:][*\s]*"
        ),
    ),
    _Kind(_TALK, _compile(rf"{_FIRST}(?:好的|当然可以|没问题|收到|明白了)[，,。！!：:～~]+\s*")),
    _Kind(_TALK, _compile(rf"{_FIRST}当然[，,！!]\s*(?:以下|下面|我|这里|这是)[^。！？\n：:]{{0,60}}[：:。]\s*")),
    _Kind(
        _TALK,
        _compile(
            rf"{_HEAD}(?:(?:sure|certainly|of course|absolutely|okay|ok|no problem)[,.!]+[ ]*)?"
            r"(?:here(?:['’]s| is| are)|below is|the following is)[ ](?:the|a|my|your)[ ]"
            r"[\x20-\x39\x3b-\x7e’]{0,120}(?:[:：]|$)[*\s]*"
        ),
        _compile(r"\bhere(?:'s| is| are) (?:the|a|my|your) "),
    ),
    _Kind(_TALK, _compile(rf"{_FIRST}(?:sure|certainly|of course|absolutely|okay|ok)[,.!]+\s*")),
    _Kind(
        _REFUSAL,
        _compile(
            rf"(?:(?:非常|很|十分)?抱歉|对不起|不好意思)[，,]\s*(?:但是?)?"
            rf"(?:我|作为|这|该|无法|不能){_REST}"
            rf"|作为(?:一[个名款])?(?:AI|人工智能|大型|大)?(?:语言)?(?:模型|助手|AI)[，,]?\s*"
            rf"我(?:无法|不能|没有|不会|并不){_REST}"
            rf"|我(?:无法|不能)(?:提供|完成|进行|协助|满足|翻译|访问|查看|打开){_REST}"
        ),
        _SORRY,
        is_quotable=True,
    ),
    _Kind(
        _REFUSAL,
        _compile(
            r"(?:I['’]m|I am) (?:very )?sorry, but I[^\n。]{0,160}?(?:\.|$)"
            r"|as an? (?:AI|large )?\s?(?:AI )?language model, I[^\n。]{0,160}?(?:\.|$)"
            r"|I (?:can['’]t|cannot|am unable to) (?:help|assist|translate|provide|fulfil)[^\n。]{0,160}?(?:\.|$)"
        ),
        _SORRY,
        is_quotable=True,
    ),
    _Kind(
        _TALK,
        _compile(
            rf"(?:希望|但愿)(?:以上|这个|这份|这段|这|此|本|该|我的)?{_TRANSLATION}?(?:内容|回答)?(?:能够?|可以|会)?"
            r"对?(?:您|你)[^。！？\n]{0,20}(?:帮助|帮到|满意|有用)[^。！？\n]{0,12}(?:[。！!～~]|$)"
            r"|(?:希望|但愿)[^。！？\n，]{0,12}(?:翻译|译文)[^。！？\n]{0,12}(?:帮助|帮到|满意|有用)[^。！？\n]{0,12}(?:[。！!]|$)"
            r"|(?:如果?|若)(?:您|你)?(?:还|仍)?(?:需|有|想)[^。！？\n]{0,40}(?:随时|欢迎|请)[^。！？\n]{0,12}"
            r"(?:告诉我|告知|联系|提问|问我|提出|说明)[^。！？\n]{0,12}(?:[。！!～~]|$)"
            r"|请(?:您|你)?(?:提供|输入|给出|发送|粘贴|上传)(?:您|你)?(?:需要|要|想要?|待)?[^。！？\n]{0,8}(?:翻译|译)的?"
            r"[^。！？\n]{0,20}(?:[。！!～~]|$)"
        ),
    ),
    _Kind(
        _TALK,
        _compile(
            r"\blet me know if\b[^\n。]{0,160}|\bI hope (?:this|that|it)[^\n。]{0,60}help[^\n。]{0,40}"
            r"|\bhope (?:this|that|it) helps\b[^\n。]{0,40}|\bfeel free to (?:ask|let|contact|reach)[^\n。]{0,120}|\bis there anything else\b[^\n。]{0,80}"
        ),
        _compile(r"let me know if|feel free to|anything else"),
    ),
    _Kind(
        _PROMPT,
        _compile(
            r"(?:请)?(?:将|把)(?:以下|下面|上述|下列|上面|这段)[^。！？\n]{0,30}"
            r"(?:翻译成|翻译为|译成|译为)[^。！？!?\n：:]{0,60}(?:[：:。！？!?]|$)\s*"
            rf"|请?翻译(?:以下|下面|下列|上述)[^。！？\n：:]{{0,40}}[：:。]\s*"
            rf"|你(?:现在)?是(?:一[位名个])?[^。！？\n]{{0,30}}(?:翻译|译者|译员){_REST}\s*"
            r"|^[ \t>*#]{0,8}翻译(?:要求|规则|步骤|指令)[：:]" + _LINE
        ),
        _ASKED,
        is_quotable=True,
    ),
    _Kind(
        _PROMPT,
        _compile(
            r"\b(?:please )?translate (?:the following|this|the (?:above|text|abstract))[^\n。]{0,160}"
            r"|\byou are an? [^\n。]{0,60}translator[^\n。]{0,160}"
        ),
        _ASKED,
        is_quotable=True,
    ),
    _Kind(
        _LABEL,
        _compile(
            rf"{_FIRST}[\[【（(]?(?:(?:论文|文章|中文)?(?:摘要|标题|题目|题名|概要)(?:的?(?:中文)?(?:翻译|译文))?"
            rf"|(?:中文)?(?:译文?|译名|翻译|翻译结果|翻译内容|翻译如下|译文如下)|内容(?:摘要|概要)?"
            r"|abstract|summary|translation|chinese (?:translation|abstract|version)|translated (?:text|abstract|title)|title)"
            r"[\]】）)]?[*]{0,2}(?:[ ]?[：:][*]{0,2}\s*|[*]{0,2}[ \t]*\n+\s*)"
        ),
        _compile(r"\A(?:abstract|summary|translation|title|translated)\b"),
    ),
    _Kind(
        _NOTE,
        _compile(
            rf"^[ \t>*]{{0,8}}[(（\[【]?(?:译注|译者注|译者按|翻译说明|翻译注释|翻译备注|translator['’]?s? note)"
            rf"[\]】]?[*]{{0,2}}[：:]{_LINE}"
            r"|[(（\[【](?:译注|译者注|译者按|编者注)[：:][^)）\]】\n]{0,300}[)）\]】]"
            rf"|^[ \t>*]{{0,8}}[(（\[【]?(?:请注意|注意|注释?|说明|备注|note)[*]{{0,2}}[：:](?=[^\n]{{0,200}}"
            rf"(?:译文|译法|译作|译为|翻译|原文|直译|意译|术语|translat)){_LINE}"
        ),
        _compile(r"translator"),
    ),
    _Kind(
        _NOTE,
        _compile(
            rf"^[ \t>*]{{0,8}}(?:数据|资料|内容|摘要|原文)(?:来源|出处|链接)[：:]{_LINE}"
            r"|[(（](?:全文|本文|未)?完[)）](?=\s*\Z)|[(（]?(?:译文)?(?:字数|词数)[：:约\s]{1,4}\d{1,5}\s?[字词]?[)）]?"
            r"|(?:……|\.\.\.)?[(（](?:此处|以下|后文|下文|后)?(?:省略|从略|略)[)）]"
        ),
        _compile(r"\bsources?:|omitted"),
    ),
    _Kind(
        _NOTE,
        _compile(rf"^[ \t>*]{{0,8}}[\[【](?:注释?|备注|说明)[\]】][：:]?{_LINE}|^[ \t>*]{{0,8}}(?:注释?|备注)[*]{{0,2}}[：:]{_LINE}"),
        _compile(r"\bnote\b|\bnb\b|\bwarning\b|\bdisclaimer\b|\bnotice\b|[*†]"),
        needs_source=True,
    ),
    _Kind(
        _TALK,
        _compile(
            r"(?:(?<![自们])我(?:可以|来|会|能|再|将|已)|需要我|请问|为您|帮您)"
            r"[^。！？\n]{0,30}(?:润色|修改|调整|翻译|译|解释|补充|说明)"
        ),
        _compile(r"\bI\b"),
        is_quotable=True,
        in_sentence=True,
    ),
    _Kind(
        _TALK,
        _compile(rf"{_FIRST}[^。！？\n：:]{{0,60}}{_TRANSLATION}[^。！？\n：:]{{0,30}}[：:][*\s]*"),
        _TRANSLATED,
        needs_source=True,
    ),
    _Kind(
        _ABOUT,
        _compile(r"翻译|译文|译者|译本|译稿|译法"),
        _TRANSLATED,
        removed=False,
        needs_source=True,
        in_sentence=True,
    ),
    _Kind(
        _SHELL,
        _compile(
            r"<\|(?:im_end|im_start|endoftext|eot_id|end|assistant|user|system)\|>(?:assistant|user|system)?\s*"
            r"|\[/?INST\]\s*|<</?SYS>>\s*|\A\s{0,8}<s>|</s>(?=\s*\Z)"
        ),
        _compile(r"<\||\[/?INST|<<|</?s>"),
    ),
    _Kind(
        _PLACEHOLDER,
        _compile(
            r"(?<![A-Za-z0-9_./-])(?:TODO|FIXME|TBD|X{3,})(?![A-Za-z0-9_-])|lorem ipsum|[?？]{3,}"
            r"|(?:(?<=[【\[（(。，：:\s])|^)(?:此处)?(?:待|尚未|暂未)(?:翻译|补充|校对|审校|完善|添加)(?=[】\]）)。，…！!\s]|$)"
            r"|[【\[]\s?(?:待|此处|插入|翻译|译文|摘要|标题|insert|placeholder|chinese|translation)[^】\]\n]{0,20}[】\]](?![(（])"
        ),
        _compile(r"\bto-?dos?\b|\btbd\b|\bfixme\b|x{3,}|lorem ipsum|\?{3,}"),
        removed=False,
    ),
)
_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[\w+-]*[ \t]*\r?$", re.MULTILINE)
_THOUGHT = re.compile(r"<(think(?:ing)?)>", re.IGNORECASE)
_OBJECT = re.compile(
    r"\A\s*[\[{]\s*(?:[\"“][^\"”“\n]{1,30}[\"”]\s*[:：]\s*)?[\"“](?=[^\0]{0,100000}[\"”]\s*,?\s*[\]}]\s*\Z)"
)
_OBJECT_END = re.compile(r"[\"”]\s{0,20},?\s{0,20}[\]}]\s{0,20}\Z")
_TAG = re.compile(
    r"(?:(?<=\A)|(?<=\n))[ \t]{0,8}<(?P<open>[A-Za-z_-]{1,20}|译文|翻译|摘要)>[ \t]*\n?"
    r"|\n?[ \t]{0,8}</(?P<close>[A-Za-z_-]{1,20}|译文|翻译|摘要)>(?=[ \t]{0,8}(?:\n|\Z))"
)
_SHELLS: Final = frozenset(
    """translation translated translated_text target target_text output answer result response text abstract zh chinese
    summary think thinking reasoning reflection source document content body title 译文 翻译 摘要""".split()
)
_LONGEST: Final = 200
"""How far a sentence reaches on each side."""
_STOP = re.compile(r"[。！？!?](?:[”）)]|(?=\n))?|(?=\n)")
_FAR: Final = 100
_QUOTE = re.compile(r"[“‘「『][^”’」』\n]*$|^[^\"\n]*(?:\"[^\"\n]*\"[^\"\n]*)*\"[^\"\n]*$")
"""A quotation that is still open at the end."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MOST: Final = 50


def residues(text: str, english: str, *, is_known: bool) -> list[Residue]:
    """What does not belong in a Chinese field; `english` is heading and abstract, `is_known` says there is an abstract."""
    taken = [found.span() for found in _COMMENT.finditer(text)] if "<!--" in text else []
    found: list[Residue] = []
    for residue in _all(text, english, is_known=is_known):
        if len(found) < _MOST and not any(residue.start < end and start < residue.end for start, end in taken):
            taken += [(residue.start, residue.end), *residue.cuts]
            found.append(residue)
    return _joined(text, sorted(found, key=lambda residue: residue.start))


def _joined(text: str, residues: list[Residue]) -> list[Residue]:
    """Neighbours of a kind are one: *Glad to help! Let me know …*."""
    joined: list[Residue] = []
    for residue in residues:
        last = joined[-1] if joined else None
        if last is None or last.message != residue.message or text[last.end : residue.start].strip():
            joined.append(residue)
        elif len(last.cuts) == len(residue.cuts) == 1:
            whole = (last.cuts[0][0], residue.cuts[0][1])
            joined[-1] = Residue(last.start, residue.end, last.message, (whole,))
        else:
            joined.append(residue)
    return joined


def _all(text: str, english: str, *, is_known: bool) -> Iterator[Residue]:
    yield from _fences(text, english)
    yield from _objects(text)
    yield from _thought(text, english)
    for kind in _KINDS:
        if kind.needs_source and not is_known:
            continue
        excused: bool | None = None
        for found in kind.pattern.finditer(text):
            if excused is None:
                excused = kind.excuse is not None and kind.excuse.search(english) is not None
            if excused:
                break
            if kind.is_quotable and _QUOTE.search(text, max(0, found.start() - _FAR), found.start()):
                continue
            start, end = _sentence(text, *found.span()) if kind.in_sentence else found.span()
            whole = text[start:end]
            lead, tail = len(whole) - len(whole.lstrip()), len(whole) - len(whole.rstrip())
            yield Residue(start + lead, end - tail, kind.message, ((start, end),) if kind.removed else ())
    yield from _tags(text, english)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = text[max(0, start - _LONGEST) : start]
    after = _STOP.search(text, end, end + _LONGEST)
    begin = max(before.rfind(stop) for stop in "。！？\n") + 1
    return start - len(before) + begin, after.end() if after else min(end + _LONGEST, len(text))


def _fences(text: str, english: str) -> Iterator[Residue]:
    if "```" not in text and "~~~" not in text:
        return
    lines = [found.span() for found in _FENCE.finditer(text)]
    if lines and not _FENCE.search(english):
        yield Residue(*lines[0], _SHELL, tuple((start, min(end + 1, len(text))) for start, end in lines))


def _objects(text: str) -> Iterator[Residue]:
    opens = _OBJECT.match(text)
    closes = _OBJECT_END.search(text, max(0, len(text) - 60)) if opens else None
    if opens and closes and closes.start() >= opens.end():
        yield Residue(0, opens.end(), _SHELL, (opens.span(), closes.span()))


def _thought(text: str, english: str) -> Iterator[Residue]:
    """What was thought aloud, to its closing tag."""
    opens = _THOUGHT.search(text)
    if opens is None or opens[0].casefold() in english.casefold():
        return
    closing = f"</{opens[1]}>"
    closes = text.casefold().find(closing.casefold(), opens.end())
    if closes >= 0 and len(text.casefold()) == len(text):
        end = closes + len(closing)
        yield Residue(opens.start(), end, _SHELL, ((opens.start(), end),))


def _tags(text: str, english: str) -> Iterator[Residue]:
    """Tags that open or close a line and that no sentence names, each pair once."""
    pairs: dict[str, list[re.Match[str]]] = {}
    for tag in islice(_TAG.finditer(text) if "<" in text else (), _MOST):
        pairs.setdefault((tag["open"] or tag["close"]).casefold(), []).append(tag)
    for name, pair in pairs.items():
        if name in _SHELLS and f"<{name}" not in english.casefold() and f"</{name}" not in english.casefold():
            shown = pair[0][0]
            start = pair[0].start() + len(shown) - len(shown.lstrip())
            yield Residue(start, start + len(shown.strip()), _SHELL, tuple(tag.span() for tag in pair))
