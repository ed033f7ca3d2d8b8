"""`chibo merge`: two workbooks made from a common one joined, conflicts named by place."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.asked_language import worded
from chibo.cli.comparing_text import WORDS, file_argument, open_file
from chibo.cli.counted import Counted
from chibo.cli.disk_file import name_of
from chibo.cli.many_books import out_option
from chibo.cli.options import check_free, force_option, format_option, home_option, language_option
from chibo.cli.output import print_rows, say
from chibo.cli.text_option import TextAnswers, text_option
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.office.lineage.account import account_of
from chibo.office.lineage.branches import made_from_a_branch
from chibo.office.lineage.comparison import Three, merge_opened, merged_workbook
from chibo.office.lineage.keeping import keep_copy
from chibo.office.lineage.sealing import digest_in_line
from chibo.office.lineage.wording import MERGE_COLUMNS, ComparisonText
from chibo.workbook.saving import save_atomically

_MACROS = ".xlsm"
_SHOWN = ("result", "sheet", "row", "column", "base", "mine", "theirs", "place_mine", "place_theirs")


@click.command("merge")
@file_argument("base", "GỐC")
@file_argument("mine", "CỦA_MÌNH")
@file_argument("theirs", "SỔ_KIA")
@out_option(".xlsx", ".xlsm", required=True)
@force_option
@text_option
@format_option("table", "json", "csv")
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    base: Path,
    mine: Path,
    theirs: Path,
    out: Path,
    force: bool,
    text: TextAnswers,
    output_format: str,
    library: Library,
    language: Language,
) -> None:
    """Gộp hai sổ cùng sửa từ một sổ gốc: sổ của mình thêm những gì sổ kia đã sửa so với sổ gốc.

    Sửa ở chỗ khác nhau thì nhận cả hai, sửa như nhau thì tính một lần. Cả hai cùng sửa một chỗ khác nhau thì giữ theo
    sổ của mình và nêu chỗ ấy với cả hai giá trị; dòng và giá trị bị bỏ cũng được nêu. Bản kê ra luồng chuẩn. Sổ của
    mình là .xls thì --out là sổ mới. Mã thoát 1 khi còn chỗ xung đột (tệp --out vẫn được ghi) hoặc không gộp được, 2
    khi dùng sai lệnh.
    """
    if out.exists() and any(out.samefile(source) for source in (base, mine, theirs)):
        raise click.UsageError(
            worded(
                "--out trùng với một trong ba sổ. Hãy chọn tên khác để giữ nguyên các sổ.",
                "--out is one of the three workbooks. Choose another name, so that they stay as they are.",
            )
        )
    if (out.suffix.lower() == _MACROS) != (mine.suffix.lower() == _MACROS):
        raise click.UsageError(
            worded(
                f"--out phải cùng đuôi với «{name_of(mine)}»: macro trong sổ (nếu có) được giữ nguyên.",
                f"--out must end like «{name_of(mine)}»: macros in the workbook, if any, are kept.",
            )
        )
    check_free(out, force=force)
    paths = (base, mine, theirs)
    answers = text.for_files(*paths)
    opened = Three(*(open_file(path, library, language, said) for path, said in zip(paths, answers, strict=True)))
    merge = merge_opened(opened, library)
    data = merged_workbook(opened.mine, merge, library)
    told = ComparisonText(library.layout, language, [one.book for one in opened])
    rows = account_of(merge, opened, told)
    words = WORDS[language]
    if output_format != "table":
        print_rows(rows, MERGE_COLUMNS, output_format)
    elif rows:
        named = [{**row, "result": words["results"][row["result"]]} for row in rows]
        print_rows(named, _SHOWN, "table", headings=words["headings"])
    save_atomically(out, data)
    if data is not opened.mine.data:  # else somebody had that very workbook before
        keep_copy(data, library, also_from=digest_in_line(opened.theirs.book, opened.theirs.seal, library))
    taken = sum(row["result"] == "taken" for row in rows)
    counts = {"taken": taken, "conflicts": len(merge.conflicts), "removals": len(merge.removals)}
    say(words["merged"].format(out=out, **{name: Counted(count) for name, count in counts.items()}))
    if source := made_from_a_branch(opened):
        say(words["misplaced"].format(base=opened.base.file, source=source.file))
    if merge.conflicts:
        say(words["conflicts"])
        raise SystemExit(1)
