"""The forms of what answers about books hold: of what is not plain, and of what recurs in thousands of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from operator import attrgetter
from types import GenericAlias
from typing import Annotated, Any, TypeVar

from msgspec import Meta

from chibo.consolidation.outcome import Basis, BookOutcome
from chibo.engine.forms import Change, Form, Forms
from chibo.engine.held_once import decimal, flat, held_once, numbers, same, text, texts
from chibo.findings import Finding, FindingKind, Severity
from chibo.model import CellIdentity, Explained, MeetingCode, MeetingFacts, MeetingRecord, Place
from chibo.model.places import SheetPlaces, TableOrigin
from chibo.model.vocabulary import DuesMark
from chibo.scoring.fact_places import BookPlaces, FactPlaces, Grid

W = TypeVar("W", BookPlaces, FactPlaces)


@held_once
def _meeting_code(written: str) -> MeetingCode:
    code = MeetingCode.parse(written)
    if code is None or str(code) != written:
        raise ValueError("no meeting code")
    return code


def _fraction(written: str) -> Fraction:
    """ValueError or ArithmeticError for what is none; one with an exponent could be too large for any memory."""
    numerator, _, denominator = written.partition("/")
    return Fraction(int(numerator), int(denominator or "1"))


@held_once
def _kind(written: tuple[str, Severity, str]) -> FindingKind:
    return FindingKind.undeclared(*written)


def _same_as_latest(kind: type[Any], forms: Forms) -> Form:
    """What rows of a table or meetings of a book share is written with each; when read they share it again."""
    form = forms.of_attributes(kind)
    return Form(form.written, form.pack, _latest(form.unpack))


_Small = Annotated[int, Meta(ge=0, le=2**20)]
"""A row, a column or a month: of numbers as large as they like anybody can make many that are found in one place."""


def _grid(forms: Forms) -> Form:
    form = forms.of_attributes(Grid)
    return Form(tuple[str, _Small, _Small], form.pack, held_once(form.unpack))


def _latest(make: Change) -> Change:
    """Gives what was made the last time where it was made of the same."""
    latest: tuple[Any, Any] = (None, None)

    def made(written: Any) -> Any:
        nonlocal latest
        before, value = latest
        if written != before:
            value = make(written)
            latest = (written, value)
        return value

    return made


def _book_places(forms: Forms) -> Form:
    form = _same_as_latest(BookPlaces, forms)
    return Form(form.written, form.pack, lambda written: _whole(form.unpack(written)))


def _whole(places: W) -> W:
    """ValueError where something of them is missing: who looks for it later is not prepared for that."""
    if not places.is_whole:
        raise ValueError("places are missing")
    return places


def _places(forms: Forms) -> Form:
    """Places by name: those of a meeting's facts or of a sheet by what they are found with, others one by one."""
    of_facts, of_sheet, listed = (forms.of(kind) for kind in (FactPlaces, SheetPlaces, dict[str, Place]))

    def pack(places: Mapping[str, Place]) -> Any:
        if isinstance(places, FactPlaces):
            return of_facts.pack(places), None
        return (None, of_sheet.pack(places)) if isinstance(places, SheetPlaces) else listed.pack(places)

    def unpack(written: Any) -> Any:
        if isinstance(written, dict):
            return listed.unpack(written)
        facts, sheet = written
        return of_sheet.unpack(sheet) if facts is None else _whole(of_facts.unpack(facts))

    return Form(GenericAlias(tuple, (of_facts.written | None, of_sheet.written | None)) | listed.written, pack, unpack)


FORMS = Forms(
    special={
        date: lambda _: Form(date, unpack=same),
        Decimal: lambda _: Form(str, str, decimal),
        Fraction: lambda _: Form(str, str, _fraction),
        MeetingCode: lambda _: Form(str, str, _meeting_code),
        FindingKind: lambda _: Form(tuple[str, Severity, str], attrgetter("code", "severity", "clause"), _kind),
        Grid: _grid,
        frozenset[int]: lambda _: Form(frozenset[_Small]),
        Mapping[int, DuesMark]: lambda _: Form(dict[_Small, DuesMark], dict, dict),
        BookPlaces: _book_places,
        TableOrigin: partial(_same_as_latest, TableOrigin),
        Mapping[str, Place]: _places,
    },
    finished={
        BookOutcome: {"file": text},
        MeetingFacts: {
            **dict.fromkeys(("committee_code", "cell_code", "cell_name", "frame", "source"), text),
            "year": same,
        },
        MeetingRecord: {"state_reason": text, "plan_topics": flat},
        Explained: {"criterion": text, "reason": text},
        Finding: {"seen": text, "expected": text, "values": texts},
        FactPlaces: {"frame": text, "from_marks": same, "columns": numbers},
        BookPlaces: {"file": text, "sheet": text, "columns": numbers, "info_sheet": text, "info": flat},
        CellIdentity: {
            **dict.fromkeys(("cell_code", "cell_name", "committee_code", "committee_name"), text),
            "year": same,
        },
        Basis: {"rules": text},
        Grid: {"sheet": text},
        Place: {"file": text, "sheet": text, "address": text},
    },
)
"""How answers are written."""
