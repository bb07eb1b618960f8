"""Records: named tuples that are made quickly, and of which some fields may say where the rest comes from.

A run of the gate makes some eighty kinds of records before it looks at a digest, so what a kind costs is its start-up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: PLC0414 — so that type checkers see a name to import
else:
    from collections import _tuplegetter
    from types import FunctionType

    _new = tuple.__new__
    # Functions that take so many arguments. A named tuple of the standard library compiles its own from text, which is
    # half of what it costs; one of these with the fields' names for its arguments is the same function.
    _TAKING = (
        lambda _: _new(_, ()),
        lambda _, a: _new(_, (a,)),
        lambda _, a, b: _new(_, (a, b)),
        lambda _, a, b, c: _new(_, (a, b, c)),
        lambda _, a, b, c, d: _new(_, (a, b, c, d)),
        lambda _, a, b, c, d, e: _new(_, (a, b, c, d, e)),
        lambda _, a, b, c, d, e, f: _new(_, (a, b, c, d, e, f)),
        lambda _, a, b, c, d, e, f, g: _new(_, (a, b, c, d, e, f, g)),
        lambda _, a, b, c, d, e, f, g, h: _new(_, (a, b, c, d, e, f, g, h)),
        lambda _, a, b, c, d, e, f, g, h, i: _new(_, (a, b, c, d, e, f, g, h, i)),
        lambda _, a, b, c, d, e, f, g, h, i, j: _new(_, (a, b, c, d, e, f, g, h, i, j)),
        lambda _, a, b, c, d, e, f, g, h, i, j, k: _new(_, (a, b, c, d, e, f, g, h, i, j, k)),
    )

    def _taking(fields: tuple[str, ...], record: str) -> FunctionType:
        """A function that makes a record of these fields."""
        if len(fields) < len(_TAKING):
            code = _TAKING[len(fields)].__code__.replace(co_varnames=("_", *fields))
        else:
            names = ", ".join(fields)
            code = eval(f"lambda _, {names}: _new(_, ({names}))").__code__  # noqa: S307 — names of fields in our code
        return FunctionType(code.replace(co_name="__new__", co_qualname=f"{record}.__new__"), globals(), "__new__")

    class _Record(tuple):
        """What every record does, by the names of its fields."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Iterable[Any]):
            made = _new(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
            return made

        def _replace(self, /, **changes: Any):
            made = self._make(map(changes.pop, self._fields, self))
            if changes:
                raise ValueError(f"Got unexpected field names: {list(changes)!r}")
            return made

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            told = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({told})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    class _Kind(type):
        def __new__(cls, name, bases, names):
            """The class of a record; the one that all of them name as their base is made as it stands."""
            if not bases:
                return super().__new__(cls, name, bases, names)
            fields = tuple(names.get("__annotations__", ()))
            defaults = {field: names[field] for field in fields if field in names}
            make = _taking(fields, names["__qualname__"])
            make.__defaults__ = tuple(defaults.values())
            getters = {field: _tuplegetter(number, None) for number, field in enumerate(fields)}
            own = {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            return type(name, (_Record,), {**names, **own, **getters, "__new__": make})

    class NamedTuple(metaclass=_Kind):
        """typing.NamedTuple, made in a tenth of the time: without a look at annotations, and without compiling."""


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
