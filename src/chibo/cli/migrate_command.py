"""`chibo migrate`: books of an earlier layout, of .xls or old text, in new workbooks; what was left is listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from chibo.cli.disk_file import DiskPath, NewFileOrFolder, content_of, name_of
from chibo.cli.many_books import keep_apart
from chibo.cli.migrating_many import migrate_many, one_file_for_many
from chibo.cli.migration_text import WORDS, lines_left, written_line
from chibo.cli.options import check_free, force_option, home_option, language_option
from chibo.cli.output import say
from chibo.cli.steering import unsteered
from chibo.cli.text_option import TextAnswers, text_option
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.archives import ARCHIVE_SUFFIX
from chibo.office.lineage.keeping import keep_copy
from chibo.office.migrating import Migrated, migrate
from chibo.workbook import can_be_written_into
from chibo.workbook.saving import save_atomically

_TOLD = frozenset({"TEXT_CONVERTED", "TEXT_UNDECIDED", "TEXT_LOST", "LAYOUT_OLD", "LAYOUT_OTHER", "MACROS_IGNORED"})
"""What of the old workbook has to do with its form."""


@click.command("migrate")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=DiskPath())
@click.option(
    "--out",
    required=True,
    type=NewFileOrFolder(".xlsx"),
    metavar="TỆP.xlsx|THƯ_MỤC",
    help="Sổ mới; của nhiều sổ thì là thư mục, tạo ra nếu chưa có.",
)
@force_option
@text_option
@home_option
@language_option
def command(
    *, paths: tuple[Path, ...], out: Path, force: bool, text: TextAnswers, library: Library, language: Language
) -> None:
    """Chuyển sổ theo mẫu cũ, sổ .xls hoặc sổ chữ TCVN3, VNI sang sổ mới .xlsx, số liệu giữ nguyên.

    Tệp cũ không bị sửa. Sổ đã theo mẫu đang dùng thì không cần chuyển. Những gì sổ mới không có chỗ ghi hoặc chưa
    hiểu được liệt kê từng ô ở luồng chuẩn. Nhiều sổ một lúc: PATH là các tệp, thư mục hoặc gói .zip, --out là một thư
    mục; chỉ sổ nào phải chuyển mới được ghi ra đó, cùng tên, trong thư mục con như cũ. Mã thoát 1 khi có sổ không
    chuyển được (các sổ khác vẫn được chuyển).
    """
    if not out.suffix or out.is_dir():
        migrate_many(paths, out, library, language, text=text, force=force)
        return
    if len(paths) > 1 or paths[0].is_dir() or paths[0].suffix.lower() == ARCHIVE_SUFFIX:
        raise one_file_for_many(out)
    (file,) = paths
    check_free(out, force=force)
    keep_apart(out, file, "sổ cũ", "the old workbook")
    (answer,) = text.for_files(file)
    data = content_of(file)
    moved = migrate(data, name_of(file), library, date.today(), answer)
    save_atomically(out, moved.data)
    keep_copy(moved.data, library)
    if can_be_written_into(data) and not any(finding.code in _TOLD for finding in moved.findings):
        say(WORDS[language]["present"].format(file=name_of(file)))
    _tell(moved, out, library, language)


def _tell(moved: Migrated, out: Path, library: Library, language: Language) -> None:
    for finding in moved.findings:
        if finding.code in _TOLD:
            say(library.catalogue.message(finding, language).text)
    say(written_line(moved, out, library.layout.version, language))
    for line in lines_left(moved, language):
        click.echo(unsteered(line))
