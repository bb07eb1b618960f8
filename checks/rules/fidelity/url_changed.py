r"""An address of the English abstract is missing from the Chinese or changed.

**What.** The addresses of code, data and project pages stand in the Chinese as in the English. Compared is the page
they lead to: http or https, ``www.``, a slash or a stop at the end, percent-encoding, LaTeX (``\url{…}``, ``\_``)
and Markdown round it do not count, nor a line break of the English inside it.

**Flagged.** 代码见 https://github.com/acme/loem for *https://github.com/acme/loom* · no address in the translation
of *Code: https://github.com/acme/loom* · a link whose text is right and whose target is not. Info: an address that
the English does not hold.

**Clean.** www.acme.org/loom for *https://acme.org/loom/* · `[项目页面](https://acme.org/loom)` ·
https://acme.org/my_page for *\url{https://acme.org/my\_page}* · the address of the entry itself, which is DIG006's

**Fix.** Unsafe, for a changed address: that of the English, wherever the changed one stands. None for a missing
one. The abstract at hand may be a later version of the paper than the one translated.

**Norm.** MQM *mistranslation*; house style: addresses are never touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from checks.model import Severity, Text
from checks.registry import Entries, Rule
from checks.rules.fidelity._addresses import Address, addresses, broken, has_scheme, nearest, torn
from checks.scene import EntryScene, Hit, SegmentScene

RULE = Rule(
    code="FID005",
    name="url-changed",
    severity="error",
    mqm="accuracy/mistranslation",
    summary=Text("An address of the English missing or changed", "原文的网址缺失或被改动"),
    wake=Entries(english=True),
    needs_source=True,
    fix="unsafe",
)
_CHANGED: Final = Text(
    "The English gives the address {english} (perhaps that of a later version)",
    "原文给出的网址是 {english}（也可能出自论文的较新版本）",
)
_TORN: Final = Text("A space or a full-width sign tears the address {english}", "网址 {english} 中混入了空格或全角字符")
_MISSING: Final = Text(
    "The address {english} of the English abstract is missing (unless the translation is of another version)",
    "缺少英文摘要中的网址 {english}（除非译自论文的其他版本）",
)
_ADDED: Final = Text("The English abstract does not hold this address", "英文摘要中没有这个网址")
_WRITE: Final = Text("Write {english}", "改为 {english}")
_AGAIN: Final = Text("It stands here too", "此处也有")
_SLIP: Final = 0.9
"""How alike an address must be to one that the Chinese has as well, to be a slip and not another page."""


def check(scene: EntryScene) -> Iterator[Hit]:
    """Hold the addresses of the body against those of the abstract."""
    body, source = scene.segments.get("body"), scene.source
    if body is None or source is None or not source.abstract.strip():
        return
    english = _english(source.abstract)
    if not english and "/" not in body.text and "www." not in body.text:
        return
    whole = {key: wanted for wanted in english for key in (wanted.key, *torn(source.abstract, wanted))}
    chinese, split = _chinese(body.text, english)
    kept = {whole[key].key for key in chinese if key in whole}
    added = [key for key in chinese if key not in whole]
    for wanted in english:
        places = split.get(wanted.key, [])
        if wanted.key not in kept and not places:
            key = nearest(wanted.key, added)
            if key is None and _is_footnote(source.abstract, wanted):
                continue
            if key is None:
                yield body.hit(0, len(body.text), _MISSING, quote=wanted.text, english=wanted.text)
                continue
            added.remove(key)
            places = chinese[key]
        slip = nearest(wanted.key, added, _SLIP)
        if slip is not None:
            added.remove(slip)
            places = [*places, *chinese[slip]]
        if places:
            yield _changed(body, sorted(places), wanted)
    for key in added:
        severity: Severity = "info"
        yield body.hit(chinese[key][0].start, chinese[key][0].end, _ADDED, severity=severity)


def _english(abstract: str) -> list[Address]:
    """Those of the abstract, each once."""
    return list({address.key: address for address in reversed(addresses(abstract))}.values())[::-1]


def _is_footnote(abstract: str, address: Address) -> bool:
    """Whether it is glued to a word, as arXiv shows a footnote; no translation need keep that."""
    before = abstract[max(0, address.start - 3) : address.start]
    return before[-1:].isalnum() and before not in (" at", " in")


def _chinese(text: str, english: Sequence[Address]) -> tuple[dict[str, list[Address]], dict[str, list[Address]]]:
    """The addresses of the body by their keys, and the places where one of the English stands torn, by its key."""
    split: dict[str, list[Address]] = {}
    taken: list[tuple[int, int]] = []
    for wanted in sorted(english, key=lambda wanted: -len(wanted.key)):
        for start, end in broken(text, wanted):
            if not any(start < other_end and other < end for other, other_end in taken):
                taken.append((start, end))
                split.setdefault(wanted.key, []).append(Address(start, end, text[start:end], wanted.key))
    chinese: dict[str, list[Address]] = {}
    for address in addresses(text):
        if not any(start <= address.start < end for start, end in taken):
            chinese.setdefault(address.key, []).append(address)
    return chinese, split


def _changed(body: SegmentScene, places: Sequence[Address], wanted: Address) -> Hit:
    """A finding at the first place, with one fix for all."""
    edits = tuple((place.start, place.end, _spelt(place, wanted)) for place in places)
    fix = body.fix(_WRITE, "unsafe", *edits, english=wanted.text)
    related = tuple(body.related(place.start, place.end, _AGAIN) for place in places[1:])
    first = places[0]
    message = _TORN if first.key == wanted.key else _CHANGED
    return body.hit(first.start, first.end, message, fixes=(fix,), related=related, english=wanted.text)


def _spelt(place: Address, wanted: Address) -> str:
    """The address of the English, with a scheme where the place has one: a link without it leads nowhere."""
    return f"https://{wanted.text}" if has_scheme(place.text) and not has_scheme(wanted.text) else wanted.text
