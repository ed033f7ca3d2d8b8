"""What the commands that decide about a submission share: the unit and period they name, and what they say after."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from chibo.cli.memory_options import memory_options
from chibo.cli.options import PeriodType
from chibo.cli.output import say
from chibo.cli.typed_text import TypedText
from chibo.definitions.frames.edges import plain_decimal
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.reviewing import Decision, decide
from chibo.submissions import GivenPoints, StepKind
from chibo.submissions.states import STATE_WORDS

F = TypeVar("F", bound=Callable[..., Any])


def decision_arguments(function: F) -> F:
    """The unit, the period and the office, passed on as `memory`, `unit` and `period`."""
    with_period = click.option("--period", type=PeriodType(), required=True, help="Kỳ của sổ: 2026-03, 2026-Q1 …")
    return click.argument("unit", metavar="MÃ_ĐƠN_VỊ", type=TypedText())(with_period(memory_options(function)))


def decide_and_say(
    memory: Memory, kind: StepKind, unit: str, period: Period, *, note: str = "", points: Iterable[GivenPoints] = ()
) -> None:
    """Make the decision and say how the submission stands after it."""
    say_decision(decide(memory, kind, unit, period, note=note, points=points), period)


def say_decision(made: Decision, period: Period) -> None:
    """How the submission stands after a decision."""
    submission = made.submission
    say(f"{made.unit.unit_code} {made.unit.unit_name}, kỳ {period}: {STATE_WORDS[submission.state]}.")
    if made.touched:
        say(f"Tiêu chí đã đổi từ lần thẩm định trước: {', '.join(made.touched)}.")
    if submission.official:
        say(f"Điểm thẩm định: {'; '.join(map(points_text, submission.official.values()))}.")
    if submission.modifications:
        say(f"Số lần sửa sau khi đã thẩm định: {submission.modifications}.")


def points_text(one: GivenPoints) -> str:
    """Official points in words: `2026-03 4b = 12,5 (lý do)`."""
    reason = f" ({one.reason})" if one.reason else ""
    return f"{one.subject} = {plain_decimal(one.points).replace('.', ',')}{reason}"
