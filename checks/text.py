"""What the rules know of characters: classes, masks, lines.

A *masked* text is as long as the text it stands for. In it, everything that no rule may touch is
replaced, character by character, by a placeholder that tells what is hidden there, and Han
characters beyond the Basic Multilingual Plane by one inside it (character classes with such
characters are many times slower). The placeholders are Unicode noncharacters, which never occur in
interchanged text; one that does occur anyway is treated like hidden HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

MATH: Final = "\ufdd0"
CODE: Final = "\ufdd1"
URL: Final = "\ufdd2"
HTML: Final = "\ufdd3"
OPEN: Final = "\ufdd4"
"""Markup that opens round a piece of text: ``**``, ``*``, the ``[`` of a link."""
CLOSE: Final = "\ufdd5"
"""Markup that closes: ``**``, ``*``, the ``](target)`` of a link."""

HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Regex class body: Han characters of the BMP with 々 and 〇 (astral ones are folded into it)."""
LETTER: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u1e00-\u1eff"
"""Regex class body: Latin and Greek letters (PixArt-α, naïve)."""
WIDE_PUNCTUATION: Final = (
    "\u2014\u2018\u2019\u201c\u201d\u2026\u3001-\u3003\u3008-\u3011\u3014-\u301f"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
"""Regex class body: full-width punctuation, the curly quotes, dash and ellipsis among it."""

WIDENED: Final = str.maketrans(",.;:!?", "，。；：！？")
"""For ``str.translate``: the marks of a sentence, made full-width."""
QUOTE_PAIRS: Final = ("“”", "‘’", "「」", '""')
"""The two halves of quotation marks; between them a word may be mentioned rather than used."""

LIST_MARK: Final = re.compile(r"(?:^|\n)[ \t]*(?:[-*+>]|#{1,6}|\d{1,3}[.)])$")
"""A list or block mark at the beginning of a line, right before the end of what is searched."""

_IS_HAN = re.compile(f"[{HAN}\U00020000-\U000323af]")
_HAN_RUN = re.compile(f"[{HAN}\U00020000-\U000323af]+")
_PLAIN = re.compile(f"[{HAN}]")
_ASTRAL_HAN = re.compile("[\U00020000-\U000323af]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLACEHOLDER = re.compile("[\ufdd0-\ufdef]")
_PLAIN_HAN: Final = "\u3400"

# The pattern begins with one class of characters, and none of its choices leaves case to a flag: so most of a text is
# only skimmed for these characters.
_TRIGGER = re.compile(
    r"[`$\\<\[\]&hHfFwW@.~](?:(?<=[`$\\<\[\]&])|(?<=[hH])[tT]{2}[pP][sS\u017f]?://|(?<=\.)(?=[A-Za-z]{2,4}/)"
    r"|(?<=[fF])[tT][pP]://|(?<=[wW])[wW]{2}\.|(?<=@)(?=[A-Za-z])|(?<=~)~~)"
)
_URL = re.compile(
    r"[^\s<>\"`|\u2014\u2018-\u201f\u2026\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\ufdd0-\ufdef\uff00-\uffef]+"
)
_HOST_BACK = re.compile(r"[A-Za-z0-9.-]{1,100}$")
_HOST_PATH = re.compile(
    r"\.(?:com|org|net|io|ai|cn|co|edu|gov|dev|me|uk|de|jp|app|site|xyz|info|tech|cloud|page|ly|us|eu)/", re.IGNORECASE
)
_MAIL_BACK = re.compile(r"(?:[A-Za-z0-9._+-]{1,64}|\{[A-Za-z0-9._+, -]{1,200}\})$")
_MAIL_HOST = re.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
_FENCE = re.compile(r"(`{3,}|~{3,})[^`\n]*(?:\n|$)")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>\n]{0,500})?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<(?:https?|ftp|mailto):[^\s<>]{1,2000}>", re.IGNORECASE)
_INLINE_MATH = re.compile(r"\$(?![\s$])((?:\\.|[^$\\\n]){1,1000}?)(?<!\s)\$")
_FORMULA_SIGN = re.compile(r"[\\^_]")
_TEXT_IN_MATH = re.compile(r"\\(?:text|textbf|textit|textrm|mbox|mathrm|operatorname)\*?\{[^{}]*\}")
_ENVIRONMENT = re.compile(r"\\begin\{([A-Za-z]{1,20}\*?)\}")
_TARGET = re.compile(
    r"\]\((?:<[^<>\n]{0,2000}>|(?:[^\s()]|\([^\s()]{0,500}\)){0,2000})"
    r"(?:[ \t]+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'))?[ \t]*\)"
)
_STARS = re.compile(r"\*{1,3}")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LONGEST_LINK_TEXT: Final = 2000


def is_han(char: str) -> bool:
    """Whether a single character is a Han character."""
    return _IS_HAN.match(char) is not None


def has_han(text: str) -> bool:
    """Whether a text holds a Han character."""
    return not text.isascii() and (_PLAIN.search(text) is not None or _ASTRAL_HAN.search(text) is not None)


