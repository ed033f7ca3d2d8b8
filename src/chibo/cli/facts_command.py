"""`chibo facts`: one row per meeting of many books, as CSV, JSON, Parquet or an Excel workbook."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chibo.cli.asked_language import worded
from chibo.cli.engine_option import engine_option
from chibo.cli.many_books import Account, cache_option, out_option, paths_argument, run_with_progress, workers_option
from chibo.cli.many_books_text import WORDS
from chibo.cli.options import PeriodType, home_option, language_option
from chibo.cli.output import is_terminal, print_bytes, say
from chibo.cli.period_missed import tell_no_meeting
from chibo.cli.text_option import TextAnswers, text_option
from chibo.consolidation import Consolidation
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.ports import Engine
from chibo.model import FACT_COLUMNS, Period
from chibo.model.facts_rows import FACTS_HEADING, facts_rows
from chibo.model.row_text import json_text
from chibo.workbook.saving import save_atomically

if TYPE_CHECKING:
    from chibo.engine.remembering import OutcomeCache

FORMATS = ("csv", "json", "parquet", "xlsx")
_BINARY = {"parquet": "Parquet", "xlsx": "Sổ Excel"}


@click.command("facts")
@paths_argument
@click.option("--period", type=PeriodType(), help="Chỉ lấy các buổi có mã kỳ thuộc kỳ này: 2026-03, 2026-Q1, 2026.")
@click.option(
    "--format",
    "asked_format",
    type=click.Choice(FORMATS),
    help="Dạng kết quả; không nêu thì theo đuôi tên tệp --out (du-kien.xlsx, du-kien.json …), không có --out thì csv.",
)
@out_option()
@click.option("--force", is_flag=True, help="Ghi đè khi tệp --out đã có và không phải bảng dữ kiện.")
@text_option
@workers_option
@engine_option
@cache_option
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    paths: tuple[Path, ...],
    period: Period | None,
    asked_format: str | None,
    out: Path | None,
    force: bool,
    text: TextAnswers,
    workers: int | None,
    engine: Engine | None,
    cache: OutcomeCache | None,
    library: Library,
    language: Language,
) -> None:
    """Xuất bảng dữ kiện của các sổ: mỗi buổi sinh hoạt một dòng.

    PATH là tệp sổ, thư mục (mọi tệp .xlsx, .xlsm, .xls trong đó và các thư mục con) hoặc gói .zip. Kết quả ra luồng
    chuẩn hoặc tệp --out; tiến độ, tóm tắt và sổ bị từ chối ra luồng lỗi. Mã thoát 1 khi có sổ bị từ chối hoặc có chỗ
    phải sửa. Một bảng dữ kiện cũ ở --out được thay bằng bảng mới.
    """
    output_format = _format(asked_format, out)
    if output_format in _BINARY and out is None and is_terminal(sys.stdout):
        raise click.UsageError(
            worded(
                f"{_BINARY[output_format]} là tệp nhị phân, không in ra màn hình được. Hãy thêm --out "
                f"TỆP.{output_format}.",
                f"{output_format} is binary and cannot be shown on a screen. Add --out TỆP.{output_format}.",
            )
        )
    if out is not None and out.is_file() and not force and not _is_table_of_facts(out.read_bytes()):
        raise click.UsageError(
            worded(
                f"Đã có tệp «{out}», không phải bảng dữ kiện của Chibo. Chọn tên khác, hoặc thêm --force để ghi đè.",
                f"There is a file «{out}» already that is no table of facts made by Chibo. Choose another name, or add "
                "--force to replace it.",
            )
        )
    sources, run = run_with_progress(
        paths, library, language, today=date.today(), workers=workers, engine=engine, cache=cache, out=out, text=text
    )
    data = _data(run.consolidation, period, output_format)
    if out is None:
        print_bytes(b"".join(data))
    else:
        save_atomically(out, data)
    Account(sources, run, library, language).tell()
    if period is not None:
        tell_no_meeting(period, run.consolidation.accepted, language)
    if out is not None:
        codes = (code for outcome in run.consolidation.accepted for code in outcome.meeting_codes)
        rows = sum(1 for code in codes if period is None or code in period)
        say(WORDS[language]["facts_written"].format(out=out, rows=rows))
    if run.consolidation.has_blocks:
        raise SystemExit(1)


def _format(asked: str | None, out: Path | None) -> str:
    """What to write: what was asked for, else what the name of the file promises; a name that lies is wrong usage."""
    ending = out.suffix.lower().removeprefix(".") if out is not None else ""
    if asked is None and ending and ending not in FORMATS:
        raise click.UsageError(
            worded(
                f"Chưa rõ ghi «{out}» ở dạng nào. Đặt tên tệp có đuôi .csv, .json, .parquet hoặc .xlsx, hoặc thêm "
                "--format.",
                f"In which form «{out}» is to be written is not clear. Let its name end with .csv, .json, .parquet or "
                ".xlsx, or add --format.",
            )
        )
    if asked is not None and ending in FORMATS and ending != asked:
        raise click.UsageError(
            worded(
                f"--format {asked} không hợp với tên tệp «{out}». Đổi đuôi tên tệp thành .{asked}, hoặc bỏ --format.",
                f"--format {asked} does not fit the name «{out}». Let it end with .{asked}, or leave out --format.",
            )
        )
    return asked or ending or FORMATS[0]


def _is_table_of_facts(data: bytes) -> bool:
    """Whether a file is a table of facts in any of the formats, which may be replaced; one without rows may be."""
    if FACT_COLUMNS[0].encode() in data or data.strip() in {b"", b"[]"}:
        return True
    from chibo.workbook.facts_sheet import is_facts  # noqa: PLC0415 - brings what writes workbooks with it

    return is_facts(data)


def _data(consolidation: Consolidation, period: Period | None, output_format: str) -> Iterator[bytes]:
    """The file, piece by piece: of CSV book by book, since of thousands of books it is long."""
    if output_format == "csv":
        yield FACTS_HEADING.encode()
        yield from (lines.encode() for lines in consolidation.facts_csv(period))
        return
    facts = [row for row in consolidation.facts if period is None or row.meeting_code in period]
    if output_format == "parquet":
        from chibo.office.facts_files import facts_parquet  # noqa: PLC0415 - loads for longer than CSV takes

        yield facts_parquet(facts)
    if output_format == "xlsx":
        from chibo.workbook.facts_sheet import write_facts  # noqa: PLC0415 - loads for longer than CSV takes

        yield write_facts(facts, date.today())
    if output_format == "json":
        rows = ({name: None if value == "" else value for name, value in row.items()} for row in facts_rows(facts))
        yield json_text(rows, FACT_COLUMNS).encode()
