"""A term as HTML: its columns in words, its layers, its uses in the digests, and what a change of it would do."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from checks.impact import Placed
from checks.markedtext import Mark, changes, escaped, marked, one_line
from glossary import Term
from review_app.locale import Words
from review_app.reports import finding_id
from review_app.service import Service
from review_app.termbase import Concept, Line
from review_app.termfaults import LISTS, values_of
from review_app.termusage import NO_FORM, Example, Usage
from review_app.termwork import Preview

_LISTED = 40
"""How many findings of a preview are shown each way."""
_CHINESE = frozenset({"preferred", "admitted", "forbidden", "suspect", "not_in"})


def card(concept: Concept, service: Service, words: Words) -> str:
    """The term that holds, what is proposed beside it, its layers, and its open findings."""
    term = concept.shown
    abbr = f"<span>({escaped(', '.join(term.abbr))})</span>" if term.abbr else ""
    state = f'<span class="yj-state {concept.status}">{escaped(words(f"status.{concept.status}"))}</span>'
    domain = f'<span class="yj-state">{escaped(term.domain)}</span>' if term.domain else ""
    return (
        f'<section class="yj-term" lang="{words.tag}"><header><h2 lang="en">{escaped(term.source)}</h2>{abbr}'
        f'<b lang="zh-Hans">{escaped(term.preferred)}</b>{state}{domain}</header>'
        f"{_columns(term, words)}{_proposal(concept, words)}{_layers(concept, words)}"
        f"{_findings(term.source, service, words)}</section>"
    )


def uses(used: Usage, service: Service, words: Words) -> str:
    """How the digests in hand render a term, with places to look at."""
    title = f"<h3>{escaped(words('use.title'))}<span>{escaped(words('use.papers', count=used.papers))}</span></h3>"
    most = max(used.forms.values(), default=1)
    items = []
    for (role, form), count in sorted(used.forms.items(), key=lambda item: (-item[1], item[0])):
        name = escaped(form) if (role, form) != NO_FORM else ""
        label = f'<span><span class="yj-form {role}" lang="zh-Hans">{name}</span>' if name else "<span>"
        wrong = " wrong" if role in ("forbidden", "suspect", "none") else ""
        share = f'<span class="yj-share{wrong}"><span style="width:{round(100 * count / most)}%"></span></span>'
        places = "".join(_example(example, service, words) for example in used.examples.get((role, form), ()))
        items.append(
            f'<details class="yj-use"><summary>{label}{escaped(words(f"role.{role}"))}</span>'
            f"<span>{escaped(words('use.count', count=count))}</span>{share}</summary><ul>{places}</ul></details>"
        )
    none = f'<p class="yj-hint">{escaped(words("use.none"))}</p>' if not items else ""
    return f'<section class="yj-term" lang="{words.tag}">{title}{none}{"".join(items)}</section>'


def effect(seen: Preview | str, words: Words) -> str:
    """The findings that a change brings and takes away."""
    title = f"<h3>{escaped(words('effect.title'))}</h3>"
    if isinstance(seen, str):
        return f'<section class="yj-term yj-seen" lang="{words.tag}">{title}<p>{escaped(seen)}</p></section>'
    counts = words("effect.counts", added=len(seen.added), removed=len(seen.removed), entries=seen.entries)
    lists = _placed(seen.added, "come", words) + _placed(seen.removed, "go", words)
    return (
        f'<section class="yj-term yj-seen" role="status" lang="{words.tag}">{title}'
        f'<p class="yj-counts">{escaped(counts)}</p>{lists}</section>'
    )


def apart(mine: Term, theirs: Sequence[Term], words: Words) -> str:
    """What others have put there meanwhile, beside what the form holds."""
    text = escaped(words("apart.how" if theirs else "apart.gone"))
    rows = "".join(_difference(mine, their, words) for their in theirs)
    return (
        f'<section class="yj-conflict" role="alert" lang="{words.tag}"><p><b>{escaped(words("apart.title"))}</b> '
        f'{text}</p><div class="yj-term">{rows}</div></section>'
    )


def _columns(term: Term, words: Words) -> str:
    rows: list[tuple[str, str]] = []
    for name in LISTS:
        if name != "abbr" and getattr(term, name):
            lang = "zh-Hans" if name in _CHINESE else "en"
            forms = (
                f'<span class="yj-form {name}" lang="{lang}">{escaped(form)}</span>' for form in getattr(term, name)
            )
            rows.append((name, "".join(forms)))
    rows.append(("policy", escaped(words(f"policy.{term.policy}"))))
    rows.append(("require", escaped(words(f"require.{'yes' if term.require else 'no'}"))))
    if term.first_mention:
        rows.append(("first_mention", escaped(words("first_mention.yes"))))
    if term.note:
        rows.append(("note", escaped(term.note)))
    return (
        "<dl>" + "".join(f"<dt>{escaped(words(f'column.{name}'))}</dt><dd>{text}</dd>" for name, text in rows) + "</dl>"
    )


def _proposal(concept: Concept, words: Words) -> str:
    if concept.proposal is None or concept.active is None:
        return ""
    rows = _difference(concept.proposal.term, concept.active.term, words)
    return f'<div class="yj-change"><h3>{escaped(words("proposal.title"))}</h3>{rows}</div>'


def _difference(new: Term, old: Term, words: Words) -> str:
    """The columns in which two terms differ, as what goes and what comes."""
    before, after = values_of(old), values_of(new)
    rows = []
    for name in after:
        if name == "status" or before[name] == after[name]:
            continue
        if name in LISTS:
            one, other = getattr(old, name), getattr(new, name)
            gone = "".join(f"<del>{escaped(form)}</del>" for form in one if form not in other)
            shown = gone + "".join(f"<ins>{escaped(form)}</ins>" for form in other if form not in one)
        else:
            shown = changes(_plain(name, before[name], words), _plain(name, after[name], words))
        rows.append(f"<dt>{escaped(words(f'column.{name}'))}</dt><dd>{shown}</dd>")
    return f"<dl>{''.join(rows)}</dl>" if rows else f"<p>{escaped(words('proposal.same'))}</p>"


def _plain(name: str, value: object, words: Words) -> str:
    if isinstance(value, bool):
        return words(f"{name}.{'yes' if value else 'no'}")
    return words(f"policy.{value}") if name == "policy" else str(value)


def _layers(concept: Concept, words: Words) -> str:
    items = "".join(_line(line, concept, words) for line in reversed(concept.lines))
    return f'<h3>{escaped(words("layers.title"))}</h3><ul class="yj-layers">{items}</ul>'


def _line(line: Line, concept: Concept, words: Words) -> str:
    term = line.term
    holds = line is concept.active or line is concept.proposal
    place = escaped(f"{term.path.rsplit('/', 1)[-1]}:{term.line}")
    state = escaped(words(f"status.{term.status}"))
    why = "" if holds or line.layer == "paths" else f"<span>{escaped(words('layers.over'))}</span>"
    return (
        f'<li class="{"holds" if holds else "over"}"><span>{escaped(words(f"layer.{line.layer}"))}</span>'
        f'<span class="yj-place" title="{escape(term.path)}">{place}</span>'
        f'<b lang="zh-Hans">{escaped(term.preferred)}</b><span>{state}</span>{why}</li>'
    )


def _findings(source: str, service: Service, words: Words) -> str:
    numbers = service.terms.findings(source)
    if not numbers:
        return ""
    text = escaped(words("findings.open", count=len(numbers)))
    return f'<h3>{text}</h3><p><a href="{_queue(numbers[0])}" target="_self">{escaped(words("findings.go"))}</a></p>'


def _queue(number: str) -> str:
    return "/?" + escape(urlencode({"at": number}))


def _example(example: Example, service: Service, words: Words) -> str:
    mark = Mark(example.start, example.end, "", "info", "")
    text = marked(example.text, 0, [mark] if example.end > example.start else [])
    place = escaped(f"{example.path.rsplit('/', 1)[-1]}:{example.line}")
    checked = service.files.get(example.path)
    row = next((row for row in checked.rows if row.entry == example.entry), None) if checked is not None else None
    if row is not None:
        place = f'<a href="{_queue(row.id)}" target="_self" title="{escape(words("use.go"))}">{place}</a>'
    return f'<li><span lang="zh-Hans">{text}</span> <span class="yj-place">{place}</span></li>'


def _placed(found: Sequence[Placed], way: str, words: Words) -> str:
    items = []
    for placed in found[:_LISTED]:
        finding = placed.finding
        place = escaped(f"{finding.path.rsplit('/', 1)[-1]}:{placed.line}")
        if way == "go":
            address = _queue(finding_id(finding.path, finding.fingerprint))
            place = f'<a href="{address}" target="_self">{place}</a>'
        items.append(
            f'<li><span class="{way}">{"+" if way == "come" else "−"}</span> <b class="yj-code">{finding.code}</b> '
            f'<q lang="zh-Hans">{escaped(one_line(finding.quote))}</q> '
            f'{escaped(finding.message.render(words.lang))} <span class="yj-place">{place}</span></li>'
        )
    more = len(found) - _LISTED
    rest = f"<li>{escaped(words('effect.more', count=more))}</li>" if more > 0 else ""
    return f"<ul>{''.join(items)}{rest}</ul>" if items else ""
