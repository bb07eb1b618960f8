"""The quantities of English and Chinese text, by value."""

from checks.numbers.chinese import chinese
from checks.numbers.compare import Difference, Side, differences
from checks.numbers.english import english
from checks.numbers.quantity import Quantity, Unit, Weight

__all__ = ["Difference", "Quantity", "Side", "Unit", "Weight", "chinese", "differences", "english"]
