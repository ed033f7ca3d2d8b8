"""Values in messages made small and quick: the kinds of which answers hold most, written by their attributes alone.

The usual way writes a dictionary of each value and reads it back in Python. What recurs in the answers about thousands
of books (days, points, codes, short texts, where the columns of a form stand) is held once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from sys import intern
from typing import Any, cast

from attrs import fields

from chibo.consolidation.outcome import Basis, BookOutcome
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import CellIdentity, Explained, MeetingCode, MeetingFacts, MeetingRecord, MeetingSeries, Month, Place
from chibo.scoring.fact_places import BookPlaces, FactPlaces, Grid

_RECURRING: dict[type[Any], frozenset[str]] = {
    BookOutcome: frozenset({"file"}),
    MeetingFacts: frozenset({"committee_code", "year", "frame", "source"}),
    MeetingRecord: frozenset({"state_reason", "plan_topics"}),
    Explained: frozenset({"criterion", "reason"}),
    FactPlaces: frozenset({"frame", "from_marks", "columns"}),
    BookPlaces: frozenset({"file", "sheet", "columns", "info_sheet", "info"}),
    CellIdentity: frozenset({"year", "committee_code", "committee_name"}),
    Basis: frozenset({"rules"}),
    Place: frozenset({"file", "sheet", "address"}),
}
"""By kind the attributes that are the same in many meetings or many books: texts, numbers and flat tuples of them.

Of equal ones the first is kept, without which thousands of books take a third more memory.
"""
_SHORT = 64
_MOST = 8192
_once_each = lru_cache(maxsize=_MOST, typed=True)
"""Remembers by the kinds of the parts too: `1.0` and `True` equal `1`, and an answer must not change what is read in
another."""


def unfolded(name: str, *values: Any) -> Any:
    """A value of the kind of that name from its attributes in their order; ValueError or LookupError for any other."""
    kind, attributes = _KINDS[name]
    value: Any = object.__new__(kind)
    for put, attribute in zip(attributes, values, strict=True):
        put(value, attribute)
    return value


def _once(attribute: Any) -> Any:
    """The first of the equal ones: short texts, numbers, and tuples of texts and numbers."""
    kind = attribute.__class__
    if kind is str:
        return intern(attribute) if len(attribute) <= _SHORT else attribute
    if kind is int:
        return _number(attribute)
    return _tuple(*attribute) if kind is tuple else attribute


@_once_each
def _number(one: int) -> int:
    return one


@_once_each
def _tuple(*parts: Any) -> tuple[Any, ...]:
    return parts


@_once_each
def _texts(*names_and_texts: Any) -> Mapping[str, str]:
    return dict(zip(names_and_texts[::2], names_and_texts[1::2], strict=True))


def book_places(grids: tuple[tuple[str, int, int] | None, ...], *others: Any) -> BookPlaces:
    """The places of a book from its grids as plain values, and its other attributes in their order."""
    return cast("BookPlaces", unfolded("BookPlaces", *others, tuple(one and _grid(*one) for one in grids)))


@_once_each
def _grid(sheet: str, first_row: int, last_row: int) -> Grid:
    return Grid(sheet, first_row, last_row)


@_once_each
def meeting_code(year: int, month: int, series: str, ordinal: int) -> MeetingCode:
    """The code of a meeting; TypeError for what only equals one."""
    if {type(year), type(month), type(ordinal)} != {int}:
        raise TypeError("a meeting code has numbers")
    return MeetingCode(Month(year, month), MeetingSeries(series), ordinal)


def finding(kind: tuple[str, str, str], place: tuple[str, str, str], *others: Any) -> Finding:
    """A finding from the attributes of its kind and its place, and its others in their order."""
    seen, expected, values, meeting, other_places, of_book = others
    return Finding(
        kind=_kind(*kind),
        place=Place(*map(_once, place)),
        seen=_once(seen),
        expected=_once(expected),
        values=_texts(*chain.from_iterable(values.items())),
        meeting=meeting,
        other_places=other_places,
        of_book=of_book,
    )


@_once_each
def _kind(code: str, severity: str, clause: str) -> FindingKind:
    """The kind, without declaring it: who checks may not be loaded."""
    return cast("FindingKind", unfolded("FindingKind", code, Severity(severity), clause))


def _finding_folded(one: Finding) -> tuple[Any, ...]:
    kind, place = one.kind, one.place
    return finding, (
        (kind.code, kind.severity.value, kind.clause),
        (place.file, place.sheet, place.address),
        *_others_of_a_finding(one),
    )


def _folding(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    attributes = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (unfolded, (kind.__name__, *attributes(value)))


def _book_places_folded(places: BookPlaces) -> tuple[Any, ...]:
    grids = tuple(one and (one.sheet, one.first_row, one.last_row) for one in places.grids)
    return book_places, (grids, *_others_of_book_places(places))


def _putting(kind: type[Any], name: str) -> Callable[[Any, Any], None]:
    put = getattr(kind, name).__set__
    return (lambda value, attribute: put(value, _once(attribute))) if name in _RECURRING.get(kind, ()) else put


_KINDS: dict[str, tuple[type[Any], tuple[Callable[[Any, Any], None], ...]]] = {
    kind.__name__: (kind, tuple(_putting(kind, field.name) for field in fields(kind)))
    for kind in (*_RECURRING, FindingKind)
}
"""By name: a kind, and what puts each of its attributes into a value."""
_others_of_a_finding = attrgetter(*(field.name for field in fields(Finding) if field.name not in {"kind", "place"}))
_others_of_book_places = attrgetter(*(field.name for field in fields(BookPlaces) if field.name != "grids"))

FOLDED: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    MeetingCode: lambda code: (meeting_code, (code.month.year, code.month.number, code.series.value, code.ordinal)),
    Finding: _finding_folded,
    **{kind: _folding(kind) for kind in _RECURRING},
    BookPlaces: _book_places_folded,
}
"""How a pickler writes these kinds."""

MAKERS: dict[tuple[str, str], Callable[..., Any]] = {
    ("datetime", "date"): lru_cache(maxsize=_MOST)(date),
    ("decimal", "Decimal"): lru_cache(maxsize=_MOST)(Decimal),
    ("fractions", "Fraction"): Fraction,
    (__name__, book_places.__name__): book_places,
    (__name__, finding.__name__): finding,
    (__name__, meeting_code.__name__): meeting_code,
    (__name__, unfolded.__name__): unfolded,
}
"""By module and name: what an unpickler may call to have a value made."""
