"""`chibo reopen`: what was accepted or locked is opened again, with a reason."""

from __future__ import annotations

import click

from chibo.cli.decisions import decide_and_say, decision_arguments
from chibo.cli.typed_text import TypedText
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.submissions import StepKind


@click.command("reopen")
@click.option("--reason", type=TypedText(), required=True, help="Lý do mở lại; vào nhật ký và lịch sử của sổ.")
@decision_arguments
def command(memory: Memory, unit: str, period: Period, reason: str) -> None:
    """Mở lại sổ đã chấp nhận hoặc đã khóa của đơn vị trong kỳ, để đơn vị nộp bản khác."""
    decide_and_say(memory, StepKind.REOPENED, unit, period, note=reason)
