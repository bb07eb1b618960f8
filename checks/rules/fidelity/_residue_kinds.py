"""What is left in a translation of the exchange that made it: patterns, and what each says."""

from __future__ import annotations

import re
from typing import Final

from checks.model import Text
from glossary.records import NamedTuple

_TALK: Final = Text(
    "“{said}” was said to whoever asked, and is no part of the abstract", "“{said}”是对话用语，不属于摘要"
)
_REFUSAL: Final = Text("“{said}” refuses to translate", "“{said}”是拒绝翻译的答复，不是译文")
_PROMPT: Final = Text("“{said}” is an instruction to the translator", "“{said}”是给译者的指令，不是译文")
_LABEL: Final = Text("The label “{said}” is left over", "残留了标签“{said}”")
_NOTE: Final = Text("“{said}” is a note that the English does not have", "“{said}”是原文没有的附注")
SHELL: Final = Text("“{said}” is left over of the form of an answer", "“{said}”是答复格式的残留")
_ABOUT: Final = Text("“{said}” speaks of a translation, and the English does not", "“{said}”谈到翻译，而原文没有")
_PLACEHOLDER: Final = Text("“{said}” stands for a text that is still to be written", "“{said}”是占位内容，应补上正文")


class Kind(NamedTuple):
    """A kind of residue that a pattern finds."""

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
    signs: tuple[str, ...] = ()
    """In small letters; where none of them stands in a text, the pattern finds nothing there: each of its choices holds
    one. Without signs it is one that only looks at the head of a text."""


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
KINDS: Final = (
    Kind(
        _TALK,
        _compile(
            rf"{_FIRST}(?:(?:好的|当然可以|没问题|收到|明白了)[，,。！!：:～~]+\s*)?"
            r"(?:(?:以下|下面|如下|这里)(?:内容)?(?:就)?[是为]?|这就?是|我(?!们)(?:来|已|将|会)?)[^。！？\n：:]{0,50}"
            rf"{_TRANSLATION}(?:内容|结果|版本?|稿)?(?:如下)?(?:[，,]供[^。！？\n：:]{{0,12}})?\s?[：:][*\s]*"
        ),
    ),
    Kind(_TALK, _compile(rf"{_FIRST}(?:好的|当然可以|没问题|收到|明白了)[，,。！!：:～~]+\s*")),
    Kind(_TALK, _compile(rf"{_FIRST}当然[，,！!]\s*(?:以下|下面|我(?!们)|这里|这是)[^。！？\n：:]{{0,60}}[：:。]\s*")),
    Kind(
        _TALK,
        _compile(
            rf"{_HEAD}(?:(?:sure|certainly|of course|absolutely|okay|ok|no problem)[,.!]+[ ]*)?"
            r"(?:here(?:['’]s| is| are)|below is|the following is)[ ](?:the|a|my|your)[ ]"
            r"[\x20-\x39\x3b-\x7e’]{0,120}(?:[:：]|$)[*\s]*"
        ),
        _compile(r"\bhere(?:'s| is| are) (?:the|a|my|your) "),
        signs=("here", "below", "follow"),
    ),
    Kind(_TALK, _compile(rf"{_FIRST}(?:sure|certainly|of course|absolutely|okay|ok)[,.!]+\s*")),
    Kind(
        _REFUSAL,
        _compile(
            rf"(?:(?:非常|很|十分)?抱歉|对不起|不好意思)[，,]\s*(?:但是?)?"
            rf"(?:我|作为|这|该|无法|不能){_REST}"
            rf"|作为(?:一[个名款])?(?:AI|人工智能|大型|大)?(?:语言)?(?:模型|助手|AI)[，,]?\s*"
            rf"我(?:无法|不能|没有|不会|并不){_REST}"
            rf"|(?<![自使让令])我(?:无法|不能)(?:提供|完成|进行|协助|满足|翻译|访问|查看|打开){_REST}"
        ),
        _SORRY,
        is_quotable=True,
        signs=("抱歉", "对不起", "不好意思", "我无法", "我不能", "我没有", "我不会", "我并不"),
    ),
    Kind(
        _REFUSAL,
        _compile(
            r"(?:I['’]m|I am) (?:very )?sorry, but I[^\n。]{0,160}?(?:\.|$)"
            r"|as an? (?:AI|large )?\s?(?:AI )?language model, I[^\n。]{0,160}?(?:\.|$)"
            r"|I (?:can['’]t|cannot|am unable to) (?:help|assist|translate|provide|fulfil)[^\n。]{0,160}?(?:\.|$)"
        ),
        _SORRY,
        is_quotable=True,
        signs=("sorry", "language", "can", "unable"),
    ),
    Kind(
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
        _compile(r"\bplease\b|\bcontact\b"),
        signs=("您", "你", "译", "随时", "欢迎", "请"),
    ),
    Kind(
        _TALK,
        _compile(
            r"\blet me know if\b[^\n。]{0,160}|\bI hope (?:this|that|it)[^\n。]{0,60}help[^\n。]{0,40}"
            r"|\bhope (?:this|that|it) helps\b[^\n。]{0,40}|\bfeel free to (?:ask|let|contact|reach)[^\n。]{0,120}"
            r"|\bis there anything else\b[^\n。]{0,80}"
        ),
        _compile(r"let me know if|feel free to|anything else"),
        signs=("let me know", "hope", "feel free", "anyth"),
    ),
    Kind(
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
        signs=("译",),
    ),
    Kind(
        _PROMPT,
        _compile(
            r"\b(?:please )?translate (?:the following|this|the (?:above|text|abstract))[^\n。]{0,160}"
            r"|\byou are an? [^\n。]{0,60}translator[^\n。]{0,160}"
        ),
        _ASKED,
        is_quotable=True,
        signs=("translat",),
    ),
    Kind(
        _LABEL,
        _compile(
            rf"{_FIRST}[\[【（(]?(?:(?:论文|文章|中文)?(?:摘要|标题|题目|题名|概要)(?:的?(?:中文)?(?:翻译|译文))?"
            rf"|(?:中文)?(?:译文?|译名|翻译|翻译结果|翻译内容|翻译如下|译文如下)|内容(?:摘要|概要)?"
            r"|abstract|summary|translation|chinese (?:translation|abstract|version)|title"
            r"|translated (?:text|abstract|title))"
            r"[\]】）)]?[*]{0,2}(?:[ ]?[：:][*]{0,2}\s*|[*]{0,2}[ \t]*\n+\s*)"
        ),
        _compile(r"\A(?:abstract|summary|translation|title|translated)\b"),
    ),
    Kind(
        _NOTE,
        _compile(
            rf"^[ \t>*]{{0,8}}[(（\[【]?(?:译注|译者注|译者按|翻译说明|翻译注释|翻译备注|translator['’]?s? note)"
            rf"[\]】]?[*]{{0,2}}[：:]{_LINE}"
            r"|[(（\[【](?:译注|译者注|译者按|编者注)[：:][^)）\]】\n]{0,300}[)）\]】]"
            rf"|^[ \t>*]{{0,8}}[(（\[【]?(?:请注意|注意|注释?|说明|备注|note)[*]{{0,2}}[：:](?=[^\n]{{0,200}}"
            rf"(?:译文|译法|译作|译为|翻译|原文|直译|意译|术语|translat)){_LINE}"
        ),
        _compile(r"translator"),
        signs=("译", "translat", "编者", "原文", "术语"),
    ),
    Kind(
        _NOTE,
        _compile(
            rf"^[ \t>*]{{0,8}}(?:数据|资料|内容|摘要|原文)(?:来源|出处|链接)[：:]\s?(?=https?://|www\.|\[){_LINE}"
            r"|[(（](?:全文|本文|未)?完[)）](?=\s*\Z)|[(（]?(?:译文)?(?:字数|词数)[：:约\s]{1,4}\d{1,5}\s?[字词]?[)）]?"
            r"|(?:……|\.\.\.)?[(（](?:此处|以下|后文|下文|后)?(?:省略|从略|略)[)）]"
        ),
        _compile(r"\bsources?:|omitted"),
        signs=("来源", "出处", "链接", "完)", "完）", "字数", "词数", "略)", "略）"),
    ),
    Kind(
        _NOTE,
        _compile(rf"^[ \t>*]{{0,8}}(?:[\[【](?:注释?|备注|说明)[\]】][：:]?|(?:注释?|备注)[*]{{0,2}}[：:]){_LINE}"),
        _compile(r"\bnote\b|\bnb\b|\bwarning\b|\bdisclaimer\b|\bnotice\b|[*†]"),
        needs_source=True,
        signs=("注]", "注】", "注：", "注:", "注*", "注释", "说明]", "说明】"),
    ),
    Kind(
        _TALK,
        _compile(
            r"(?:(?<![自们])我(?:可以|来|会|能|再|将|已)|需要我|请问|为您|帮您)"
            r"[^。！？\n]{0,30}(?:润色|修改|调整|翻译|译|解释|补充|说明)"
        ),
        _compile(r"\bI\b"),
        is_quotable=True,
        in_sentence=True,
        signs=(
            *(f"我{word}" for word in ["可以", "来", "会", "能", "再", "将", "已"]),
            "需要我",
            "请问",
            "为您",
            "帮您",
        ),
    ),
    Kind(
        _TALK,
        _compile(rf"{_FIRST}[^。！？\n：:]{{0,60}}{_TRANSLATION}[^。！？\n：:]{{0,30}}[：:][*\s]*"),
        _TRANSLATED,
        needs_source=True,
    ),
    Kind(
        _ABOUT,
        _compile(r"翻译|译文|译者|译本|译稿|译法"),
        _TRANSLATED,
        removed=False,
        needs_source=True,
        in_sentence=True,
        signs=("译",),
    ),
    Kind(
        SHELL,
        _compile(
            r"<\|(?:im_end|im_start|endoftext|eot_id|end|assistant|user|system)\|>(?:assistant|user|system)?\s*"
            r"|\[/?INST\]\s*|<</?SYS>>\s*|\A\s{0,8}<s>|</s>(?=\s*\Z)"
        ),
        _compile(r"<\||\[/?INST|<<|</?s>"),
        signs=("<|", "nst]", "<<", "<s>", "</s>"),
    ),
    Kind(SHELL, _compile(r"^ {0,3}#{3,6}[ \t]+[^\n]{1,100}$"), _compile("^#"), signs=("###",)),
    Kind(
        _PLACEHOLDER,
        _compile(
            r"(?<![A-Za-z0-9_./-])(?:TODO|FIXME|TBD|X{3,})(?![A-Za-z0-9_-])|lorem ipsum|[?？]{3,}"
            r"|(?:(?<=[【\[（(。，：:\s])|^)(?:此处)?(?:待|尚未|暂未)(?:翻译|补充|校对|审校|完善|添加)(?=[】\]）)。，…！!\s]|$)"
            r"|[【\[]\s?(?:待|此处|插入|翻译|译文|摘要|标题|insert|placeholder|chinese|translation)[^】\]\n]{0,20}[】\]](?![(（])"
        ),
        _compile(r"\bto-?dos?\b|\btbd\b|\bfixme\b|x{3,}|lorem ipsum|\?{3,}"),
        removed=False,
        signs=("todo", "xme", "tbd", "xxx", "lorem", "??", "？？", "?？", "？?", "待", "尚未", "暂未", "[", "【"),
    ),
)
