"""One book in hand: for which periods it counts, of which unit it is, and whether that unit may still hand in."""

from __future__ import annotations

from datetime import date, datetime

from attrs import evolve, frozen

from chibo.access import Act, NotAllowedError
from chibo.model import CellBook, CellInfo, Period
from chibo.office.memory.book_parts import LookedAt
from chibo.office.memory.handed import HandedIn, Handing, told_of
from chibo.office.memory.not_taken import NotTakenError, no_period_of, not_expected, not_taking, of_another_year
from chibo.office.memory.opened import opened_period
from chibo.office.memory.remembering import Standing
from chibo.periods import Expected, PeriodState, ReportingPeriod, owed_units
from chibo.store import Reading, Writing
from chibo.store.periods import read_exceptions, read_expected, read_periods
from chibo.store.submissions import BookPart, add_edition, choose_edition, read_head_of, read_parts, read_submission
from chibo.submissions import Edition, Step, StepKind, Submission


def periods_for(
    reading: Reading, standing: Standing, looked: LookedAt, book: CellBook, named: Period | None
) -> tuple[ReportingPeriod, ...]:
    """The periods a book is handed in for: the one named, else every open one it tells of, else the last one opened.

    Raises NotTakenError where there is none.
    """
    year = book.info.year
    if named is not None:
        if named.year != year:
            raise of_another_year(year, named)
        return (opened_period(reading, named),)
    of_year = [one for one in read_periods(reading) if one.period.year == year and one.closed_on is None]
    told = [one.facts.meeting_code for one in looked.records if one.is_held or one.state_reason]
    telling = [one for one in of_year if any(code in one.period for code in told)]
    taking = [one for one in telling if one.state(standing.day) is PeriodState.OPEN]
    chosen = taking or telling[-1:] or of_year[-1:]
    if not chosen:
        raise no_period_of(year, standing.day)
    return tuple(chosen)


def expected_of(reading: Reading, standing: Standing, period: ReportingPeriod, info: CellInfo) -> Expected:
    """The unit that a book is of, among those that the period expects. Raises NotTakenError where it is none."""
    register, tree = standing.register, standing.tree
    by_code = {one.unit_code.casefold(): one for one in read_expected(reading, period.period)}
    known = register.known_code(info.cell_code, tree) or info.cell_code
    unit = by_code.get(known.casefold())
    if unit is None:
        raise not_expected(register, tree, period.period, info)
    return unit


