"""What the commands that decide about a submission share: the unit and period they name, and what they say after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from chibo.cli.memory_options import memory_options
from chibo.cli.options import PeriodType
from chibo.cli.output import say
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.reviewing import decide
from chibo.submissions import Reason, StepKind
from chibo.submissions.ladder import STATE_WORDS

F = TypeVar("F", bound=Callable[..., Any])


def decision_arguments(function: F) -> F:
    """The unit, the period and the office, passed on as `memory`, `unit` and `period`."""
    with_period = click.option("--period", type=PeriodType(), required=True, help="Kỳ của sổ: 2026-03, 2026-Q1 …")
    return click.argument("unit", metavar="MÃ_ĐƠN_VỊ")(with_period(memory_options(function)))


def decide_and_say(
    memory: Memory, kind: StepKind, unit: str, period: Period, *, note: str = "", reasons: Iterable[Reason] = ()
) -> None:
    """Make the decision and say how the submission stands after it."""
    made = decide(memory, kind, unit, period, note=note, reasons=reasons)
    submission = made.submission
    say(f"{made.unit.unit_code} {made.unit.unit_name}, kỳ {period}: {STATE_WORDS[submission.state]}.")
    if made.touched:
        say(f"Tiêu chí đã đổi từ lần thẩm định trước: {', '.join(made.touched)}.")
    if submission.modifications:
        say(f"Số lần sửa sau khi đã thẩm định: {submission.modifications}.")
