"""`chibo check`: everything found in cell workbooks, with file, sheet and cell, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chibo.cli.drawing import print_pretty
from chibo.cli.engine_option import engine_option
from chibo.cli.findings_text import COLUMNS, FindingsText
from chibo.cli.many_books import cache_option, no_book, paths_argument, run_with_progress, workers_option
from chibo.cli.options import format_option, home_option, language_option
from chibo.cli.output import print_rows, say
from chibo.cli.passed_over import tell_passed_over
from chibo.cli.text_option import TextAnswers, text_option
from chibo.consolidation import BookOutcome
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.ports import Engine
from chibo.findings import Severity

if TYPE_CHECKING:
    from chibo.engine.remembering import OutcomeCache

_HEAVIEST_FIRST = (Severity.BLOCK, Severity.WARN, Severity.NOTE)


@click.command("check")
@paths_argument
@format_option("table", "json", "csv")
@click.option(
    "--at-least",
    type=click.Choice([severity.value for severity in reversed(_HEAVIEST_FIRST)]),
    default=Severity.NOTE.value,
    show_default=True,
    help="Chỉ in từ mức này trở lên; tóm tắt và mã thoát vẫn tính tất cả.",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(("%Y-%m-%d", "%d/%m/%Y")),
    metavar="NGÀY",
    help="Ngày dùng để xét quá hạn, chưa tới; mặc định là hôm nay.",
)
@text_option
@workers_option
@engine_option
@cache_option
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    paths: tuple[Path, ...],
    output_format: str,
    at_least: str,
    day: datetime | None,
    text: TextAnswers,
    workers: int | None,
    engine: Engine | None,
    cache: OutcomeCache | None,
    library: Library,
    language: Language,
) -> None:
    """Đọc sổ và liệt kê những chỗ cần xem lại: ở trang nào, ô nào, thấy gì, cần gì, sửa thế nào.

    PATH là tệp sổ, thư mục (mọi tệp .xlsx, .xlsm, .xls trong đó và các thư mục con) hoặc gói .zip. Danh sách ra luồng
    chuẩn; tiến độ và tóm tắt ra luồng lỗi. Có --home thì xét thêm dấu nguồn gốc: sổ lập từ bản
    cũ, từ sổ của chi bộ khác, đã sửa thêm ở ô nào. Mã thoát 1 khi có sổ bị từ chối hoặc có chỗ phải sửa, 2 khi dùng
    sai lệnh hoặc ở đó không có sổ nào.
    """
    today = day.date() if day else date.today()
    sources, run = run_with_progress(
        paths, library, language, today=today, workers=workers, engine=engine, cache=cache, text=text
    )
    outcomes = run.consolidation.settled
    if not outcomes:
        raise no_book(paths, sources, language)
    if library.office is not None:
        from chibo.office.lineage.tracing import with_lineage  # noqa: PLC0415 - as much again as all else here

        outcomes = with_lineage(outcomes, sources.books, library)
    told = FindingsText(library.catalogue, language)
    shown = _HEAVIEST_FIRST[: _HEAVIEST_FIRST.index(Severity(at_least)) + 1]
    if output_format != "table":
        print_rows(told.rows(outcomes, shown), COLUMNS, output_format)
    else:
        print_pretty(*told.tables(outcomes, shown))
    tell_passed_over(sources, language)
    for line in told.summary(outcomes):
        say(line)
    of_origin = _count(outcomes) - _count(run.consolidation.settled)
    if of_origin:
        say(told.words["of_origin"].format(count=of_origin))
    if run.consolidation.has_blocks:
        raise SystemExit(1)


def _count(outcomes: Iterable[BookOutcome]) -> int:
    return sum(len(outcome.findings) for outcome in outcomes)
