"""The canonical text of a value of the model: equal values have the same, and digests are made of it.

It is what Python writes of lists and texts. A record is the list of its kind's name and the values that take part in
comparisons; a mapping, that of its pairs in the order of their keys as text; a number, the text of its ratio; a day, a
time, a label of a closed list, themselves as text. By the compiled `chibo_native` in one pass, else by Python.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

import attrs

from chibo.model.periods import MeetingCode

try:
    from chibo_native.canonical import canonical_bytes

    INSTALLED = True
except ImportError:
    INSTALLED = False

_KNOWN = 4096
"""So many texts of each kind are remembered."""
_PLAIN = (type(None), str, int, bool)
"""Kinds whose values stand for themselves within others."""


def canonical(value: object) -> bytes:
    """The text of a value, in UTF-8. A plain value that stands alone is written as a text."""
    whole = str(value) if type(value) in _PLAIN else value
    return canonical_bytes(whole, _WAYS, _in_order) if INSTALLED else canonical_by_python(whole)


def canonical_by_python(value: object) -> bytes:
    """The same of a value that is a text or not plain, without the compiled part."""
    return _WRITERS[type(value)](value).encode()


class _Texts(dict[Any, str]):
    """The texts of values of one kind: marks, points and days are few, and stand in every book."""

    __slots__ = ("_write",)

    def __init__(self, write: Callable[[Any], str]) -> None:
        self._write = write

    def __missing__(self, value: object) -> str:
        text = self._write(value)
        if len(self) < _KNOWN:
            self[value] = text
        return text


class _Record(NamedTuple):
    """What the records of one kind begin with, and which of their fields follow."""

    head: str
    fields: tuple[str, ...]


_Way: TypeAlias = _Texts | _Record | type[Any]
"""How values of one kind are written. `tuple`: one after another; `dict`: as pairs; `str`: by their text."""


class _Ways(dict[type[Any], _Way]):
    """Found once for each kind, since a book holds thousands of values."""

    def __missing__(self, kind: type[Any]) -> _Way:
        way = self[kind] = _way_of(kind)
        return way


def _way_of(kind: type[Any]) -> _Way:
    if issubclass(kind, tuple):
        return tuple
    if issubclass(kind, Mapping):
        return dict
    if attrs.has(kind):
        return _Record(f"[{kind.__name__!r}", tuple(field.name for field in attrs.fields(kind) if field.eq))
    return _Texts(lambda label: repr(label.value)) if issubclass(kind, StrEnum) else str


@lru_cache(maxsize=256)
def _in_order(keys: tuple[object, ...]) -> tuple[tuple[object, str], ...]:
    """The keys of a mapping in their order, each with what stands before its value: one for all columns of a grid."""
    return tuple((key, f"({str(key)!r}, ") for key in sorted(keys, key=str))


class _Writers(dict[type[Any], Callable[[Any], str]]):
    """How Python writes values of each kind."""

    def __missing__(self, kind: type[Any]) -> Callable[[Any], str]:
        writer = self[kind] = _writer_of(_WAYS[kind])
        return writer


def _writer_of(way: _Way) -> Callable[[Any], str]:
    if isinstance(way, _Texts):
        return way.__getitem__
    if isinstance(way, _Record):
        return _record_writer(way)
    if way is tuple:
        return lambda values: f"[{', '.join([_WRITERS[type(value)](value) for value in values])}]"
    return _items if way is dict else lambda value: repr(str(value))


def _record_writer(way: _Record) -> Callable[[Any], str]:
    form = f"{way.head}{', %s' * len(way.fields)}]"
    get = attrgetter(*way.fields) if len(way.fields) > 1 else lambda record: [getattr(record, f) for f in way.fields]
    return lambda record: form % tuple([_WRITERS[type(value)](value) for value in get(record)])


def _items(mapping: Mapping[object, object]) -> str:
    pairs = [(before, mapping[key]) for key, before in _in_order(tuple(mapping))]
    return f"[{', '.join([f'{before}{_WRITERS[type(value)](value)})' for before, value in pairs])}]"


def _ratio(value: Decimal | Fraction) -> str:
    numerator, denominator = value.as_integer_ratio()
    return f"'{numerator}/{denominator}'"


def _in_iso(value: date | time) -> str:
    return repr(value.isoformat())


_WAYS = _Ways({kind: _Texts(repr) for kind in (type(None), int, bool)})
_WAYS.update({Decimal: _Texts(_ratio), Fraction: _Texts(_ratio), date: _Texts(_in_iso), time: _Texts(_in_iso)})
_WRITERS = _Writers({str: repr})
_WAYS[MeetingCode] = _Texts(_writer_of(_way_of(MeetingCode)))
