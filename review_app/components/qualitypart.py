"""Quality in numbers, as parts of the overview. While it is worked out, the page goes on by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from checks.quality.markdown import share
from checks.quality.mqm import Model
from checks.summary.facts import DigestFacts, Facts, Work
from review_app.components import parts
from review_app.components import qualitycharts as charts
from review_app.components import qualitytables as tables
from review_app.components.qualitycharts import Mark
from review_app.components.qualitytables import Labels
from review_app.locale import Words
from review_app.service import Service

SECONDS: Final = 0.8
"""How long one look works before it shows how far it is."""
_EVERY: Final = 0.1


def draw(service: Service, labels: Labels, words: Words) -> None:
    """Draw what is known. ``labels`` are in the order of time."""
    known = service.quality(SECONDS)
    facts = known.facts
    if facts is not None:
        by_path = {digest.path: digest for digest in facts.digests}
        digests = [by_path[path] for path in labels if path in by_path]
        _mqm(digests, service.gate.settings.mqm, labels, words)
        _kept(facts, digests, labels, words)
    if not known.whole:
        st.fragment(_go_on, run_every=_EVERY)(service, words, weighed=facts is not None)
    elif facts is None or facts.work is None:
        st.html(parts.heading("quality.work", words))
        st.html(parts.how(words("quality.none"), words))
    else:
        _work(facts.work, labels, words)


def _go_on(service: Service, words: Words, *, weighed: bool) -> None:
    """Say how far it is: nothing else, as drawing would take longer than the work."""
    known = service.quality(SECONDS)
    if known.whole or (known.facts is not None and not weighed):
        # There is more to draw; and a fragment goes on for ever, unless the page is drawn without it.
        st.rerun()
    st.html(parts.how(words("quality.working", done=known.done, of=known.of), words, status=True))


def _mqm(digests: Sequence[DigestFacts], model: Model, labels: Labels, words: Words) -> None:
    found = [digest for digest in digests if digest.entries]
    if not found:
        return
    content = tables.scores_table(found, labels, words)
    parts.titled(parts.heading("quality.mqm", words), content, words)
    st.html(parts.how(words("quality.mqm.how", passing=model.passing), words))
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(parts.subheading("quality.score.plot", words))
        scored = [_scored(digest, labels, words) for digest in found]
        if marks := tuple(mark for mark in scored if mark is not None):
            said = charts.said(words("quality.score.plot"), marks, words)
            parts.chart(charts.scores(marks, model.passing, words.lang), said)
        else:
            st.html(parts.how(words("overview.days.none"), words))
    with right:
        st.html(parts.subheading("quality.density.plot", words))
        marks = tuple(_dense(digest, labels, words) for digest in found)
        parts.chart(charts.densities(marks, words.lang), charts.said(words("quality.density.plot"), marks, words))
    parts.numbers(content, words)


def _scored(digest: DigestFacts, labels: Labels, words: Words) -> Mark | None:
    score = digest.score
    if score is None:
        return None
    told = words("quality.errors.told", errors=sum(score.errors.values()), words=digest.words)
    small = f" ({words('quality.small')})" if score.small else ""
    return Mark(labels[digest.path], score.calibrated, charts.link(digest.path), told + small)


def _dense(digest: DigestFacts, labels: Labels, words: Words) -> Mark:
    told = words("quality.open.told", findings=sum(digest.by_severity.values()), words=digest.words)
    return Mark(labels[digest.path], digest.density, charts.link(digest.path), told)


def _kept(facts: Facts, digests: Sequence[DigestFacts], labels: Labels, words: Words) -> None:
    terms, found = facts.terms, [digest for digest in digests if digest.terms.said]
    if not found:
        return
    st.html(parts.heading("quality.kept", words))
    shares = {name: share(getattr(terms, name)) for name in ("success", "presence", "micro", "macro")}
    st.html(parts.how(words("quality.kept.how", **shares), words))
    left, right = st.columns(2, gap="medium")
    with left:
        content = tables.kept_table(found, labels, words)
        parts.titled(parts.subheading("quality.kept.plot", words), content, words)
        success, presence = (
            tuple(_mark(digest, getattr(digest.terms, name), labels, words) for digest in found)
            for name in ("success", "presence")
        )
        said = charts.said(words("quality.kept.plot"), success, words)
        parts.chart(charts.kept(success, presence, words.lang), said)
        parts.numbers(content, words)
    with right:
        parts.titled(parts.subheading("quality.missed", words), tables.terms_table(terms, words), words)
        head = [words(f"quality.{name}") for name in ("term", "said", "missing", "consistency")]
        st.html(tables.bars(head, tables.missed_lines(terms.terms()), words("quality.missed")))


def _mark(digest: DigestFacts, value: float | None, labels: Labels, words: Words) -> Mark:
    said, kept = digest.terms.said.total(), digest.terms.kept.total()
    told = words("quality.terms.told", said=said, kept=kept)
    return Mark(labels[digest.path], 100 * (value or 0.0), charts.link(digest.path), told)


def _work(work: Work, labels: Labels, words: Words) -> None:
    st.html(parts.heading("quality.work", words))
    total = work.total
    st.html(parts.how(words("quality.work.how", entries=total.entries, changed=total.changed), words))
    left, right = st.columns(2, gap="medium")
    with left:
        _months(work, words)
    with right:
        _translators(work, words)
    left, right = st.columns(2, gap="medium")
    with left:
        _costs(work, words, of_rules=True)
    with right:
        _costs(work, words, of_rules=False)
    content = tables.entries_table(work.dearest, labels, words)
    parts.titled(parts.subheading("quality.entries", words), content, words)
    if lines := tables.entry_lines(work.dearest, labels):
        head = [words("quality.entry"), words("quality.edits"), *tables.directed()]
        st.html(tables.bars(head, lines, words("quality.entries")))
    else:
        st.html(parts.how(words("quality.entries.none"), words))
    st.html(tables.signature_note())


def _months(work: Work, words: Words) -> None:
    content = tables.efforts_table("months", words("quality.month"), work.by_month, words)
    parts.titled(parts.subheading("quality.months", words), content, words)
    marks = tuple(
        Mark(
            month,
            tables.ter(effort.measures),
            told=words("quality.months.told", entries=effort.entries, changed=effort.changed),
        )
        for month, effort in sorted(work.by_month.items())
    )
    parts.chart(charts.months(marks, words.lang), charts.said(words("quality.months"), marks, words))
    parts.numbers(content, words)


def _translators(work: Work, words: Words) -> None:
    if not work.by_translator:
        st.html(parts.subheading("quality.translators", words))
        st.html(parts.how(words("quality.translators.none"), words))
        return
    content = tables.efforts_table("translators", words("quality.translator"), work.by_translator, words)
    parts.titled(parts.subheading("quality.translators", words), content, words)
    head = [words(f"quality.{name}") for name in ("translator", "all", "changed")]
    lines = tables.effort_lines(work.by_translator)
    st.html(tables.bars([*head, "TER ↓"], lines, words("quality.translators")))


def _costs(work: Work, words: Words, *, of_rules: bool) -> None:
    name, costs = ("rule", work.by_rule) if of_rules else ("term", work.by_term)
    title, first = f"quality.{name}s", words(f"quality.{name}")
    parts.titled(parts.subheading(title, words), tables.costs_table(f"{name}-costs", first, costs, words), words)
    if not costs:
        st.html(parts.how(words("quality.terms.none"), words))
        return
    head = [first, words("quality.decisions"), words("quality.edits")]
    st.html(tables.bars(head, tables.cost_lines(costs, words, of_rules=of_rules), words(title)))
