"""The quantities of English and Chinese text, by value.

:func:`english` and :func:`chinese` read a text as it stands, LaTeX and Markdown in it, and give its quantities in
order, with offsets in code points of that text and exact values; :func:`differences` says which of them one side lacks.
What a quantity counts for is its ``weight``: only ``firm`` ones are sure to stand on both sides.
"""

from checks.numbers.chinese import chinese
from checks.numbers.compare import Difference, Side, differences
from checks.numbers.english import english
from checks.numbers.quantity import Quantity, Unit, Weight

__all__ = ["Difference", "Quantity", "Side", "Unit", "Weight", "chinese", "differences", "english"]
