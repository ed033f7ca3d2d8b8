"""`chibo mark`: the copy of a workbook that goes back to its unit, with a mark on everything to be mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from chibo.cli.counted import Counted
from chibo.cli.disk_file import DiskFile, content_of, name_of
from chibo.cli.findings_said import say_findings, typed_on_list
from chibo.cli.options import home_option, language_option
from chibo.cli.output import say
from chibo.cli.text_option import TextAnswers, text_option
from chibo.cli.written_copies import OLD_FILE, check_copy, copy_option, not_written_into, refuse_file
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.errors import Words
from chibo.findings import blocks_book
from chibo.office.returning import keep_marked, marked_copy
from chibo.workbook.saving import save_atomically

_MARKED = Words(
    "Đã đánh dấu {count} chỗ phải sửa hoặc cần xem lại trong «{out}». Tệp «{file}» giữ nguyên.",
    "Marked {count:place|places} to be mended or looked at again in «{out}». «{file}» stays as it is.",
)
_NOTHING = Words(
    "Không có chỗ nào phải sửa hay cần xem lại: «{out}» giống tệp gốc, không có dấu.",
    "Nothing is to be mended or looked at again: «{out}» is like the original, without marks.",
)


@click.command("mark")
@click.argument("file", metavar="TỆP", type=DiskFile())
@text_option
@copy_option
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    file: Path, text: TextAnswers, out: Path, force: bool, library: Library, language: Language
) -> None:
    """Đánh dấu chỗ cần sửa ngay trong sổ Excel để trả lại đơn vị: tô màu và ghi chú đúng ô, thêm trang «Lỗi cần sửa».

    Số liệu, công thức và cách trình bày giữ nguyên. Khi nộp lại, Chibo tự nhận ra và bỏ các dấu này.
    Sổ .xls thì chuyển thành .xlsx bằng chibo migrate trước.
    """
    check_copy(file, out, force=force)
    (answer,) = text.for_files(file)
    marked = marked_copy(content_of(file), name_of(file), library, date.today(), text=answer)
    if marked.data is None and blocks_book(marked.findings):
        refuse_file(file, marked.findings, library, language, Words("không đánh dấu được", "nothing is marked in it"))
    if marked.data is None:
        raise not_written_into(file, OLD_FILE)
    save_atomically(out, marked.data)
    keep_marked(marked, library)
    said = _MARKED if marked.marks else _NOTHING
    say(said.told(language).format(count=Counted(marked.marks), out=out, file=name_of(file)))
    say_findings(typed_on_list(marked.findings), library, language)
