"""`chibo unmark`: a workbook without the marks of `chibo mark`, every cell in its old style."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.counted import Counted
from chibo.cli.disk_file import DiskFile, content_of, name_of
from chibo.cli.options import language_option
from chibo.cli.output import say
from chibo.cli.written_copies import check_copy, copy_option
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.answers import UnmarkedBook
from chibo.engine.single_book import unmark_one
from chibo.errors import Words
from chibo.workbook.marking import MarksLeft
from chibo.workbook.reading.list_of_marks import INDEX_SHEET, MEMORY_SHEET
from chibo.workbook.saving import save_atomically

_WHY_FORGOTTEN = Words(
    f"Trang ẩn «{MEMORY_SHEET}», nơi nhớ màu cũ của các ô, không còn trong tệp hoặc đã hỏng. Nếu còn bản có đủ trang "
    "ấy thì bỏ dấu từ bản đó; nếu không, tự bỏ màu và ghi chú ở những chỗ trên. Số liệu không thay đổi.",
    f"The hidden sheet «{MEMORY_SHEET}», which remembers the old colours of the cells, is gone or damaged. Where there "
    "is a copy that still has it, take the marks off that one; else take colours and notes off by hand at the places "
    "above. No value is changed.",
)
_WHY_LEFT = Words(
    "Không rõ màu cũ của những ô này: ô được chép từ chỗ khác sang, ghi chú đã bị xóa, hoặc trước đó ô đã mang màu ấy. "
    "Tự bỏ màu ở những chỗ trên nếu không cần. Số liệu không thay đổi.",
    "What these cells looked like before is not known: they were copied from elsewhere, their notes were removed, or "
    "they had that colour before. Take the colour off by hand at the places above if it is not wanted. No value "
    "is changed.",
)
_TYPED = Words(
    f"Những ô đã ghi thêm ở trang «{INDEX_SHEET}» không còn trong tệp mới; cần thì chép lại từ tệp gốc:",
    f"The cells that were typed on the sheet «{INDEX_SHEET}» are not in the new file; copy from the original what is "
    "needed:",
)
_TYPED_CELL = Words("- ô {cell}: «{text}»", "- cell {cell}: «{text}»")
_LEFT_ON_SHEET = Words("- trang «{sheet}»: {what}", "- sheet «{sheet}»: {what}")
_LEFT_CELLS = Words(
    "{count} ô còn màu của dấu, ô đầu là {first}",
    "{count:cell|cells} with the colour of a mark, the first is {first}",
)
_LEFT_NOTES = Words("{count} ghi chú", "{count:note|notes}")
_SAME_AND_LEFT = Words(
    "Chưa bỏ được dấu nào: «{out}» giống tệp gốc. Còn lại:",
    "No mark could be taken off: «{out}» is like the original. Left are:",
)
_SAME = Words("Tệp không có dấu nào: «{out}» giống tệp gốc.", "The file has no marks: «{out}» is like the original.")
_PARTLY = Words("Đã bỏ một phần dấu: «{out}». Còn lại:", "Some of the marks were taken off: «{out}». Left are:")
_DONE = Words("Đã bỏ dấu: «{out}».", "The marks were taken off: «{out}».")


@click.command("unmark")
@click.argument("file", metavar="TỆP", type=DiskFile())
@copy_option
@language_option
def command(file: Path, out: Path, force: bool, language: Language) -> None:
    """Bỏ các dấu của chibo mark khỏi sổ Excel: màu tô, ghi chú, trang «Lỗi cần sửa»; ô trở lại kiểu cũ.

    Dùng được cả khi tệp đã được lưu lại bằng Excel hoặc LibreOffice, hay trang đã đổi tên. Chỗ đã được tô màu khác thì
    giữ màu ấy. Mã thoát 0 khi không còn dấu nào, 1 khi còn dấu không bỏ được hoặc tệp không đọc được, 2 khi dùng sai
    lệnh.
    """
    check_copy(file, out, force=force)
    data = content_of(file)
    unmarked = unmark_one(data, name_of(file), Library())
    save_atomically(out, unmarked.data)
    say(_outcome(unmarked, is_same=unmarked.data == data).told(language).format(out=out))
    for one in unmarked.left:
        say(_LEFT_ON_SHEET.told(language).format(sheet=one.sheet, what=_left(one, language)))
    if unmarked.left:
        say((_WHY_LEFT if unmarked.remembered else _WHY_FORGOTTEN).told(language))
    if unmarked.typed:
        say(_TYPED.told(language))
    for place, text in unmarked.typed:
        say(_TYPED_CELL.told(language).format(cell=place.address, text=text))
    if unmarked.left:
        raise SystemExit(1)


def _outcome(unmarked: UnmarkedBook, *, is_same: bool) -> Words:
    """What was taken off."""
    if is_same:
        return _SAME_AND_LEFT if unmarked.left else _SAME
    return _PARTLY if unmarked.left else _DONE


def _left(one: MarksLeft, language: Language) -> str:
    cells = _LEFT_CELLS.told(language).format(count=Counted(one.cells), first=one.first) if one.cells else ""
    notes = _LEFT_NOTES.told(language).format(count=Counted(one.notes)) if one.notes else ""
    return "; ".join(filter(None, (cells, notes)))
