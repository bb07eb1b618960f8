"""Records of which some fields say where the rest comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

R = TypeVar("R", bound=tuple[Any, ...])


def compared_without(count: int) -> Callable[[type[R]], type[R]]:
    """A decorator of a NamedTuple: its last `count` fields take no part in comparison.

    Not a dataclass, which makes its methods by compiling text: for the records of the gate together that would cost
    more than checking a digest.
    """

    def decorated(record: type[R]) -> type[R]:
        def equals(self: R, other: object) -> bool:
            return isinstance(other, record) and self[:-count] == other[:-count]

        methods: dict[str, Callable[..., object]] = {
            "__eq__": equals,
            "__ne__": lambda self, other: not equals(self, other),
            "__hash__": lambda self: hash(self[:-count]),
        }
        for name, method in methods.items():
            setattr(record, name, method)
        return record

    return decorated
