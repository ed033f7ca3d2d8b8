"""Values in messages made small and quick: the kinds of which answers hold most, written by their attributes alone.

The usual way writes a dictionary of each value and reads it back in Python. What recurs in the answers about thousands
of books (days, points, codes, short texts, where the columns of a form stand) is held once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
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


def unfolded(kind: type[Any], *values: Any) -> Any:
    """A value of one of the kinds from its attributes in their order; ValueError or LookupError where it is none."""
    value = object.__new__(kind)
    for put, attribute in zip(_PUT[kind], values, strict=True):
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


@_once_each
def grid(sheet: str, first_row: int, last_row: int) -> Grid:
    """Where a grid stands."""
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
    return cast("FindingKind", unfolded(FindingKind, code, Severity(severity), clause))


def _finding_folded(one: Finding) -> tuple[Any, ...]:
    kind, place = one.kind, one.place
    return finding, (
        (kind.code, kind.severity.value, kind.clause),
        (place.file, place.sheet, place.address),
        *_others_of_a_finding(one),
    )


def _folding(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    attributes = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (unfolded, (kind, *attributes(value)))


def _putting(kind: type[Any], name: str) -> Callable[[Any, Any], None]:
    put = getattr(kind, name).__set__
    return (lambda value, attribute: put(value, _once(attribute))) if name in _RECURRING.get(kind, ()) else put


_PUT = {kind: tuple(_putting(kind, field.name) for field in fields(kind)) for kind in (*_RECURRING, FindingKind)}
_others_of_a_finding = attrgetter(*(field.name for field in fields(Finding) if field.name not in {"kind", "place"}))

FOLDED: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    MeetingCode: lambda code: (meeting_code, (code.month.year, code.month.number, code.series.value, code.ordinal)),
    Finding: _finding_folded,
    Grid: lambda one: (grid, (one.sheet, one.first_row, one.last_row)),
    **{kind: _folding(kind) for kind in _RECURRING},
}
"""How a pickler writes these kinds."""

MAKERS: dict[tuple[str, str], Callable[..., Any]] = {
    ("datetime", "date"): lru_cache(maxsize=_MOST)(date),
    ("decimal", "Decimal"): lru_cache(maxsize=_MOST)(Decimal),
    (__name__, finding.__name__): finding,
    (__name__, grid.__name__): grid,
    (__name__, meeting_code.__name__): meeting_code,
    (__name__, unfolded.__name__): unfolded,
}
"""By module and name: what an unpickler may call to have a value made."""
