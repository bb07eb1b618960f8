"""The right-hand side as HTML: the finding, its fixes, its entry and the English beside it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from checks.markedtext import Mark, changes, difference, escaped, joined, marked, one_line, raw
from checks.model import Entry, Field, Finding, Segment, SourceText, Span
from checks.registry import rules
from checks.text import LineIndex
from review_app import units
from review_app.keys import Keys
from review_app.locale import Words
from review_app.outcome import Conflict, Shown
from review_app.reports import Checked, finding_id
from review_app.service import APPLICABLE, Service
from review_app.termlines import forms_of, terms_of

_EXCERPT = 400
"""Characters shown on either side of a finding about a file."""


def card(shown: Shown, service: Service, keys: Keys, words: Words) -> str:
    """The finding: what is wrong, and what could be done."""
    finding, text = shown.finding, shown.digest.text
    line, _ = LineIndex(text).place(finding.span.start)
    path = shown.place.path.rsplit("/", 1)[-1]
    entry = finding.entry if finding.entry and not finding.entry.startswith("#") else ""
    where = joined([path, entry or "", words(f"field.{finding.field}"), words("card.line", line=line)])
    severity = words(f"severity.{finding.severity}")
    term = service.gate.glossary.get(finding.term) if finding.term else None
    named = escaped(words("card.term", term=term.source, preferred=term.preferred)) if term else ""
    return (
        f'<section class="yj-card yj-{finding.severity}" lang="{words.tag}">'
        f'<header><span class="yj-badge">{escaped(severity)}</span><b class="yj-code">{finding.code}</b>'
        f'<span class="yj-name">{escaped(finding.name)}</span><span class="yj-where">{where}</span></header>'
        f'<p class="yj-msg">{escaped(finding.message.render(words.lang))}{f"<span>{named}</span>" if named else ""}</p>'
        f"{_fixes(shown, keys, words)}{_related(finding, text, words)}{_manual(finding, words)}</section>"
    )


def source(shown: Shown, service: Service, words: Words) -> str:
    """The English of a finding's entry by itself, to stand beside the editor; empty where there is none at hand."""
    found = units.entry_at(shown.digest, shown.place) if shown.place.entry is not None else None
    if found is None or _source(found, service) is None:
        return ""
    return f'<div class="yj-entry yj-source">{_english(found, shown.finding, service, words)}</div>'


def entry(shown: Shown, checked: Checked | None, service: Service, words: Words, *, english: bool = True) -> str:
    """The entry with every open span marked, and its English, unless that stands elsewhere."""
    digest, finding = shown.digest, shown.finding
    found = units.entry_at(digest, shown.place) if shown.place.entry is not None else None
    marks = [*_marks(shown, checked), *_renderings(shown, found, service)]
    if found is None:
        return _excerpt(shown, marks, words)
    wide = {segment.field for segment in found.segments() if _wide(finding, segment)}
    outside = finding.field == "file" or not any(_inside(finding, segment) for segment in found.segments())
    chinese = [_title(found, marks, wide, words), _body(found, marks, wide, words)]
    if outside:
        span = found.span
        text = raw(digest.text[span.start : span.end], span.start, marks)
        chinese = [f'<h4>{escaped(words("entry.raw"))}</h4><pre class="yj-raw" lang="zh-Hans">{text}</pre>']
    elif found.link is not None and _inside(finding, found.link):
        chinese.append(f'<p class="yj-link">{_segment(found.link, marks, wide)}</p>')
    return (
        f'<article class="yj-entry"><header><h2 lang="en">{_segment(found.heading, marks, wide)}</h2>'
        f'{_arxiv(found)}</header><div class="yj-pair"><section class="yj-zh" lang="zh-Hans" tabindex="0" '
        f'aria-label="{html.escape(words("entry.chinese"))}">'
        f"{''.join(chinese)}</section>{_english(found, finding, service, words) if english else ''}</div></article>"
    )


