"""The roll call on the desk: one mark, everybody present, and a column pasted from Excel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from chibo.definitions.wording import clean_text, normal_label
from chibo.model import CellBook, Mark, MeetingCode, Member
from chibo.model.attendance import belongs_on
from chibo.model.vocabulary import MemberStatus
from chibo.office.desk.desk import ActRefusedError, Desk, Reason

_STANDING_MARKS = {
    MemberStatus.ACTIVE: Mark.PRESENT,
    MemberStatus.EXEMPT: Mark.EXEMPT,
    MemberStatus.TRANSFERRED: Mark.TRANSFERRED,
    MemberStatus.VISITING: Mark.VISITING,
    MemberStatus.SPECIAL_DUTY: Mark.SPECIAL_DUTY,
    MemberStatus.SUSPENDED: Mark.SUSPENDED,
}
LONGEST_PASTE = 100_000
"""Characters of a paste; a column of a cell's members has a few thousand."""


@frozen
class Pasted:
    """What came of a paste: the desk after it, how many marks were taken, and the lines nothing was made of."""

    desk: Desk
    taken: int
    unmatched: tuple[str, ...]


def members_at(book: CellBook, code: MeetingCode) -> tuple[Member, ...]:
    """The listed members on this meeting's roll call: those of the cell on its day, and whoever has a mark."""
    row = book.meeting(code)
    day = (row.held_on or row.planned_on if row else None) or code.month.last_day
    marks = book.roll_call.of(code)
    return tuple(member for member in book.members if member.member_code in marks or belongs_on(book, member, day))


def usual_mark(member: Member) -> Mark:
    """The mark of a member when all who should come are there: by the member's status."""
    return _STANDING_MARKS[member.status or MemberStatus.ACTIVE]


def set_mark(desk: Desk, code: MeetingCode, member_code: str, mark: Mark | None) -> Desk:
    """Mark one member; None takes the mark away. ActRefusedError for a member who is not listed."""
    desk.meeting(code)
    if all(member.member_code != member_code for member in desk.book.members):
        raise ActRefusedError(Reason.UNKNOWN_MEMBER, member=member_code)
    return _with_marks(desk, code, {member_code: mark})


def all_present(desk: Desk, code: MeetingCode) -> Desk:
    """«Tất cả có mặt»: each member without a mark gets the usual one; marks already set stay."""
    desk.meeting(code)
    marks = desk.book.roll_call.of(code)
    members = members_at(desk.book, code)
    if not members:
        raise ActRefusedError(Reason.NO_MEMBERS)
    return _with_marks(desk, code, {m.member_code: usual_mark(m) for m in members if m.member_code not in marks})


def clear_marks(desk: Desk, code: MeetingCode) -> Desk:
    """Take all marks of the meeting away."""
    desk.meeting(code)
    marks = desk.book.roll_call.of(code)
    return _with_marks(desk, code, dict.fromkeys(marks)) if marks else desk


def _with_marks(desk: Desk, code: MeetingCode, changes: Mapping[str, Mark | None]) -> Desk:
    sheet = desk.book.roll_call
    marks = {member: mark for member, mark in {**sheet.of(code), **changes}.items() if mark is not None}
    meetings = {**sheet.marks, code: marks}
    if not marks:
        del meetings[code]
    return desk.with_book(evolve(desk.book, roll_call=evolve(sheet, marks=meetings)))


