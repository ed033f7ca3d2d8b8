"""The meetings of a sample cell: registered, prepared, held and reported, with who was there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from attrs import frozen

from chibo.model import CellBook, Mark, Meeting, MeetingCode, MeetingKind, Member, Month, RollCall
from chibo.model.attendance import belongs_on, counts_from_marks
from chibo.model.periods import MeetingSeries
from chibo.model.vocabulary import MeetingMode, MeetingState, MemberStatus
from chibo.office.demo.cells import DemoCell, Role

HELD_THROUGH = 10
"""The last month whose meeting a sample cell has held; the next one is registered."""
LATE_SINCE = 9
"""From this month on the late cell has only registered its meetings."""
_LARGE = 30
_ABSENCE = {Role.STRONG: 0.03, Role.ORDINARY: 0.09, Role.WEAK: 0.24, Role.LATE: 0.07, Role.FAULTY: 0.06}
_SPEAKING = {Role.STRONG: 0.62, Role.ORDINARY: 0.5, Role.WEAK: 0.33, Role.LATE: 0.52, Role.FAULTY: 0.55}
_MARKS_OF_STATUS = {
    MemberStatus.EXEMPT: Mark.EXEMPT,
    MemberStatus.TRANSFERRED: Mark.TRANSFERRED,
    MemberStatus.SPECIAL_DUTY: Mark.SPECIAL_DUTY,
    MemberStatus.SUSPENDED: Mark.SUSPENDED,
}
_POSTPONED_MONTH = 7


@frozen
class Course:
    """What a meeting's row and its roll call are made from."""

    cell: DemoCell
    book: CellBook
    """The book so far: information, members and changes."""
    topics: Mapping[int, tuple[str, tuple[str, ...]]]
    """By quarter: the number of the plan row, and the required topics it carries."""
    chance: Random

    @property
    def combines(self) -> bool:
        """Whether thematic parts are held together with the regular meeting, as most cells do."""
        return self.cell.number % 4 != 0


def hold_meetings(course: Course) -> tuple[tuple[Meeting, ...], RollCall]:
    """The rows of `Sinh hoạt` from January to the registered month, and the roll calls of the meetings held."""
    meetings: list[Meeting] = []
    marks: dict[MeetingCode, Mapping[str, Mark]] = {}
    for number in range(1, HELD_THROUGH + 2):
        month = Month(course.book.info.year, number)
        for code, kind in _planned(course, month):
            if _is_registered_only(course, number):
                meetings.append(_registered(course, code, kind))
            elif course.cell.role is Role.ORDINARY and number == _POSTPONED_MONTH:
                meetings.append(_postponed(course, code, kind))
            else:
                meeting, roll = _held(course, code, kind)
                meetings.append(meeting)
                marks[code] = roll
    return tuple(meetings), RollCall(marks, {member.member_code: member.full_name for member in course.book.members})


def _planned(course: Course, month: Month) -> list[tuple[MeetingCode, MeetingKind]]:
    """What the cell meets for in a month: in the middle of each quarter there is a thematic part."""
    if month.number % 3 != 2:
        return [(MeetingCode(month), MeetingKind.REGULAR)]
    if course.combines:
        return [(MeetingCode(month), MeetingKind.COMBINED)]
    return [
        (MeetingCode(month), MeetingKind.REGULAR),
        (MeetingCode(month, MeetingSeries.THEMATIC), MeetingKind.THEMATIC),
    ]


def _is_registered_only(course: Course, number: int) -> bool:
    return number > HELD_THROUGH or (course.cell.role is Role.LATE and number >= LATE_SINCE)


def _day(course: Course, code: MeetingCode) -> date:
    """A working day early in the month; thematic meetings come later in it."""
    wanted = 3 + course.cell.number % 4 + (12 if code.series is MeetingSeries.THEMATIC else 0)
    day = date(code.month.year, code.month.number, wanted)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _registration(course: Course, code: MeetingCode, kind: MeetingKind) -> dict[str, Any]:
    day = _day(course, code)
    before = code.month.first_day - timedelta(days=1)
    return {
        "meeting_code": code,
        "kind": kind,
        "registered_on": before.replace(day=18 - course.cell.number % 5),
        "planned_on": day,
        "venue": "Phòng họp tầng 2",
        "mode": MeetingMode.IN_PERSON,
        "chair": course.book.info.secretary,
        "prepared_by": course.book.info.deputy_secretary,
    }


def _registered(course: Course, code: MeetingCode, kind: MeetingKind) -> Meeting:
    return Meeting(**_registration(course, code, kind), state=MeetingState.REGISTERED)


def _postponed(course: Course, code: MeetingCode, kind: MeetingKind) -> Meeting:
    return Meeting(
        **_registration(course, code, kind),
        state=MeetingState.POSTPONED,
        state_reason="Cơ quan tập trung phòng, chống bão",
        postponed_to=code.month.last_day,
    )


