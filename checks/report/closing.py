"""The lines at the end of a report for people: counts, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checks.model import SEVERITIES
from checks.registry import rules
from checks.verdict import Report
from checks.view import View, one_line

if TYPE_CHECKING:
    from checks.decisions import Decision

_WORDS = {
    "zh": {"error": "错误", "warning": "警告", "info": "提示"},
    "en": {"error": "error", "warning": "warning", "info": "hint"},
}
_MOST_PLACES = 5


def closing(report: Report, view: View) -> Iterator[str]:
    """How many findings in how many files; what was not judged; how many ``--fix`` has mended and can mend."""
    files, entries, counts = len(report.files), report.totals.entries, report.totals.by_severity
    total, errors, safe = counts.total(), len(report.errors), report.totals.safe.total()
    words = _WORDS[view.lang]
    found = [severity for severity in reversed(SEVERITIES) if counts[severity]]
    if view.lang == "zh":
        parts = "，".join(f"{words[severity]} {counts[severity]}" for severity in found)
        yield f"{files} 个文件，{entries} 条：" + (f"{total} 处问题（{parts}）" if total else "没有发现问题")
        if errors:
            yield f"有 {errors} 处错误，未能全部检查。"
        if report.mended:
            yield f"已自动修复 {report.mended} 处。"
        if safe:
            yield f"其中 {safe} 处可由 --fix 自动修复（标 [*]）。"
    else:
        parts = ", ".join(_number(counts[severity], words[severity]) for severity in found)
        says = f"{_number(total, 'finding')} ({parts})" if total else "nothing found"
        yield f"{_number(files, 'file')}, {_number(entries, 'entry')}: {says}"
        if errors:
            yield f"Not everything could be judged: {_number(errors, 'problem')}."
        if report.mended:
            yield f"{report.mended} mended."
        if safe:
            yield f"{safe} of them can be mended by --fix (marked [*])."
    yield from _decided(report, view)


def _decided(report: Report, view: View) -> Iterator[str]:
    """What is not said, because it has been answered; and which answers are idle."""
    zh = view.lang == "zh"
    dismissed, suppressed, baselined = report.totals.dismissed, report.totals.suppressed, report.totals.baselined
    if dismissed:
        yield f"另有 {dismissed} 处已由编辑忽略。" if zh else f"{dismissed} more dismissed by editors."
    if suppressed:
        yield f"另有 {suppressed} 处由文中注释忽略。" if zh else f"{suppressed} more silenced by comments."
    if baselined:
        yield f"另有 {baselined} 处在基线中。" if zh else f"{baselined} more in the baseline."
    if report.unmatched:
        says = (
            f"{len(report.unmatched)} 条忽略记录已对不上任何问题："
            if zh
            else "Dismissals that match nothing any more: "
        )
        yield says + _places(report.unmatched)
    if report.paid:
        says = "Baseline lines that match nothing any more (--prune drops them): "
        yield (f"基线中有 {len(report.paid)} 处已不存在，可用 --prune 清除：" if zh else says) + _places(report.paid)


def _places(records: Sequence[Decision]) -> str:
    places = [f"{record.key.code} {record.key.entry}" for record in records]
    return one_line(", ".join(places[:_MOST_PLACES])) + (" …" if len(places) > _MOST_PLACES else "")


def _number(count: int, word: str) -> str:
    plural = word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{count:,} {word if count == 1 else plural}"


def statistics(report: Report, view: View) -> Iterator[str]:
    """Findings by rule, most frequent first."""
    by_code, safe = report.totals.by_code, report.totals.safe
    about = {loaded.rule.code: loaded.rule for loaded in rules()}
    for code, count in sorted(by_code.items(), key=lambda item: (-item[1], item[0])):
        rule = about[code]
        mark = "[*]" if safe[code] else "   "
        summary = rule.summary.zh if view.lang == "zh" else rule.summary.en
        yield f"{count:>7,}  {view.paint(rule.severity, code)} {mark} {rule.name:<24} {summary}"
    yield from closing(report, view)
