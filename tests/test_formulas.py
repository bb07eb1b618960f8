"""Formulas are one where a reader sees one, however they are written."""

from __future__ import annotations

import time

import pytest

from checks.formulas import flat, formulas

ALIKE = [
    (r"$O(n^{2})$", r"\(O(n^2)\)", "O(n²)", "*O*(*n*²)", "O(n<sup>2</sup>)", "Ｏ（ｎ²）"),
    (r"$\tilde{\mathcal{O}}(\sqrt{T})$", "Õ(√T)", "O(√(T))", "O(sqrt(T))"),
    (r"$\ell_{2,\infty}$", "ℓ_2,∞", "ℓ₂,∞"),
    (r"$n_2 \gg n_1$", "n₂ >> n₁", "n_2≫n_1"),
    (r"$x \leqslant y$", r"$x \leq y$", "x<=y", "x ≦ y"),
    (r"$\mathrm{KL}\left(p \,\|\, q\right)$", r"$KL(p\|q)$", "KL(p‖q)", "KL(p || q)"),
    (r"$\frac{1}{\epsilon}$", r"$1/\varepsilon$", "1/ϵ"),
    (r"$\phi$", r"$\varphi$", "φ", "ϕ"),
    (r"$360^\circ$", "360°"),
    (r"$X^\star$", "X*", "X^*"),
    (r"$k \approx 5$", r"$k \sim 5$", "k ≈ 5"),
    (r"$\textcolor{red}{x}$", r"$\color{red} x$", "x"),
    (r"$73.6\%$", "73.6%"),
]
DIFFERENT = [
    (r"$O(n^2)$", "O(n2)"),
    (r"$O(n^2)$", "$O(n^3)$"),
    (r"$n \geq k$", r"$n \leq k$"),
    (r"$x_1$", r"$x_2$"),
    (r"$\alpha$", r"$\beta$"),
    ("$n$", "$m$"),
]


@pytest.mark.parametrize("writings", ALIKE, ids=[flat(each[0]) for each in ALIKE])
def test_writings_of_one_formula(writings: tuple[str, ...]) -> None:
    assert {flat(writing) for writing in writings} == {flat(writings[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_formulas(one: str, other: str) -> None:
    assert flat(one) != flat(other)


def test_a_command_that_nobody_knows_leaves_its_name() -> None:
    assert flat(r"$\ours(x)$") == "ours(x)"
    assert flat(r"$n\log n$") == "n log n"


def test_places() -> None:
    text = r"Pay $5 or \(x_i\) for $k$, and $6 more."
    assert [text[start:end] for start, end in formulas(text)] == [r"\(x_i\)", "$k$"]


@pytest.mark.parametrize("unit", ["\\", "{", r"\frac{", "²", "<sup>", "√(", " ", "^_", "中 a"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    began = time.perf_counter()
    flat(unit * (200_000 // len(unit)))
    assert time.perf_counter() - began < 5
