"""What is measured: hours, dollars, megabytes. The table, and which of it stands behind a number.

A row is a measure: what it measures, how large it is, its symbols (of both languages, case-exact), its English words
(in any case) and its Chinese words. Two measures can be converted where both have a size on one scale: seconds and
hours, not months and hours, nor dollars and yuan. Only what is sure stands in the table: not m (metres, millions,
minutes), W (watts, and ten thousands in Chinese), Mb (bits or bytes), pounds (of weight, of money), 日 and 分.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, Literal

from checks.numbers.words import one_of
from glossary.records import NamedTuple

Dimension = Literal[
    "time", "money", "data", "rate", "frequency", "compute", "power", "energy", "length", "mass", "temperature"
]
_Sizes = tuple[tuple[str, Fraction], ...]


class Measure(NamedTuple):
    """A unit of measurement, as both languages write it; words and symbols are separated by spaces."""

    dimension: Dimension
    sizes: _Sizes
    """How large it is, on each scale: 60 of ``second``; empty where nothing can be converted into it."""
    symbols: str
    english: str
    chinese: str
    """The first word is the one to write. Empty where it is read as a number with its scale: 千字节, 万亿次浮点运算."""

    def writing(self, like: str) -> str:
        """What to write in Chinese in the place of such a unit: a symbol for a symbol, where there is one."""
        words = (self.symbols, self.chinese) if like.isascii() else (self.chinese, self.symbols)
        return " ".join(words).split()[0]


def _scaled(scale: str, size: int | str) -> _Sizes:
    return ((scale, Fraction(size)),)


def _bytes(power: int) -> _Sizes:
    """The size of a kilobyte (1), a megabyte (2), …, as makers of disks count it and as makers of memory do."""
    return (("decimal", Fraction(1000**power)), ("binary", Fraction(1024**power)))


_BIT: Final[_Sizes] = (("decimal", Fraction(1, 8)), ("binary", Fraction(1, 8)))
_NONE: Final[_Sizes] = ()

# fmt: off
MEASURES: Final = (
    Measure("time", _scaled("second", "1/1000000000"), "ns", "nanosecond nanoseconds", "纳秒"),
    Measure("time", _scaled("second", "1/1000000"), "μs µs us", "microsecond microseconds", "微秒"),
    Measure("time", _scaled("second", "1/1000"), "ms msec", "millisecond milliseconds", "毫秒"),
    Measure("time", _scaled("second", 1), "s sec secs", "second seconds", "秒 秒钟"),
    Measure("time", _scaled("second", 60), "min mins", "minute minutes", "分钟"),
    Measure("time", _scaled("second", 3600), "h hr hrs", "hour hours", "小时 钟头"),
    Measure("time", _scaled("second", 86400), "", "day days", "天"),
    Measure("time", _scaled("second", 604800), "", "week weeks", "周 星期"),
    Measure("time", _scaled("month", 1), "", "month months", "个月"),
    Measure("time", _scaled("month", 12), "yr yrs", "year years", "年"),
    Measure("money", _NONE, "USD", "dollar dollars", "美元 美金"),
    Measure("money", _NONE, "", "cent cents", "美分"),
    Measure("money", _NONE, "RMB CNY", "yuan", "元 人民币 块钱"),
    Measure("money", _NONE, "EUR", "euro euros", "欧元"),
    Measure("money", _NONE, "GBP", "", "英镑"),
    Measure("money", _NONE, "JPY", "yen", "日元"),
    Measure("data", _BIT, "", "bit bits", "比特"),
    Measure("data", _bytes(0), "", "byte bytes", "字节"),
    Measure("data", _bytes(1), "KB kB KiB", "kilobyte kilobytes", ""),
    Measure("data", _bytes(2), "MB MiB", "megabyte megabytes", "兆字节"),
    Measure("data", _bytes(3), "GB GiB", "gigabyte gigabytes", "吉字节"),
    Measure("data", _bytes(4), "TB TiB", "terabyte terabytes", "太字节"),
    Measure("data", _bytes(5), "PB PiB", "petabyte petabytes", "拍字节"),
    Measure("rate", _scaled("bit", 10**3), "kbps Kbps", "", ""),
    Measure("rate", _scaled("bit", 10**6), "Mbps", "", "兆比特每秒"),
    Measure("rate", _scaled("bit", 10**9), "Gbps", "", "吉比特每秒"),
    Measure("rate", _scaled("bit", 10**12), "Tbps", "", "太比特每秒"),
    Measure("frequency", _scaled("hertz", 1), "Hz", "hertz", "赫兹 赫"),
    Measure("frequency", _scaled("hertz", 10**3), "kHz KHz", "kilohertz", "千赫兹 千赫"),
    Measure("frequency", _scaled("hertz", 10**6), "MHz", "megahertz", "兆赫兹 兆赫"),
    Measure("frequency", _scaled("hertz", 10**9), "GHz", "gigahertz", "吉赫兹 吉赫"),
    Measure("compute", _scaled("flop", 1), "", "", "次浮点运算"),
    Measure("compute", _scaled("flop", 10**6), "MFLOPs MFLOPS MFLOP", "megaflops", ""),
    Measure("compute", _scaled("flop", 10**9), "GFLOPs GFLOPS GFLOP", "gigaflops", ""),
    Measure("compute", _scaled("flop", 10**12), "TFLOPs TFLOPS TFLOP", "teraflops", ""),
    Measure("compute", _scaled("flop", 10**15), "PFLOPs PFLOPS PFLOP", "petaflops", ""),
    Measure("power", _scaled("watt", "1/1000"), "mW", "milliwatt milliwatts", "毫瓦"),
    Measure("power", _scaled("watt", 1), "", "watt watts", "瓦特 瓦"),
    Measure("power", _scaled("watt", 10**3), "kW", "kilowatt kilowatts", "千瓦"),
    Measure("power", _scaled("watt", 10**6), "MW", "megawatt megawatts", "兆瓦"),
    Measure("power", _scaled("watt", 10**9), "GW", "gigawatt gigawatts", "吉瓦"),
    Measure("energy", _scaled("watt-hour", 1), "Wh", "", "瓦时"),
    Measure("energy", _scaled("watt-hour", 10**3), "kWh", "", "千瓦时"),
    Measure("energy", _scaled("watt-hour", 10**6), "MWh", "", "兆瓦时"),
    Measure("energy", _scaled("watt-hour", 10**9), "GWh", "", "吉瓦时"),
    Measure("length", _scaled("metre", "1/1000000000"), "nm", "nanometer nanometers nanometre nanometres", "纳米"),
    Measure("length", _scaled("metre", "1/1000000"), "μm µm", "micrometer micrometers micron microns", "微米"),
    Measure("length", _scaled("metre", "1/1000"), "mm", "millimeter millimeters millimetre millimetres", "毫米"),
    Measure("length", _scaled("metre", "1/100"), "cm", "centimeter centimeters centimetre centimetres", "厘米"),
    Measure("length", _scaled("metre", 1), "", "meter meters metre metres", "米"),
    Measure("length", _scaled("metre", 1000), "km", "kilometer kilometers kilometre kilometres", "公里 千米"),
    Measure("length", _scaled("inch", 1), "", "inch inches", "英寸"),
    Measure("length", _scaled("inch", 12), "ft", "foot feet", "英尺"),
    Measure("length", _scaled("inch", 63360), "", "mile miles", "英里"),
    Measure("mass", _scaled("gram", "1/1000"), "mg", "milligram milligrams", "毫克"),
    Measure("mass", _scaled("gram", 1), "", "gram grams", "克"),
    Measure("mass", _scaled("gram", 1000), "kg", "kilogram kilograms", "千克 公斤"),
    Measure("mass", _scaled("gram", 10**6), "", "ton tons tonne tonnes", "吨"),
    Measure("temperature", _NONE, "°C ℃", "degrees Celsius", "摄氏度"),
    Measure("temperature", _NONE, "°F ℉", "degrees Fahrenheit", "华氏度"),
)
# fmt: on
_BEFORE: Final = {"$": "USD", "＄": "USD", "€": "EUR", "£": "GBP"}
"""Symbols before a number, and those that stand behind one for the same; a yen's is also a yuan's."""
_NOT_AFTER: Final = {"天": "然空线", "周": "期围边", "年": "代级龄轻", "米": "粒", "克": "隆服", "元": "组素件学宇"}
"""What makes a longer word of a Chinese one."""
_BY_SYMBOL: Final = {symbol: measure for measure in MEASURES for symbol in measure.symbols.split()}
_BY_CHINESE: Final = {word: measure for measure in MEASURES for word in measure.chinese.split()}


def _words(measure: Measure) -> list[str]:
    return [measure.english] if measure.english.startswith("degrees") else measure.english.split()


_BY_ENGLISH: Final = {word.lower(): measure for measure in MEASURES for word in _words(measure)}
_DEVICE: Final = (
    r"(?:[A-Z][A-Za-z0-9.-]{0,24} ){0,2}(?:[CGTN]PUs?|[ABHV][0-9]{2,3}|person|human|man)(?:[ -]|(?=[\u4e00-\u9fff]))"
)
"""What works for the hours that are counted: 642 H100 days, GPU-hours."""
_SYMBOL: Final = one_of(_BY_SYMBOL)
_ENGLISH = re.compile(
    rf"[ -]?(?:{_DEVICE})?(?:(?P<symbol>{_SYMBOL})|(?P<word>(?i:{one_of(_BY_ENGLISH)})))(?![A-Za-z]|-to-)"
)
_HAN: Final = "|".join(
    f"{word}(?![{_NOT_AFTER[word]}])" if word in _NOT_AFTER else word for word in sorted(_BY_CHINESE, key=len)[::-1]
)
_CHINESE = re.compile(rf" ?[多余几来]?个? ?(?:{_DEVICE})?(?:(?P<symbol>{_SYMBOL})(?![A-Za-z])|(?P<word>{_HAN}))")
_NO_BEGIN: Final = frozenset(" ,.;:)%，。、；：）和与或到至的")
"""What no measure begins with."""


class Measured(NamedTuple):
    """The measure of a number, and where its name stands: ``[start, end)``."""

    measure: Measure
    start: int
    end: int


def measure_of(text: str, start: int, end: int, unit: str, *, han: bool = False) -> Measure | None:
    """The measure of the number in ``[start, end)`` of an English text, or a Chinese one (``han``); no unit has one."""
    measured = None if unit else measured_in(text, start, end, han=han)
    return measured and measured.measure


def measured_in(text: str, start: int, end: int, *, han: bool = False) -> Measured | None:
    """The same, whatever the unit, with its place."""
    before = text[start - 1 : start]
    if before in _BEFORE:
        return Measured(_BY_SYMBOL[_BEFORE[before]], start - 1, start)
    following = text[end : end + 1]
    if (text[end + 1 : end + 2] if following == " " else following) in _NO_BEGIN:
        return None
    found = (_CHINESE if han else _ENGLISH).match(text, end)
    if found is None:
        return None
    if found["symbol"]:
        return Measured(_BY_SYMBOL[found["symbol"]], *found.span("symbol"))
    words = _BY_CHINESE if han else _BY_ENGLISH
    return Measured(words[found["word"].lower()], *found.span("word"))


def are_convertible(one: Measure, other: Measure, ratio: Fraction) -> bool:
    """Whether one of this measure is so many of the other: an hour 60 minutes."""
    return any(scale == on and size == ratio * unit for scale, size in one.sizes for on, unit in other.sizes)