def settled(found: Entry, service: Service, words: Words) -> str:
    """An entry in which nothing is open, and its English."""
    chinese = _title(found, (), set(), words) + _body(found, (), set(), words)
    return (
        f'<article class="yj-entry"><header><h2 lang="en">{_segment(found.heading, (), set())}</h2>'
        f'{_arxiv(found)}</header><div class="yj-pair"><section class="yj-zh" lang="zh-Hans" tabindex="0" '
        f'aria-label="{html.escape(words("entry.chinese"))}">'
        f"{chinese}</section>{_english(found, None, service, words)}</div></article>"
    )


def conflict(apart: Conflict, words: Words) -> str:
    """Base, mine and theirs: what each side changed."""
    how = words("conflict.how" if apart.theirs else "conflict.gone")
    sides = "".join(
        f"<section><h4>{escaped(words(key))}</h4>"
        f'<div class="yj-text" lang="zh-Hans">{changes(apart.base, side)}</div></section>'
        for key, side in (("conflict.mine", apart.mine), ("conflict.theirs", apart.theirs))
    )
    return (
        f'<section class="yj-conflict" role="alert" lang="{words.tag}"><p><b>{escaped(words("conflict.title"))}</b> '
        f'{escaped(how)}</p><div class="yj-pair">{sides}</div></section>'
    )


def _fixes(shown: Shown, keys: Keys, words: Words) -> str:
    finding, text = shown.finding, shown.digest.text
    if not any(fix.safety in APPLICABLE for fix in finding.fixes):
        key = "no-fix" if units.dismissible(finding) else "whole-file"
        hint = f'<p class="yj-hint">{escaped(words(f"card.{key}"))}</p>'
        if not finding.fixes:
            return hint
    else:
        hint = ""
    items = []
    several = len(finding.fixes) > 1
    for number, fix in enumerate(finding.fixes, 1):
        label = str(number) if several else keys.label("accept")
        key = f"<kbd>{escaped(label)}</kbd>" if fix.safety in APPLICABLE else ""
        shows = difference(text, fix, units.fields(shown.digest, shown.place))
        why = f"{escaped(fix.title.render(words.lang))} · {escaped(words(f'safety.{fix.safety}'))}"
        items.append(
            f'<li>{key}<span class="yj-diff" lang="zh-Hans">{shows}</span><span class="yj-why">{why}</span></li>'
        )
    return f'<ol class="yj-fixes" aria-label="{html.escape(words("card.fixes"))}">{"".join(items)}</ol>{hint}'


def _related(finding: Finding, text: str, words: Words) -> str:
    if not finding.related:
        return ""
    items = "".join(
        f'<li>{escaped(place.message.render(words.lang))} <q lang="zh-Hans">'
        f"{escaped(one_line(_in_line(text, place.span)))}</q></li>"
        for place in finding.related
    )
    return f'<div class="yj-related"><b>{escaped(words("card.related"))}</b><ul>{items}</ul></div>'


def _in_line(text: str, span: Span) -> str:
    """A place with a little of its line on either side."""
    begin = max(span.start - 6, text.rfind("\n", 0, span.start) + 1)
    stop = text.find("\n", span.end)
    return text[begin : min(span.end + 6, stop if stop >= 0 else len(text))]


def _manual(finding: Finding, words: Words) -> str:
    loaded = next((known for known in rules() if known.rule.code == finding.code), None)
    if loaded is None:
        return ""
    summary = loaded.rule.summary.zh if words.lang == "zh" else loaded.rule.summary.en
    return (
        f'<details class="yj-manual"><summary>{escaped(words("card.manual"))}<span>{escaped(summary)}</span></summary>'
        f'<div lang="en">{escaped(loaded.manual)}</div></details>'
    )


def _marks(shown: Shown, checked: Checked | None) -> list[Mark]:
    if checked is None or checked.report.digest.text != shown.digest.text:
        # The file has moved on, as while an edit is open: only what was seen then can be placed.
        findings: Sequence[Finding] = (shown.finding,)
    else:
        findings = checked.report.findings
    made = []
    for finding in findings:
        number = finding_id(shown.place.path, finding.fingerprint)
        title = f"{finding.code} {finding.name}"
        made.append(Mark(*finding.span, number, finding.severity, title, number == shown.id))
    return made


