"""`chibo who-is-missing`: the units that still owe something for a period, and whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click

from chibo.cli.memory_options import memory_options
from chibo.cli.options import PeriodType, format_option
from chibo.cli.output import print_rows, print_text, say
from chibo.model import Period
from chibo.office.due_words import due_day
from chibo.office.memory import Memory
from chibo.office.memory.reminding import reminder, what_helps
from chibo.office.memory.status import Missing, who_is_missing

_COLUMNS = {
    "unit": "Mã",
    "name": "Đơn vị",
    "committee": "Đảng bộ cơ sở",
    "state": "Nội dung",
    "due_on": "Hạn",
    "days_overdue": "Quá hạn (ngày)",
    "contact": "Hỏi ai",
}
_STATES = {"missing": "chưa nộp", "empty": "nộp sổ trống"}


@click.command("who-is-missing")
@click.option("--period", type=PeriodType(), required=True, help="Kỳ: 2026-03, 2026-Q1, 2026-H1, 2026.")
@click.option("--message", is_flag=True, help="In thành đoạn chữ để dán vào tin nhắn.")
@format_option("table", "json", "csv")
@memory_options
def command(memory: Memory, period: Period, message: bool, output_format: str) -> None:
    """Liệt kê đơn vị chưa nộp hoặc nộp sổ trống trong kỳ: quá hạn mấy ngày tính đến hôm nay, liên hệ với ai."""
    found = who_is_missing(memory, period)
    if message:
        print_text(reminder(found, period) + "\n")
        return
    rows = [
        {
            "unit": one.standing.owed.expected.unit_code,
            "name": one.standing.owed.expected.unit_name,
            "committee": one.standing.owed.expected.committee_code,
            "state": one.standing.state.value if output_format != "table" else _STATES[one.standing.state.value],
            "due_on": one.standing.due_on if output_format != "table" else due_day(one.standing),
            "days_overdue": one.days_overdue,
            "contact": _contact(one),
        }
        for one in found
    ]
    print_rows(rows, list(_COLUMNS), output_format, headings=_COLUMNS)
    say(f"Kỳ {period}: {_said(found)}")
    for line in what_helps(found):
        say(line)


def _said(missing: Sequence[Missing]) -> str:
    """How many still owe; those that handed in an empty book are counted apart, as they are counted as handed in."""
    if not missing:
        return "mọi đơn vị phải nộp đều đã nộp."
    found = Counter(one.standing.state.value for one in missing)
    parts = ", ".join(f"{found[state]} {words}" for state, words in _STATES.items() if found[state])
    return f"còn {len(missing)} đơn vị: {parts}." if found["empty"] else f"còn {len(missing)} đơn vị."


def _contact(one: Missing) -> str:
    return "; ".join(f"{person.full_name} {person.contact}".strip() for person in one.contacts)
