"""What of last year's book goes into the new one: who belongs to the cell, its posts, and what is not finished.

Unfinished tasks keep the code of the meeting that decided them. Remedies that are not done, those of the assessment
and those owed after an inspection, stand in `Đánh giá năm` of the new book as `Giải pháp`, so that they are followed
there; an inspection itself belongs to its own year.
"""

from __future__ import annotations

from datetime import date

from attrs import evolve, frozen

from chibo.definitions.wording import normal_label
from chibo.model import AssessmentEntry, CellBook, Inspection, Member, Task
from chibo.model.attendance import belongs_on
from chibo.model.vocabulary import AssessmentItem, AssessmentTerm, ChangeKind, MemberStatus, Standing, TaskResult

_STATUS_AFTER = {
    ChangeKind.EXEMPTED: MemberStatus.EXEMPT,
    ChangeKind.EXEMPTION_ENDED: MemberStatus.ACTIVE,
    ChangeKind.LEFT_TEMPORARILY: MemberStatus.TRANSFERRED,
    ChangeKind.RETURNED: MemberStatus.ACTIVE,
    ChangeKind.SUSPENDED: MemberStatus.SUSPENDED,
    ChangeKind.CAME_TEMPORARILY: MemberStatus.VISITING,
}
_STANDING_AFTER = {
    ChangeKind.ADMITTED: Standing.PROBATIONARY,
    ChangeKind.MADE_OFFICIAL: Standing.OFFICIAL,
}
_DONE_WORDS = ("hoàn thành", "đã hoàn thành", "đã thực hiện", "đã khắc phục", "xong")


@frozen
class CarriedOver:
    """The new book and how much it took over; `left` are the names of members who no longer belong to the cell."""

    book: CellBook
    tasks: int
    remedies: int
    left: tuple[str, ...]


def carry_over(last_year: CellBook, new: CellBook) -> CarriedOver:
    """`new` (a book with its `Thông tin` only) with what goes over from `last_year`, as of that year's last day."""
    end = date(last_year.info.year, 12, 31)
    staying = tuple(member for member in last_year.members if belongs_on(last_year, member, end))
    tasks = tuple(_without_place(task) for task in last_year.tasks if task.result is not TaskResult.DONE)
    remedies = (*_open_remedies(last_year), *_owed_after_inspections(last_year.inspections))
    book = evolve(
        new,
        members=tuple(_as_of_end(member, last_year) for member in staying),
        committee_seats=last_year.committee_seats,
        committee=tuple(
            evolve(post, origin=None) for post in last_year.committee if post.until is None or post.until > end
        ),
        tasks=tasks,
        assessment=evolve(new.assessment, entries=remedies),
    )
    left = tuple(member.full_name for member in last_year.members if member not in staying)
    return CarriedOver(book, len(tasks), len(remedies), left)


def _without_place(task: Task) -> Task:
    return evolve(task, origin=None)


def _as_of_end(member: Member, book: CellBook) -> Member:
    """The member with the status and standing that the year's dated changes have led to."""
    status, since, until, standing = member.status, member.since, member.until, member.standing
    for change in sorted(
        (row for row in book.changes if row.member_code == member.member_code), key=lambda row: row.day
    ):
        if change.change in _STATUS_AFTER and (since is None or change.day >= since):
            status, since, until = _STATUS_AFTER[change.change], change.day, None
        standing = _STANDING_AFTER.get(change.change, standing)
    if status is MemberStatus.ACTIVE:
        since = until = None
    return evolve(member, status=status, since=since, until=until, standing=standing, origin=None)


def _open_remedies(book: CellBook) -> tuple[AssessmentEntry, ...]:
    return tuple(
        evolve(entry, term=AssessmentTerm.YEAR, origin=None)
        for entry in book.assessment.entries
        if entry.item is AssessmentItem.REMEDY and not normal_label(entry.result).startswith(_DONE_WORDS)
    )


def _owed_after_inspections(inspections: tuple[Inspection, ...]) -> tuple[AssessmentEntry, ...]:
    return tuple(
        AssessmentEntry(
            item=AssessmentItem.REMEDY,
            text=f"Khắc phục sau kiểm tra ngày {row.inspected_on:%d/%m/%Y} ({row.authority}): {row.shortcomings}",
            due_on=row.remedy_due_on,
        )
        for row in inspections
        if row.shortcomings and row.remedied_on is None
    )
