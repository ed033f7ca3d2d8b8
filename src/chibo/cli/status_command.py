"""`chibo status`: how far each unit has come with a period."""

from __future__ import annotations

from fractions import Fraction

import click

from chibo.cli.memory_options import memory_options
from chibo.cli.options import PeriodType, format_option
from chibo.cli.output import print_rows, say
from chibo.cli.status_text import SHOWN_COLUMNS, STATUS_COLUMNS, shown_row, status_row
from chibo.definitions.language import Language
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.status import period_status
from chibo.periods import Completeness
from chibo.scoring.wording import in_words


@click.command("status")
@click.option("--period", type=PeriodType(), required=True, help="Kỳ: 2026-03, 2026-Q1, 2026-H1, 2026.")
@click.option("--committee", "committees", metavar="MÃ", multiple=True, help="Chỉ đảng bộ cơ sở có mã này.")
@format_option("table", "json", "csv")
@memory_options
def command(memory: Memory, period: Period, committees: tuple[str, ...], output_format: str) -> None:
    """Tình hình nộp của kỳ: từng đơn vị phải nộp đang ở đâu, ai đang giữ, trễ mấy ngày so với hạn của mình.

    Dạng json, csv chỉ phụ thuộc vào những gì đã ghi, không phụ thuộc ngày chạy lệnh.
    """
    status = period_status(memory, period)
    wanted = {code.casefold() for code in committees}
    units = [
        unit for unit in status.units if not wanted or unit.standing.owed.expected.committee_code.casefold() in wanted
    ]
    if output_format == "table":
        shown = [shown_row(unit, memory.today) for unit in units]
        print_rows(shown, list(SHOWN_COLUMNS), output_format, headings=SHOWN_COLUMNS)
    else:
        print_rows(map(status_row, units), list(STATUS_COLUMNS), output_format, headings=STATUS_COLUMNS)
    days = f"hạn {status.period.due_on:%d/%m/%Y}, ân hạn đến {status.period.grace_until:%d/%m/%Y}"
    say(f"Kỳ {period}, {days}: {_said(status.total)}")
    if len(status.by_committee) > 1:
        for code, part in status.by_committee.items():
            say(f"  {code or 'Trực thuộc Khối'}: {_said(part)}")


def _said(part: Completeness) -> str:
    exempt = f", {part.exempt} được miễn" if part.exempt else ""
    return (
        f"{part.received}/{part.expected} đã nộp ({_percent(part.received_rate)}), {part.missing} chưa nộp, "
        f"{part.empty} trống, {part.partial} chưa đủ, {part.complete} đủ, {part.verified} đã thẩm định, "
        f"{part.late} trễ hạn{exempt}."
    )


def _percent(rate: Fraction | None) -> str:
    return "–" if rate is None else in_words(rate / 100, Language.VIETNAMESE)
