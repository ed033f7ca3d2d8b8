"""`chibo migrate`: a book of an earlier layout, an .xls or old text, in a new workbook; what was left is listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from chibo.cli.counted import Counted
from chibo.cli.disk_file import DiskFile, content_of, name_of
from chibo.cli.many_books import keep_apart, out_option
from chibo.cli.options import check_free, force_option, home_option, language_option
from chibo.cli.output import say
from chibo.cli.steering import unsteered
from chibo.cli.text_option import TextAnswers, text_option
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.office.lineage.keeping import keep_copy
from chibo.office.migrating import Migrated, migrate
from chibo.workbook import NotMoved, can_be_written_into
from chibo.workbook.saving import save_atomically

_WORDS = {
    Language.VIETNAMESE: {
        "done": "Đã ghi «{out}» theo mẫu phiên bản {version}: {members} đảng viên, {meetings} buổi sinh hoạt.",
        "present": "«{file}» đã là sổ .xlsx theo mẫu đang dùng nên không có gì phải chuyển; tệp mới chỉ viết lại số "
        "liệu của nó.",
        "all": "Mọi số liệu đều đã chuyển.",
        "left": "Chưa chuyển được {count} chỗ; xem lại và ghi tay nếu cần:",
        "cell": "- trang «{sheet}», ô {cell}: «{value}»",
        "sheet": "- trang «{sheet}»: cả trang, {value} ô có nội dung",
    },
    Language.ENGLISH: {
        "done": "Wrote «{out}» in version {version} of the layout: {members:member|members}, "
        "{meetings:meeting|meetings}.",
        "present": "«{file}» is an .xlsx of the present layout already: there was nothing to move. The new file only "
        "has its values written again.",
        "all": "Everything was moved.",
        "left": "{count:place|places} could not be moved; have a look, and write by hand what is needed:",
        "cell": "- sheet «{sheet}», cell {cell}: «{value}»",
        "sheet": "- sheet «{sheet}»: the whole sheet, {value:filled cell|filled cells}",
    },
}
_TOLD = frozenset({"TEXT_CONVERTED", "TEXT_UNDECIDED", "TEXT_LOST", "LAYOUT_OLD", "LAYOUT_OTHER", "MACROS_IGNORED"})
"""What of the old workbook has to do with its form."""


@click.command("migrate")
@click.argument("file", metavar="TỆP", type=DiskFile())
@out_option(".xlsx", required=True)
@force_option
@text_option
@home_option
@language_option
def command(*, file: Path, out: Path, force: bool, text: TextAnswers, library: Library, language: Language) -> None:
    """Chuyển sổ theo mẫu cũ, sổ .xls hoặc sổ chữ TCVN3, VNI sang sổ mới .xlsx, số liệu giữ nguyên.

    Tệp cũ không bị sửa. Sổ đã theo mẫu đang dùng thì không cần chuyển. Những gì sổ mới không có chỗ ghi hoặc chưa
    hiểu được liệt kê từng ô ở luồng chuẩn. Mã thoát 1 khi không đọc được sổ cũ.
    """
    check_free(out, force=force)
    keep_apart(out, file, "sổ cũ", "the old workbook")
    (answer,) = text.for_files(file)
    data = content_of(file)
    moved = migrate(data, name_of(file), library, date.today(), answer)
    save_atomically(out, moved.data)
    keep_copy(moved.data, library)
    if can_be_written_into(data) and not any(finding.code in _TOLD for finding in moved.findings):
        say(_WORDS[language]["present"].format(file=name_of(file)))
    _tell(moved, out, library, language)


def _tell(moved: Migrated, out: Path, library: Library, language: Language) -> None:
    words = _WORDS[language]
    for finding in moved.findings:
        if finding.code in _TOLD:
            say(library.catalogue.message(finding, language).text)
    book = moved.book
    counts = {"members": Counted(len(book.members)), "meetings": Counted(len(book.meetings))}
    say(words["done"].format(out=out, version=library.layout.version, **counts))
    count = len(moved.left) + len(moved.lost)
    say(words["left"].format(count=Counted(count)) if count else words["all"])
    for left in moved.left:
        click.echo(unsteered(_line(left, words)))
    for loss in moved.lost:
        click.echo(unsteered(f"- {loss.said(language)}"))


def _line(left: NotMoved, words: dict[str, str]) -> str:
    if left.place.address:
        return words["cell"].format(sheet=left.place.sheet, cell=left.place.address, value=left.value)
    return words["sheet"].format(sheet=left.place.sheet, value=Counted(left.value))
