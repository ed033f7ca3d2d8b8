"""A book before it is handed in: for which periods it could be, what would become of it, and what it would change."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from attrs import evolve, frozen

from chibo.access import Act, NotAllowedError
from chibo.comparing import differences
from chibo.errors import ChiboError
from chibo.findings import Finding, Severity
from chibo.model import Period
from chibo.office.lineage.branches import lines_of
from chibo.office.lineage.comparison import open_book
from chibo.office.memory.book_parts import LookedAt
from chibo.office.memory.handed import HandedIn, Handing
from chibo.office.memory.handing_in import InHand
from chibo.office.memory.history import Comparison, current_book
from chibo.office.memory.joining import Branch, branch_of
from chibo.office.memory.not_taken import NotTakenError, no_period_of
from chibo.office.memory.remembering import Memory
from chibo.office.memory.status import UnitStatus, holders_of, unit_status
from chibo.periods import Content, Expected, ReportingPeriod
from chibo.register import Person
from chibo.store.periods import read_periods
from chibo.submissions import Submission


@frozen(kw_only=True)
class Offer:
    """One period of the book's year: how the unit stands in it, who has to act, and what handing in would do.

    `takes` is whether the period takes an edition of the unit on this day. `branch` is the version in use, where
    somebody else changed the book meanwhile and that version did not go into this one.
    """

    period: ReportingPeriod
    status: UnitStatus
    holders: tuple[Person, ...]
    would: Handing
    takes: bool = True
    branch: Branch | None = None

    @property
    def brings_something(self) -> bool:
        """Whether the book says something of the period that has not come in yet."""
        new, edition = self.would.result in {HandedIn.NEW, HandedIn.CHANGED}, self.would.edition
        return new and edition is not None and edition.content is not Content.EMPTY


@frozen(kw_only=True)
class Offers:
    """Everything that is known of a book before it is handed in.

    `user` is who would hand it in, and `person` who that is in the register. `refused` says why it cannot be at all,
    with `findings` of the book where it is the book's fault. `suggested` is the period it most likely is for: one that
    takes it and of which it brings something, what was changed since it came in before what never came in, and then
    the one that is due next.
    """

    user: str
    person: Person | None = None
    unit: Expected | None = None
    offers: tuple[Offer, ...] = ()
    suggested: Period | None = None
    refused: str = ""
    findings: tuple[Finding, ...] = ()


def offers_for(memory: Memory, looked: LookedAt) -> Offers:
    """What handing in a book that was looked at would do, period by period; nothing is written."""
    with memory.reading() as (reading, standing):
        known = Offers(user=memory.user, person=standing.register.people.of_user(memory.user))
        if looked.book is None:
            blocks = tuple(one for one in looked.received.findings if one.severity is Severity.BLOCK)
            return evolve(known, findings=blocks)
        in_hand = InHand(reading, standing, looked, looked.book)
        try:
            found = _with_branches(_offers(in_hand, memory.store.clock()), in_hand, memory.library.office)
        except (NotTakenError, NotAllowedError) as why:
            return evolve(known, refused=str(why))
        suggested = min(found, key=lambda one: _unlikely(one, standing.day))
    unit = found[-1].status.standing.owed.expected
    return evolve(known, unit=unit, offers=found, suggested=suggested.period.period)


def _unlikely(offer: Offer, day: date) -> tuple[bool, bool, bool, bool, int]:
    """How unlikely it is that a book is meant for a period: the least of these is the most likely."""
    left = (offer.status.standing.due_on - day).days
    changed = offer.would.result is HandedIn.CHANGED
    return not offer.takes, not offer.brings_something, not changed, left < 0, abs(left)


def changes_before(memory: Memory, submission: Submission, looked: LookedAt, reason: str) -> Comparison | None:
    """What a book would change against the edition in use, cell by cell; None where nothing came in yet.

    The kept file is looked into, which is logged with the reason. Raises ChiboError where it may not or cannot be read.
    """
    if submission.current is None:
        return None
    if looked.book is None:
        raise ChiboError("Sổ này chưa đọc được nên chưa so được với bản đã nộp.")
    before = current_book(memory, submission, reason)
    after = open_book(looked.data, looked.received.file, memory.library)
    return Comparison(before, after, differences(before.book, after.book))


def _with_branches(offers: tuple[Offer, ...], in_hand: InHand, office: Path | None) -> tuple[Offer, ...]:
    """The offers, each with the version in use that the book does not hold what it changed of."""
    lines = lines_of(office, in_hand.book, [one.status.submission for one in offers])
    return tuple(
        evolve(one, branch=branch_of(lines, in_hand.looked, one.would)) if one.takes else one for one in offers
    )


def _offers(in_hand: InHand, at: datetime) -> tuple[Offer, ...]:
    """An offer for each period of the book's year that expects its unit.

    Raises NotTakenError where none does, NotAllowedError where the actor may not know how the unit stands.
    """
    reading, standing = in_hand.reading, in_hand.standing
    told = Handing(file=in_hand.looked.received.file, result=HandedIn.REFUSED)
    found: list[Offer] = []
    unknown: NotTakenError | None = None
    for period in read_periods(reading):
        if period.period.year != in_hand.book.info.year:
            continue
        try:
            unit = in_hand.unit(period)
        except NotTakenError as why:
            unknown = why
            continue
        standing.require(Act.SEE_STATUS, unit.unit_code)
        status = unit_status(reading, period, unit)
        would = in_hand.considered(told, period, at)
        takes = in_hand.takes(period, status.submission)
        holders = holders_of(status, standing)
        found.append(Offer(period=period, status=status, holders=holders, would=would, takes=takes))
    if not found:
        raise unknown or no_period_of(in_hand.book.info.year, standing.day)
    return tuple(found)
