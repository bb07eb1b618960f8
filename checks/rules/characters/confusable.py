"""A letter that only looks like the Latin one it stands for.

**What.** 使用 Transformеr 模型 with a Cyrillic е is found by no search, matches no term and no name, and looks right
to every reader. Such letters come in with copied text, and with what a model makes of it; an ﬁ in one character, or a
word in mathematical bold, comes in from PDF files and social media.

**Flagged.** Cyrillic letters in a word with Latin ones (Transformеr, GPT-4о), or a word wholly of look-alikes whose
Latin form the English has (СоТ); Greek capitals and ο in a Latin word (ΤOEFL, Trοjan); ɑ and ɡ; ligatures (ﬁne-tuning);
words in mathematical letters (𝐓𝐫𝐚𝐢𝐧).

**Clean.** PixArt-α, φ-Decoding, τ-bench, βVAE, μm, Δt: a Greek letter alone, joined by a hyphen, or at the edge of a
word, is a symbol. Words in Cyrillic (Яндекс), a mathematical letter that stands for a quantity (𝑘, ℝ), Roman numerals
(Ⅲ), a word with Greek that the heading or the abstract writes the same way. Full-width letters are FMT016's.

**Fix.** The Latin letters, a suggestion: an editor must see the name once.

**Norm.** Unicode UTS 39, confusables.txt, from which the pairs are taken; Unicode TR 25 on mathematical letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from checks.model import Text
from checks.registry import Rule, Segments
from checks.rules.characters._unseen import names
from checks.scene import Hit, SegmentScene

_CYRILLIC: Final = dict(zip("АВЕКМНОРСТУХЅІЈаеорсухѕіјһԁԛԝӏѵ", "ABEKMHOPCTYXSIJaeopcyxsijhdqwlv", strict=True))
_GREEK: Final = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοօ", "ABEZHIKMNOPTYXoo", strict=True))
"""Letters that nobody uses as symbols, for nobody could tell them apart; an Armenian one among them."""
_INSIDE: Final = dict(zip("αινρυ", "aivpu", strict=True))
"""Greek letters that are look-alikes only between Latin ones."""
_PHONETIC: Final = {"ɑ": "a", "ɡ": "g"}
_MATH: Final = "\U0001d400-\U0001d7ff\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u212c-\u2138"

RULE = Rule(
    code="CHR006",
    name="confusable",
    severity="warning",
    mqm="linguistic-conventions/character-encoding",
    summary=Text("A look-alike letter in a Latin word", "西文单词中混入形近字符"),
    wake=Segments(f"\u0251\u0261\u0391-\u03c5\u0400-\u052f\u0585\ufb00-\ufb06{_MATH}"),
    fix="unsafe",
    fields=("heading", "title", "body"),
)

_FOUND = Text("In “{word}”, {names} only looks like Latin", "“{word}”中的 {names} 只是形似拉丁字母")
_TITLE = Text("Write “{plain}”", "改为“{plain}”")

_OTHER_PHONETIC = re.compile("[\u0250\u0252-\u0260\u0262-\u02ff]")
_FEWEST_LATIN: Final = 3
"""So many Latin letters make a word of one with a phonetic letter, and no transcription."""
_PART: Final = r"A-Za-z0-9\u00c0-\u024f\u0250-\u02ff\u0370-\u052f\u0585\ufb00-\ufb06"
_TOKEN = re.compile(rf"[{_PART}]+(?:[-.'’][{_PART}]+)*")
_CHUNK = re.compile(rf"[{_PART}]+")
_IS_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z]")
_BETWEEN = re.compile(f"(?<=[A-Za-z])[{''.join(_INSIDE)}](?=[A-Za-z])")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_MATH_WORD = re.compile(rf"[{_MATH}]{{4,}}|[{_MATH}]{{2,3}}(?=[A-Za-z])|(?<=[A-Za-z])[{_MATH}]{{2,3}}")


def check(scene: SegmentScene, _at: int) -> Iterator[Hit]:
    masked = scene.masked
    for token in _TOKEN.finditer(masked):
        for chunk in _CHUNK.finditer(masked, *token.span()) if not token[0].isascii() else ():
            plain = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), chunk[0])
            plain = _without_cyrillic(plain, token[0], scene)
            if not _is_own_name(chunk[0], scene):
                plain = _without_greek(plain)
            if plain != chunk[0]:
                yield _hit(scene, chunk.start(), chunk.end(), plain)
    for found in _MATH_WORD.finditer(masked):
        yield _hit(scene, found.start(), found.end(), unicodedata.normalize("NFKC", found[0]))


def _without_cyrillic(chunk: str, token: str, scene: SegmentScene) -> str:
    """A part of a word in Latin letters, if it seems to have no others; `token` is the word."""
    cyrillic = _IS_CYRILLIC.findall(chunk)
    if not cyrillic or not all(char in _CYRILLIC for char in cyrillic):
        return chunk
    plain = "".join(_CYRILLIC.get(char, char) for char in chunk)
    is_latin = _LATIN.search(token) is not None or (len(plain) > 1 and plain in _words(_english(scene)))
    return plain if is_latin else chunk


def _without_greek(chunk: str) -> str:
    """A part of a word without the Greek and phonetic letters that pass for Latin."""
    latin = len(_LATIN.findall(chunk))
    if not latin:
        return chunk
    if latin >= _FEWEST_LATIN and not _OTHER_PHONETIC.search(chunk):
        chunk = "".join(_PHONETIC.get(char, char) for char in chunk)
    chunk = "".join(_GREEK.get(char, char) for char in chunk)
    return _BETWEEN.sub(lambda found: _INSIDE[found[0]], chunk)


def _english(scene: SegmentScene) -> str:
    source = scene.entry.source
    return "\n".join((scene.entry.entry.heading.text, *(source[1:] if source else ())))


def _words(text: str) -> frozenset[str]:
    return frozenset(_CHUNK.findall(text))


def _is_own_name(word: str, scene: SegmentScene) -> bool:
    """Whether the English writes a word with these very letters."""
    return not word.isascii() and (scene.field == "heading" or word in _words(_english(scene)))


def _hit(scene: SegmentScene, start: int, end: int, plain: str) -> Hit:
    word = scene.text[start:end]
    odd = "".join(char for char in word if char not in plain)
    fix = scene.fix(_TITLE, "unsafe", (start, end, plain), plain=plain)
    return scene.hit(start, end, _FOUND, fixes=(fix,), word=word, names=names(odd))
