"""The parts of the overview, as HTML: the verdict in words, the digests, the rules."""

from __future__ import annotations

import html

from checks.markedtext import escaped
from checks.model import SEVERITIES, Severity
from checks.registry import rules
from review_app.components.tables import boxed, linked
from review_app.locale import Words
from review_app.overview import Line, Overview
from review_app.tables import Cell, Table, queue

WORST_FIRST: tuple[Severity, ...] = tuple(reversed(SEVERITIES))


def verdict(seen: Overview, fail_on: Severity, command: str, words: Words) -> str:
    """Whether everything may be published, why, and how to ask the gate itself."""
    code = seen.exit_code
    judged = [line for line in seen.lines if line.exit_code != 2 or not line.errors]
    why = words(
        f"overview.why.{code}",
        files=len(judged),
        entries=sum(line.entries for line in judged),
        failing=seen.failing,
        failing_files=sum(line.exit_code == 1 for line in judged),
        fail_on=words(f"severity.{fail_on}"),
    )
    title = linked(words(f"overview.{code}", failing=seen.failing), "/" if seen.failing and code == 1 else "")
    verify = words("overview.verify", code=code)
    return (
        f'<section class="yj-say yj-exit{code}" lang="{words.tag}"><h2>{title}</h2><p>{escaped(why)}</p>'
        f'<p class="yj-verify">{escaped(verify)} <code>{escaped(command)}</code></p></section>'
    )


def digests(seen: Overview, fail_on: Severity, words: Words) -> str:
    """A line for each digest."""
    names = ["digest", "gate", "entries", *WORST_FIRST, "decided", "dismissed", "baselined", "now"]
    head = "".join(
        f'<th scope="col" class="yj-{name}">{escaped(words(_column(name)))}</th>'
        for name in names
        if name != "now" or any(line.onlookers for line in seen.lines)
    )
    rows = "".join(_digest(line, fail_on, words) for line in seen.lines)
    return boxed(f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>", "yj-digests", words("overview.digests"))


def by_rule(seen: Overview, words: Words) -> str:
    """A line for each rule of which there is an open finding, with a bar that compares them."""
    if not seen.by_rule:
        return f'<p class="yj-none" lang="{words.tag}">{escaped(words("overview.none"))}</p>'
    head = "".join(
        f'<th scope="col">{escaped(words(key))}</th>'
        for key in ("overview.rule", *(f"severity.{severity}" for severity in WORST_FIRST), "overview.summary")
    )
    most = max(sum(counts.values()) for counts in seen.by_rule.values())
    rows = []
    for code, counts in seen.by_rule.items():
        share = 100 * sum(counts.values()) / most
        numbers = "".join(_number(counts.get(severity, 0), severity, words, code=code) for severity in WORST_FIRST)
        rows.append(
            f'<tr><th scope="row" class="yj-code">{linked(code, queue(code=code))}</th>{numbers}'
            f'<td class="yj-about">{escaped(summary(code, words))}'
            f'<span class="yj-share" style="width:{share:.1f}%"></span></td></tr>'
        )
    inside = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return boxed(inside, "yj-rules", words("overview.rules"))


def digests_table(seen: Overview, words: Words) -> Table:
    """The digests as numbers."""
    names = ["digest", "file", "exit-code", "entries", *WORST_FIRST, "decided", "dismissed", "baselined"]
    rows: list[list[str | float]] = [
        [
            line.label,
            line.path,
            line.exit_code,
            line.entries,
            *(line.open.get(severity, 0) for severity in WORST_FIRST),
            line.decided.number if line.decided is not None else 0,
            line.dismissed,
            line.baselined,
        ]
        for line in seen.lines
    ]
    return Table("digests", [words(_column(name)) for name in names], [[Cell(value) for value in row] for row in rows])


def rules_table(seen: Overview, words: Words) -> Table:
    """The rules as numbers."""
    head = [words("overview.rule"), *(words(f"severity.{severity}") for severity in WORST_FIRST)]
    rows = [
        [Cell(code), *(Cell(counts.get(severity, 0)) for severity in WORST_FIRST), Cell(summary(code, words))]
        for code, counts in seen.by_rule.items()
    ]
    return Table("rules", [*head, words("overview.summary")], rows)


def summary(code: str, words: Words) -> str:
    """What a rule is about."""
    found = next(loaded.rule.summary for loaded in rules() if loaded.rule.code == code)
    return found.zh if words.lang == "zh" else found.en


def _column(name: str) -> str:
    return f"severity.{name}" if name in SEVERITIES else f"overview.{name}"


def _digest(line: Line, fail_on: Severity, words: Words) -> str:
    why = words("overview.gate.why", code=line.exit_code, failing=line.failing, fail_on=words(f"severity.{fail_on}"))
    if line.errors:
        why = "\n".join(map(str, line.errors))
    name = linked(line.label, queue(file=line.path) if not line.errors else "")
    gate = words(f"overview.gate.{line.exit_code}")
    cells = _counted(line, words)
    if line.errors and not line.entries:
        cells = f'<td class="yj-reason" colspan="8">{escaped(line.errors[0].message)}</td>'
    return (
        f'<tr><th scope="row" class="yj-digest" title="{html.escape(line.path)}">{name}</th>'
        f'<td class="yj-gate"><span class="yj-verdict yj-exit{line.exit_code}" title="{html.escape(why)}">'
        f"{escaped(gate)} ({line.exit_code})</span></td>{cells}</tr>"
    )


def _counted(line: Line, words: Words) -> str:
    numbers = "".join(_number(line.open.get(severity, 0), severity, words, file=line.path) for severity in WORST_FIRST)
    seen = f'<td class="yj-now">{escaped(", ".join(line.onlookers))}</td>' if line.onlookers else ""
    return (
        f'<td class="yj-number yj-entries">{line.entries}</td>{numbers}{_decided(line, words)}'
        f'<td class="yj-number yj-dismissed">{line.dismissed or ""}</td>'
        f'<td class="yj-number yj-baselined">{line.baselined or ""}</td>{seen}'
    )


def _decided(line: Line, words: Words) -> str:
    if line.decided is None:
        return '<td class="yj-decided"></td>'
    number, since = line.decided
    share = round(100 * number / (number + sum(line.open.values())))
    label = html.escape(words("progress.label"))
    return (
        f'<td class="yj-decided"><span class="yj-bar" role="progressbar" aria-label="{label}" aria-valuemin="0" '
        f'aria-valuemax="100" aria-valuenow="{share}"><span style="width:{share}%"></span></span>'
        f"{number} <small>{escaped(words('overview.since', day=f'{since:%m-%d}'))}</small></td>"
    )


def _number(number: int, severity: Severity, words: Words, **filters: str) -> str:
    where = next(iter(filters.values()))
    said = words("overview.link", severity=words(f"severity.{severity}"), number=number, where=where)
    text = linked(f"{number:,}", queue(severity=severity, **filters), said) if number else ""
    return f'<td class="yj-number yj-{severity}">{text}</td>'
