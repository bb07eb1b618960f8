"""The quantities of a Chinese text, in digits and in numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Final

from checks.numbers.digits import CROSS, MEASURE, after_digits, is_nominal, is_score, scaled, written_at
from checks.numbers.measures import measure_of
from checks.numbers.numerals import LONGEST, NUMERAL, ONES, numeral, scale
from checks.numbers.plain import placed, plain
from checks.numbers.quantity import LARGEST_ORDER, Quantity, Unit, Weight, shared, shares
from checks.text import mask
from glossary.records import NamedTuple

BEGINNINGS: Final = f"{NUMERAL}数几上成近好双俩翻加倍单首半"
"""Regex class body: what a number may begin with, digits aside."""
_START = re.compile(
    rf"[0-9{BEGINNINGS}](?:(?<=[0-9{NUMERAL}双俩单首])|(?<=数)[以十百千万亿]|(?<=[几上近])[十百千万亿]"
    r"|(?<=成)[十百千万亿]|(?<=好)几|(?<=翻)[了一倍番]|(?<=加)倍|(?<=倍)增|(?<=半)(?![监径衰]))"
)
"""Where a number may begin, with the next character where the first alone says little."""
_DECIMALS: Final = "点[零〇一二三四五六七八九]{1,8}"
_RUN = re.compile(rf"[{NUMERAL}]{{1,{LONGEST}}}(?:{_DECIMALS})?")
_VAGUE = re.compile(
    r"成百上千|成千上万|千千万万|数以(?P<count>[十百千万亿]{1,4})计"
    r"|(?<![参函系指分整维次层总位人常倍基计步个以])(?:数|好几|几|上|成|近)(?P<size>[十百千万亿]{1,4})(?!分[点比之]|[一二两三四五六七八九十百千万亿])"
)
_VAGUE_BEGINS: Final = frozenset("成千数好几上近")
_IDIOMS: Final = {"成百上千": "百", "成千上万": "千", "千千万万": "千万"}
_WORTH: Final = (
    (re.compile(r"翻(?:了)?(?:一)?[倍番]|加倍|倍增|双|俩"), (Fraction(2),)),
    (re.compile(r"半(?![监径衰])"), (Fraction(1, 2), Fraction(50), Fraction(2), Fraction(30))),
    (re.compile("[单首]"), (Fraction(1),)),
)
"""Words that render an English number though they are none."""
_LARGEST_WORD: Final = 10
"""Up to here a numeral is weak."""
_SCALE = re.compile(
    r" ?[多余几来]?个? ?(?P<scale>[百千](?!分|[克米瓦卡伏赫帕焦])[百千万亿]{0,2}|[万亿]亿?|兆(?!字节|赫|瓦|比特))"
    r"(?: ?(?P<more>[0-9]{1,4}) ?(?P<below>[万千百]))?"
)
_SCALE_BEGINS: Final = frozenset(" 多余几来个百千万亿兆")
_PARTS = re.compile(rf" ?分之 ?(?P<over>[0-9]|[{NUMERAL}]{{1,12}}(?:{_DECIMALS})?)")
_PARTS_BEGIN: Final = frozenset(" 分")
"""With what :data:`_VAGUE`, :data:`_SCALE` and :data:`_PARTS` begin."""
_UNITS: Final[tuple[tuple[Unit, re.Pattern[str]], ...]] = (
    (
        "point",
        re.compile(r" ?[多余]?个?(?:绝对)? ?百分[点比]点?| ?个点| ?(?:%p|pp|p\.p\.|percentage points?)(?![A-Za-z])"),
    ),
    ("percent", re.compile(r" ?%")),
    ("magnitude", re.compile(r" ?个?(?:数量|量)级")),
    ("times", re.compile(r" ?[多余几]?倍| ?[xX×](?![A-Za-z0-9]| ?[0-9])")),
)
_UNIT_BEGINS: Final = frozenset(" 多余个绝百%pxX×数量几倍")
_TENTH: Final = " ?成(?P<half>[一二三四五六七八九半])?"
_TENTHS = re.compile(rf"{_TENTH}(?=[的以多左，。、；受用]|$)")
_LIKELY_TENTHS = re.compile(
    # 统一成 is the verb, and of the words that begin with 成 (成功) some may be two (四成 功能).
    rf"(?<![统逐唯归专同之]一){_TENTH}(?!(?<=成)(?:"
    r"[为本员果就熟绩效倍千百败见型批群套品簇]|功(?!能)|立(?![场方体])|像(?!素)|分(?![类布数支])|份(?!额)|人(?![类工机])"
    r"|语(?![音料言义种句])|因(?![此果])|长(?![文度])|对(?!话)|年(?!轻)|形(?!式)))"
)
"""Tenths of a whole, and half of one more: 四成 is 40%, 四成五 45%.

