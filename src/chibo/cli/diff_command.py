"""`chibo diff`: what differs between two workbooks of a cell, by row keys and columns."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.comparing_text import WORDS, file_argument, open_file
from chibo.cli.counted import Counted
from chibo.cli.options import format_option, home_option, language_option
from chibo.cli.output import print_rows, say
from chibo.cli.text_option import TextAnswers, text_option
from chibo.comparing import differences
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.office.lineage.comparison import cell_and_year
from chibo.office.lineage.wording import DIFFERENCE_COLUMNS, ComparisonText

_SHOWN = ("sheet", "row", "column", "before", "after", "place_before", "place_after")


@click.command("diff")
@file_argument("a", "A")
@file_argument("b", "B")
@text_option
@format_option("table", "json", "csv")
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    a: Path, b: Path, text: TextAnswers, output_format: str, library: Library, language: Language
) -> None:
    """So hai sổ theo khóa của dòng và theo cột: chỗ nào khác, trước là gì, sau là gì, ở ô nào của mỗi sổ.

    So theo giá trị đọc được: đổi chỗ dòng, đổi cách trình bày, mở ra lưu lại bằng Excel hay LibreOffice không phải là
    khác. Mã thoát 0 khi hai sổ như nhau, 1 khi có chỗ khác hoặc có sổ không đọc được, 2 khi dùng sai lệnh.
    """
    answers = text.for_files(a, b)
    before, after = (open_file(path, library, language, said) for path, said in zip((a, b), answers, strict=True))
    found = differences(before.book, after.book)
    told = ComparisonText(library.layout, language, (before.book, after.book))
    words = WORDS[language]
    columns = DIFFERENCE_COLUMNS if output_format != "table" else _SHOWN
    if found or output_format != "table":
        print_rows(map(told.difference, found), columns, output_format, headings=words["headings"])
    if not found:
        equal = "equal_so_far" if before.unread or after.unread else "equal"
        say(words[equal].format(a=before.file, b=after.file))
        return
    say(words["different"].format(count=Counted(len(found))))
    if cell_and_year(before.book) != cell_and_year(after.book):
        of_a, of_b = (f"{info.cell_code} {info.year}" for info in (before.book.info, after.book.info))
        say(words["unrelated"].format(a=before.file, of_a=of_a, b=after.file, of_b=of_b))
    raise SystemExit(1)
