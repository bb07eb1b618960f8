"""The words of a summary, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from checks.model import Language

_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("译文质量小结", "Quality of the translations"),
    "exit": ("退出码", "exit code"),
    "exit.0": ("门禁通过", "The gate passes"),
    "exit.1": ("门禁未通过", "The gate does not pass"),
    "exit.2": ("门禁无法判定", "The gate cannot judge"),
    "counts": (
        "{digests} 期，{entries} 条 ({known} 条有英文原文)，约 {words:,} 词；未处理的问题每千词 {density:.1f} 罚分。",
        (
            "{digests} digests, {entries} entries, about {words:,} English words; the English of {known} is at hand. "
            "Open issues weigh {density:.1f} penalty points to 1,000 words."
        ),
    ),
    "rules": ("问题最多的规则", "The rules that find most"),
    "rule": ("规则", "rule"),
    "count": ("数量", "findings"),
    "share": ("占比", "share"),
    "about-rule": ("说明", "what it is"),
    "digests": ("各期", "Digest by digest"),
    "digest": ("文件", "digest"),
    "entries": ("条目", "entries"),
    "error": ("错误", "errors"),
    "warning": ("警告", "warnings"),
    "info": ("提示", "hints"),
    "density": ("每千词罚分", "points to 1,000 words"),
    "score": ("MQM 得分", "MQM score"),
    "passes": ("合格", "passes"),
    "fails": ("不合格", "fails"),
    "small": ("(样本小)", "(small sample)"),
    "terms": ("术语", "Terms"),
    "terms-are": (
        "术语译对率 {success}，至少译对一次的 {presence}；译名一致率 {micro} (按处)、{macro} (按术语)。",
        (
            "Rendered right: {success} of all places; at least once in a text: {presence}. "
            "Consistent: {micro} of places, {macro} by term."
        ),
    ),
    "term": ("术语", "term"),
    "said": ("原文次数", "said"),
    "kept": ("译对次数", "kept"),
    "consistency": ("一致率", "consistency"),
    "forms": ("译法", "renderings"),
    "work": ("译后编辑", "Post-editing"),
    "work-is": (
        "{entries} 条中改动了 {changed} 条，确认了 {errors} 处错误，这些稿件合计 MQM 得分 {score:.1f}。",
        (
            "{changed} of {entries} entries were changed and {errors} errors confirmed: an MQM score of {score:.1f} "
            "over these digests."
        ),
    ),
    "measure": ("指标", "measure"),
    "value": ("值", "value"),
    "signature": ("sacreBLEU 签名", "signature of sacreBLEU"),
    "decisions": ("决定", "decisions"),
    "edits": ("编辑次数", "edits"),
    "month": ("月份", "month"),
    "dearest": ("改动最大的条目", "entries that took most"),
    "translator": ("翻译模型", "translator"),
    "changed": ("改动", "changed"),
    "remarks": ("未解决的批注", "Open comments"),
    "remark": ("批注", "comment"),
    "entry": ("条目", "entry"),
    "by": ("作者", "by"),
    "at": ("日期", "on"),
    "answers": ("回复", "answers"),
    "trend": ("每千词罚分，按期", "Penalty points to 1,000 words, digest by digest"),
    "about": (
        "问题是机器所见，经编辑确认 (接受或修改) 的才计入 MQM 得分。罚分：提示 0、警告 1、错误 5，可在设置中更改。",
        (
            "An open issue is what a machine sees; only what an editor confirms, by accepting or editing, counts in an "
            "MQM score. Points: hint 0, warning 1, error 5, unless the settings say otherwise."
        ),
    ),
}
WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "zh": {key: pair[0] for key, pair in _TEXTS.items()},
    "en": {key: pair[1] for key, pair in _TEXTS.items()},
}
