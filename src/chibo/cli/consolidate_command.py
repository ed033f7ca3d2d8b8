"""`chibo consolidate`: many books in, the return of a period out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chibo.cli.asked_language import told, worded
from chibo.cli.consolidate_sources import from_files, from_the_office
from chibo.cli.disk_file import DiskFile, TypedPath, content_of, name_of
from chibo.cli.engine_option import engine_option
from chibo.cli.many_books import cache_option, keep_apart, out_option, run_with_progress, workers_option
from chibo.cli.many_books_text import WORDS
from chibo.cli.options import PeriodType, home_option, language_option, unknown_name
from chibo.cli.output import say
from chibo.cli.steering import spelled_out
from chibo.cli.text_option import TextAnswers, text_option
from chibo.cli.typed_text import TypedText, account_option
from chibo.definitions.issuer import Level
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.engine.ports import Engine
from chibo.errors import UnknownNameError
from chibo.model import CellIdentity, Period
from chibo.reports import return_workbook
from chibo.returns import check_period
from chibo.workbook.returns.recognising import is_return
from chibo.workbook.saving import save_atomically

if TYPE_CHECKING:
    from chibo.engine.remembering import OutcomeCache


@click.command("consolidate")
@click.argument("paths", metavar="[PATH…]", nargs=-1, type=TypedPath(exists=True, readable=False))
@click.option("--period", type=PeriodType(), required=True, help="Kỳ báo cáo: 2026-03, 2026-Q1, 2026-H1, 2026.")
@click.option(
    "--return",
    "return_id",
    metavar="MÃ_BIỂU",
    required=True,
    help="Mã biểu, như thang; biểu của văn phòng ở sheets/returns/.",
)
@out_option(".xlsx", required=True)
@click.option(
    "--date",
    "day",
    type=click.DateTime(("%Y-%m-%d", "%d/%m/%Y")),
    metavar="NGÀY",
    help="Ngày ghi trên biểu; mặc định hôm nay. Cùng số liệu và cùng ngày thì tệp giống hệt nhau.",
)
@click.option(
    "--expected",
    type=DiskFile(),
    help="Danh sách chi bộ phải báo cáo (CSV hoặc Excel, có cột Mã chi bộ).",
)
@click.option(
    "--committee",
    "committees",
    metavar="MÃ",
    multiple=True,
    help="Chỉ lấy đảng bộ cơ sở có mã này (nêu được nhiều lần).",
)
@click.option(
    "--level",
    type=click.Choice(["bloc", "board", "committee"]),
    help="Cấp ký biểu: bloc (Đảng ủy Khối), board (Ban Tổ chức), committee (đảng ủy cơ sở).",
)
@click.option("--attached-to", type=TypedText(), help="Dòng «(Kèm theo Báo cáo số … ngày …)» dưới tên biểu.")
@click.option("--without-sources", is_flag=True, help="Không kèm trang Nguồn (bản gửi ra ngoài cơ quan).")
@click.option("--force", is_flag=True, help="Ghi đè cả khi tệp --out đã có và không phải biểu do Chibo lập.")
@account_option("Tài khoản, khi lấy sổ từ văn phòng.")
@click.option(
    "--edition",
    type=click.Choice(["verified", "newest"]),
    help="Đơn vị nộp lại sau thẩm định, khi lấy sổ từ văn phòng: bản đã thẩm định (verified, mặc định) hay bản mới "
    "nhất (newest).",
)
@text_option
@workers_option
@engine_option
@cache_option
@home_option
@language_option
def command(  # noqa: PLR0917 - one parameter for each option
    paths: tuple[Path, ...],
    period: Period,
    return_id: str,
    out: Path,
    day: datetime | None,
    expected: Path | None,
    committees: tuple[str, ...],
    level: Level | None,
    attached_to: str | None,
    without_sources: bool,
    force: bool,
    user: str,
    edition: str | None,
    text: TextAnswers,
    workers: int | None,
    engine: Engine | None,
    cache: OutcomeCache | None,
    library: Library,
    language: Language,
) -> None:
    """Tổng hợp nhiều sổ thành biểu báo cáo của kỳ, ghi ra tệp Excel.

    PATH là tệp sổ, thư mục hoặc gói .zip. Không nêu PATH thì lấy những sổ đã nộp vào văn phòng (--home): bản đã thẩm
    định trước, chưa có thì bản đang dùng; đơn vị có bản nộp sau chưa thẩm định được nêu tên. Sổ hỏng không làm dừng
    các sổ khác: mọi sổ đều được nêu tên là được dùng hay bị từ chối và vì sao. Một biểu cũ do Chibo lập ở --out được
    thay bằng biểu mới. Mã thoát 1 khi có sổ bị từ chối hoặc có chỗ phải sửa (biểu vẫn được ghi), 2 khi dùng sai lệnh.
    Không sổ nào dùng được và không có danh sách phải báo cáo thì không ghi biểu trống (mã thoát 1).
    """
    keep_apart(out, expected, "danh sách phải báo cáo", "the list of who has to report")
    if out.exists() and not force and not is_return(out.read_bytes()):
        raise click.UsageError(
            worded(
                f"Đã có tệp «{out}», không phải biểu do Chibo lập. Chọn tên khác, hoặc thêm --force để ghi đè.",
                f"There is a file «{out}» already that is no return made by Chibo. Choose another name, or add --force "
                "to replace it.",
            )
        )
    definition = _definition(return_id, period, library, language)
    today = date.today()
    if paths:
        if edition is not None:
            raise click.UsageError(
                worded(
                    "--edition chỉ dùng khi lấy sổ từ văn phòng (không nêu PATH).",
                    "--edition is for workbooks of the office only (without PATH).",
                )
            )
        listed = _expected(expected, period, library) if expected else ()
        sources, run = run_with_progress(
            paths, library, language, today=today, workers=workers, engine=engine, cache=cache, out=out, text=text
        )
        gathered = from_files(sources, run, listed, library, language)
    else:
        if text != TextAnswers():
            raise click.UsageError(
                worded(
                    "--text chỉ dùng cho sổ nêu ở PATH; sổ trong văn phòng đã được đọc lúc nộp.",
                    "--text is for workbooks named as PATH; those of the office were read when handed in.",
                )
            )
        gathered = from_the_office(library, user, period, expected, edition)
    table = gathered.table(period, committees)
    if gathered.has_nothing_for(table):
        gathered.tell_nothing(language)
        raise SystemExit(1)
    with _names_asked_again():
        data = return_workbook(
            definition,
            table,
            library.issuer,
            day.date() if day else today,
            level=level,
            attached_to=attached_to,
            with_sources=not without_sources,
        )
    gathered.tell_books()
    gathered.tell_cells(table, language)
    if gathered.office is not None:
        from chibo.cli.consolidate_office import tell_log  # noqa: PLC0415 - the database, which files do without

        tell_log(library, user, period, out.name, data)
    save_atomically(out, data)
    say(WORDS[language]["written"].format(out=out))
    if gathered.consolidation.has_blocks:
        raise SystemExit(1)


def _expected(file: Path, period: Period, library: Library) -> tuple[CellIdentity, ...]:
    """The cells that must report, as somebody lists them."""
    from chibo.office.expected_list import read_expected  # noqa: PLC0415 - brings what reads workbooks with it

    return read_expected(content_of(file), name_of(file), period.year, library)


def _definition(return_id: str, period: Period, library: Library, language: Language) -> ReturnDefinition:
    """The return asked for; wrong usage where there is none of this name, or not for this kind of period."""
    definition = library.returns.get(return_id)
    if definition is None:
        raise click.UsageError(told(unknown_name("biểu", "return", return_id, sorted(library.returns))))
    with _names_asked_again():
        check_period(definition, period)
    for other in library.returns.broken.values():
        say(WORDS[language]["broken_return"].format(problem=other))
    return definition


@contextmanager
def _names_asked_again() -> Iterator[None]:
    """A name that nothing bears is wrong usage, told as at the prompt."""
    try:
        yield
    except UnknownNameError as error:
        raise click.UsageError(spelled_out(told(error))) from None
