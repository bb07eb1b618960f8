"""How many injected faults in what must be kept verbatim the FID rules find, on real entries.

    python -m tests.bench.inject_verbatim [--seed 7] [--count 300] [--kind url-changed …] [--missed]

Addresses, sentences and names are looked up here with plain regexes. Published abstracts hold few formulas: those
are put into both languages first, the Chinese as it stands or in plain signs, and then changed in the Chinese.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from checks.digest import parse
from checks.gate import Gate
from checks.model import Finding, SourceText, Span
from checks.text import count_han, has_han
from tests.bench.injection import Change, Injection, Kind, Paper, is_about, run

CODES: Final = ("FID005", "FID006", "FID007", "FID008", "FID010")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9./_-]{4,}[A-Za-z0-9]")
_SENTENCE = re.compile(r"(?:(?<=[。！？])|(?<=\A))[^。！？；\n]+。(?=[^”）)])")
_NAMED = re.compile(r"([A-Za-z0-9][A-Za-z0-9.+-]*):? ")
_TWO_SIGNS = re.compile(r"[A-Z0-9].*[A-Z0-9]")
_WORD = re.compile(r"(?<![\w-])[A-Za-z]{4,}(?![\w-])")
_FORMULAS: Final = (
    ("$O(n^2)$", "O(n²)"),
    (r"$\mathcal{O}(n \log n)$", "O(n log n)"),
    (r"$\tilde{O}(\sqrt{T})$", "Õ(√T)"),
    (r"$\epsilon$-optimal", "ε-最优"),
    (r"$\lambda = 0.5$", "λ = 0.5"),
    (r"$p(y \mid x)$", "p(y | x)"),
    ("$f(x, y)$", "f(x, y)"),
    (r"$x_t \to x_0$", "x_t → x_0"),
    (r"$\ell_2$", "ℓ₂"),
    (r"$\ell_{\infty}$", r"$\ell_\infty$"),
    (r"$N \times M$", "N×M"),
    (r"$\alpha + \beta \leq 1$", "α + β ≤ 1"),
    (r"$\pi_{\theta}(a \mid s)$", r"$\pi_\theta(a|s)$"),
    (r"$\mathbb{R}^{d}$", "ℝ^d"),
    (r"\(k \ll n\)", "k ≪ n"),
    (r"$\Delta W = BA$", "ΔW = BA"),
    (r"$\sigma^2$", "σ²"),
    (r"$1/\sqrt{d_k}$", "1/√(d_k)"),
    (r"$\log p_{\theta}$", "log p_θ"),
    (r"$D_{\mathrm{KL}}(p \,\|\, q)$", "D_KL(p‖q)"),
    ("$R^2 = 0.93$", "R² = 0.93"),
    (r"$(\varepsilon, \delta)$-private", "（ε，δ）-隐私"),
    (r"$\gamma < 1$", "γ 小于 1"),
    (r"$x \in \mathcal{X}$", "x ∈ X"),
    (r"$\Omega(d^{3/2})$", "Ω(d^(3/2))"),
    (r"$2^{-j}$", "2⁻ʲ"),
    (r"$\nabla_{\theta} J$", r"\(\nabla_\theta J\)"),
    (r"$e^{-\lambda t}$", "e^{−λt}"),
    (r"$\mathbf{W}_q \mathbf{W}_k^{\top}$", r"$W_q W_k^\top$"),
    (r"$\omega \geq 2.37$", "ω 不小于 2.37"),
)
_AT_START: Final = (
    "以下是该摘要的中文翻译：\n\n",
    "好的，以下是翻译：\n\n",
    "当然可以！下面是译文：\n\n",
    "这是您要的中文译文：\n",
    "下面是论文摘要的翻译：",
    "没问题，",
    "好的，我将为您翻译这段摘要：\n\n",
    "译文：",
    "**译文：**\n\n",
    "中文翻译：\n",
    "摘要：",
    "**摘要**\n\n",
    "Abstract: ",
    "Translation:\n",
    "Here is the Chinese translation:\n\n",
    "Sure, here's the translation of the abstract:\n\n",
    "Certainly! ",
    "<think>The user wants a translation. Terms first.</think>\n\n",
    "请将以下摘要翻译为中文：\n",
    "你是一位专业的学术翻译。\n",
)
_AT_END: Final = (
    "\n\n希望这段翻译对您有帮助！",
    "\n\n希望以上翻译能满足您的需求，如有其他问题，请随时告诉我。",
    "\n\n如果您需要进一步修改，请随时告知。",
    "\n\n如需调整，欢迎告诉我。",
    "\n\nLet me know if you need any changes.",
    "\n\nI hope this helps!",
    "\n\n（译注：部分术语保留英文。）",
    "\n\n译者注：人名未译。",
    "\n\n注：本译文保留了原文的术语。",
    "\n\n**翻译说明**：专有名词未译。",
    "\n\nNote: the translation keeps technical terms in English.",
    "\n```",
    "<|im_end|>",
    "</s>",
    "\n</translation>",
    "\n\n抱歉，我无法继续翻译余下的内容。",
    "\n\n作为一个AI语言模型，我无法访问该链接。",
    "（待补充）",
    "\n\nTODO",
    "\n\n请提供需要翻译的其余文本。",
)


def is_told(injection: Injection, finding: Finding, text: str, spans: Sequence[Span]) -> bool:
    """Whether a finding points at the change, names what is gone from the field, or is about the changed heading."""
    if injection.kind == "heading":
        return finding.field == "heading"
    gone = injection.term is not None and finding.quote.rstrip("/") == injection.term.rstrip("/")
    return gone or is_about(injection, finding, text, spans)


class Injector:
    """Looks for places to put faults."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.known = {abbr for term in gate.glossary.terms for abbr in term.abbr}
        self.made = 0

    def url_changed(self, paper: Paper) -> Iterator[Injection]:
        """A letter of an address becomes another, or is doubled, or lost."""
        for start, address in _addresses(paper):
            path = address.index("/", 8) + 1 if "/" in address[8:] else 8
            letters = [at for at in range(path, len(address)) if address[at].isalpha()]
            if not letters:
                continue
            at = letters[len(letters) // 2]
            for new in ("q" if address[at] != "q" else "z", address[at] * 2, ""):
                where = start + at
                yield _fault(
                    "url-changed", paper, (Change(where, where + 1, new),), f"{address} → {new}", new or "lost"
                )

    def url_dropped(self, paper: Paper) -> Iterator[Injection]:
        """The one mention of an address goes, and its link with it."""
        for _, address in _addresses(paper):
            link = re.compile(rf"\[[^\]\n]*\]\({re.escape(address)}/?\)|{re.escape(address)}/?")
            mentions = list(link.finditer(paper.text))
            if len(mentions) == 1 and paper.text.count(address) == mentions[0][0].count(address):
                change = Change(*mentions[0].span(), "此处")
                yield _fault("url-dropped", paper, (change,), address, address.split("/")[2], address)

    def math_dropped(self, paper: Paper) -> Iterator[Injection]:
        """A formula goes."""
        yield from self._math("math-dropped", paper)

    def math_changed(self, paper: Paper) -> Iterator[Injection]:
        """A letter or figure of a formula becomes another."""
        yield from self._math("math-changed", paper)

    def _math(self, kind: str, paper: Paper) -> Iterator[Injection]:
        self.made += 1
        english, other = _FORMULAS[self.made % len(_FORMULAS)]
        chinese = other if self.made % 2 else english
        held = self._with(paper, english, chinese)
        start = held.text.rindex(chinese)
        core = re.search(r"\$[^$]+\$|\\\(.+\\\)", english)
        formula = core[0] if core else english
        if kind == "math-dropped":
            term, change = formula, Change(start, start + len(chinese), "该式")
        else:
            signs = [at.start() for at in re.finditer(r"(?<![\\A-Za-z])[A-Za-z0-9](?![A-Za-z])", chinese)]
            if not signs:
                return
            at = start + signs[len(signs) // 2]
            term, change = formula, Change(at, at + 1, "7" if held.text[at].isdigit() and held.text[at] != "7" else "v")
        yield _fault(kind, held, (change,), f"{english} as {chinese}", (english, chinese), term)

    def _with(self, paper: Paper, english: str, chinese: str) -> Paper:
        """The entry with a formula in both languages, under a number of its own."""
        source = paper.scene.source
        body, link = paper.scene.entry.body, paper.scene.entry.link
        assert source is not None
        assert body is not None
        assert link is not None
        number = f"9901.{self.made:05}"
        record = SourceText(number, source.title, f"{source.abstract} Here {english} is what counts.")
        self.gate.sources[number] = record
        end = body.span.end
        text = f"{paper.text[:end]}此处起作用的是 {chinese} 这一项。{paper.text[end:]}".replace(source.arxiv_id, number)
        return Paper(self.gate, parse(text, paper.path), paper.line)

    def sentence_next(self, paper: Paper) -> Iterator[Injection]:
        """A sentence stands twice in a row."""
        for span, sentence in _sentences(paper):
            yield _fault("sentence-next", paper, (Change(span.end, span.end, sentence),), sentence[:20], paper.path)

    def sentence_far(self, paper: Paper) -> Iterator[Injection]:
        """A sentence stands again at the end of the abstract."""
        found = list(_sentences(paper))
        body = paper.scene.entry.body
        assert body is not None
        for _, sentence in found[:-1]:
            if body.text.endswith("。"):
                end = body.span.end
                yield _fault("sentence-far", paper, (Change(end, end, sentence),), sentence[:20], paper.path)

    def heading(self, paper: Paper) -> Iterator[Injection]:
        """A word of the heading becomes another, or is lost."""
        start, heading = paper.scene.entry.heading.span.start, paper.scene.entry.heading.text
        for word in _WORD.finditer(heading):
            for new in ("Cranes", ""):
                lead = not new and word.start() > 0 and heading[word.start() - 1] == " "
                change = Change(start + word.start() - lead, start + word.end(), new)
                yield _fault("heading", paper, (change,), f"{word[0]} → {new}", new)

    def name(self, paper: Paper) -> Iterator[Injection]:
        """The name before the colon goes from the Chinese title."""
        title, heading = paper.scene.entry.title, paper.scene.entry.heading.text
        found = _NAMED.match(heading)
        if title is None or found is None or ":" not in found[0] or not _TWO_SIGNS.search(found[1]):
            return
        # A term in capitals (Mixture-of-Depths) may be translated; so may what a title in English would keep.
        if "-of-" in found[1] or not has_han(title.text):
            return
        name = found[1]
        begins = re.match(rf"{re.escape(name)}\s?[：:]\s?", title.text)
        if begins and name not in title.text[begins.end() :] and name not in self.known:
            start = title.span.start
            yield _fault("name", paper, (Change(start, start + begins.end(), ""),), name, paper.path, name)

    def residue_start(self, paper: Paper) -> Iterator[Injection]:
        """Something stands before the abstract."""
        body = paper.scene.entry.body
        assert body is not None
        for text in _AT_START:
            yield _fault("residue-start", paper, (Change(body.span.start, body.span.start, text),), text, text)

    def residue_end(self, paper: Paper) -> Iterator[Injection]:
        """Something stands behind the abstract."""
        body = paper.scene.entry.body
        assert body is not None
        for text in _AT_END:
            yield _fault("residue-end", paper, (Change(body.span.end, body.span.end, text),), text, text)


def kinds(gate: Gate) -> Mapping[str, Kind]:
    """Each kind of fault: the rule that speaks of it, and where it can be put."""
    injector = Injector(gate)
    return {
        "url-changed": Kind(("FID005",), injector.url_changed, 0.98, is_told),
        "url-dropped": Kind(("FID005",), injector.url_dropped, 0.98, is_told),
        "math-dropped": Kind(("FID006", "FID008"), injector.math_dropped, 0.98, is_told),
        "math-changed": Kind(("FID006", "FID008"), injector.math_changed, 0.98, is_told),
        "sentence-next": Kind(("FID008",), injector.sentence_next, 0.95, is_told),
        "sentence-far": Kind(("FID008",), injector.sentence_far, 0.95, is_told),
        "heading": Kind(("FID007",), injector.heading, 0.98, is_told),
        "name": Kind(("FID010",), injector.name, 0.98, is_told),
        "residue-start": Kind(("FID008",), injector.residue_start, 0.95, is_told),
        "residue-end": Kind(("FID008",), injector.residue_end, 0.95, is_told),
    }


def _addresses(paper: Paper) -> Iterator[tuple[int, str]]:
    """The addresses of the body that the abstract writes just so."""
    body, english = paper.scene.entry.body, paper.english["body"][0]
    assert body is not None
    for found in _ADDRESS.finditer(body.text):
        if re.search(re.escape(found[0]) + r"(?![A-Za-z0-9_-])", english):
            yield body.span.start + found.start(), found[0]


def _sentences(paper: Paper) -> Iterator[tuple[Span, str]]:
    body = paper.scene.entry.body
    assert body is not None
    for found in _SENTENCE.finditer(body.text):
        if count_han(found[0]) >= 12:
            yield Span(body.span.start + found.start(), body.span.start + found.end()), found[0].strip()


def _fault(
    kind: str, paper: Paper, changes: tuple[Change, ...], short: str, stratum: object, term: str | None = None
) -> Injection:
    return Injection(kind, paper, changes, " ".join(short.split()), stratum, term)


if __name__ == "__main__":
    sys.exit(run(__doc__, CODES, kinds))
