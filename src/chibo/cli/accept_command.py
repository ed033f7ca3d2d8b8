"""`chibo accept`: what was verified is accepted by the bloc."""

from __future__ import annotations

import click

from chibo.cli.decisions import decide_and_say, decision_arguments
from chibo.cli.typed_text import TypedText
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.submissions import StepKind


@click.command("accept")
@click.option("--note", type=TypedText(), default="", help="Ghi chú.")
@decision_arguments
def command(memory: Memory, unit: str, period: Period, note: str) -> None:
    """Chấp nhận sổ đã thẩm định của đơn vị trong kỳ; từ đó không nhận bản khác, trừ khi mở lại."""
    decide_and_say(memory, StepKind.ACCEPTED, unit, period, note=note)
