"""`chibo provenance`: where a workbook comes from, and what was edited since Chibo wrote it."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.asked_language import worded
from chibo.cli.comparing_text import WORDS, open_file
from chibo.cli.disk_file import DiskFile
from chibo.cli.findings_text import COLUMNS, FindingsText
from chibo.cli.options import format_option, home_option, language_option
from chibo.cli.output import print_rows, say
from chibo.cli.seal_text import SEAL_COLUMNS, seal_line, seal_row
from chibo.cli.steering import unsteered
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.findings import Severity, worst_severity
from chibo.office.lineage.provenance import lineage_of
from chibo.office.lineage.sealing import make_key
from chibo.office.lineage.wording import DIFFERENCE_COLUMNS, ComparisonText


@click.command("provenance")
@click.argument("file", metavar="[TỆP]", required=False, type=DiskFile())
@click.option("--changes", is_flag=True, help="In từng chỗ đã sửa so với bản văn phòng giữ, thay cho các phát hiện.")
@click.option(
    "--make-key",
    "key_wanted",
    is_flag=True,
    help="Lập khóa ký sổ cho thư mục văn phòng (một lần), không in khóa ra.",
)
@format_option("table", "json", "csv")
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    file: Path | None, changes: bool, key_wanted: bool, output_format: str, library: Library, language: Language
) -> None:
    """Cho biết sổ từ đâu ra: đúng bản Chibo đã ghi, đã sửa thêm ở ô nào, lập từ bản cũ, của chi bộ khác, chưa có dấu.

    Dấu nguồn gốc nằm ở một trang ẩn của sổ; mở ra lưu lại bằng Excel hay LibreOffice không làm mất dấu. Dấu ghi chi
    bộ, năm, lúc ghi và bản mà sổ được lập từ đó. Có --home thì so với bản mà văn phòng giữ và xét chữ ký. Mã thoát 1
    khi có cảnh báo hoặc không đọc được sổ, 2 khi dùng sai lệnh.
    """
    if key_wanted:
        if library.office is None:
            raise click.UsageError(
                worded(
                    "--make-key cần --home: khóa nằm trong thư mục văn phòng.",
                    "--make-key needs --home: the key lies in the office folder.",
                )
            )
        say(f"Đã lập khóa trong «{make_key(library.office)}». Giữ bản sao lưu; đừng gửi tệp này cho ai.")
        if file is None:
            return
    if file is None:
        raise click.UsageError(worded("Thiếu TỆP.", "TỆP is missing."))
    opened = open_file(file, library, language)
    catalogue = library.catalogue.at_the_prompt
    lineage = lineage_of(opened.seal, opened.file, opened.book, library)
    if changes and not lineage.changes:  # why there are none is no table: nothing changed, or nobody kept what was
        for finding in lineage.findings:
            say(str(catalogue.message(finding, language)))
    if changes and (lineage.changes or output_format != "table"):
        books = [opened.book, *([lineage.kept] if lineage.kept else [])]
        told = ComparisonText(library.layout, language, books)
        columns = [name for name in DIFFERENCE_COLUMNS if output_format != "table" or name not in {"change", "text"}]
        print_rows(map(told.difference, lineage.changes), columns, output_format, headings=WORDS[language]["headings"])
    elif not changes and output_format == "table":
        if lineage.seal is not None:
            click.echo(unsteered(seal_line(lineage.seal, library, language)))
        for finding in lineage.findings:
            click.echo(unsteered(str(catalogue.message(finding, language))))
    elif not changes:
        text = FindingsText(catalogue, language)
        named = seal_row(lineage.seal)
        rows = [{**text.row(opened.file, finding), **named} for finding in lineage.findings]
        print_rows(rows, (*COLUMNS, *SEAL_COLUMNS), output_format)
    if worst_severity(lineage.findings) is Severity.WARN:
        raise SystemExit(1)