@frozen
class InHand:
    """One book that somebody hands in, or thinks of handing in."""

    reading: Reading
    standing: Standing
    looked: LookedAt
    book: CellBook

    def for_period(self, writing: Writing, told: Handing, period: ReportingPeriod, *, again: bool = False) -> Handing:
        """Hand it in for one period; a refusal for one leaves the others alone. `again` is for it to be used."""
        judged, part = self._judged(told, period, writing.at)
        edition, before = judged.edition, judged.submission
        if part is None or edition is None or before is None:
            return judged
        if not edition.receipt:
            edition = add_edition(writing, before, edition, part)
            before = evolve(before, editions=(*before.editions, edition))
            judged = told_of(judged, before, edition)
            head = read_head_of(writing, edition.receipt)
            judged = evolve(judged, submission=before, head=head, is_kept_now=True)
        if not again or not (judged.is_unused or judged.came_back):
            return judged
        try:
            self._check_open(period, before, self.standing.day)
            self._check_kept(before, edition)
        except NotTakenError as why:
            return evolve(judged, result=HandedIn.REFUSED, edition=None, head=None, why=str(why), command=why.command)
        step = Step(
            kind=StepKind.CHOSEN,
            actor=self.standing.actor.user,
            day=self.standing.day,
            at=writing.at,
            part=edition.part,
            content_hash=edition.content_hash,
        )
        after = choose_edition(writing, before, step)
        chosen = evolve(judged, result=HandedIn.CHOSEN, submission=after, told_apart=True)
        return evolve(chosen, used=edition, replaced=before.current)

    def _with_what_hinders(self, told: Handing, period: ReportingPeriod, submission: Submission) -> Handing:
        """The answer with why a file that is not in use cannot be put in use either, where it cannot."""
        try:
            if told.is_unused:
                self._check_open(period, submission, self.standing.day)
        except NotTakenError as why:
            return evolve(told, why=str(why), command=why.command)
        return told

    def considered(self, told: Handing, period: ReportingPeriod, at: datetime) -> Handing:
        """What would become of it, were it handed in for a period; a new edition has no receipt yet."""
        return self._judged(told, period, at)[0]

    def _judged(self, told: Handing, period: ReportingPeriod, at: datetime) -> tuple[Handing, BookPart | None]:
        """The answer, with what the book says of the period where it is taken; its submission is that of before."""
        info = self.book.info
        told = evolve(told, content_hash=self.looked.content_hash, period=period.period)
        told = evolve(told, unit_code=info.cell_code, name_in_book=info.cell_name)
        try:
            unit = self.unit(period)
            told = evolve(told, unit_code=unit.unit_code, unit_name=unit.unit_name)
            self.standing.require(Act.SUBMIT, unit.unit_code)
            return self._taken(told, period, at)
        except (NotTakenError, NotAllowedError) as why:
            return evolve(told, why=str(why), command=why.command), None

    def _taken(self, told: Handing, period: ReportingPeriod, at: datetime) -> tuple[Handing, BookPart | None]:
        submission = read_submission(self.reading, told.unit_code, period.period)
        told = evolve(told, submission=submission, replaced=submission.current)
        digest, content, part = self.looked.part_of(self.book, period.period)
        known = submission.has(self.looked.content_hash)
        current = submission.current
        if known is None and current is not None and current.part == digest and not submission.state.takes_editions:
            known = current
        if known is not None:
            head = read_head_of(self.reading, known.receipt)
            unchanged = evolve(told_of(told, submission, known), result=HandedIn.UNCHANGED, head=head)
            return self._with_what_hinders(unchanged, period, submission), part
        self._check_open(period, submission, self.standing.day)
        edition = Edition(
            content_hash=self.looked.content_hash,
            file_name=self.looked.received.file,
            part=digest,
            values=self.looked.values,
            grown_from=self.looked.grown_from,
            saved_at=self.looked.saved_at,
            content=content,
            submitted_by=self.standing.actor.user,
            submitted_on=self.standing.day,
            at=at,
        )
        return told_of(told, evolve(submission, editions=(*submission.editions, edition)), edition), part

    def takes(self, period: ReportingPeriod, submission: Submission) -> bool:
        """Whether the period takes another edition of the submission on this day."""
        try:
            self._check_open(period, submission, self.standing.day)
        except NotTakenError:
            return False
        return True

    def unit(self, period: ReportingPeriod) -> Expected:
        """The unit that the book is of, among those that the period expects. Raises NotTakenError where it is none."""
        return expected_of(self.reading, self.standing, period, self.book.info)

    def _check_kept(self, submission: Submission, edition: Edition) -> None:
        """Raise NotTakenError where the office has let go of what the edition says."""
        unit = submission.unit_code
        if unit not in read_parts(self.reading, submission.period, {unit: edition.content_hash}):
            raise NotTakenError(
                f"Bản này của {unit} đã hủy khi hết hạn giữ, không chọn lại được. Mở sổ, lưu lại rồi nộp như bản mới."
            )

    def _check_open(self, period: ReportingPeriod, submission: Submission, day: date) -> None:
        """Raise NotTakenError unless the submission takes another edition on this day."""
        kept = submission.period
        owed = owed_units(read_expected(self.reading, kept), read_exceptions(self.reading, kept))
        until = next((one.until for one in owed if one.expected.unit_code == submission.unit_code), None)
        if why := not_taking(period, submission, until, day):
            raise why
