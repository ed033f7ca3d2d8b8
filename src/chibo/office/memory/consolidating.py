"""Consolidating from the office: of each unit what was verified, with its official points, else what is in use."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from attrs import evolve, field, frozen

from chibo.access import Act
from chibo.audit import AuditAct
from chibo.consolidation import BookOutcome, Consolidation, consolidate
from chibo.errors import ChiboError
from chibo.model import CellIdentity, MeetingRecord, Period, PeriodTable
from chibo.office.memory.beside import Beside, beside_in_use
from chibo.office.memory.official import with_official
from chibo.office.memory.remembering import Memory
from chibo.periods import owed_units
from chibo.store import Reading
from chibo.store.periods import read_exceptions, read_expected, read_periods
from chibo.store.submissions import BookPart, read_parts, read_submissions
from chibo.submissions import Edition, Submission


class Wanted(StrEnum):
    """Which edition of a unit that handed in again since it was verified."""

    VERIFIED = "verified"
    NEWEST = "newest"


@frozen(kw_only=True)
class FromOffice:
    """What the office has of a period: one book of each unit, and the units that owe.

    `unverified` are the units whose book here is not verified, `newer` those that were verified and have handed in
    something else since, which nobody has verified; `wanted` says which of the two books is here. `beside` has, by
    unit, the version in use and another one of which neither has what the other changed.
    """

    consolidation: Consolidation
    expected: tuple[CellIdentity, ...]
    unverified: tuple[str, ...]
    newer: tuple[str, ...] = ()
    wanted: Wanted = Wanted.VERIFIED
    beside: Mapping[str, Beside] = field(factory=dict, repr=False)

    def noted(self, table: PeriodTable) -> PeriodTable:
        """The table with a note on its units that have a newer, unverified book, for whoever reads the return."""
        shown = {cell.identity.cell_code for cell in table.cells}
        codes = [code for code in self.newer if code in shown]
        if not codes:
            return table
        return evolve(table, notes=(*table.notes, _NEWER[self.wanted].format(units=", ".join(codes))))


_NEWER = {
    Wanted.VERIFIED: "Tính theo bản đã thẩm định, chưa tính bản nộp sau còn chờ thẩm định của: {units}.",
    Wanted.NEWEST: "Tính theo bản nộp sau, chưa thẩm định, của: {units}.",
}


def from_office(memory: Memory, period: Period, wanted: Wanted = Wanted.VERIFIED) -> FromOffice:
    """The books of a period as the office has them, under the names of the frozen list.

    A period takes what was handed in for itself; what it does not say of a month comes from what was handed in for that
    month. Raises ChiboError where neither was ever opened.
    """
    with memory.reading() as (reading, standing):
        standing.require(Act.CONSOLIDATE)
        inside = _within(reading, period)
        if not inside:
            raise ChiboError(
                f"Kỳ {period} chưa mở trong văn phòng, các tháng của kỳ cũng chưa.", command="chibo period list"
            )
        expected = _expected(reading, inside, period)
        parts: defaultdict[str, list[tuple[BookPart, str]]] = defaultdict(list)
        unverified: set[str] = set()
        newer: set[str] = set()
        bearing: list[tuple[Submission, CellIdentity]] = []
        for one in inside:
            submissions = read_submissions(reading, one)
            newer |= {code for code, submission in submissions.items() if _has_newer(submission)}
            chosen = {code: edition for code, found in submissions.items() if (edition := _chosen(found, wanted))}
            hashes = {code: edition.content_hash for code, edition in chosen.items()}
            for code, part in read_parts(reading, one, hashes).items():
                submission = submissions[code]
                verified = submission.verified is not None and submission.verified.part == chosen[code].part
                unverified |= set() if verified else {code}
                given = submission.official if verified else {}
                records = with_official(part, given, memory.library.frames)
                parts[code].append((evolve(part, records=records), hashes[code]))
                bearing.append((submissions[code], part.identity))
        beside = beside_in_use(reading, memory, bearing)
    outcomes = [_outcome(found, expected[code]) for code, found in parts.items() if code in expected]
    return FromOffice(
        consolidation=consolidate(outcomes),
        expected=tuple(expected.values()),
        unverified=tuple(sorted(unverified & set(expected))),
        newer=tuple(sorted(newer & set(expected))),
        wanted=wanted,
        beside={code: one for code, one in beside.items() if code in expected},
    )


def log_return(memory: Memory, period: Period, name: str, data: bytes) -> None:
    """Log that a file made of what the office has of a period is given out under this name. Raises NotAllowedError."""
    with memory.writing() as (writing, standing):
        standing.require(Act.CONSOLIDATE)
        writing.note(AuditAct.RETURN_MADE, f"{period} · {name}", after=hashlib.sha256(data).hexdigest())


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


def _has_newer(submission: Submission) -> bool:
    """Whether what was verified is no longer what the unit says."""
    verified, current = submission.verified, submission.current
    return verified is not None and current is not None and current.part != verified.part


def _chosen(submission: Submission, wanted: Wanted) -> Edition | None:
    """The edition of a unit that counts."""
    if wanted is Wanted.NEWEST and _has_newer(submission):
        return submission.current
    return submission.verified or submission.current


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
