"""The words of the overview."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "overview.0": ("可以发布", "Ready to publish"),
    "overview.1": ("还有 {failing} 个须处理的问题", "{failing} findings must be decided"),
    "overview.2": ("无法判定", "It cannot be judged"),
    "overview.why.0": (
        "{files} 个文件、{entries} 个条目里，没有达到「{fail_on}」级别的问题。",
        "In {files} files with {entries} entries there is nothing at or above “{fail_on}”.",
    ),
    "overview.why.1": (
        "{files} 个文件、{entries} 个条目里，{failing_files} 个文件有「{fail_on}」及以上级别的问题，须处理完才能发布。",
        (
            "Of {files} files with {entries} entries, {failing_files} have findings at or above “{fail_on}”, "
            "which must be decided before publishing."
        ),
    ),
    "overview.why.2": (
        "下列文件或设置有误，须先修好；能判定的 {files} 个文件里还有 {failing} 个「{fail_on}」及以上级别的问题。",
        (
            "What is listed below must be mended first; the {files} files that can be judged have {failing} findings "
            "at or above “{fail_on}”."
        ),
    ),
    "overview.verify": ("在终端核对（退出码 {code}）：", "To verify in a terminal (exit code {code}):"),
    "overview.digests": ("各期文件", "Digests"),
    "overview.rules": ("按规则", "By rule"),
    "overview.trend": ("每 100 个条目的问题数", "Findings per 100 entries"),
    "overview.trend.how": (
        "按规则族，逐期排列；点击一点，打开该期这一族的问题。",
        "By family of rules, digest by digest; a click on a point opens its findings.",
    ),
    "overview.days": ("每天的决定", "Decisions per day"),
    "overview.days.none": ("还没有人作过决定。", "Nobody has decided anything yet."),
    "overview.numbers": ("图中的数字", "The numbers behind it"),
    "overview.csv": ("下载 CSV", "Download CSV"),
    "overview.none": ("没有未处理的问题。", "There are no open findings."),
    "overview.digest": ("期", "Digest"),
    "overview.file": ("文件", "File"),
    "overview.gate": ("门禁", "Gate"),
    "overview.gate.0": ("通过", "passes"),
    "overview.gate.1": ("未通过", "fails"),
    "overview.gate.2": ("无法判定", "cannot judge"),
    "overview.gate.why": (
        "退出码 {code}：{failing} 个问题达到「{fail_on}」及以上",
        "exit code {code}: {failing} at or above “{fail_on}”",
    ),
    "overview.exit-code": ("退出码", "Exit code"),
    "overview.entries": ("条目", "Entries"),
    "overview.dismissed": ("已忽略", "Dismissed"),
    "overview.baselined": ("基线", "Baseline"),
    "overview.decided": ("已决定", "Decided"),
    "overview.since": ("自 {day}", "since {day}"),
    "overview.now": ("正在看", "Here now"),
    "overview.rule": ("规则", "Rule"),
    "overview.summary": ("说明", "Summary"),
    "overview.family": ("规则族", "Family"),
    "overview.findings": ("问题", "Findings"),
    "overview.rate": ("每百条", "Per 100"),
    "overview.day": ("日期", "Day"),
    "overview.kind": ("决定", "Decision"),
    "overview.number": ("数量", "Number"),
    "overview.link": ("{severity} {number} 个，{where}", "{number} of severity {severity}, {where}"),
    "family.TRM": ("术语", "Terminology"),
    "family.FID": ("忠实", "Fidelity"),
    "family.DIG": ("结构", "Structure"),
    "family.FMT": ("排版", "Typography"),
    "family.CHR": ("字符", "Characters"),
    "family.SUP": ("豁免", "Suppressions"),
    "decision.accept": ("接受", "accepted"),
    "decision.edit": ("修改", "edited"),
    "decision.dismiss": ("忽略", "dismissed"),
}
