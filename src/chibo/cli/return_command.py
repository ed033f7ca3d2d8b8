"""`chibo return`: a unit's book goes back to be mended, with the reason for each place."""

from __future__ import annotations

from typing import Any

import click

from chibo.cli.decisions import decide_and_say, decision_arguments
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.submissions import Reason, StepKind


class ReasonType(click.ParamType[Reason]):
    """`Trang!Ô=lý do`."""

    name = "chỗ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Reason:
        """The reason written as `value`; wrong usage where it names no place or says nothing."""
        place, _, text = str(value).partition("=")
        sheet, _, address = place.rpartition("!")
        if not sheet.strip() or not address.strip() or not text.strip():
            self.fail(f"«{value}» chưa rõ. Viết như «Điểm danh!C14=thiếu dấu của hai đồng chí».", param, ctx)
        return Reason(text=text.strip(), sheet=sheet.strip().strip("'"), address=address.strip())


@click.command("return")
@click.option("--reason", metavar="CHỮ", default="", help="Lý do chung.")
@click.option("--at", "places", type=ReasonType(), multiple=True, help="Lý do tại một ô: «Trang!Ô=lý do»; nhiều lần.")
@decision_arguments
def command(memory: Memory, unit: str, period: Period, reason: str, places: tuple[Reason, ...]) -> None:
    """Trả sổ đang dùng của đơn vị trong kỳ lại để sửa, nêu lý do chung hoặc lý do từng ô."""
    decide_and_say(memory, StepKind.RETURNED, unit, period, note=reason, reasons=places)
