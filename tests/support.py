"""Running one rule on one case of ``tests/rules/<CODE>.yml``.

A case file is a YAML list of mappings. ``flag`` (with ``quotes``) holds text in which the rule must
find exactly those quotes, ``pass`` text in which it must find nothing; the other keys say where the
text stands and what surrounds it. See :class:`Case`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import yaml

import glossary
from checks.digest import parse
from checks.engine import Engine
from checks.fixing import Fixed, fix_text
from checks.model import Digest, Finding, Safety, Severity, SourceText
from checks.profile import Style
from checks.registry import Loaded, rules
from checks.renderings import Renderings, renderings_in
from checks.scene import Context, Corpus, Occurrence
from checks.text import LineIndex

CASES: Final = Path(__file__).with_name("rules")
PLACES: Final = ("title", "body", "heading", "link", "digest")
KEPT: Final = (
    "heading",
    "title",
    "link",
    "body",
    "source",
    "source_title",
    "others",
    "path",
    "terms",
    "style",
    "beside",
)
KEYS: Final = frozenset(("flag", "pass", "quotes", "fix", "unsafe_fix", "severity", "in", "name", "note", *KEPT))
HEADING: Final = "A Study of Things"
TITLE: Final = "关于事物的研究"
BODY: Final = "本文研究事物。"
LINK: Final = "https://arxiv.org/abs/2504.00001"
PATH: Final = "data/digests/2025-w17.md"


@dataclass(frozen=True)
class Case:
    """One case: what stands in the file, and what the rule must say of it."""

    code: str
    number: int
    text: str
    """The text under test; one final line feed (of a YAML block) is dropped unless it is the whole file."""
    flagged: bool
    quotes: tuple[str, ...] = ()
    """The quotes of the findings, in order."""
    fix: str | None = None
    """The text after the rule's safe fixes, to the fixed point."""
    unsafe_fix: str | None = None
    """The text after its safe and unsafe fixes."""
    place: str = "body"
    """``title``, ``body``, ``heading``, ``link`` (the address alone) or ``digest`` (the whole file)."""
    name: str = ""
    heading: str = HEADING
    source: str | None = None
    """The English abstract of the entries."""
    source_title: str | None = None
    """Their English title, where it is not the heading."""
    title: str = TITLE
    body: str = BODY
    link: str = LINK
    others: Mapping[str, str] = field(default_factory=dict)
    """Other digests of the corpus: path → text."""
    terms: str | None = None
    """A glossary (CSV with header) to use instead of the shipped one."""
    style: Mapping[str, Any] = field(default_factory=dict)
    """Fields of :class:`checks.scene.Style`."""
    severity: Severity | None = None
    """The severity that all findings must have."""
    path: str = PATH
    beside: Sequence[str] = ()
    """The codes of further rules that run, but of which the case does not speak."""

    @property
    def id(self) -> str:
        kind = "flag" if self.flagged else "pass"
        label = self.name or self.text.strip().replace("\n", "⏎")[:24]
        return f"{self.code}-{self.number}-{kind}-{label}"

    def file(self, text: str) -> str:
        """The whole digest, with ``text`` in the place of the case's own."""
        if self.place == "digest":
            return text
        parts = {"heading": self.heading, "title": self.title, "link": self.link, "body": self.body, self.place: text}
        return "## {heading}\n[{title}]({link})\n\n{body}\n".format(**parts)

    def context(self, digest: Digest) -> Context:
        """What the rule may know besides this digest."""
        style = dict(self.style)
        if "known_abbreviations" in style:
            style["known_abbreviations"] = frozenset(style["known_abbreviations"])
        sources = {}
        if self.source is not None or self.source_title is not None:
            for entry in digest.entries:
                if entry.arxiv_id:
                    english = self.source_title or entry.heading.text
                    sources[entry.arxiv_id] = SourceText(entry.arxiv_id, english, self.source or "")
        files = [digest, *(parse(text, path) for path, text in self.others.items())]
        return Context(
            glossary=core_glossary() if self.terms is None else glossary_of(self.terms),
            sources=sources,
            style=Style(**style),
            corpus=Corpus(
                occurrences(files), Renderings(lambda: (renderings_in(file.path, file.text) for file in files))
            ),
        )


