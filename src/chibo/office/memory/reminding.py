"""The words that remind those who still owe a report, ready to be pasted into a message."""

from __future__ import annotations

from collections.abc import Sequence

from chibo.model import Period
from chibo.office.due_words import due_words
from chibo.office.memory.status import Missing


def reminder(missing: Sequence[Missing], period: Period) -> str:
    """A message that names every unit that still owes, with the days it is overdue or the day it is due."""
    if not missing:
        return f"Kỳ {period}: mọi chi bộ phải báo cáo đều đã nộp sổ."
    lines = [f"Kỳ {period}, các chi bộ chưa nộp sổ sinh hoạt:"]
    for one in missing:
        expected = one.standing.owed.expected
        late = f"quá hạn {one.days_overdue} ngày" if one.days_overdue else due_words(one.standing)
        lines.append(f"- {expected.unit_code} {expected.unit_name}, {late}")
    return "\n".join([*lines, "Đề nghị các đồng chí nộp sớm; vướng mắc xin báo lại."])
