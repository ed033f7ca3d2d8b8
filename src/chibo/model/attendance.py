"""The counts of one meeting: from the roll call where it is complete, else as typed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache, wraps
from itertools import accumulate
from operator import attrgetter, itemgetter
from typing import TypeVar

from attrs import frozen

from chibo.model.book import CellBook
from chibo.model.meetings import Meeting
from chibo.model.members import Member
from chibo.model.periods import MeetingCode
from chibo.model.vocabulary import Mark, MemberStatus

T = TypeVar("T")

_KNOWN = 4096
"""So many shares are remembered: cells are small, and the same few numbers stand in every book."""

_COUNTED = {
    "exempt": Mark.EXEMPT,
    "transferred": Mark.TRANSFERRED,
    "special_duty": Mark.SPECIAL_DUTY,
    "suspended": Mark.SUSPENDED,
    "present": Mark.PRESENT,
    "excused": Mark.EXCUSED,
    "unexcused": Mark.UNEXCUSED,
}


_day = attrgetter("day")
_all_counts = attrgetter("membership", *_COUNTED)
"""The counts of an attendance, unknown ones among them."""


class CountSource(StrEnum):
    """Where the counts of a meeting come from."""

    ROLL_CALL = "roll-call"
    TYPED = "typed"


@frozen(kw_only=True)
class Attendance:
    """Counts of one meeting; None is "not recorded". Membership = all the others together (visitors are outside)."""

    source: CountSource
    membership: int | None = None
    exempt: int | None = None
    transferred: int | None = None
    special_duty: int | None = None
    suspended: int | None = None
    present: int | None = None
    excused: int | None = None
    unexcused: int | None = None

    @property
    def owed(self) -> int | None:
        """Members who had to attend: membership without exempt, special duty, transferred and suspended."""
        if self.membership is None:
            return None
        away = (self.exempt or 0) + (self.special_duty or 0) + (self.transferred or 0) + (self.suspended or 0)
        return self.membership - away

    @cached_property
    def is_possible(self) -> bool:
        """Whether no count is below zero and nobody more was present than owed it: of others nothing is made."""
        if min(filter(None, _all_counts(self)), default=0) < 0:
            return False
        return self.present is None or self.owed is None or self.present <= self.owed

    @property
    def rate(self) -> Fraction | None:
        """Present ÷ owed (`rate_of`); None of counts that cannot be."""
        return rate_of(self.present, self.owed) if self.is_possible else None


def rate_of(present: int | None, owed: int | None) -> Fraction | None:
    """Present ÷ owed, exact, from 0 to 1.

    None where either is unknown, where nobody was owed, and where more were present than owed: that cannot be.
    """
    if present is None or owed is None or owed <= 0 or not 0 <= present <= owed:
        return None
    return Fraction(present, owed)


@lru_cache(maxsize=_KNOWN)
def share_of(some: int | None, among: int | None) -> Fraction | None:
    """Some ÷ `among`, exact; None where either is unknown, and where there was nobody."""
    return None if some is None or among is None or among <= 0 else Fraction(some, among)


def _once_a_meeting(find: Callable[[CellBook, MeetingCode], T]) -> Callable[[CellBook, MeetingCode], T]:
    """The function with its answers kept by the book: many checks and criteria ask the same of each meeting."""

    @wraps(find)
    def known(book: CellBook, meeting: MeetingCode) -> T:
        answers: dict[MeetingCode, T] = book.worked_out[find]
        answer = answers.get(meeting)
        if answer is None:
            answer = answers[meeting] = find(book, meeting)
        return answer

    return known


def unmarked_members(book: CellBook, meeting: MeetingCode) -> tuple[Member, ...]:
    """Listed members who belonged to the cell on the meeting's day and have no mark in its roll call."""
    return tuple(_unmarked(book, meeting))


def _unmarked(book: CellBook, meeting: MeetingCode) -> Iterator[Member]:
    marks = book.roll_call.of(meeting)
    unmarked = [member for member in book.members if member.member_code not in marks]
    if not unmarked:
        return
    row = book.meeting(meeting)
    day = (row.held_on if row else None) or meeting.month.last_day
    always = book.steady_members  # nearly all, so that there are few whose changes must be looked at
    yield from (member for member in unmarked if member.member_code in always or belongs_on(book, member, day))


def belongs_on(book: CellBook, member: Member, day: date) -> bool:
    """Whether a listed member belonged to the cell on `day`, by the dated changes of membership.

    With a later joining as the nearest change the member had not come yet; after a leaving he or she has gone. A
    member who is only temporarily here belongs between `since` and `until`.
    """
    if moves := book.moves_by_member.get(member.member_code):
        past = bisect_right(moves, day, key=_day)
        return moves[past - 1].change.joins if past else not moves[0].change.joins
    if member.status is MemberStatus.VISITING:
        after_start = member.since is None or member.since <= day
        return after_start and (member.until is None or day <= member.until)
    return True


