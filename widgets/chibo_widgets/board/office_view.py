"""What the office's panel shows: the calendar of its periods, the completeness of one, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from chibo.model import Month, Period
from chibo.office.due_words import due_words, lateness_words
from chibo.periods import Completeness, UnitState
from chibo_widgets.board.wording import Tongue
from chibo_widgets.period_words import period_inside

if TYPE_CHECKING:
    from chibo.office.memory.consolidating import FromOffice
    from chibo.office.memory.status import Missing, PeriodStatus

View = dict[str, Any]

_MOST_NAMED = 12
_COUNTS = ("expected", "missing", "empty", "partial", "complete", "verified", "late")


def progress_view(status: PeriodStatus, tongue: Tongue) -> View:
    """How complete a period is, by base organisation and altogether."""
    names = {
        unit.standing.owed.expected.committee_code: unit.standing.owed.expected.committee_name for unit in status.units
    }
    rows = [
        _part(names.get(code) or code or tongue("straight"), part, tongue)
        for code, part in status.by_committee.items()
        if part.expected or part.exempt
    ]
    return {
        "title": tongue("office_progress", period=period_inside(status.period.period, tongue)),
        "summed": _summed(status.total, tongue),
        "rows": rows,
        "total": _part(tongue("office_total"), status.total, tongue),
    }


def _summed(total: Completeness, tongue: Tongue) -> str:
    """How many have handed in; those whose book says nothing of the period are among them, and still missing."""
    said = tongue("office_summed", received=total.received, expected=total.expected)
    empty = tongue("office_summed_empty", n=total.empty) if total.empty else ""
    exempt = tongue("office_summed_exempt", n=total.exempt) if total.exempt else ""
    return ", ".join(filter(None, (said, empty, exempt)))


def _part(name: str, part: Completeness, tongue: Tongue) -> View:
    rate = part.received_rate
    return {
        "name": name,
        **{count: getattr(part, count) for count in _COUNTS},
        "rate": float(rate or 0),
        "verified_rate": float(part.verified_rate or 0),
        "rate_text": "–" if rate is None else f"{tongue.rate(rate / 100)}",
    }


def missing_lines(missing: Sequence[Missing], day: date, tongue: Tongue) -> list[View]:
    """Who still owes on a day, the longest overdue first, and whom to ask."""
    return [_missing(one, day, tongue) for one in missing]


def missing_count(missing: Sequence[Missing], tongue: Tongue) -> str:
    """How many still owe: those that sent nothing, and those whose book says nothing of the period."""
    empty = sum(one.standing.state is UnitState.EMPTY for one in missing)
    if not empty:
        return tongue("office_missing_count", n=len(missing)) if missing else ""
    key = "office_missing_empty" if empty == len(missing) else "office_missing_some_empty"
    return tongue(key, n=len(missing), missing=len(missing) - empty, empty=empty)


def _missing(one: Missing, day: date, tongue: Tongue) -> View:
    standing, expected = one.standing, one.standing.owed.expected
    contacts = [" ".join(filter(None, (person.full_name, person.contact))) for person in one.contacts]
    return {
        "code": expected.unit_code,
        "name": expected.unit_name,
        "committee": expected.committee_name or expected.committee_code or tongue("straight"),
        "state": tongue("office_missing_state" if standing.state is UnitState.MISSING else "office_empty_state"),
        "overdue": lateness_words(standing, day, tongue.language),
        "late": one.days_overdue > 0,
        "due": due_words(standing, tongue.language),
        "contact": "; ".join(contacts) or tongue("office_no_contact"),
        "reason": standing.owed.reason,
    }


def source_line(given: FromOffice, period: Period, tongue: Tongue) -> str:
    """What the board below is made of, while it is made of what was handed in."""
    books = len(given.consolidation.accepted)
    name = period_inside(period, tongue)
    said = tongue("office_taken", period=name, n=books, verified=books - _waiting(given))
    if not given.unverified:
        return said
    return f"{said} {tongue('office_taken_unverified', units=_named(given.unverified))}"


def newer_line(given: FromOffice, tongue: Tongue) -> str:
    """Which units have handed in something else since they were reviewed; empty where none has."""
    return tongue("office_newer", n=len(given.newer), units=_named(given.newer)) if given.newer else ""


def beside_line(given: FromOffice, tongue: Tongue) -> str:
    """Which units have two versions of which neither has all of the other; empty where none has."""
    return tongue("office_beside", n=len(given.beside), units=_named(sorted(given.beside))) if given.beside else ""


def below_line(period: Period, month: Month, tongue: Tongue) -> str:
    """Which month the board below shows, where the period looked at does not say it by itself."""
    if period.months == (month,):
        return ""
    key = "office_below_within" if month in period.months else "office_below_other"
    return tongue(key, month=month.number, year=month.year, period=period_inside(period, tongue))


def _named(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_MOST_NAMED]) + (" …" if len(codes) > _MOST_NAMED else "")


def _waiting(given: FromOffice) -> int:
    """Units whose book is there and not reviewed."""
    there = {book.identity.cell_code for book in given.consolidation.accepted if book.identity}
    return len(there.intersection(given.unverified))