def paste_marks(desk: Desk, code: MeetingCode, text: str, marks_by_word: Mapping[str, str]) -> Pasted:
    """Take a column (or columns) copied from Excel into the roll call.

    A line holds a mark, or a member's code or full name with or without a mark. Where no line holds a mark the paste
    is a list of those present; else a name without a mark keeps what it has. A column of marks that names nobody is
    taken in the order of the roll call, its heading («Tháng 9») left out, an empty line leaving its member as he or she
    is. `marks_by_word` gives the mark of each way of writing one, in normal form (the layout's list of marks).
    Lines that name nobody, or somebody ambiguous, or hold no mark that is known, are given back as they are; in a
    column of marks with their number and the member there, so that a column begun a line too high or low is seen.
    """
    desk.meeting(code)
    if len(text) > LONGEST_PASTE:
        raise ActRefusedError(Reason.TOO_LONG, most=LONGEST_PASTE)
    members = members_at(desk.book, code)
    if not members:
        raise ActRefusedError(Reason.NO_MEMBERS)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    parts = [[clean_text(part) for part in line.split("\t")] for line in lines]
    words = ["".join(line) for line in parts]
    if all(len([part for part in line if part]) <= 1 for line in parts) and _by_order(words, members, marks_by_word):
        words = _without_heading(words, members, marks_by_word)
        changes, unmatched = _in_order(members, words, marks_by_word)
    else:
        changes, unmatched = _by_name(members, parts, marks_by_word)
    return Pasted(_with_marks(desk, code, changes), len(changes), unmatched)


def _by_order(words: Sequence[str], members: tuple[Member, ...], marks: Mapping[str, str]) -> bool:
    """Whether half of the lines or more are marks and none names a member: strange ones too then go by order."""
    said = [normal_label(word) for word in words if word]
    known = _members_by_word(members)
    return 0 < len(said) <= 2 * sum(word in marks for word in said) and all(word not in known for word in said)


def _without_heading(words: list[str], members: tuple[Member, ...], marks: Mapping[str, str]) -> list[str]:
    """The lines below a heading: no mark, and either with a figure, which no mark has, or one line too many."""
    first = words[0]
    is_heading = normal_label(first) not in marks and (
        any(sign.isdigit() for sign in first) or len(words) == len(members) + 1
    )
    return words[1:] if is_heading else words


def _in_order(
    members: tuple[Member, ...], words: list[str], marks: Mapping[str, str]
) -> tuple[dict[str, Mark | None], tuple[str, ...]]:
    changes: dict[str, Mark | None] = {}
    unmatched = []
    for index, word in enumerate(words):
        mark = marks.get(normal_label(word)) if word else None
        if word and (mark is None or index >= len(members)):
            name = f" {members[index].full_name}" if index < len(members) else ""
            unmatched.append(f"{index + 1}.{name}: {word}")
        elif mark is not None:
            changes[members[index].member_code] = Mark(mark)
    return changes, tuple(unmatched)


def _by_name(
    members: tuple[Member, ...], parts: list[list[str]], marks: Mapping[str, str]
) -> tuple[dict[str, Mark | None], tuple[str, ...]]:
    known = _members_by_word(members)
    lone = None if any(normal_label(part) in marks for line in parts for part in line) else Mark.PRESENT
    changes: dict[str, Mark | None] = {}
    unmatched = []
    for line in parts:
        words = [part for part in line if part]
        named = [known[normal_label(word)] for word in words if normal_label(word) in known]
        codes = {member.member_code for member in named if member is not None}
        others = [word for word in words if normal_label(word) not in known and not word.rstrip(".").isdigit()]
        mark = _mark_of(others, marks) if others else lone
        if len(codes) == 1 and mark is not None:
            changes[codes.pop()] = mark
        elif words and (len(codes) != 1 or others):
            unmatched.append(" ".join(words))
    return changes, tuple(unmatched)


def _members_by_word(members: tuple[Member, ...]) -> dict[str, Member | None]:
    """Members by code and by full name, in normal form; None for a name that several share."""
    known: dict[str, Member | None] = {}
    for member in members:
        name = normal_label(member.full_name)
        known[name] = None if name in known else member
    known.update({normal_label(member.member_code): member for member in members})
    return known


def _mark_of(words: list[str], marks: Mapping[str, str]) -> Mark | None:
    """The mark that the words beside a name mean; None where none of them, or more than one, is a mark."""
    found = {marks[normal_label(word)] for word in words if normal_label(word) in marks}
    return Mark(found.pop()) if len(found) == 1 else None
