"""A digest of a book's values: books are equal exactly when their digests are (places and file names are outside)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import Any

import attrs

from chibo.model.book import CellBook
from chibo.model.periods import MeetingCode
from chibo.model.vocabulary import DuesMark, Mark

_KNOWN = 4096
"""So many values of each kind are remembered as they are written."""


def digest_of(book: CellBook) -> str:
    """The digest of everything that takes part in the comparison of two books, in hexadecimal.

    It does not depend on the order in which rows of a grid were read, nor on how a number was written (8.50 is 8.5).
    """
    return canonical_digest(book)


def canonical_digest(value: object) -> str:
    """The digest of any value of the model, in hexadecimal: equal values have the same."""
    return hashlib.sha256(repr(canonical(value)).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: object) -> object:
    """A value of the model in the one form in which equal values are written alike (`repr`)."""
    return _WRITERS[type(value)](value)


class _Text(str):
    """What is written already."""

    __slots__ = ()
    __repr__ = str.__str__


class _Writers(dict[type[Any], Callable[[Any], object]]):
    """How values of each kind are written: found once for each kind, since a book holds thousands of values."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], object]:
        writer = self[kind] = _writer_of(kind)
        return writer


class _Texts(dict[object, str]):
    """The text of values of one kind: the marks and points of a grid are few, and stand in every book."""

    def __missing__(self, value: object) -> str:
        text = _text(value)
        if len(self) < _KNOWN:
            self[value] = text
        return text


def _values(values: Iterable[object]) -> list[object]:
    return [value if type(value) in _PLAIN else _WRITERS[type(value)](value) for value in values]


@lru_cache(maxsize=_KNOWN)
def _number(value: Decimal | Fraction) -> str:
    """A number as its ratio. The points of a frame are few, and stand in every book."""
    numerator, denominator = value.as_integer_ratio()
    return f"{numerator}/{denominator}"


def _items(value: Mapping[object, object]) -> object:
    """A mapping as pairs in the order of its keys as text."""
    keys, form = _form(tuple(value))
    values = map(value.__getitem__, keys)
    return _Text(form % tuple([_TEXTS[type(one)][one] if type(one) in _TEXTS else _text(one) for one in values]))


def _text(value: object) -> str:
    return repr(value if type(value) in _PLAIN else canonical(value))


@lru_cache(maxsize=256)
def _form(keys: tuple[object, ...]) -> tuple[tuple[object, ...], str]:
    """The keys in their order, and the text of the mapping with room for its values: one for all columns of a grid."""
    ordered = sorted(keys, key=str)
    pairs = ", ".join(f"({str(key)!r}, ".replace("%", "%%") + "%s)" for key in ordered)
    return tuple(ordered), f"[{pairs}]"


def _writer_of(kind: type[Any]) -> Callable[[Any], object]:
    if issubclass(kind, tuple):
        return _values
    if issubclass(kind, Mapping):
        return _items
    if attrs.has(kind):
        name, fields = kind.__name__, [field.name for field in attrs.fields(kind) if field.eq]
        get = attrgetter(*fields) if len(fields) > 1 else lambda value: (getattr(value, fields[0]),)
        return lambda value: [name, *_values(get(value))]
    if issubclass(kind, StrEnum):
        return attrgetter("_value_")
    return str


_PLAIN = frozenset({type(None), str, int, bool})
"""Kinds whose values stand for themselves."""
_WRITERS = _Writers(
    {
        Decimal: _number,
        Fraction: _number,
        date: lru_cache(maxsize=_KNOWN)(date.isoformat),
        time: lru_cache(maxsize=_KNOWN)(time.isoformat),
    }
)
_WRITERS[MeetingCode] = lru_cache(maxsize=_KNOWN)(_writer_of(MeetingCode))
_TEXTS: dict[type[Any], _Texts] = {kind: _Texts() for kind in (Decimal, Mark, DuesMark)}
"""Kinds of the values that fill grids."""
