"""`chibo unmark`: a workbook without the marks of `chibo mark`, every cell in its old style."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.disk_file import DiskFile, content_of, name_of
from chibo.cli.output import say
from chibo.cli.written_copies import check_copy, copy_option
from chibo.definitions.library import Library
from chibo.engine.answers import UnmarkedBook
from chibo.engine.single_book import unmark_one
from chibo.workbook.marking import MarksLeft
from chibo.workbook.marking.marks import MEMORY_SHEET
from chibo.workbook.saving import save_atomically

_WHY_FORGOTTEN = (
    f"Trang ẩn «{MEMORY_SHEET}», nơi nhớ màu cũ của các ô, không còn trong tệp hoặc đã hỏng. Nếu còn bản có đủ trang "
    "ấy thì bỏ dấu từ bản đó; nếu không, tự bỏ màu và ghi chú ở những chỗ trên. Số liệu không thay đổi."
)
_WHY_LEFT = (
    "Không rõ màu cũ của những ô này: ô được chép từ chỗ khác sang, ghi chú đã bị xóa, hoặc trước đó ô đã mang màu ấy. "
    "Tự bỏ màu ở những chỗ trên nếu không cần. Số liệu không thay đổi."
)


@click.command("unmark")
@click.argument("file", metavar="TỆP", type=DiskFile())
@copy_option
def command(file: Path, out: Path, force: bool) -> None:
    """Bỏ các dấu của chibo mark khỏi sổ Excel: màu tô, ghi chú, trang «Lỗi cần sửa»; ô trở lại kiểu cũ.

    Dùng được cả khi tệp đã được lưu lại bằng Excel hoặc LibreOffice, hay trang đã đổi tên. Chỗ đã được tô màu khác thì
    giữ màu ấy. Mã thoát 0 khi không còn dấu nào, 1 khi còn dấu không bỏ được hoặc tệp không đọc được, 2 khi dùng sai
    lệnh.
    """
    check_copy(file, out, force=force)
    data = content_of(file)
    unmarked = unmark_one(data, name_of(file), Library())
    save_atomically(out, unmarked.data)
    say(_outcome(out, unmarked, is_same=unmarked.data == data))
    for one in unmarked.left:
        say(f"- trang «{one.sheet}»: {_left(one)}")
    if unmarked.left:
        say(_WHY_LEFT if unmarked.remembered else _WHY_FORGOTTEN)
    if unmarked.typed:
        say("Những ô đã ghi thêm ở trang «Lỗi cần sửa» không còn trong tệp mới; cần thì chép lại từ tệp gốc:")
    for place, text in unmarked.typed:
        say(f"- ô {place.address}: «{text}»")
    if unmarked.left:
        raise SystemExit(1)


def _outcome(out: Path, unmarked: UnmarkedBook, *, is_same: bool) -> str:
    """What was taken off."""
    if is_same and unmarked.left:
        return f"Chưa bỏ được dấu nào: «{out}» giống tệp gốc. Còn lại:"
    if is_same:
        return f"Tệp không có dấu nào: «{out}» giống tệp gốc."
    return f"Đã bỏ một phần dấu: «{out}». Còn lại:" if unmarked.left else f"Đã bỏ dấu: «{out}»."


def _left(one: MarksLeft) -> str:
    cells = [f"{one.cells} ô còn màu của dấu, ô đầu là {one.first}"] if one.cells else []
    return "; ".join(cells + ([f"{one.notes} ghi chú"] if one.notes else []))