def without_surrogates(text: str) -> str:
    """A text as long that an automaton takes, which no lone surrogate is (from a JSON escape)."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def count_han(text: str) -> int:
    """How many Han characters a text holds."""
    return sum(map(len, _HAN_RUN.findall(text)))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text stand, each with the blank line before it."""
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield start, blank.start()
        start = blank.start()
    yield start, len(text)


def shortened(text: str, most: int) -> str:
    """A text to quote: on one line, and no longer than that many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


@lru_cache(maxsize=64)
def mask(text: str) -> str:
    """Hide what no rule may touch; the result has the length of ``text``.

    Hidden are fenced and inline code, math (``$…$``, ``$$…$$``, ``\\(…\\)``, ``\\[…\\]``,
    environments), URLs and mail addresses, HTML tags, comments and entities, link targets, and the
    marks of emphasis and links. An amount of money is no math: what follows an opening ``$`` and
    what precedes a closing one is not white space, no digit follows the closing one (unless a
    command, ``^`` or ``_`` shows a formula), and there is no Han between them outside
    ``\\text{…}``. Linear in the length of the text; several rules ask for the same English, one after the other.
    """
    text = mask_protected(text)
    return _mask_emphasis(text) if "*" in text else text


def mask_protected(text: str) -> str:
    """Like :func:`mask`, but the stars of emphasis stay."""
    if not text.isascii():
        text = _ASTRAL_HAN.sub(_PLAIN_HAN, _PLACEHOLDER.sub("\ufdef", text))
    return _Masker(text).run() if _TRIGGER.search(text) else text


class _Masker:
    """One pass over the places where something protected may begin."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pieces: list[str] = []
        self.done = 0
        """Everything before this offset is in ``pieces``."""
        self.missing: set[str] = set()
        """Closing marks known not to occur any more: keeps hostile text linear."""
        self.brackets: list[tuple[int, int]] = []
        """Open ``[``: (index in pieces of its character, offset)."""

    def run(self) -> str:
        handlers: dict[str, Callable[[int], None]] = {
            "`": self._backtick,
            "~": self._fence,
            "$": self._dollar,
            "\\": self._backslash,
            "<": self._angle,
            "[": self._open_bracket,
            "]": self._close_bracket,
            "&": self._entity,
        }
        at = 0
        while found := _TRIGGER.search(self.text, at):
            start = found.start()
            self.at = start + 1
            char = self.text[start]
            if char in handlers:
                handlers[char](start)
            elif char in "@.":
                before = self.text[start - 1] if start > at else ""
                if (before == "}" and char == "@") or (before.isascii() and before.isalnum()):
                    (self._mail if char == "@" else self._bare_host)(start - 1)
            else:
                self._url(start)
            at = max(self.at, self.done)
        self.pieces.append(self.text[self.done :])
        return "".join(self.pieces)

    def _hide(self, start: int, end: int, placeholder: str) -> None:
        if start < self.done:
            return
        self.pieces.append(self.text[self.done : start])
        self.pieces.append(placeholder * (end - start))
        self.done = end

    def _find(self, mark: str, start: int) -> int:
        if mark in self.missing:
            return -1
        found = self.text.find(mark, start)
        if found < 0:
            self.missing.add(mark)
        return found

    def _backtick(self, start: int) -> None:
        self._fence(start)
        if self.done > start:
            return
        end = start
        while end < len(self.text) and self.text[end] == "`":
            end += 1
        ticks = self.text[start:end]
        self.at = end
        if ticks == "``" and self._is_latex_quote(end):
            return
        close = self._closing_ticks(ticks, end)
        if close >= 0:
            self._hide(start, close + len(ticks), CODE)

    def _is_latex_quote(self, after: int) -> bool:
        quote = self._find("''", after)
        ticks = self._find("``", after)
        return quote >= 0 and (ticks < 0 or quote < ticks) and "\n" not in self.text[after:quote]

    def _closing_ticks(self, ticks: str, start: int) -> int:
        """Where a run of exactly these ticks begins, in the same paragraph; -1 where there is none."""
        at = self._find(ticks, start)
        while at >= 0:
            end = at + len(ticks)
            if self.text[at - 1] != "`" and self.text[end : end + 1] != "`":
                return -1 if _BLANK_LINE.search(self.text, start, at) else at
            while self.text[end : end + 1] == "`":
                end += 1
            at = self._find(ticks, end)
        self.missing.add(ticks)
        return -1

    def _fence(self, start: int) -> None:
        if start and self.text[start - 1] != "\n":
            return
        fence = _FENCE.match(self.text, start)
        if fence is None:
            return
        close = self._find("\n" + fence[1], fence.end() - 1)
        if close < 0:
            return
        end = self.text.find("\n", close + 1)
        self._hide(start, end if end >= 0 else len(self.text), CODE)

    def _dollar(self, start: int) -> None:
        if self.text.startswith("$$", start):
            self.at = start + 2
            close = self._find("$$", start + 2)
            if close > start + 2 and not _BLANK_LINE.search(self.text, start, close):
                self._hide(start, close + 2, MATH)
            return
        found = _INLINE_MATH.match(self.text, start)
        if found is None or has_han(_TEXT_IN_MATH.sub("", found[1])):
            return
        # $100 and $200: only what looks like a formula may be followed by a digit.
        if not self.text[found.end() : found.end() + 1].isdigit() or _FORMULA_SIGN.search(found[1]):
            self._hide(start, found.end(), MATH)

    def _backslash(self, start: int) -> None:
        following = self.text[start + 1 : start + 2]
        self.at = start + 2
        for opening, closing in (("(", "\\)"), ("[", "\\]")):
            if following == opening:
                close = self._find(closing, start + 2)
                if close >= 0 and not _BLANK_LINE.search(self.text, start, close):
                    self._hide(start, close + 2, MATH)
                return
        environment = _ENVIRONMENT.match(self.text, start)
        if environment:
            closing = f"\\end{{{environment[1]}}}"
            close = self._find(closing, environment.end())
            if close >= 0:
                self._hide(start, close + len(closing), MATH)

    def _angle(self, start: int) -> None:
        if self.text.startswith("<!--", start):
            close = self._find("-->", start + 4)
            if close >= 0:
                self._hide(start, close + 3, HTML)
            return
        for pattern, placeholder in ((_AUTOLINK, URL), (_TAG, HTML)):
            found = pattern.match(self.text, start)
            if found:
                self._hide(start, found.end(), placeholder)
                return

    def _entity(self, start: int) -> None:
        found = _ENTITY.match(self.text, start)
        if found:
            self._hide(start, found.end(), HTML)

    def _open_bracket(self, start: int) -> None:
        # Hidden later, if a target turns out to follow its partner.
        self.pieces.append(self.text[self.done : start])
        self.pieces.append("[")
        self.done = start + 1
        self.brackets.append((len(self.pieces) - 1, start))

    def _close_bracket(self, start: int) -> None:
        if not self.brackets:
            return
        piece, opened = self.brackets.pop()
        found = _TARGET.match(self.text, start)
        if found and start - opened <= _LONGEST_LINK_TEXT and not _BLANK_LINE.search(self.text, opened, start):
            self.pieces[piece] = OPEN
            self._hide(start, found.end(), CLOSE)

    def _url(self, start: int) -> None:
        if start and self.text[start - 1].isalnum() and self.text[start - 1].isascii():
            return
        found = _URL.match(self.text, start)
        if found:
            self._hide(start, start + len(trim_url(found[0])), URL)

    def _bare_host(self, start: int) -> None:
        """``github.com/owner/name``; a host without a path reads like any name and needs no mask."""
        if not _HOST_PATH.match(self.text, start + 1):
            return
        host = _HOST_BACK.search(self.text, max(self.done, start - 100), start + 1)
        found = _URL.match(self.text, host.start() if host else start)
        if host and found:
            self._hide(host.start(), host.start() + len(trim_url(found[0])), URL)

    def _mail(self, start: int) -> None:
        name = _MAIL_BACK.search(self.text, max(self.done, start - 200), start + 1)
        host = _MAIL_HOST.match(self.text, start + 2)
        if name and host:
            self._hide(name.start(), host.end(), URL)


