"""`chibo verify`: what came in of a unit is verified."""

from __future__ import annotations

import click

from chibo.cli.decisions import decide_and_say, decision_arguments
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.submissions import StepKind


@click.command("verify")
@click.option("--note", metavar="CHỮ", default="", help="Ghi chú của người thẩm định.")
@decision_arguments
def command(memory: Memory, unit: str, period: Period, note: str) -> None:
    """Thẩm định sổ đang dùng của đơn vị trong kỳ. Người đã nộp sổ không tự thẩm định được."""
    decide_and_say(memory, StepKind.VERIFIED, unit, period, note=note)
