"""What `chibo diff` and `chibo merge` share: opening the workbooks named, and their words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from chibo.cli.counted import Counted
from chibo.cli.disk_file import DiskFile, content_of, name_of
from chibo.cli.output import say
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.legacy_text import Answer
from chibo.office.lineage.comparison import OpenBook, open_book

WORDS: dict[Language, dict[str, Any]] = {
    Language.VIETNAMESE: {
        "headings": {
            "result": "Kết quả",
            "sheet": "Trang",
            "row": "Dòng",
            "column": "Cột",
            "before": "Trước",
            "after": "Sau",
            "base": "Gốc",
            "mine": "Của mình",
            "theirs": "Sổ kia",
            "place_before": "Ô trước",
            "place_after": "Ô sau",
            "place_mine": "Ô của mình",
            "place_theirs": "Ô sổ kia",
        },
        "results": {
            "conflict": "xung đột",
            "taken": "đã nhận",
            "removed-by-mine": "mình bỏ",
            "removed-by-theirs": "sổ kia bỏ",
            "removed-by-both": "cả hai bỏ",
        },
        "equal": "«{a}» và «{b}» có nội dung như nhau.",
        "equal_so_far": "Những gì đọc được của «{a}» và «{b}» như nhau.",
        "different": "Có {count} chỗ khác.",
        "unrelated": "Hai sổ không cùng chi bộ, cùng năm: «{a}» là của {of_a}, «{b}» là của {of_b}. Xem lại "
        "đã nêu đúng tệp chưa.",
        "unread": "Trong «{file}» có {count} chỗ không đọc được nên không so được; xem bằng chibo check.",
        "merged": "Đã ghi «{out}»: nhận {taken} chỗ của sổ kia, {removals} chỗ bị bỏ, {conflicts} chỗ xung đột.",
        "conflicts": "Chỗ xung đột đang theo sổ của mình. Xem từng chỗ; sổ kia mới đúng thì sửa trong tệp vừa ghi.",
        "misplaced": "Xem lại thứ tự: «{base}» được nêu làm sổ gốc, nhưng theo dấu nguồn gốc thì chính nó lập từ "
        "«{source}». Sổ gốc là sổ mà hai sổ kia cùng lập từ đó, và đứng đầu: chibo merge GỐC CỦA_MÌNH SỔ_KIA.",
    },
    Language.ENGLISH: {
        "headings": {
            "result": "Result",
            "sheet": "Sheet",
            "row": "Row",
            "column": "Column",
            "before": "Before",
            "after": "After",
            "base": "Base",
            "mine": "Mine",
            "theirs": "Theirs",
            "place_before": "Cell before",
            "place_after": "Cell after",
            "place_mine": "Cell in mine",
            "place_theirs": "Cell in theirs",
        },
        "results": {
            "conflict": "conflict",
            "taken": "taken",
            "removed-by-mine": "removed by mine",
            "removed-by-theirs": "removed by theirs",
            "removed-by-both": "removed by both",
        },
        "equal": "«{a}» and «{b}» hold the same values.",
        "equal_so_far": "What can be read of «{a}» and «{b}» is the same.",
        "different": "{count:difference|differences}.",
        "unrelated": "The two are not of one cell and year: «{a}» is of {of_a}, «{b}» is of {of_b}. See whether "
        "the right files were named.",
        "unread": "Unreadable, so not compared: {count:place|places} of «{file}»; see chibo check.",
        "merged": "Wrote «{out}»: {taken:change|changes} taken from theirs, {removals:removal|removals}, "
        "{conflicts:conflict|conflicts}.",
        "conflicts": "Conflicts are left as mine has them. Look at each; where theirs is right, correct the new file.",
        "misplaced": "Check the order: «{base}» was named as the base, but by its seal it was itself made from "
        "«{source}». The base is what both others were made from and comes first: chibo merge BASE MINE THEIRS.",
    },
}


def file_argument(name: str, metavar: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """A workbook named on the command line."""
    return click.argument(name, metavar=metavar, type=DiskFile())


def open_file(path: Path, library: Library, language: Language, answer: Answer | None = None) -> OpenBook:
    """The workbook at `path`; what could not be read of it is said. Raises ChiboError where there is no book in it."""
    opened = open_book(content_of(path), name_of(path), library, answer)
    if opened.unread:
        say(WORDS[language]["unread"].format(file=opened.file, count=Counted(len(opened.unread))))
    return opened
