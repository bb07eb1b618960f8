"""How many injected number faults the FID rules find, on real entries.

    python -m tests.bench.inject_numbers [--seed 7] [--count 300] [--kind digit …] [--missed]

What a number is, and which of the Chinese the English holds, is worked out here with plain regexes over the digits, not
by the readers under test.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from checks.gate import Gate
from checks.model import Finding, Span
from checks.scene import SegmentScene
from checks.text import MATH
from tests.bench.injection import Change, Injection, Kind, Paper, run, touches

BAR: Final = 0.98
NEUTRAL: Final = "若干"
"""Stands where a number was."""
_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# A number beside Latin may be part of a name (Llama 3); one before a bracket may count an item of a list.
_CHINESE = re.compile(
    rf"(?<![\w.,^@#/+:\[\-–~])(?<![A-Za-z0-9] )(?P<number>{_NUMBER})(?!\d|[,.]\d|[A-Za-z_^/×~–-]| ?[)）、\]]|\. )"
    r"(?P<tail> ?(?:%|倍|[万亿千百]|个百分点)?)"
)
_ENGLISH = re.compile(
    rf"(?<![\w.,@/^{{-])(?<![A-Za-z]-)(?:(?<=[a-z] )|(?<![A-Za-z0-9] ))(?P<number>{_NUMBER})"
    r"(?!\d|[,.]\d|[/^\])]|[A-Za-z](?<![xKMBk]))"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LABEL = re.compile(
    r"(?:table|figure|section|stage|step|level|type|version|top|rank|system|appendix) $|(?<![.:] )(?<!^)\b[A-Z]\w* $"
)
_MONTH = re.compile(r"(?:uary|ch|ril|May|ne|ly|ust|ber) $")
_SCALED = re.compile(rf"(?<![\w.,-])(?<![A-Za-z] )({_NUMBER})( ?)(万亿|亿|万|[KMB](?![A-Za-z]))(?!分)")
_SCALES: Final = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "K": 10**3, "M": 10**6, "B": 10**9}
_SAID = re.compile(
    rf"({_NUMBER})(?: to |-|–)?(?:{_NUMBER})?[ -]?(thousand|million|billion|trillion|[kKMBT](?![A-Za-z]))"
)
_SAID_SCALES: Final = {
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "T": 10**12,
}
_PERCENT = re.compile(rf"({_NUMBER}) ?(?:\\?%(?!p)|percent\b)(?! ?-?(?:point|absolute))")
_POINTS = re.compile(rf"({_NUMBER}) ?(?:%p|\\?%-?points?|(?:percentage |absolute |percent )?points?\b|pp\b)")
_SPELT = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_WORDS: Final = _SPELT.split()
_NUMERALS: Final = "零一二三四五六七八九十"
_COUNTED = re.compile(
    "(?<![第十百千万一二三四五六七八九几数])[三四五六七八九](?=个|种|项|类|大|款|组|步|层|篇|家|张|阶段|倍|次|方面)"
)
_FROM_ENGLISH = re.compile(rf"\bfrom (?:about )?\$?({_NUMBER})(?: ?\\?%)? to (?:about )?\$?({_NUMBER})")
_FROM_CHINESE = re.compile(
    rf"[从由] ?[约近]? ?(?P<one>(?:{_NUMBER}) ?%?)[^，。；\d]{{0,30}}[至到为] ?[约近]? ?(?P<two>(?:{_NUMBER}) ?%?)"
)
_MEASURES: Final = (
    {"毫秒": "ms|milliseconds?", "秒": "s|secs?|seconds?", "分钟": "min|minutes?", "小时": "h|hours?", "天": "days?"},
    {"天": "days?", "周": "weeks?", "个月": "months?", "年": "years?"},
    {"KB": "KB|kilobytes?", "MB": "MB|megabytes?", "GB": "GB|gigabytes?", "TB": "TB|terabytes?"},
    {"ms": "ms|milliseconds?", "s": "s|seconds?", "h": "h|hours?"},
    {"Hz": "Hz", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz"},
    {"元": "yuan|RMB", "美元": "dollars?|USD", "欧元": "euros?"},
)
"""Units that may be taken for one another, with what the English writes for them."""
_DEVICES: Final = r"(?:[A-Z][\w-]* ){0,2}(?:GPU|TPU|[AH]\d+)[ -]"
_SHARES_SIGN = re.compile(rf"[^，。；\d]{{0,12}}[-–—~/至到或与和、] ?(?:{_NUMBER}) ?\\?%")
_RESPECTIVELY = re.compile(
    rf"({_NUMBER})[^.;\d]{{0,20}}(?:, | and |, and )[^.;\d]{{0,12}}({_NUMBER})(?:[^.;\d]|\.\d){{0,60}}\brespectively"
)
_RESPECTIVELY_CHINESE = re.compile(
    rf"(?P<one>(?:{_NUMBER}) ?(?:\\?%|倍)?)[^。，；\d]{{0,20}}?[、和与]\D{{0,3}}?(?P<two>(?:{_NUMBER}) ?(?:\\?%|倍)?)"
)
_SEVERAL = re.compile("多(?=[个种项类])|数十(?=[个种项类])|若干(?=[个种项类])|大量")


class Field:
    """A Chinese field and the English that it renders, by their digits."""

    def __init__(self, paper: Paper, scene: SegmentScene) -> None:
        self.paper = paper
        self.scene = scene
        pairs = zip(scene.text, scene.masked, strict=True)
        self.text = "".join(" " if "\ufdd0" <= shown <= "\ufdef" and shown != MATH else char for char, shown in pairs)
        self.english = paper.english[scene.field][0]
        self.every = " ".join(text for texts in paper.english.values() for text in texts)
        self.held = {plain(found["number"]) for found in _ENGLISH.finditer(self.english) if not self._is_label(found)}
        self.known = {plain(found) for found in _DIGITS.findall(self.every.replace(",", ""))}
        words = set(re.findall("[a-z]+", self.every.lower()))
        self.known |= {str(value) for value, word in enumerate(_WORDS) if word in words}

    def _is_label(self, found: re.Match[str]) -> bool:
        before = self.english[max(0, found.start() - 30) : found.start()]
        return _LABEL.search(before) is not None and _MONTH.search(before) is None

    def numbers(self) -> Iterator[re.Match[str]]:
        """The numbers of the Chinese that the English writes with the same digits."""
        places = _CHINESE.finditer(self.text)
        return (it for it in places if plain(it["number"]) in self.held and it["tail"].strip() not in tuple("万亿千百"))

    def fault(self, kind: str, changes: Sequence[tuple[int, int, str]], short: str, shape: str) -> Injection:
        """A fault at these places of the field."""
        moved = (Change(start + self.scene.offset, end + self.scene.offset, text) for start, end, text in changes)
        return Injection(kind, self.paper, tuple(moved), short, re.sub(r"\d", "0", shape))


def plain(number: str) -> str:
    """Digits without separators, and without a fraction of zeros."""
    return re.sub(r"\.0+$", "", number.replace(",", ""))


def fields(paper: Paper) -> Iterator[Field]:
    """The title and the abstract."""
    for scene in paper.scene.segments.values():
        if scene.field in paper.english:
            yield Field(paper, scene)


def _rewritten(kind: str, paper: Paper, ways: Iterator[tuple[Field, re.Match[str], str]]) -> Iterator[Injection]:
    """Faults that put another number in the place of one; not one that the English holds as well."""
    for field, found, new in ways:
        old = found["number"]
        if plain(new) in field.known or plain(new) == plain(old) or re.match(r"0\d", new):
            continue
        yield field.fault(
            kind, [(*found.span("number"), new)], f"{old} → {new}", found["number"] + found["tail"].strip()
        )


def digit(paper: Paper) -> Iterator[Injection]:
    """One digit changed."""

    def ways() -> Iterator[tuple[Field, re.Match[str], str]]:
        for field in fields(paper):
            for found in field.numbers():
                old = found["number"]
                dice = random.Random(f"{paper.scene.entry.key} {found.start()}")
                at = dice.choice([at for at, char in enumerate(old) if char.isdigit()])
                yield field, found, old[:at] + dice.choice("123456789".replace(old[at], "")) + old[at + 1 :]

    return _rewritten("digit", paper, ways())


def swap(paper: Paper) -> Iterator[Injection]:
    """Two neighbouring digits swapped."""

    def ways() -> Iterator[tuple[Field, re.Match[str], str]]:
        for field in fields(paper):
            for found in field.numbers():
                old = found["number"]
                for at in range(len(old) - 1):
                    if old[at : at + 2].isdigit() and old[at] != old[at + 1]:
                        yield field, found, old[:at] + old[at + 1] + old[at] + old[at + 2 :]

    return _rewritten("swap", paper, ways())


def ten(paper: Paper) -> Iterator[Injection]:
    """The decimal point moved, a zero added or lost."""

    def ways() -> Iterator[tuple[Field, re.Match[str], str]]:
        for field in fields(paper):
            for found in field.numbers():
                old = found["number"]
                if "," in old:
                    continue
                if "." in old:
                    yield field, found, old.replace(".", "")
                    yield field, found, re.sub(r"(\d)\.", r".\1", old) if re.match(r"\d\d", old) else old
                else:
                    yield field, found, old + "0"
                    yield field, found, old[:-1] if old.endswith("0") else f"{old[:-1]}.{old[-1]}"

    return _rewritten("ten", paper, (way for way in ways() if way[2] and way[2][0].isdigit()))


def group(paper: Paper) -> Iterator[Injection]:
    """A digit lost from the last group of a number: 2,30 for 2,300."""

    def ways() -> Iterator[tuple[Field, re.Match[str], str]]:
        for field in fields(paper):
            for found in field.numbers():
                old = found["number"]
                if re.search(r",\d{3}$", old):
                    yield from ((field, found, old[:at] + old[at + 1 :]) for at in (len(old) - 3, len(old) - 1))

    return _rewritten("group", paper, ways())


def scale(paper: Paper) -> Iterator[Injection]:
    """Another scale word: 万 for 亿, M for B."""
    for field in fields(paper):
        said = {Fraction(number) for number in field.known}
        for number, word in _SAID.findall(field.every):
            size = _SAID_SCALES.get(word) or _SCALES[word.upper()]
            said.add(Fraction(number.replace(",", "")) * size)
        for found in _SCALED.finditer(field.text):
            number, _, word = found.groups()
            value = Fraction(number.replace(",", ""))
            for other, size in _SCALES.items():
                like = other.isascii() == word.isascii() and other != word
                if like and value * _SCALES[word] in said and value * size not in said:
                    change = (*found.span(3), other)
                    yield field.fault("scale", [change], f"{found[0]} → {number}{other}", number + word)


def percent(paper: Paper) -> Iterator[Injection]:
    """个百分点 for %, and % for 个百分点."""
    for field in fields(paper):
        shares = {plain(number) for number in _PERCENT.findall(field.every)}
        points = {plain(number) for number in _POINTS.findall(field.every)}
        apart = {str(abs(Fraction(one) - Fraction(other))) for one in shares for other in shares}
        for found in _CHINESE.finditer(field.text):
            number, tail = plain(found["number"]), found["tail"].strip()
            bare = rf"(?<![\d.]){re.escape(number)}(?:\.0+)?(?! ?\\?%|[\d.]\d|[ -]?percent)"
            if tail == "%" and number in shares - points and not re.search(bare, field.every.replace(",", "")):
                if str(Fraction(number)) in apart or re.search(rf"absolute|\+ ?{re.escape(number)}", field.every):
                    continue
                yield field.fault("percent", [(*found.span("tail"), " 个百分点")], found[0], found[0])
            elif tail == "个百分点" and number in points - shares:
                yield field.fault("percent", [(*found.span("tail"), "%")], found[0], found[0])


def dropped(paper: Paper) -> Iterator[Injection]:
    """A number gone from all its places."""
    for field in fields(paper):
        for number in sorted({plain(found["number"]) for found in field.numbers()}):
            places = [found for found in _CHINESE.finditer(field.text) if plain(found["number"]) == number]
            rest = "".join(
                " " if any(place.start() <= at < place.end() for place in places) else char
                for at, char in enumerate(field.text)
            )
            left = {plain(found) for found in _DIGITS.findall(rest.replace(",", ""))}
            spelt = number.isdigit() and int(number) in (*range(11), *range(20, 100, 10), 100, 1000, 10000)
            if number in left or (spelt and re.search("[零一二两三四五六七八九十百千万双半俩首单倍]", rest)):
                continue
            changes = [(*place.span(), NEUTRAL) for place in places]
            yield field.fault("dropped", changes, f"{number} → {NEUTRAL}", places[0][0])


def pair(paper: Paper) -> Iterator[Injection]:
    """From the second value to the first."""
    for field in fields(paper):
        said = {(plain(one), plain(two)) for one, two in _FROM_ENGLISH.findall(field.english)}
        for found in _FROM_CHINESE.finditer(field.text):
            one, two = found["one"], found["two"]
            if (plain(one.rstrip(" %")), plain(two.rstrip(" %"))) in said:
                changes = [(*found.span("one"), two), (*found.span("two"), one)]
                yield field.fault("pair", changes, found[0], found[0])


def measure(paper: Paper) -> Iterator[Injection]:
    """Another unit beside the same number: 天 for 小时."""
    for field in fields(paper):
        for table in _MEASURES:
            for unit, english in table.items():
                places = re.compile(rf"(?<![\w.,-])({_NUMBER}) ?个?(?: ?{_DEVICES})? ?({unit})(?![A-Za-z期代级])")
                for found in places.finditer(field.text):
                    number = found[1]
                    said = rf"(?<![\d.,]){re.escape(number)}[ -]?(?:{_DEVICES})?(?:{english})(?![A-Za-z])"
                    again = re.findall(rf"(?<![\d.,]){re.escape(number)}(?![\d%]|[.,]\d)", field.text)
                    if len(again) > 1 or not re.search(said, field.english):
                        continue
                    for other in table:
                        if other != unit:
                            yield field.fault("unit", [(*found.span(2), other)], f"{found[0]} → {other}", unit + other)


def bare(paper: Paper) -> Iterator[Injection]:
    """A percentage without its sign, wherever it stands."""
    for field in fields(paper):
        shares = {plain(number) for number in _PERCENT.findall(field.english)}
        written = field.every.replace(",", "")
        for number in shares:
            places = [it for it in _CHINESE.finditer(field.text) if plain(it["number"]) == number]
            others = rf"(?<![\d.]){re.escape(number)}(?:\.0+)?(?! ?\\?%|[\d.]\d|[ -]?percent)"
            words = number.isdigit() and int(number) < len(_WORDS) and _WORDS[int(number)] in written.lower()
            if not places or words or re.search(others, written) or {it["tail"].strip() for it in places} != {"%"}:
                continue
            # The 50 of 50 和 60%, and of 从 50 提升至 60%, may have its sign from the next.
            if any(_SHARES_SIGN.match(field.text, it.end()) for it in places):
                continue
            changes = [(*it.span("tail"), "") for it in places]
            yield field.fault("bare", changes, f"{number} → without %", number)


def order(paper: Paper) -> Iterator[Injection]:
    """Two values that belong to two things, the other way round."""
    for field in fields(paper):
        said = {(plain(one), plain(two)) for one, two in _RESPECTIVELY.findall(field.english)}
        for found in _RESPECTIVELY_CHINESE.finditer(field.text):
            one, two = found["one"], found["two"]
            begins = max(field.text.rfind(mark, 0, found.start()) for mark in "。；！\n")
            # Without a word that makes it so, an order may say nothing: 有 8B 和 0.5B 两种.
            if not re.search("分别|依次|各", field.text[begins + 1 : found.end() + 20]):
                continue
            if (plain(one.rstrip(" %\\倍")), plain(two.rstrip(" %\\倍"))) in said:
                changes = [(*found.span("one"), two), (*found.span("two"), one)]
                yield field.fault("order", changes, found[0], found[0])


def added(paper: Paper) -> Iterator[Injection]:
    """A number that the English has nowhere."""
    dice = random.Random(paper.scene.entry.key)
    for field in fields(paper):
        for found in _SEVERAL.finditer(field.text):
            number = str(dice.choice((dice.randint(13, 99), dice.randint(100, 9999))))
            if number not in field.known:
                new = f" {number} " if found[0] != "大量" else f" {number} 个"
                yield field.fault("added", [(*found.span(), new)], f"{found[0]} → {number}", f"{found[0]} {number}")


def word(paper: Paper) -> Iterator[Injection]:
    """A small numeral changed: 三个 becomes 五个."""
    for field in fields(paper):
        said = set(re.findall("[a-z]+|[0-9]+", field.every.lower()))
        for found in _COUNTED.finditer(field.text):
            value = _NUMERALS.index(found[0])
            if not {_WORDS[value], str(value)} & said or len(re.findall(found[0], field.text)) > 1:
                continue
            for other in range(3, 10):
                if not {_WORDS[other], str(other)} & said:
                    yield field.fault("word", [(*found.span(), _NUMERALS[other])], found[0], found[0])


def _about(injection: Injection, finding: Finding, text: str, spans: Sequence[Span]) -> bool:
    """Whether it points at the change, or names the number that is gone."""
    if finding.stands_in(text):
        return touches(finding, spans)
    number = plain(injection.short.partition(" → ")[0])
    return number in finding.quote.replace(",", "").replace("{", "").replace("}", "")


def kinds(_: Gate) -> Mapping[str, Kind]:
    """Each kind of fault."""
    both = ("FID001", "FID002")
    return {
        "digit": Kind(both, digit, BAR, _about),
        "swap": Kind(both, swap, BAR, _about),
        "ten": Kind(both, ten, BAR, _about),
        "group": Kind(both, group, BAR, _about),
        "scale": Kind(both, scale, BAR, _about),
        "percent": Kind(both, percent, BAR, _about),
        "dropped": Kind(both, dropped, BAR, _about),
        "pair": Kind(both, pair, BAR, _about),
        "unit": Kind(both, measure, BAR, _about),
        "bare": Kind(both, bare, 0.9, _about),
        "order": Kind(both, order, 0.9, _about),
        "added": Kind(both, added, BAR, _about),
        "word": Kind(both, word, 0.9, _about),
    }


if __name__ == "__main__":
    sys.exit(run(__doc__, ("FID",), kinds))