def members_on(book: CellBook, day: date) -> int:
    """How many listed members belonged to the cell on `day`, those only temporarily here left out."""
    known: dict[str, list[tuple[date, int]]] = book.worked_out[members_on]
    numbers = known.get("numbers")
    if numbers is None:  # asked for every meeting: the members are gone through once for all of them
        numbers = known["numbers"] = _numbers_of_members(book)
    return numbers[bisect_right(numbers, day, key=itemgetter(0)) - 1][1]


def _numbers_of_members(book: CellBook) -> list[tuple[date, int]]:
    """How many belong to the cell from each day on at which their number changes, from the first day of all on."""
    steps = Counter({date.min: 0})
    listed = Counter(member.member_code for member in book.members if member.status is not MemberStatus.VISITING)
    for code, rows in listed.items():
        moves = book.moves_by_member.get(code, ())
        belongs = not moves or not moves[0].change.joins
        steps[date.min] += rows * belongs
        for move in moves:
            steps[move.day] += rows * (move.change.joins - belongs)
            belongs = move.change.joins
    days = sorted(steps)
    return list(zip(days, accumulate(steps[day] for day in days), strict=True))


@_once_a_meeting
def has_full_roll_call(book: CellBook, meeting: MeetingCode) -> bool:
    """Whether every listed member who belonged to the cell has a mark for this meeting."""
    return bool(book.roll_call.of(meeting)) and next(_unmarked(book, meeting), None) is None


@_once_a_meeting
def counts_from_marks(book: CellBook, meeting: MeetingCode) -> Mapping[str, int]:
    """The counts that the marks of a meeting give, `membership` among them, whether complete or not."""
    tally = book.roll_call.tallies.get(meeting, {})
    counts = {code: tally.get(mark, 0) for code, mark in _COUNTED.items()}
    counts["membership"] = sum(counts.values())
    return counts


def attendance_of(book: CellBook, meeting: Meeting) -> Attendance:
    """The counts that hold for a meeting: a full roll call wins over typed counts (layout `so-sinh-hoat`).

    Where the counts are typed, an absent count of the exempt, transferred, on special duty or suspended is the number
    of such marks, 0 without marks, once any count is recorded at all.
    """
    answers: dict[int, tuple[Meeting, Attendance]] = book.worked_out[attendance_of]
    known = answers.get(id(meeting))
    if known is None:  # the meeting is kept as well, so that no other can have its id
        known = answers[id(meeting)] = (meeting, _attendance_of(book, meeting))
    return known[1]


def _attendance_of(book: CellBook, meeting: Meeting) -> Attendance:
    code = meeting.meeting_code
    marks = counts_from_marks(book, code)
    if has_full_roll_call(book, code):
        return Attendance(source=CountSource.ROLL_CALL, **marks)
    away = {
        name: marks[name] if typed is None else typed
        for name in ("exempt", "transferred", "special_duty", "suspended")
        for typed in [getattr(meeting, name)]
    }
    return Attendance(
        source=CountSource.TYPED,
        membership=meeting.membership,
        present=meeting.present,
        excused=meeting.excused,
        unexcused=meeting.unexcused,
        **(away if meeting.membership is not None or meeting.present is not None else {}),
    )


def speakers_limit(book: CellBook, meeting: Meeting) -> int | None:
    """How many different people can have spoken: those present and the visitors; None where nobody was counted."""
    present = attendance_of(book, meeting).present
    if present is None or present <= 0:
        return None
    return present + book.roll_call.tallies.get(meeting.meeting_code, {}).get(Mark.VISITING, 0)


def speakers_fit(book: CellBook, meeting: Meeting) -> bool:
    """Whether the speakers can be believed: not below zero, not more than were there. Of others no rate is made."""
    if meeting.speakers is None:
        return True
    limit = speakers_limit(book, meeting)
    return meeting.speakers >= 0 and (limit is None or meeting.speakers <= limit)


def speaking_share(book: CellBook, meeting: Meeting, among: int | None) -> Fraction | None:
    """Speakers ÷ `among`, exact; None where either is unknown or rejected by the checks, and where there was nobody."""
    return share_of(meeting.speakers, among) if speakers_can_be(book, meeting) else None


def speakers_can_be(book: CellBook, meeting: Meeting) -> bool:
    """Whether a rate can be made of the speakers: neither they nor the counts of the meeting are rejected."""
    return meeting.speakers is not None and attendance_of(book, meeting).is_possible and speakers_fit(book, meeting)
