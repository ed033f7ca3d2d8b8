"""Consolidating from the office: of each unit what was verified, with its official points, else what is in use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from chibo.access import Act
from chibo.consolidation import BookOutcome, Consolidation, consolidate
from chibo.errors import ChiboError
from chibo.model import CellIdentity, MeetingRecord, Period
from chibo.office.memory.official import with_official
from chibo.office.memory.remembering import Memory
from chibo.periods import owed_units
from chibo.store import Reading
from chibo.store.periods import read_exceptions, read_expected, read_periods
from chibo.store.submissions import BookPart, read_parts, read_submissions
from chibo.submissions import Submission


@frozen(kw_only=True)
class FromOffice:
    """What the office has of a period: one book of each unit, and the units that owe. `unverified` are unit codes."""

    consolidation: Consolidation
    expected: tuple[CellIdentity, ...]
    unverified: tuple[str, ...]


def from_office(memory: Memory, period: Period) -> FromOffice:
    """The books of a period as the office has them, under the names of the frozen list.

    A period takes what was handed in for itself; what it does not say of a month comes from what was handed in for that
    month. Raises ChiboError where neither was ever opened.
    """
    with memory.reading() as (reading, standing):
        standing.require(Act.CONSOLIDATE)
        wanted = _within(reading, period)
        if not wanted:
            raise ChiboError(f"Kỳ {period} chưa mở trong văn phòng, các tháng của kỳ cũng chưa. Xem: chibo period list")
        expected = _expected(reading, wanted, period)
        parts: defaultdict[str, list[tuple[BookPart, str]]] = defaultdict(list)
        unverified: set[str] = set()
        for one in wanted:
            submissions = read_submissions(reading, one)
            unverified |= {code for code, submission in submissions.items() if submission.verified is None}
            chosen = _chosen(submissions)
            for code, part in read_parts(reading, one, chosen).items():
                records = with_official(part, submissions[code].official, memory.library.frames)
                parts[code].append((evolve(part, records=records), chosen[code]))
    outcomes = [_outcome(found, expected[code]) for code, found in parts.items() if code in expected]
    return FromOffice(
        consolidation=consolidate(outcomes),
        expected=tuple(expected.values()),
        unverified=tuple(sorted(unverified & set(expected))),
    )


def _within(reading: Reading, period: Period) -> list[Period]:
    """The period itself and those that lie in it, the longest first: what a longer one says goes before."""
    opened = [one.period for one in read_periods(reading)]
    inside = [
        one for one in opened if one.year == period.year and period.first <= one.first and one.last <= period.last
    ]
    return sorted(inside, key=lambda one: (one.first - one.last, one.first))


def _expected(reading: Reading, periods: Iterable[Period], whole: Period) -> dict[str, CellIdentity]:
    """Who owes, by code: by the list of the longest period that has the unit."""
    found: dict[str, CellIdentity] = {}
    for period in periods:
        for one in owed_units(read_expected(reading, period), read_exceptions(reading, period)):
            if not one.is_exempt:
                found.setdefault(one.expected.unit_code, one.expected.identity(whole.year))
    return found


def _chosen(submissions: Mapping[str, Submission]) -> dict[str, str]:
    """The edition of each unit by its hash."""
    editions = {code: submission.verified or submission.current for code, submission in submissions.items()}
    return {code: edition.content_hash for code, edition in editions.items() if edition is not None}


def _outcome(found: list[tuple[BookPart, str]], identity: CellIdentity) -> BookOutcome:
    """One unit's meetings; of two records of one meeting the first, which is of the longer period."""
    records: dict[str, MeetingRecord] = {}
    for part, _ in found:
        for record in part.records:
            records.setdefault(str(record.facts.meeting_code), record)
    return BookOutcome(
        file=identity.cell_code,
        accepted=True,
        identity=identity,
        records=tuple(sorted(records.values(), key=lambda record: record.facts.meeting_code)),
        digest=" ".join(content_hash for _, content_hash in found),
    )
