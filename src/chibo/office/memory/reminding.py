"""The words that remind those who still owe a report, ready to be pasted into a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chibo.model import Period
from chibo.office.due_words import due_words
from chibo.office.memory.status import Missing
from chibo.periods import UnitState


def reminder(missing: Sequence[Missing], period: Period) -> str:
    """A message that names every unit that still owes, with the days it is overdue or the day it is due.

    Those that can still hand in are asked to; the others are told why they cannot, and whom to ask for what.
    """
    if not missing:
        return f"Kỳ {period}: mọi chi bộ phải báo cáo đều đã nộp sổ."
    taken, shut = ([one for one in missing if bool(one.shut) is wanted] for wanted in (False, True))
    return "\n".join([*_asked(taken, period), *_shut(shut, period)])


def _asked(missing: Sequence[Missing], period: Period) -> Iterator[str]:
    if missing:
        yield f"Kỳ {period}, các chi bộ chưa nộp sổ sinh hoạt:"
        yield from map(_line, missing)
        yield "Đề nghị các đồng chí nộp sớm; vướng mắc xin báo lại."


def _shut(missing: Sequence[Missing], period: Period) -> Iterator[str]:
    if missing:
        yield f"Kỳ {period}, các chi bộ chưa nộp sổ sinh hoạt, nay kỳ không nhận nữa:"
        yield from map(_line, missing)
        yield from what_helps(missing)


def what_helps(missing: Sequence[Missing]) -> Iterator[str]:
    """Why units cannot hand in any more and what they may ask for, then the people to ask where any are registered."""
    yield from dict.fromkeys(one.shut for one in missing if one.shut)
    people = dict.fromkeys(f"{who.full_name} {who.contact}".strip() for one in missing for who in one.openers)
    if people:
        yield f"Liên hệ: {'; '.join(people)}."


def _line(one: Missing) -> str:
    expected = one.standing.owed.expected
    late = f"quá hạn {one.days_overdue} ngày" if one.days_overdue else due_words(one.standing)
    empty = ", sổ đã nộp chưa ghi gì của kỳ" if one.standing.state is UnitState.EMPTY else ""
    return f"- {expected.unit_code} {expected.unit_name}, {late}{empty}"
