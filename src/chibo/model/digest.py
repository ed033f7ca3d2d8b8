"""A digest of a book's values: books are equal exactly when their digests are (places and file names are outside)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import Any

import attrs

from chibo.model.book import CellBook


def digest_of(book: CellBook) -> str:
    """The digest of everything that takes part in the comparison of two books, in hexadecimal.

    It does not depend on the order in which rows of a grid were read, nor on how a number was written (8.50 is 8.5).
    """
    return canonical_digest(book)


def canonical_digest(value: object) -> str:
    """The digest of any value of the model, in hexadecimal: equal values have the same."""
    return hashlib.sha256(repr(canonical(value)).encode("utf-8", "surrogatepass")).hexdigest()


def canonical(value: object) -> object:
    """A value of the model in the one form in which equal values are written alike."""
    kind = type(value)
    writer = _WRITERS.get(kind)
    if writer is None:
        writer = _WRITERS[kind] = _writer_of(kind)
    return writer(value)


def _values(values: Iterable[object]) -> list[object]:
    return [value if value.__class__ in _PLAIN else canonical(value) for value in values]


@lru_cache(maxsize=4096)
def _number(value: Decimal | Fraction) -> str:
    """A number as its ratio. The points of a frame are few, and stand in every book."""
    numerator, denominator = value.as_integer_ratio()
    return f"{numerator}/{denominator}"


def _items(value: Mapping[object, object]) -> object:
    return sorted(zip(map(str, value), _values(value.values()), strict=True))


def _writer_of(kind: type[Any]) -> Callable[[Any], object]:
    """How values of a kind are written; found once for each kind, since a book holds thousands of values."""
    if issubclass(kind, tuple):
        return _values
    if issubclass(kind, Mapping):
        return _items
    if attrs.has(kind):
        name, fields = kind.__name__, [field.name for field in attrs.fields(kind) if field.eq]
        get = attrgetter(*fields) if len(fields) > 1 else lambda value: (getattr(value, fields[0]),)
        return lambda value: [name, *_values(get(value))]
    return str


_PLAIN = frozenset({type(None), str, int, bool})
"""Kinds whose values stand for themselves."""
_WRITERS: dict[type[Any], Callable[[Any], object]] = {
    Decimal: _number,
    Fraction: _number,
    date: date.isoformat,
    time: time.isoformat,
}
