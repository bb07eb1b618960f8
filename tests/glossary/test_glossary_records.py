"""Records: named tuples, quickly made."""

from __future__ import annotations

import pickle
import typing

import pytest

from glossary.records import NamedTuple, compared_without


class Place(NamedTuple):
    """Where something stands."""

    name: str
    line: int = 0
    """Counted from 1."""
    column: int = 0

    @property
    def said(self) -> str:
        """For people."""
        return f"{self.name}:{self.line}"

    def below(self, lines: int) -> Place:
        """A place farther down."""
        return self._replace(line=self.line + lines)

    @classmethod
    def of(cls, said: str) -> Place:
        """The place again."""
        name, _, line = said.partition(":")
        return cls(name, int(line))


@compared_without(2)
class Word(NamedTuple):
    """A word, and where it was read."""

    text: str
    path: str = ""
    line: int = 0


def test_a_record_is_what_typing_makes_of_it() -> None:
    fields = [("name", str), ("line", int), ("column", int)]
    same = typing.NamedTuple("Place", fields)  # type: ignore[misc]
    same.__new__.__defaults__ = (0, 0)
    place = Place("a", 3)
    assert place == same("a", 3) == ("a", 3, 0)
    assert repr(place) == "Place(name='a', line=3, column=0)"
    assert (Place._fields, Place._field_defaults) == (same._fields, {"line": 0, "column": 0})
    assert (Place.__doc__, Place.__module__, Place.__qualname__) == ("Where something stands.", __name__, "Place")
    assert typing.get_type_hints(Place) == {"name": str, "line": int, "column": int}
    assert (place.said, place.below(2), Place.of("b:7")) == ("a:3", Place("a", 5), Place("b", 7))
    assert pickle.loads(pickle.dumps(place)) == place
    assert isinstance(pickle.loads(pickle.dumps(place)), Place)
    with pytest.raises(AttributeError):
        place.line = 4  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing 1 required"):
        Place()  # type: ignore[call-arg]
    assert not hasattr(place, "__dict__")


def test_where_it_was_read_takes_no_part_in_comparison() -> None:
    one, other = Word("a", "x", 1), Word("a", "y", 2)
    assert one == other
    assert (one != other) is False
    assert len({one, other}) == 1
    assert one != Word("b", "x", 1)
    assert one != ("a", "x", 1)