What is not sure to be one accounts for an English number, no more.
"""
_UP_TO = re.compile(r"(?: ?[到至~–-] ?)?[1-9一二三四五六七八九](?= ?成)")
"""From the first to the second of two tenths: 三到四成, 三四成."""
_TENTHS_WITHIN: Final = 6
"""Characters behind a number up to the end of its 成."""
_HALVES: Final = {**ONES, "半": 5}
_MEASURE = re.compile(
    r" ?[多余]?(?:[个种项类款组条篇名位家张段轮层步倍天周年月秒阶大门套幅块台场份对]|次(?!方|元)|小时|分钟?|方面|部分)"
)
_WINDOW: Final = 42
_LATIN_BEFORE = re.compile(r"[A-Za-z][\w.+-]{0,40} $")
_LATIN_AFTER = re.compile(r"[A-Za-z]")
_ERA = re.compile(" ?(?:年代|世纪)")
_MORE = re.compile(r"(?:增加|提高|提升|增长|高出|扩大|加快|上升|快|多|大)(?:了|出)?(?:约|近|超过|高达|至少)? ?$")
_AND_A_HALF = re.compile(r" ?(?:个|年|倍|天|小时)?半")
_SIZED = re.compile("[ 多余级个种倍条张项名位家篇]")
_JOINT = re.compile(r" ?(?:[-–—~/至到或与和、]|——) ?")


@lru_cache(maxsize=16)
def chinese(text: str, masked: str | None = None) -> tuple[Quantity, ...]:
    """The quantities of a Chinese text, in order; offsets are the text's. Linear in its length.

    ``masked`` is the text masked, where the caller has it.
    """
    readable = plain(text, mask(text) if masked is None else masked)
    found = shared(readable.text, _read(readable.text), _JOINT)
    return tuple(placed(readable, quantity) for quantity in found)


def _read(text: str) -> Iterator[Quantity]:
    at = 0
    while start := _START.search(text, at):
        first = start.start()
        digits = "0" <= start[0] <= "9"
        quantity, after = _digits_at(text, first) if digits else _numeral_at(text, first)
        if quantity is not None:
            yield quantity
            after = max(after, quantity.until)
        at = max(after, first + 1)


def _digits_at(text: str, at: int) -> tuple[Quantity | None, int]:
    number = written_at(text, at)
    if number is None:
        return None, after_digits(text, at)
    following = text[number.end : number.end + 1]
    parts = _PARTS.match(text, number.end) if following in _PARTS_BEGIN else None
    if parts:
        return _fraction(text, at, number.value, parts)
    found = _SCALE.match(text, number.end) if following in _SCALE_BEGINS else None
    more = 0
    if found:
        end, size = found.end("scale"), scale(found["scale"])
        if found["more"] and scale(found["below"]) < size:
            end, more = found.end(), int(found["more"]) * scale(found["below"])
    else:
        end, size = scaled(text, number.end)
    value = number.value * size + more if size > 1 else number.value
    until, value, unit, others, loose = _with_unit(text, at, end, value, number.others)
    weight: Weight = "aside" if loose else _weight(text, at, until, value, unit=unit, size=size)
    measure = measure_of(text, at, end, unit, han=True)
    return Quantity(at, end, until, value, unit, weight, others, size, measure), end


class _Measured(NamedTuple):
    """A number with its unit: where that ends, and what the number may mean with it."""

    until: int
    value: Fraction
    unit: Unit
    others: tuple[Fraction, ...]
    loose: bool = False
    """Whether the unit is but likely."""


def _with_unit(text: str, at: int, end: int, value: Fraction, others: tuple[Fraction, ...] = ()) -> _Measured:
    """What the number in ``[at, end)`` means with the unit behind it."""
    until, unit = _unit_at(text, end)
    loose = False
    in_tenths = unit == "" and "成" in text[end : end + _TENTHS_WITHIN] and value < 10
    if unit == "percent":
        others = (*others, *shares(*value.as_integer_ratio()))
    elif unit == "magnitude" and value <= LARGEST_ORDER:
        others = (*others, Fraction(10) ** int(value))
    elif unit == "times" and (value == 1 or _MORE.search(text, max(0, at - 8), at)):
        # 增加两倍 is three times as much.
        others = (*others, value + 1)
    elif in_tenths and (tenths := _tenths_at(text, end)):
        loose = tenths.re is _LIKELY_TENTHS
        share = 10 * value + _HALVES.get(tenths["half"], 0)
        others, value, unit, until = (*others, share / 100, value), share, "percent", tenths.end()
    elif in_tenths and _is_up_to_tenths(text, end):
        others, value, unit, loose = (*others, value / 10, value), 10 * value, "percent", True
    elif unit == "" and _AND_A_HALF.match(text, end):
        others = (*others, value + Fraction(1, 2))
    if text[max(0, at - 2) : at].rstrip().endswith("第"):
        unit = "ordinal"
    return _Measured(until, value, unit, others, loose)


def _tenths_at(text: str, end: int) -> re.Match[str] | None:
    """The 成 behind a number, where it is one."""
    return _TENTHS.match(text, end) or _LIKELY_TENTHS.match(text, end)


def _is_up_to_tenths(text: str, end: int) -> bool:
    """Whether a number shares the 成 of the next one."""
    found = _UP_TO.match(text, end)
    return found is not None and _tenths_at(text, found.end()) is not None


def _unit_at(text: str, end: int) -> tuple[int, Unit]:
    begins = text[end : end + 1]
    if (text[end + 1 : end + 2] if begins == " " else begins) not in _UNIT_BEGINS:
        return end, ""
    for unit, pattern in _UNITS:
        found = pattern.match(text, end)
        if found:
            return found.end(), unit
    return end, ""


def _weight(text: str, at: int, until: int, value: Fraction, *, unit: Unit, size: int) -> Weight:
    """How much a number in digits counts, with the scale that it is written with."""
    if is_nominal(text, at, until):
        return "name"
    if unit != "":
        return "weak" if unit == "ordinal" else "firm"
    if _LATIN_AFTER.match(text, until) and not MEASURE.match(text, until) and not CROSS.match(text, until):
        return "name"
    latin = text[at - 1 : at] == " " and _is_behind_latin(text, at)
    label = size == 1 and latin and not _MEASURE.match(text, until)
    return "aside" if _ERA.match(text, until) or (label and not is_score(value)) else "firm"


def _is_behind_latin(text: str, at: int) -> bool:
    """Whether a Latin word stands before the space before a number."""
    low = max(0, at - _WINDOW)
    # No other space stands in it.
    return _LATIN_BEFORE.search(text, max(low, text.rfind(" ", low, at - 1) + 1), at) is not None


def _numeral_at(text: str, at: int) -> tuple[Quantity | None, int]:
    vague = _VAGUE.match(text, at) if text[at] in _VAGUE_BEGINS else None
    if vague:
        size = scale(vague["size"] or vague["count"] or _IDIOMS[vague[0]])
        return _order(at, vague.end(), Fraction(size)), vague.end()
    run = _RUN.match(text, at)
    if run is None:
        return _word_at(text, at)
    chars, end = run[0], run.end()
    if chars[-1] in "百十" and text.startswith("分", end) and not text.startswith("分之", end):
        # 百分点, 百分比, 十分重要
        chars, end = chars[:-1], end - 1
    value = numeral(chars) if chars else None
    if value is None and len(chars) == 2 and chars[0] in ONES and _is_up_to_tenths(text, at + 1):
        return _counted(text, at, chars[0], Fraction(ONES[chars[0]]))
    if value is None:
        return _twin(at, chars), max(end, at + 1)
    parts = _PARTS.match(text, end)
    return _fraction(text, at, value, parts) if parts else _counted(text, at, chars, value)


def _counted(text: str, at: int, chars: str, value: Fraction) -> tuple[Quantity | None, int]:
    """What a numeral counts: 三个, 十几种, 百万, 两倍."""
    end = at + len(chars)
    if value >= 100 and not any(char in ONES for char in chars):
        # 百科, 万物, 千秋; but 百余名, 过亿
        idiom = len(chars) == 1 and not _SIZED.match(text, end) and text[at - 1 : at] not in tuple("过超逾约达")
        return (None if idiom else _order(at, end, value)), end
    if text.startswith("几", end):
        return _order(at, end + 1, value), end + 1
    until, meant, unit, others, loose = _with_unit(text, at, end, value)
    weight: Weight = "aside" if loose else "weak"
    if unit == "":
        # 三角, 二次 and 五感 count nothing.
        counts = chars != "二" and _MEASURE.match(text, end)
        weight = "firm" if value > _LARGEST_WORD else "weak" if counts else "aside"
    # 三元 is ternary.
    measure = None if weight == "aside" else measure_of(text, at, end, unit, han=True)
    return Quantity(at, end, until, meant, unit, weight, others, 1, measure), end


def _order(at: int, end: int, size: Fraction) -> Quantity:
    """An order of size."""
    return Quantity(at, end, end, size, "", "vague", (), int(size))


def _twin(at: int, chars: str) -> Quantity | None:
    """三四 (three or four)."""
    if len(chars) != 2 or ONES.get(chars[1], 0) - ONES.get(chars[0], 9) != 1:
        return None
    return Quantity(at, at + 2, at + 2, Fraction(ONES[chars[0]]), "", "weak", (Fraction(ONES[chars[1]]),))


def _fraction(text: str, at: int, under: Fraction, parts: re.Match[str]) -> tuple[Quantity | None, int]:
    """百分之八, 三分之一, 1000 分之 3."""
    start, end = parts.span("over")
    digits = "0" <= text[start] <= "9"
    if digits:
        number = written_at(text, start)
        over, end = (number.value, number.end) if number else (None, end)
    else:
        over = numeral(parts["over"])
    if over is None or under == 0:
        return None, end
    if under == 100:
        return Quantity(at, end, end, over, "percent", "firm", (over / 100,)), end
    share = over / under
    return Quantity(at, end, end, share, "", "firm" if digits else "weak", (100 * share, over, under)), end


def _word_at(text: str, at: int) -> tuple[Quantity | None, int]:
    """双, 翻倍, 一半, 单."""
    for pattern, values in _WORTH:
        found = pattern.match(text, at)
        if found:
            return Quantity(at, found.end(), found.end(), values[0], "", "aside", values[1:]), found.end()
    return None, at + 1
