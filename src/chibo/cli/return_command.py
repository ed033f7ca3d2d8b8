"""`chibo return`: a unit's book goes back to be mended, with the reason for each place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from chibo.cli.asked_language import worded
from chibo.cli.decisions import decision_arguments, say_decision
from chibo.cli.disk_file import NewFile
from chibo.cli.output import say
from chibo.cli.steering import spelled_out
from chibo.cli.typed_text import TypedText
from chibo.model import MeetingCode, Period
from chibo.office.memory import Memory
from chibo.office.memory.sending_back import send_back
from chibo.submissions import Reason
from chibo.workbook.saving import save_atomically


class ReasonType(click.ParamType[Reason]):
    """`Trang!Ô=lý do`."""

    name = "chỗ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Reason:
        """The reason written as `value`; wrong usage where it names no place or says nothing."""
        typed = TypedText().convert(value, param, ctx)
        place, _, text = typed.partition("=")
        sheet, _, address = place.rpartition("!")
        if not sheet.strip() or not address.strip() or not text.strip():
            shown = spelled_out(typed)
            self.fail(
                worded(
                    f"«{shown}» chưa rõ. Viết như «Điểm danh!C14=thiếu dấu của hai đồng chí».",
                    f"«{shown}» is not clear. Write it like «Điểm danh!C14=the marks of two members are missing».",
                ),
                param,
                ctx,
            )
        return Reason(text=text.strip(), sheet=sheet.strip().strip("'"), address=address.strip())


@click.command("return")
@click.option("--reason", type=TypedText(), default="", help="Lý do chung.")
@click.option("--at", "places", type=ReasonType(), multiple=True, help="Lý do tại một ô: «Trang!Ô=lý do»; nhiều lần.")
@click.option(
    "--out",
    type=NewFile(),
    metavar="TỆP",
    help="Ghi bản có đánh dấu ra tệp để gửi đơn vị; lấy sau cũng được: chibo history … --returned --out.",
)
@decision_arguments
def command(  # noqa: PLR0917 - one parameter for each option
    memory: Memory, unit: str, period: Period, reason: str, places: tuple[Reason, ...], out: Path | None
) -> None:
    """Trả sổ đang dùng của đơn vị trong kỳ lại để sửa, nêu lý do chung hoặc lý do từng ô.

    Văn phòng giữ bản trả lại cùng sổ: lý do được ghi chú ngay ở ô, kèm những chỗ Chibo thấy cần sửa.
    """
    sent = send_back(memory, unit, period, note=reason, reasons=places)
    say_decision(sent.decision, period)
    for place, meeting in sent.elsewhere:
        say(_elsewhere(sent.decision.unit.unit_code, period, place, meeting))
    if sent.copy is None:
        say(f"«{sent.edition.file_name}» thuộc loại không ghi vào được nên không có bản đánh dấu; hãy gửi lý do.")
        return
    say(f"Bản trả lại có {sent.marks} chỗ đánh dấu.")
    if out is not None:
        save_atomically(out, sent.copy)
        say(f"Đã ghi ra «{out}».")
    else:
        say(f"Lấy ra: chibo history {sent.decision.unit.unit_code} --period {period} --returned --out TỆP.xlsx")


def _elsewhere(unit: str, period: Period, reason: Reason, meeting: MeetingCode) -> str:
    """That a cell named is of a meeting of another period, and what that means for this one."""
    cell = f"{reason.sheet}!{reason.address}"
    return (
        f"«{cell}» là ô của buổi {meeting}, ngoài kỳ {period}: sửa ô ấy thì phần của kỳ {period} vẫn y như bản bị trả "
        f"lại. Cần sửa ô ấy thì trả lại kỳ có buổi {meeting}: chibo return {unit} --period {meeting.month} "
        f"--at «{cell}=…»"
    )
