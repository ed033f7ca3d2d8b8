"""Values in messages made small and quick: the kinds of which answers hold most, written by their attributes alone.

The usual way writes a dictionary of each value and reads it back in Python. What recurs in the answers about thousands
of books (days, points, codes, short texts, where the columns of a form stand) is held once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from sys import intern
from typing import Any, cast

from attrs import fields

from chibo.consolidation.outcome import Basis
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import CellIdentity, MeetingCode, MeetingFacts, MeetingRecord, MeetingSeries, Month, Place
from chibo.scoring.fact_places import BookPlaces, FactPlaces, Grid

_KINDS = (MeetingFacts, MeetingRecord, FactPlaces, BookPlaces, Grid, CellIdentity, Basis, Place)
_OF_THE_FORM = frozenset({FactPlaces, BookPlaces, Grid, CellIdentity, Basis, Place})
"""Kinds whose short texts and tuples are the same in many books, such as where things stand in a form."""
_SHORT = 64
_MOST = 8192


def unfolded(kind: type[Any], *values: Any) -> Any:
    """A value of one of the kinds from its attributes in their order; ValueError or LookupError where it is none."""
    value = object.__new__(kind)
    for put, attribute in zip(_PUT[kind], map(_once, values) if kind in _OF_THE_FORM else values, strict=True):
        put(value, attribute)
    return value


def _once(attribute: Any) -> Any:
    """The first of the equal ones, of what may recur."""
    if attribute.__class__ is str:
        return intern(attribute) if len(attribute) <= _SHORT else attribute
    return _one_of(attribute) if attribute.__class__ is tuple else attribute


@lru_cache(maxsize=_MOST)
def meeting_code(year: int, month: int, series: str, ordinal: int) -> MeetingCode:
    """The code of a meeting."""
    return MeetingCode(Month(year, month), MeetingSeries(series), ordinal)


def finding(kind: tuple[str, str, str], place: tuple[str, str, str], *others: Any) -> Finding:
    """A finding from the attributes of its kind and its place, and its others in their order."""
    seen, expected, values, meeting, other_places, of_book = others
    return Finding(
        kind=_kind(*kind),
        place=Place(*place),
        seen=seen,
        expected=expected,
        values=values,
        meeting=meeting,
        other_places=other_places,
        of_book=of_book,
    )


@lru_cache(maxsize=_MOST)
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


@lru_cache(maxsize=_MOST)
def _one_of(value: tuple[Any, ...]) -> tuple[Any, ...]:
    return value


def _folding(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    attributes = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (unfolded, (kind, *attributes(value)))


_PUT = {kind: tuple(getattr(kind, field.name).__set__ for field in fields(kind)) for kind in (*_KINDS, FindingKind)}
_others_of_a_finding = attrgetter(*(field.name for field in fields(Finding) if field.name not in {"kind", "place"}))

FOLDED: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    MeetingCode: lambda code: (meeting_code, (code.month.year, code.month.number, code.series.value, code.ordinal)),
    Finding: _finding_folded,
    **{kind: _folding(kind) for kind in _KINDS},
}
"""How a pickler writes these kinds."""

MAKERS: dict[tuple[str, str], Callable[..., Any]] = {
    ("datetime", "date"): lru_cache(maxsize=_MOST)(date),
    ("decimal", "Decimal"): lru_cache(maxsize=_MOST)(Decimal),
    (__name__, finding.__name__): finding,
    (__name__, meeting_code.__name__): meeting_code,
    (__name__, unfolded.__name__): unfolded,
}
"""By module and name: what an unpickler may call to have a value made."""
