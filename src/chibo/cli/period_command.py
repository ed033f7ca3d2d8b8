"""`chibo period`: reporting periods opened and closed, more time or none owed for single units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from chibo.cli.asked_language import worded
from chibo.cli.memory_options import day_option, memory_options
from chibo.cli.options import PeriodType, format_option
from chibo.cli.output import print_rows, say
from chibo.cli.period_text import NOT_DONE, closing_lines, opening_lines
from chibo.cli.typed_text import TypedText
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.periods import all_periods, close_period, closing, except_unit, open_period, opening
from chibo.periods import PeriodState, UnitException

_PERIODS = {
    "period": "Kỳ",
    "state": "Tình trạng",
    "expected": "Phải nộp",
    "opened_on": "Mở ngày",
    "due_on": "Hạn nộp",
    "grace_until": "Ân hạn đến",
    "locks_on": "Khóa sau",
    "closed_on": "Đóng ngày",
}
_STATES = {PeriodState.OPEN: "đang mở", PeriodState.LOCKED: "đã khóa", PeriodState.CLOSED: "đã đóng"}

_period = click.argument("period", metavar="KỲ", type=PeriodType())
_preview = click.option("--preview", is_flag=True, help="Chỉ xem sẽ có gì xảy ra với bao nhiêu sổ, không làm.")


@click.group("period")
def command() -> None:
    """Mở, đóng kỳ báo cáo, gia hạn hoặc miễn cho từng đơn vị."""


@command.command("open")
@_period
@day_option("--due", "Hạn nộp của kỳ này, thay cho lịch; ân hạn và ngày khóa tính theo lịch từ hạn ấy.")
@click.option("--reason", type=TypedText(), default="", help="Lý do, khi mở lại một kỳ đã đóng.")
@_preview
@memory_options
def open_(memory: Memory, period: Period, due: date | None, reason: str, preview: bool) -> None:
    """Mở KỲ (2026-03, 2026-Q1, 2026-H1, 2026) và chốt danh sách chi bộ phải báo cáo theo danh bạ.

    Lịch ở sheets/rules/calendar.toml. Mở lại kỳ đã đóng thì mọi sổ về đúng tình trạng trước khi đóng: đã thẩm định vẫn
    là đã thẩm định.
    """
    again = period in [one.period for one, _ in all_periods(memory)]
    change = opening(memory, period, due_on=due) if preview else open_period(memory, period, due_on=due, reason=reason)
    _say(opening_lines(change, memory.today, again=again, done=not preview), preview)


@command.command("close")
@_period
@click.option("--reason", type=TypedText(), default="", help="Ghi chú vào nhật ký.")
@_preview
@memory_options
def close(memory: Memory, period: Period, reason: str, preview: bool) -> None:
    """Đóng KỲ: mọi sổ của kỳ được khóa, không nhận thêm. Mở lại kỳ thì sổ nào về đúng tình trạng của sổ ấy."""
    change = closing(memory, period) if preview else close_period(memory, period, reason)
    _say(closing_lines(change, done=not preview), preview)


def _say(lines: Iterable[str], preview: bool) -> None:
    for line in lines:
        say(line)
    if preview:
        say(NOT_DONE)


@command.command("list")
@format_option("table", "json", "csv")
@memory_options
def list_periods(memory: Memory, output_format: str) -> None:
    """Liệt kê các kỳ đã mở: tình trạng, số đơn vị phải nộp, các hạn."""
    rows = []
    for one, expected in all_periods(memory):
        state = one.state(memory.today)
        days = {name: getattr(one, name) for name in ("opened_on", "due_on", "grace_until", "locks_on", "closed_on")}
        shown = _STATES[state] if output_format == "table" else state.value
        rows.append({"period": str(one.period), "state": shown, "expected": expected, **days})
    print_rows(rows, list(_PERIODS), output_format, headings=_PERIODS)


@command.command("except")
@_period
@click.argument("unit", metavar="MÃ_ĐƠN_VỊ", type=TypedText())
@click.option("--exempt", is_flag=True, help="Đơn vị không phải báo cáo kỳ này.")
@day_option("--until", "Gia hạn: nộp đến hết ngày này vẫn là đúng hạn.")
@click.option("--reason", type=TypedText(), required=True, help="Lý do, hiện bên cạnh đơn vị trong mọi bảng của kỳ.")
@memory_options
def except_(memory: Memory, period: Period, unit: str, exempt: bool, until: date | None, reason: str) -> None:  # noqa: PLR0917 - one parameter for each option
    """Gia hạn hoặc miễn báo cáo KỲ cho một đơn vị; lần sau cùng thay các lần trước."""
    if exempt == (until is not None):
        raise click.UsageError(
            worded(
                "Nêu một trong hai: --exempt (miễn) hoặc --until NGÀY (gia hạn).",
                "Give one of both: --exempt (owes nothing) or --until NGÀY (a later day).",
            )
        )
    made = except_unit(memory, period, UnitException(unit_code=unit, exempt=exempt, until=until, reason=reason))
    what = "được miễn báo cáo" if until is None else f"được gia hạn đến {until:%d/%m/%Y}"
    say(f"{made.unit_code} {made.unit_name} {what} kỳ {period}: {reason}.")