_NOT_LAST: Final = re.compile(
    "[.,;:!?'*_~\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""What no address ends with: marks of the sentence, and what cannot be seen."""


def trim_url(url: str) -> str:
    """Without what ends a link text or the sentence rather than the address."""
    url = url.partition("](")[0]
    while url:
        last = url[-1]
        if _NOT_LAST.match(last) or (last in ")]}" and url.count(last) > url.count("([{"[")]}".index(last)])):
            url = url[:-1]
        else:
            break
    return url


def _mask_emphasis(text: str) -> str:
    """Hide the stars that emphasise something; a lone star (S*, 2*3) stays.

    Laxer than CommonMark, which does not render ``**注意：**该方法``: for spacing and punctuation
    the stars are markup there too.
    """
    chars = list(text)
    open_run: re.Match[str] | None = None
    paragraph_end = 0
    for run in _STARS.finditer(text):
        before = text[run.start() - 1 : run.start()] if run.start() else ""
        after = text[run.end() : run.end() + 1]
        if open_run is not None and run.start() >= paragraph_end:
            open_run = None
        if before.isdigit() and after.isdigit():
            continue
        closes = before != "" and not before.isspace()
        if open_run is not None and closes and len(open_run[0]) == len(run[0]):
            chars[open_run.start() : open_run.end()] = OPEN * len(run[0])
            chars[run.start() : run.end()] = CLOSE * len(run[0])
            open_run = None
        elif after and not after.isspace():
            # A star glued to the end of a word and to what follows opens nothing: S*算法.
            if before.isascii() and before.isalnum():
                continue
            open_run = run
            if run.end() > paragraph_end:
                blank = _BLANK_LINE.search(text, run.end())
                paragraph_end = blank.start() if blank else len(text)
    return "".join(chars)


class LineIndex:
    """From offsets to lines and columns: both 1-based, columns in code points, lines end at ``\\n`` only."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0]
        at = text.find("\n")
        while at >= 0:
            self.starts.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, without its line feed."""
        start = self.starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]