def _held(course: Course, code: MeetingCode, kind: MeetingKind) -> tuple[Meeting, Mapping[str, Mark]]:
    chance, role, info = course.chance, course.cell.role, course.book.info
    day = _day(course, code)
    roll = _roll_call(course, day)
    book = CellBook(info=info, members=course.book.members, roll_call=RollCall({code: roll}))
    counts = counts_from_marks(book, code)
    present = counts["present"]
    speakers = min(present, max(1, round(present * (_SPEAKING[role] + chance.uniform(-0.06, 0.12)))))
    length = _length(course, kind)
    begin = 7 * 60 + 30 if course.cell.number % 2 else 14 * 60
    steps = _steps(course, day)
    thematic = kind in {MeetingKind.COMBINED, MeetingKind.THEMATIC}
    plan_no, covered = course.topics[code.month.quarter] if thematic else ("", ())
    supervised = bool(info.supervisor) and code.month.number % 3 == 2 and role is not Role.WEAK
    meeting = Meeting(
        **_registration(course, code, kind),
        state=MeetingState.HELD,
        held_on=day,
        starts_at=time(begin // 60, begin % 60),
        ends_at=time((begin + length) // 60, (begin + length) % 60),
        minutes_secretary=course.book.members[-1 if len(course.book.members) < 4 else 3].full_name,
        scored_by=info.deputy_secretary,
        supervisor_present=supervised,
        supervisor_name=info.supervisor if supervised else "",
        supervisor_remark="Đề nghị phân công rõ người, rõ việc, rõ hạn" if supervised else "",
        speakers=speakers,
        opinions=speakers + chance.randint(0, 4),
        **dict[str, Any](counts),
        **_agenda(course, kind, length),
        **steps,
        plan_no=plan_no,
        topics_covered=covered,
        innovation="Trình chiếu hình ảnh tư liệu trước khi thảo luận" if thematic and role is Role.STRONG else "",
        praises=chance.randint(0, 2),
        criticisms=chance.randint(0, 1),
        resolution_number=f"{code.month.number:02d}-NQ/CB",
        previous_resolution_rate=_rate(course) if kind is not MeetingKind.THEMATIC else None,
    )
    return meeting, roll


def _roll_call(course: Course, day: date) -> dict[str, Mark]:
    """A mark for everybody who belonged to the cell that day; the secretary is always there."""
    absence = _ABSENCE[course.cell.role]
    marks = {}
    for index, member in enumerate(course.book.members):
        if not belongs_on(course.book, member, day):
            continue
        marks[member.member_code] = _mark(member, course.chance, absence if index else 0.0)
    return marks


def _mark(member: Member, chance: Random, absence: float) -> Mark:
    standing = _MARKS_OF_STATUS.get(member.status) if member.status else None
    if standing:
        return standing
    if chance.random() >= absence:
        return Mark.PRESENT
    return Mark.UNEXCUSED if chance.random() < absence / 3 else Mark.EXCUSED


def _length(course: Course, kind: MeetingKind) -> int:
    """Minutes: long enough where the cell works well, too short at times where it does not."""
    long = kind is MeetingKind.COMBINED or len(course.book.members) >= _LARGE
    usual = 125 if long else 95
    match course.cell.role:
        case Role.WEAK:
            return usual - course.chance.choice((25, 30, 40))
        case Role.ORDINARY:
            return usual + course.chance.choice((-15, 0, 5, 10))
        case _:
            return usual + course.chance.choice((0, 5, 10, 15))


def _steps(course: Course, day: date) -> dict[str, Any]:
    """The dates of the steps around a meeting; a weak cell leaves some out."""
    chance, weak = course.chance, course.cell.role is Role.WEAK
    skipped = weak and chance.random() < 0.5
    return {
        "committee_met_on": None if skipped else day - timedelta(days=chance.randint(1, 3)),
        "committee_minutes": not skipped,
        "notified_on": day - timedelta(days=chance.randint(4, 6)),
        "papers_sent_on": day - timedelta(days=0 if weak else chance.randint(1, 3)),
        "minutes_kept": True,
        "scored_on": day,
        "reported_on": day + timedelta(days=chance.randint(3, 6) if weak else chance.randint(0, 2)),
    }


def _agenda(course: Course, kind: MeetingKind, length: int) -> dict[str, Any]:
    """How the minutes were shared out; a few remain for opening and closing."""
    chance = course.chance
    thematic = {MeetingKind.COMBINED: 40, MeetingKind.THEMATIC: length - 30}.get(kind, 0)
    criticism = 15 if course.cell.role is not Role.WEAK else chance.choice((5, 10, 15))
    rest = length - thematic - criticism - 5
    tasks = rest * (2 if course.cell.role is not Role.WEAK else 3) // 5
    if kind is MeetingKind.THEMATIC:
        return {"minutes_thematic": thematic, "minutes_criticism": criticism, "minutes_other": 10}
    ideology = rest // 4
    agenda = {
        "minutes_ideology": ideology,
        "minutes_tasks": tasks,
        "minutes_party_building": max(5, rest - ideology - tasks - 5),
        "minutes_criticism": criticism,
        "minutes_other": 5 if rest - ideology - tasks > 10 else 0,
    }
    return {**agenda, "minutes_thematic": thematic} if thematic else agenda


def _rate(course: Course) -> Fraction | None:
    """The share of the previous resolution carried out, as the cell declares it where it keeps no list of tasks."""
    if course.cell.keeps_tasks:
        return None
    lowest, highest = {Role.STRONG: (91, 98), Role.WEAK: (61, 69)}.get(course.cell.role, (82, 94))
    return Fraction(course.chance.randint(lowest, highest))
