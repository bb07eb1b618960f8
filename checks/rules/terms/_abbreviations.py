"""Which abbreviations an entry explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from checks.glosses import singular
from checks.scene import EntryScene
from checks.termscene import EntryTerms
from checks.text import HAN, has_han
from glossary import expansions

ABBREVIATION: Final = re.compile(
    # The class comes first, what stands before it second: a search skims a text for the one, not for the other.
    r"[A-Z](?<![A-Za-z0-9_./@\\-].)[A-Za-z0-9]*[A-Z][A-Za-z0-9]{0,8}(?![A-Za-z0-9_@]|[-./][A-Za-z0-9])"
)
"""A word with two capitals, the first at its head, that is no part of a compound or a path."""
_EVERYBODY_KNOWS = "AI API GPU CPU TPU GUI RGB OS UI 2D 3D 4D PDF URL HTML JSON SQL IDE QA ID IT PC TV USB VR AR XR"
_METRICS = (
    "FID FVD IS BLEU ROUGE METEOR PSNR SSIM LPIPS CLIP CER WER MOS AUC AUROC AUPRC MSE MAE RMSE MRR MAP NDCG IOU PPL "
    "EM KL FLOPS TOPS FPS SNR"
)
KNOWN: Final = frozenset([*_EVERYBODY_KNOWS.split(), *_METRICS.split()])
"""Abbreviations that need no explanation, in capitals."""
SMALL_WORDS: Final = frozenset(
    ["a", "an", "and", "as", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"]
)
"""Words that give an abbreviation no letter."""
_NEAR: Final = 40
_PHRASE_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9.-]* $")
_PHRASE_AFTER = re.compile(r" [A-Za-z]")
_LONGEST: Final = 160
# 视觉语言模型 (VLMs)
_ALONE = re.compile(rf"[ (（](?<=[{HAN}”\ufdd5].)(?:(?<= )[(（]|(?<! ))([A-Za-z0-9-]{{2,12}})[)）]")
# The same, and Vision Transformer (ViT); the brackets may hold more.
_BRACKET = re.compile(rf"[ (（](?<=[{HAN}A-Za-z”\ufdd5].)(?:(?<= )[(（]|(?<! ))([^()（）]{{2,{_LONGEST}}})[)）]")
# VLM (视觉语言模型)
_EXPLAINED = re.compile(rf"([A-Za-z](?<![A-Za-z0-9-].)[A-Za-z0-9-]*+) ?[(（][^()（）]{{4,{_LONGEST}}}[)）]")
_WORD = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z0-9][A-Za-z0-9-]*")
_AND_MORE = re.compile(r"s?[ ]?[和与及或、,，等]")
_PART = re.compile(r"[,，;；]\s*")


def is_abbreviation(word: str) -> bool:
    """Whether a word has two capitals and ends in a capital or a digit: VLM, T2I, CoT, no LAION-Aesthetic."""
    return sum(char.isupper() for char in word) > 1 and (word[-1].isupper() or word[-1].isdigit())


def is_in_phrase(text: str, start: int, end: int) -> bool:
    """Whether another Latin word stands beside it: Open LLM Leaderboard."""
    before = text[start - 1 : start] == " " and _PHRASE_BEFORE.search(text, max(0, start - _NEAR), start)
    return bool(before or _PHRASE_AFTER.match(text, end))


@lru_cache(maxsize=2)
def defined(scene: EntryScene) -> frozenset[str]:
    """The abbreviations that the English of an entry, or a bracket in its Chinese, defines."""
    terms = scene.terms
    told = set(terms.expansions)
    for gloss in terms.glosses:
        # (vision-language models, VLMs) defines VLM; in (LLaVA, VLMs) the list is none the worse for it.
        told.update(singular(part) for part in _PART.split(gloss)[1:])
    name = singular(re.split(r"[:：]", terms.heading, maxsplit=1)[0].split(" ")[0])
    for field in terms.fields:
        told.update(expansion.abbr for expansion in expansions(field.masked))
        # 多层感知器 (MLPs), but the SeaLLMs that a heading begins with are a name.
        alone = (singular(found[1]) for found in _ALONE.finditer(field.masked))
        told.update(word for word in alone if word != name)
    return frozenset(word for word in told if is_abbreviation(word))


@lru_cache(maxsize=2)
def glossed(terms: EntryTerms) -> frozenset[str]:
    """The abbreviations that stand in brackets behind Chinese, or have brackets behind them."""
    found: set[str] = set()
    for text in (terms.heading, *(field.masked for field in terms.fields)):
        for bracket in _BRACKET.finditer(text):
            found.update(_explaining(bracket[1]))
        found.update(singular(explained[1]) for explained in _EXPLAINED.finditer(text))
    return frozenset(found)


def _explaining(inside: str) -> Iterator[str]:
    """The abbreviations that a bracket behind Chinese explains.

    All of one in English (CoT reasoning); of one with Chinese in it only that at its head, if no list follows: KV of
    (KV 层), not VQA of (VQA 和 OCR).
    """
    words = list(_WORD.finditer(inside))
    if not has_han(inside):
        yield from (singular(word[0]) for word in words)
    elif words and words[0].start() == 0 and not _AND_MORE.match(inside, words[0].end()):
        yield singular(words[0][0])
