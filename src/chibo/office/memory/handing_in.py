"""One book in hand: for which periods it counts, of which unit it is, and whether that unit may still hand in."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from attrs import evolve, frozen

from chibo.access import Act, NotAllowedError
from chibo.audit import Head
from chibo.errors import ChiboError
from chibo.findings import Finding
from chibo.model import CellBook, Period
from chibo.office.memory.book_parts import LookedAt
from chibo.office.memory.opened import opened_period
from chibo.office.memory.remembering import Standing
from chibo.periods import Expected, PeriodState, ReportingPeriod, owed_units
from chibo.store import Reading, Writing
from chibo.store.periods import read_exceptions, read_expected, read_periods
from chibo.store.submissions import BookPart, add_edition, read_head_of, read_submission
from chibo.submissions import Edition, State, Submission
from chibo.submissions.states import STATE_WORDS


class HandedIn(StrEnum):
    """What became of a file for one period."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """The very file, or one that says the same of the period, came in before."""
    OLDER = "older"
    """It is kept; a newer one is in use."""
    REFUSED = "refused"


@frozen(kw_only=True)
class Handing:
    """What became of one file for one period; `why` says it where it was refused, with `findings` of the book.

    `command` is what somebody at a prompt may type to mend that.
    `head` is the head of the log that stands on the receipt of `edition`.
    """

    file: str
    result: HandedIn
    unit_code: str = ""
    unit_name: str = ""
    period: Period | None = None
    submission: Submission | None = None
    edition: Edition | None = None
    head: Head | None = None
    why: str = ""
    command: str = ""
    findings: tuple[Finding, ...] = ()


class NotTakenError(ChiboError):
    """A file, or a file for one period, is not taken in; the text says why."""


def periods_for(
    reading: Reading, standing: Standing, looked: LookedAt, book: CellBook, named: Period | None
) -> tuple[ReportingPeriod, ...]:
    """The periods a book is handed in for: the one named, else every open one it tells of, else the last one opened.

    Raises NotTakenError where there is none.
    """
    year = book.info.year
    if named is not None:
        if named.year != year:
            raise NotTakenError(f"Sổ là của năm {year}, không nộp cho kỳ {named} được.")
        return (opened_period(reading, named),)
    of_year = [one for one in read_periods(reading) if one.period.year == year and one.closed_on is None]
    told = [one.facts.meeting_code for one in looked.records if one.is_held or one.state_reason]
    telling = [one for one in of_year if any(code in one.period for code in told)]
    taking = [one for one in telling if one.state(standing.day) is PeriodState.OPEN]
    chosen = taking or telling[-1:] or of_year[-1:]
    if not chosen:
        raise NotTakenError(
            f"Chưa có kỳ nào của năm {year} đang mở. Nhờ Ban Tổ chức mở kỳ.", command=f"chibo period open {year}-MM"
        )
    return tuple(chosen)


@frozen
class InHand:
    """One book that somebody hands in, or thinks of handing in."""

    reading: Reading
    standing: Standing
    looked: LookedAt
    book: CellBook

    def for_period(self, writing: Writing, told: Handing, period: ReportingPeriod) -> Handing:
        """Hand it in for one period; a refusal for one leaves the others alone."""
        judged, part = self._judged(told, period, writing.at)
        edition, before = judged.edition, judged.submission
        if part is None or edition is None or before is None:
            return judged
        kept = add_edition(writing, before, edition, part)
        after = evolve(before, editions=(*before.editions, kept))
        head = read_head_of(writing, kept.receipt)
        return evolve(judged, result=_result(before, after, kept), submission=after, edition=kept, head=head)

    def considered(self, told: Handing, period: ReportingPeriod, at: datetime) -> Handing:
        """What would become of it, were it handed in for a period; a new edition has no receipt yet."""
        return self._judged(told, period, at)[0]

    def _judged(self, told: Handing, period: ReportingPeriod, at: datetime) -> tuple[Handing, BookPart | None]:
        """The answer, with what is to be kept where the edition is new; its submission is that of before."""
        told = evolve(told, period=period.period, unit_code=self.book.info.cell_code)
        try:
            unit = self.unit(period)
            self.standing.require(Act.SUBMIT, unit.unit_code)
            return self._taken(evolve(told, unit_code=unit.unit_code, unit_name=unit.unit_name), period, at)
        except (NotTakenError, NotAllowedError) as why:
            return evolve(told, why=str(why), command=why.command), None

    def _taken(self, told: Handing, period: ReportingPeriod, at: datetime) -> tuple[Handing, BookPart | None]:
        submission = read_submission(self.reading, told.unit_code, period.period)
        digest, content, part = self.looked.part_of(self.book, period.period)
        known = submission.has(self.looked.content_hash)
        current = submission.current
        if known is None and current is not None and current.part == digest and not submission.state.takes_editions:
            known = current
        if known is not None:
            head = read_head_of(self.reading, known.receipt)
            return evolve(told, result=HandedIn.UNCHANGED, submission=submission, edition=known, head=head), None
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
        after = evolve(submission, editions=(*submission.editions, edition))
        result = _result(submission, after, edition)
        return evolve(told, result=result, submission=submission, edition=edition), part

    def takes(self, period: ReportingPeriod, submission: Submission) -> bool:
        """Whether the period takes another edition of the submission on this day."""
        try:
            self._check_open(period, submission, self.standing.day)
        except NotTakenError:
            return False
        return True

    def unit(self, period: ReportingPeriod) -> Expected:
        """The unit that the book is of, among those that the period expects. Raises NotTakenError where it is none."""
        info, register, tree = self.book.info, self.standing.register, self.standing.tree
        by_code = {one.unit_code.casefold(): one for one in read_expected(self.reading, period.period)}
        known = register.known_code(info.cell_code, tree) or info.cell_code
        unit = by_code.get(known.casefold())
        if unit is not None:
            return unit
        if tree.unit(known) is not None:
            raise NotTakenError(f"{known} không có trong danh sách phải báo cáo của kỳ {period.period}.")
        likely = " hoặc ".join(register.likely(info.cell_code, info.cell_name, tree))
        unknown = f"Danh bạ không có chi bộ mã «{info.cell_code}» ({info.cell_name})."
        if likely:
            raise NotTakenError(
                f"{unknown} Có phải {likely}? Nếu đúng, ghi mã ấy ở trang «Thông tin» của sổ, hoặc nhờ người quản trị "
                "xác nhận tên gọi này.",
                command=f"chibo units alias «{info.cell_code}» MÃ_ĐƠN_VỊ",
            )
        raise NotTakenError(
            f"{unknown} Kiểm tra mã ở trang «Thông tin» của sổ; mã đúng thì nhờ người quản trị ghi chi bộ vào danh bạ."
        )

    def _check_open(self, period: ReportingPeriod, submission: Submission, day: date) -> None:
        """Raise NotTakenError unless the submission takes another edition on this day."""
        state, code, kept = submission.state, submission.unit_code, submission.period
        if not state.takes_editions:
            raise NotTakenError(
                f"{code} kỳ {kept} {STATE_WORDS[state]}. Muốn nộp bản khác, nhờ Ban Tổ chức mở lại.",
                command=f"chibo reopen {code} --period {kept} --reason …",
            )
        if period.state(day) is PeriodState.OPEN or state in {State.RETURNED, State.REOPENED}:
            return
        exceptions = read_exceptions(self.reading, kept)
        owed = owed_units(read_expected(self.reading, kept), exceptions)
        until = next((one.until for one in owed if one.expected.unit_code == code), None)
        if period.closed_on is not None or until is None or day > until:
            raise NotTakenError(
                f"Kỳ {kept} đã khóa từ sau ngày {period.closed_on or period.locks_on:%d/%m/%Y}. Cần nộp thì xin Ban "
                "Tổ chức gia hạn.",
                command=f"chibo period except {kept} {code} --until NGÀY --reason …",
            )


def _result(before: Submission, after: Submission, kept: Edition) -> HandedIn:
    if before.current is None:
        return HandedIn.NEW
    if before.current.part == kept.part:
        return HandedIn.UNCHANGED
    return HandedIn.CHANGED if after.current == kept else HandedIn.OLDER
