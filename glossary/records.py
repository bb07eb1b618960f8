"""Records: named tuples that are made quickly, and of which some fields may say where the rest comes from.

A run of the gate makes some eighty kinds of records before it looks at a digest, so what a kind costs is its start-up.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 — so that type checkers see a name to import
else:
    _OWN = frozenset({"__annotations__", "__module__", "__qualname__"})

    class _Kind(type):
        def __new__(cls, name, bases, names):
            """The class of a record; the one that all of them name as their base is made as it stands."""
            if not bases:
                return super().__new__(cls, name, bases, names)
            kinds = names.get("__annotations__", {})
            defaults = [names[field] for field in kinds if field in names]
            made = namedtuple(name, kinds, defaults=defaults, module=names["__module__"])
            made.__annotations__, made.__qualname__ = kinds, names["__qualname__"]
            for key, value in names.items():
                if key not in _OWN and key not in kinds:
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Kind):
        """typing.NamedTuple, but for its look at each annotation, which takes longer than all the rest."""


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
