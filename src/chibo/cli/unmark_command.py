"""`chibo unmark`: a workbook without the marks of `chibo mark`, every cell in its old style."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.output import say
from chibo.cli.written_copies import check_copy, content_of, copy_option
from chibo.definitions.library import Library
from chibo.engine.single_book import unmark_one
from chibo.workbook.saving import save_atomically


@click.command("unmark")
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@copy_option
def command(file: Path, out: Path, force: bool) -> None:
    """Bỏ các dấu của chibo mark khỏi sổ Excel: màu tô, ghi chú, trang «Lỗi cần sửa»; ô trở lại kiểu cũ.

    Dùng được cả khi tệp đã được lưu lại bằng Excel hoặc LibreOffice. Chỗ đã được tô màu khác thì giữ màu ấy.
    """
    check_copy(file, out, force=force)
    data = content_of(file)
    unmarked = unmark_one(data, file.name, Library())
    save_atomically(out, unmarked.data)
    say(f"Tệp không có dấu nào: «{out}» giống tệp gốc." if unmarked.data == data else f"Đã bỏ dấu: «{out}».")
    if unmarked.typed:
        say("Những ô đã ghi thêm ở trang «Lỗi cần sửa» không còn trong tệp mới; cần thì chép lại từ tệp gốc:")
    for place, text in unmarked.typed:
        say(f"- ô {place.address}: «{text}»")