def _renderings(shown: Shown, found: Entry | None, service: Service) -> list[Mark]:
    """Where the Chinese renders the finding's term, rightly or not."""
    term, span = shown.finding.term, shown.finding.span
    if found is None or term is None:
        return []
    forms = forms_of(terms_of(service.gate, shown.digest, found), term)
    return [Mark(*form.span, "", "info", term) for form in forms if not form.span.meets(span) or _absent(shown)]


def _absent(shown: Shown) -> bool:
    return not shown.finding.stands_in(shown.digest.text)


def _inside(finding: Finding, segment: Segment) -> bool:
    return segment.span.start <= finding.span.start and finding.span.end <= segment.span.end


def _wide(finding: Finding, segment: Segment) -> bool:
    """Whether a finding is about a whole field, as one about something absent is."""
    return finding.field == segment.field and finding.span == segment.span and finding.quote != segment.text


def _segment(segment: Segment, marks: Sequence[Mark], wide: set[Field]) -> str:
    own = [mark for mark in marks if (mark.start, mark.end) != tuple(segment.span) or segment.field not in wide]
    text = marked(segment.text, segment.span.start, own)
    return f'<span class="yj-wide yj-cur">{text}</span>' if segment.field in wide else text


def _title(found: Entry, marks: Sequence[Mark], wide: set[Field], words: Words) -> str:
    if found.title is None:
        return f'<p class="yj-none">{escaped(words("entry.missing-title"))}</p>'
    return f"<h3>{_segment(found.title, marks, wide)}</h3>"


def _body(found: Entry, marks: Sequence[Mark], wide: set[Field], words: Words) -> str:
    if found.body is None:
        return f'<p class="yj-none">{escaped(words("entry.missing-body"))}</p>'
    return f'<div class="yj-text">{_segment(found.body, marks, wide)}</div>'


def _arxiv(found: Entry) -> str:
    if found.arxiv_id is None:
        return ""
    number = html.escape(found.arxiv_id)
    return f'<a class="yj-arxiv" href="https://arxiv.org/abs/{number}" target="_blank">arXiv:{number}</a>'


def _source(found: Entry, service: Service) -> SourceText | None:
    source = service.gate.sources.get(found.arxiv_id) if found.arxiv_id else None
    return source if source is not None and source.abstract else None


def _english(found: Entry, finding: Finding | None, service: Service, words: Words) -> str:
    source = _source(found, service)
    label = html.escape(words("entry.english"))
    if source is None:
        return f'<section class="yj-en yj-none" lang="{words.tag}"><p>{escaped(words("entry.no-source"))}</p></section>'
    context = f"{source.title}\n{source.abstract}"
    return (
        f'<section class="yj-en" lang="en" tabindex="0" aria-label="{label}">'
        f"<h3>{_with_term(source.title, context, finding, service)}</h3>"
        f'<div class="yj-text">{_with_term(source.abstract, context, finding, service)}</div></section>'
    )


def _with_term(text: str, context: str, finding: Finding | None, service: Service) -> str:
    if finding is None or finding.term is None:
        return escaped(text)
    found = service.gate.glossary.matcher.source(text, context)
    places = [match for match in found if any(use.term.source == finding.term for use in match.uses)]
    return marked(text, 0, [Mark(match.start, match.end, "", "info", finding.term) for match in places])


def _excerpt(shown: Shown, marks: Sequence[Mark], words: Words) -> str:
    """The surroundings of a finding that belongs to no entry."""
    text, span = shown.digest.text, shown.finding.span
    start = text.rfind("\n", 0, max(0, span.start - _EXCERPT)) + 1
    end = min(len(text), max(span.end, span.start + 1) + _EXCERPT)
    return (
        f'<article class="yj-entry"><h4>{escaped(words("entry.raw"))}</h4>'
        f'<pre class="yj-raw" lang="zh-Hans" tabindex="0">{raw(text[start:end], start, marks)}</pre></article>'
    )