@cache
def core_glossary() -> glossary.Glossary:
    """The core terms: they hold for good, while the rest of the shipped glossary grows."""
    return glossary.load_layers([[path for path in glossary.shipped() if path.name == "core.csv"]])


@cache
def glossary_of(csv: str) -> glossary.Glossary:
    """The glossary that a CSV text describes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "terms.csv")
        path.write_text(csv, encoding="utf-8")
        return glossary.load_layers([[path]])


def occurrences(digests: Iterable[Digest]) -> dict[str, Sequence[Occurrence]]:
    """Where each paper stands, by entry key, ordered by path and position: what the gate fills in."""
    found: dict[str, list[Occurrence]] = {}
    for digest in digests:
        lines = LineIndex(digest.text)
        for entry in digest.entries:
            start = entry.span.start
            found.setdefault(entry.key, []).append(Occurrence(entry.key, digest.path, lines.place(start)[0], start))
    return {key: sorted(places, key=lambda place: (place.path, place.start)) for key, places in found.items()}


@cache
def engine(*codes: str) -> Engine:
    """An engine with these rules."""
    return Engine([loaded for loaded in rules() if loaded.rule.code in codes])


def loaded_rule(code: str) -> Loaded:
    return next(loaded for loaded in rules() if loaded.rule.code == code)


def check(case: Case, whole: str) -> tuple[Finding, ...]:
    """The findings of the case's rule in a file; a rule that crashes is an error."""
    digest = parse(whole, case.path)
    checked = engine(case.code, *case.beside).check(digest, case.context(digest))
    assert not checked.crashes, [str(crash) for crash in checked.crashes]
    return tuple(finding for finding in checked.findings if finding.code == case.code)


def run(case: Case) -> tuple[Finding, ...]:
    """The findings of the case."""
    return check(case, case.file(case.text))


def repair(case: Case, *safeties: Safety) -> Fixed:
    """The case's file after fixes of these safeties."""
    return fix_text(case.file(case.text), lambda whole: check(case, whole), safeties)


@cache
def cases() -> tuple[Case, ...]:
    """All cases of all files, by code and position."""
    return tuple(case for path in sorted(CASES.glob("*.yml")) for case in _read(path))


def _read(path: Path) -> list[Case]:
    records = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(records, list), f"{path}: not a list"
    return [_case(path.stem, number, record) for number, record in enumerate(records, 1)]


def _case(code: str, number: int, record: dict[str, Any]) -> Case:
    where = f"{code}.yml case {number}"
    unknown = record.keys() - KEYS
    assert not unknown, f"{where}: unknown keys {sorted(unknown)}"
    assert ("flag" in record) != ("pass" in record), f"{where}: exactly one of flag and pass"
    assert ("flag" in record) == bool(record.get("quotes")), f"{where}: quotes belong to flag, and to every flag"
    flagged = "flag" in record
    place = record.get("in", "body")
    assert place in PLACES, f"{where}: in: {place}"
    severity = record.get("severity")
    assert severity in (None, *get_args(Severity)), f"{where}: severity: {severity}"

    def text_of(key: str) -> str | None:
        value = record.get(key)
        assert value is None or isinstance(value, str), f"{where}: {key} is not text; quote it"
        return value.removesuffix("\n") if value is not None and place != "digest" else value

    assert flagged or not record.keys() & {"fix", "unsafe_fix", "severity"}, f"{where}: fix, severity: for flag only"
    return Case(
        code=code,
        number=number,
        text=text_of("flag" if flagged else "pass") or "",
        flagged=flagged,
        quotes=tuple(record.get("quotes", ())),
        fix=text_of("fix"),
        unsafe_fix=text_of("unsafe_fix"),
        place=place,
        name=record.get("name", ""),
        severity=severity,
        **{key: record[key] for key in KEPT if key in record},
    )
