"""`chibo verify`: what came in of a unit is verified, with official points where the reviewer gives some."""

from __future__ import annotations

import click

from chibo.cli.decisions import decide_and_say, decision_arguments
from chibo.cli.given_points import GivenPointsType
from chibo.cli.typed_text import TypedText
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.submissions import GivenPoints, StepKind


@click.command("verify")
@click.option("--note", type=TypedText(), default="", help="Ghi chú của người thẩm định.")
@click.option(
    "--set",
    "points",
    type=GivenPointsType(),
    multiple=True,
    help="Điểm thẩm định của một tiêu chí: 4b=12,5; khác điểm tự chấm thì thêm lý do: «4b=12,5 lý do» (hoặc --note). "
    "Kỳ có nhiều buổi: «2026-03-CĐ 4b=12,5 lý do». Nêu được nhiều lần.",
)
@decision_arguments
def command(memory: Memory, unit: str, period: Period, note: str, points: tuple[GivenPoints, ...]) -> None:
    """Thẩm định sổ đang dùng của đơn vị trong kỳ. Người đã nộp sổ không tự thẩm định được.

    Điểm thẩm định (--set) là bản ghi riêng của người thẩm định; sổ của đơn vị giữ nguyên. Buổi đã có điểm thẩm định thì
    tiêu chí không nêu giữ điểm trong sổ, và biểu tổng hợp từ văn phòng lấy tổng điểm thẩm định. Trước khi được chấp
    nhận còn thêm, sửa điểm được: gọi lại lệnh với --set. Đơn vị sửa tiêu chí nào sau đó thì điểm ấy phải cho lại.
    """
    decide_and_say(memory, StepKind.VERIFIED, unit, period, note=note, points=points)
