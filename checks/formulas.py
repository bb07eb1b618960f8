r"""LaTeX read as plain text: what the writings of one formula have in common.

`$O(n^{2})$`, `\(O(n^2)\)`, O(n²) and *O*(*n*²) are one formula. :func:`flat` brings each to the same string: no white
space between signs, no braces, no emphasis, Unicode for commands, ``^`` and ``_`` for what is raised and lowered. What
is left of an unknown command is its name.

The commands are those of HTML's named characters, which took their names from TeX, and the few that HTML names
otherwise (:data:`_NAMED_OTHERWISE`). On 28 formulas of abstracts pylatexenc took 0.7 ms each and 0.12 s to import, and
dropped the argument of a command that it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from checks.text import MATH, mask

_NAMED_OTHERWISE: Final = {
    "leqslant": "≤",
    "geqslant": "≥",
    "neq": "≠",
    "infty": "∞",
    "cdot": "·",
    "cdots": "...",
    "ldots": "...",
    "dots": "...",
    "ell": "l",
    "to": "→",
    "gets": "←",
    "star": "",
    "ast": "",
    "land": "∧",
    "lor": "∨",
    "lVert": "‖",
    "rVert": "‖",
    "lvert": "|",
    "rvert": "|",
    "Vert": "‖",
    "mid": "|",
    "lbrace": "",
    "rbrace": "",
    "langle": "⟨",
    "rangle": "⟩",
    "degree": "°",
    "circ": "°",
    "prime": "'",
    "colon": ":",
    "setminus": "∖",
    "emptyset": "∅",
    "implies": "⇒",
    "iff": "⇔",
    "sqrt": "√",
    "partial": "∂",
    "exists": "∃",
    "neg": "¬",
}
_WITHOUT_SIGN = """
left right big Big bigg Bigg bigl bigr Bigl Bigr middle quad qquad thinspace limits nolimits displaystyle textstyle
text textbf textit textrm textsf texttt textsc textnormal textup emph mbox hbox mathrm mathbf mathbb mathcal mathfrak
mathit mathsf mathtt mathscr boldsymbol bm pmb operatorname bf it rm sf tt sc em ensuremath underline hat widehat
tilde widetilde bar overline vec dot ddot check breve acute grave not xspace boldmath mathop mathbin
textsuperscript textsubscript sim approx simeq cong thicksim thickapprox
"""
_SILENT: Final = frozenset(_WITHOUT_SIGN.split())
"""Commands of which only the argument counts, and the signs for *about*, which Chinese says in words."""
_COMMAND = re.compile(r"\\([A-Za-z]+)\*? ?")
_COLOUR = re.compile(r"\\(?:text)?color\{[^{}]{0,40}\}")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]{0,200})\}\{([^{}]{0,200})\}")
_ESCAPE = re.compile(r"\\([%#&_$])")
_SPACING = re.compile(r"\\(?:[,;:!>/ ]|\\)|[{}$*`\u200b]|\\[()\[\]{}]")
_TAG = re.compile(r"<(/?)(sup|sub|i|b|em|strong|code)>", re.IGNORECASE)
_RAISED = re.compile(r"[\u00b2\u00b3\u00b9\u2070-\u207f]+")
_LOWERED = re.compile(r"[\u2080-\u209c\u1d62-\u1d6a\u2c7c]+")
_DANGLING = re.compile(r"[_^]+(?![\w+\-∞⊤†'(])")
_ROOT = re.compile(r"\bsqrt\b ?|√")
_ROOTED = re.compile(r"√\(([^()]{0,80})\)")
_SPACE = re.compile(r"(?<![A-Za-z0-9\u0370-\u03ff]) | (?![A-Za-z0-9\u0370-\u03ff])")
_DIGRAPHS: Final = (("<=", "≤"), (">=", "≥"), ("!=", "≠"), ("->", "→"), (">>", "≫"), ("<<", "≪"), ("||", "‖"))
_ALIKE: Final = str.maketrans(
    "−–‐‑∣∥⋅∙•′’ϵϕ⩽⩾≦≧⟶⟹∆∘Ωµ、。",
    "----|‖···''εφ≤≥≤≥→⇒Δ°Ωμ,.",
    "∗⋆★∼≈~≃≅",
)


def formulas(text: str) -> list[tuple[int, int]]:
    """Where the formulas of a text stand, with their delimiters."""
    return [found.span() for found in re.finditer(f"{MATH}+", mask(text))]


def flat(text: str) -> str:
    """A formula, or a text with formulas, as plain signs; see the head of this module."""
    if "\\" in text:
        text = _FRACTION.sub(r"\1/\2", _COLOUR.sub("", text.replace("\\|", "‖").replace("\\~", "~")))
        text = _ESCAPE.sub(r"\1", _COMMAND.sub(_sign, text))
    text = _SPACING.sub("", text)
    text = _TAG.sub(lambda tag: {"sup": "^", "sub": "_"}.get(tag[2].lower(), "") if not tag[1] else "", text)
    text = _RAISED.sub(lambda run: "^" + run[0], text)
    text = unicodedata.normalize("NFKC", _LOWERED.sub(lambda run: "_" + run[0], text)).translate(_ALIKE)
    if not text.isascii():
        letters = unicodedata.normalize("NFD", text)
        text = "".join(char for char in letters if not unicodedata.combining(char))
    for pair, sign in _DIGRAPHS:
        text = text.replace(pair, sign)
    return _ROOTED.sub(r"√\1", _ROOT.sub("√", _DANGLING.sub("", _SPACE.sub("", " ".join(text.split()))))).strip()


def _sign(command: re.Match[str]) -> str:
    name = command[1]
    if name in _SILENT:
        return ""
    named = _NAMED_OTHERWISE.get(name)
    if named is not None:
        return named
    # A name without a sign (log, argmax) stays; the space keeps it off its argument.
    # Late, as few abstracts hold a command that is none of the few.
    from html.entities import html5

    return html5.get(f"{name};") or f" {name} "
