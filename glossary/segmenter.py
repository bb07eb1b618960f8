"""Word boundaries in Chinese text, asked only about a short form that may be torn out of two other words.

jieba is imported and its dictionary read at the first question (about a second, less once its cache is written), so a
text without such a form pays nothing.
"""

from __future__ import annotations

from _thread import allocate_lock
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from glossary import cachedir
from glossary.folding import HAN, compiled

if TYPE_CHECKING:
    from jieba import Tokenizer

_RUN_BEFORE = f"[{HAN}]*$"
_RUN_AFTER = f"[{HAN}]*"
# Words farther away do not move a boundary; the window keeps a hostile megabyte of Han from being cut for each hit.
_WINDOW = 40
# Frequent enough to stand against any chance neighbours, rarer than jieba's own common words.
_FREQUENCY = 1000


class Segmenter:
    """jieba with the right forms of a glossary as words.

    The wrong forms are not added, or being listed would win them a boundary. Those that jieba has of itself stay
    (代理, 校准): in a trial on published digests, taking them out tore true hits apart (多代|理) and saved none.
    """

    def __init__(self, words: Iterable[str]) -> None:
        # Not gone through before the dictionary is needed, which is seldom.
        self._words = words
        self._tokenizer: Tokenizer | None = None
        self._lock = allocate_lock()
        self._boundaries = lru_cache(maxsize=4096)(self._cut)

    def bounded(self, text: str, start: int, end: int, *, a_word: bool = False) -> bool:
        """Whether text[start:end], all Han, starts and ends on word boundaries of the Han run around it.

        With `a_word` the stretch itself is taken for a word of the dictionary.
        """
        low = max(0, start - _WINDOW)
        before = compiled(_RUN_BEFORE).search(text, low, start)
        after = compiled(_RUN_AFTER).match(text, end, min(len(text), end + _WINDOW))
        run_start = before.start() if before else start
        run = text[run_start : after.end() if after else end]
        boundaries = self._boundaries(run, text[start:end] if a_word else "")
        return start - run_start in boundaries and end - run_start in boundaries

    def words(self, run: str) -> list[str]:
        """The words of a run of Han."""
        ends = sorted(self._boundaries(run, ""))
        return [run[start:end] for start, end in pairwise(ends)]

    def _cut(self, run: str, extra: str) -> frozenset[int]:
        """The boundaries of the run, with one more word in the dictionary unless that is empty."""
        with self._lock:
            tokenizer = self._tokenizer = self._tokenizer or self._load()
            before = _add(tokenizer, extra) if extra else {}
            try:
                boundaries = list(accumulate(map(len, tokenizer.cut(run, HMM=False)), initial=0))
            finally:
                _restore(tokenizer, before)
        return frozenset(boundaries)

    def _load(self) -> Tokenizer:
        tokenizer = _tokenizer()
        for word in self._words:
            _add(tokenizer, word)
        return tokenizer


def _add(tokenizer: Tokenizer, word: str) -> dict[str, int | None]:
    """Put a word into the dictionary, and its beginnings, by which jieba finds it; what they were before."""
    frequencies = tokenizer.FREQ
    before = {word[:length]: frequencies.get(word[:length]) for length in range(1, len(word) + 1)}
    for beginning, count in before.items():
        frequencies[beginning] = count or 0
    frequencies[word] = max(before[word] or 0, _FREQUENCY)
    return before


def _restore(tokenizer: Tokenizer, before: dict[str, int | None]) -> None:
    for word, count in before.items():
        if count is None:
            del tokenizer.FREQ[word]
        else:
            tokenizer.FREQ[word] = count


def _tokenizer() -> Tokenizer:
    # Late, like jieba: most runs never ask.
    import logging
    import tempfile
    import warnings

    with warnings.catch_warnings():
        # jieba's own sources make Python warn: pkg_resources, and escapes in its regular expressions.
        warnings.simplefilter("ignore")
        import jieba

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    folder = cachedir.folder()
    if folder is not None:
        tokenizer.tmp_dir = str(folder)
        tokenizer.initialize()
        return tokenizer
    with tempfile.TemporaryDirectory(prefix="yijiao-") as private:
        tokenizer.tmp_dir = private
        tokenizer.initialize()
    return tokenizer


@cache
def _shared() -> Tokenizer:
    return _tokenizer()


def words_of(run: str) -> list[str]:
    """The words of a run of Han, by jieba's own dictionary."""
    return list(_shared().cut(run, HMM=False))


def frequency(word: str) -> int:
    """How frequent a word is in jieba's dictionary; 0 for one that it does not have."""
    return int(_shared().FREQ.get(word) or 0)
