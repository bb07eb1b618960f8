"""The words of quality in numbers, on 总览."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "quality.mqm": ("译文质量", "Quality of the translations"),
    "quality.mqm.how": (
        "得分只计编辑确认 (接受或修改) 的错误，{passing:g} 分合格；未处理的另计为每千词罚分。点击一点打开该期。",
        (
            "A score counts only errors that an editor confirmed, by accepting or editing; {passing:g} passes. What is "
            "open is told apart, as penalty points to 1,000 words. A click on a point opens the digest's findings."
        ),
    ),
    "quality.score": ("MQM 得分", "MQM score"),
    "quality.score.plot": ("MQM 得分，已确认的错误 ↑", "MQM score, of confirmed errors ↑"),
    "quality.density": ("每千词罚分", "Points to 1,000 words"),
    "quality.density.plot": ("每千词罚分，未处理的问题 ↓", "Points to 1,000 words, open findings ↓"),
    "quality.passes": ("合格", "passes"),
    "quality.fails": ("不合格", "fails"),
    "quality.small": ("样本小", "small sample"),
    "quality.words": ("词数", "Words"),
    "quality.errors": ("确认的错误", "Confirmed errors"),
    "quality.errors.told": ("{errors} 处错误，{words:,} 词", "{errors} errors, {words:,} words"),
    "quality.open.told": ("{findings} 个问题，{words:,} 词", "{findings} findings, {words:,} words"),
    "quality.kept": ("术语", "Terms"),
    "quality.kept.how": (
        "译对率 {success}，至少译对一次 {presence}；译名一致率 {micro} (按处)、{macro} (按术语)。",
        (
            "Rendered right: {success} of all places, {presence} at least once in a text. "
            "Consistent: {micro} of places, {macro} by term."
        ),
    ),
    "quality.kept.plot": ("术语译对率，% ↑", "Terms rendered right, % ↑"),
    "quality.success": ("译对率", "of all places"),
    "quality.presence": ("至少一次", "at least once"),
    "quality.percent": ("%", "%"),
    "quality.terms.told": ("原文 {said} 处，译对 {kept} 处", "said {said} times, kept {kept}"),
    "quality.missed": ("漏译、误译最多的术语", "Terms missed most"),
    "quality.term": ("术语", "Term"),
    "quality.said": ("原文次数", "Said"),
    "quality.right": ("译对", "Kept"),
    "quality.missing": ("未译对", "Missed"),
    "quality.consistency": ("一致率", "Consistency"),
    "quality.forms": ("译法", "Renderings"),
    "quality.work": ("译后编辑", "Post-editing"),
    "quality.work.how": (
        "{entries} 条中改动了 {changed} 条。TER：每百词中从机器译文到发布稿的编辑次数，一个汉字算一词，空格不算。",
        (
            "{changed} of {entries} entries were changed. TER counts the edits from the machine's text to the "
            "published one, to a hundred words; a Han character is a word, a space is none."
        ),
    ),
    "quality.ter": ("TER", "TER"),
    "quality.months": ("各月 TER ↓", "TER by month ↓"),
    "quality.months.told": ("{entries} 条，改动 {changed} 条", "{entries} entries, {changed} changed"),
    "quality.month": ("月份", "Month"),
    "quality.translators": ("各翻译模型", "By translator"),
    "quality.translators.none": (
        "稿件没有写明翻译模型；在条目前单独一行写 <!-- translator: 名称 -->，这里就分别统计。",
        "No digest names its translator; a line <!-- translator: NAME --> before the entries has it told here.",
    ),
    "quality.translator": ("翻译模型", "Translator"),
    "quality.rules": ("各规则的编辑量", "Edits by rule"),
    "quality.terms": ("各术语的编辑量", "Edits by term"),
    "quality.terms.none": ("还没有关于术语的决定。", "No decision was about a term yet."),
    "quality.rule": ("规则", "Rule"),
    "quality.decisions": ("决定", "Decisions"),
    "quality.edits": ("编辑次数", "Edits"),
    "quality.entries": ("改动最大的条目", "Entries that took most"),
    "quality.entries.none": ("改动的只有空格。", "Nothing but spaces was changed."),
    "quality.entry": ("条目", "Entry"),
    "quality.title": ("标题", "Title"),
    "quality.all": ("条目数", "Entries"),
    "quality.changed": ("改动", "Changed"),
    "quality.none": ("还没有人改动过译文。", "Nobody has changed a translation yet."),
    "quality.of": ("期", "Of"),
    "quality.more": ("详情", "More"),
    "quality.measure": ("指标", "Measure"),
    "quality.working": ("正在计算 {done}/{of}…", "Working it out, {done} of {of}…"),
    "quality.alt": (
        "{name}：共 {number} 点，从 {first} 到 {last}；最低 {low}，最高 {high}。",
        "{name}: {number} points, from {first} to {last}; lowest {low}, highest {high}.",
    ),
}
