"""`chibo consolidate`: many books in, the return of a period out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from chibo.cli.engine_option import engine_option
from chibo.cli.many_books import (
    Account,
    cache_option,
    keep_apart,
    out_option,
    run_with_progress,
    tell_archives,
    workers_option,
)
from chibo.cli.many_books_text import WORDS
from chibo.cli.options import PeriodType, home_option, language_option, unknown_name
from chibo.cli.output import say
from chibo.cli.text_option import TextAnswers, text_option
from chibo.consolidation import period_table, unexpected_cells
from chibo.definitions.issuer import Level
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.engine.ports import Engine
from chibo.engine.remembering import OutcomeCache
from chibo.errors import UnknownNameError
from chibo.model import CellIdentity, CellInPeriod, Period, PeriodTable
from chibo.reports import return_workbook
from chibo.returns import check_period
from chibo.workbook.returns.recognising import is_return
from chibo.workbook.saving import save_atomically

if TYPE_CHECKING:
    from chibo.office.memory.consolidating import FromOffice


@click.command("consolidate")
@click.argument("paths", metavar="[PATH…]", nargs=-1, type=click.Path(exists=True, readable=False, path_type=Path))
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
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
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
@click.option("--attached-to", metavar="CHỮ", help="Dòng «(Kèm theo Báo cáo số … ngày …)» dưới tên biểu.")
@click.option("--without-sources", is_flag=True, help="Không kèm trang Nguồn (bản gửi ra ngoài cơ quan).")
@click.option("--force", is_flag=True, help="Ghi đè cả khi tệp --out đã có và không phải biểu do Chibo lập.")
@click.option("--as", "user", metavar="TÀI_KHOẢN", default="", help="Tài khoản, khi lấy sổ từ văn phòng.")
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
    keep_apart(out, expected, "danh sách phải báo cáo")
    if out.exists() and not force and not is_return(out.read_bytes()):
        raise click.UsageError(
            f"Đã có tệp «{out}», không phải biểu do Chibo lập. Chọn tên khác, hoặc thêm --force để ghi đè."
        )
    definition = _definition(return_id, period, library, language)
    today = date.today()
    account: Account | None = None
    office: FromOffice | None = None
    if paths:
        if edition is not None:
            raise click.UsageError("--edition chỉ dùng khi lấy sổ từ văn phòng (không nêu PATH).")
        listed = _expected(expected, period, library) if expected else ()
        sources, run = run_with_progress(
            paths, library, language, today=today, workers=workers, engine=engine, cache=cache, out=out, text=text
        )
        consolidation, account = run.consolidation, Account(sources, run, library, language)
        if not sources.count and not listed:
            tell_archives(sources, language)
            raise click.UsageError(WORDS[language]["none"])
    else:
        if text != TextAnswers():
            raise click.UsageError("--text chỉ dùng cho sổ nêu ở PATH; sổ trong văn phòng đã được đọc lúc nộp.")
        office = _of_office(library, user, period, expected, edition)
        consolidation, listed = office.consolidation, office.expected
    table = _of_committees(period_table(consolidation, period, listed), committees)
    if not table.cells:
        _end_without_return(account, language)
    table = office.noted(table) if office else table
    try:
        data = return_workbook(
            definition,
            table,
            library.issuer,
            day.date() if day else today,
            level=level,
            attached_to=attached_to,
            with_sources=not without_sources,
        )
    except UnknownNameError as error:
        raise click.UsageError(error.at_the_prompt) from None
    if account is not None:
        account.tell()
    _tell_period(table, listed, language)
    if office is not None:
        from chibo.cli.consolidate_office import tell_log  # noqa: PLC0415 - the database, which files do without

        tell_log(library, user, period, out.name, data)
    save_atomically(out, data)
    say(WORDS[language]["written"].format(out=out))
    if consolidation.has_blocks:
        raise SystemExit(1)


def _end_without_return(account: Account | None, language: Language) -> NoReturn:
    """No cell has a row, neither of a book nor of a list: an empty return would say nothing, so none is written."""
    if account is not None:
        account.tell()
    say(WORDS[language]["nothing" if account is not None else "nothing_office"])
    raise SystemExit(1)


def _of_office(library: Library, user: str, period: Period, expected: Path | None, edition: str | None) -> FromOffice:
    """What is in the office, with its own list of who owes; wrong usage where there is no office, or another list."""
    if library.office is None:
        raise click.UsageError("Nêu sổ cần tổng hợp (PATH…), hoặc văn phòng đã nhận sổ: --home THƯ_MỤC.")
    if expected is not None:
        raise click.UsageError("Lấy sổ từ văn phòng thì danh sách phải báo cáo là của kỳ; bỏ --expected.")
    from chibo.cli.consolidate_office import gather  # noqa: PLC0415 - the database, which files do without
    from chibo.office.memory.consolidating import Wanted  # noqa: PLC0415

    return gather(library, user, period, Wanted(edition or Wanted.VERIFIED))


def _expected(file: Path, period: Period, library: Library) -> tuple[CellIdentity, ...]:
    """The cells that must report, as somebody lists them."""
    from chibo.office.expected_list import read_expected  # noqa: PLC0415 - brings what reads workbooks with it

    return read_expected(file.read_bytes(), file.name, period.year, library)


def _of_committees(table: PeriodTable, committees: Sequence[str]) -> PeriodTable:
    """The cells of these base organisations, of all where none is named; wrong usage where one has no cell."""
    known = {cell.identity.committee_code for cell in table.cells} - {""}
    for code in committees:
        if code not in known:
            raise click.UsageError(str(unknown_name("đảng bộ cơ sở", code, sorted(known))))
    return table.of_committees(committees)


def _definition(return_id: str, period: Period, library: Library, language: Language) -> ReturnDefinition:
    """The return asked for; wrong usage where there is none of this name, or not for this kind of period."""
    definition = library.returns.get(return_id)
    if definition is None:
        raise click.UsageError(str(unknown_name("biểu", return_id, sorted(library.returns))))
    try:
        check_period(definition, period)
    except UnknownNameError as error:
        raise click.UsageError(error.at_the_prompt) from None
    for other in library.returns.broken.values():
        say(WORDS[language]["broken_return"].format(problem=other))
    return definition


def _tell_period(table: PeriodTable, listed: Sequence[CellIdentity], language: Language) -> None:
    """The cells of the period and those that have not reported, each by code, name and base organisation."""
    words = WORDS[language]
    say(words["cells"].format(period=table.period, cells=len(table.cells), missing=len(table.missing)))
    if table.missing:
        say(words["missing"].format(period=table.period, count=len(table.missing)))
        for cell in table.missing:
            why = "" if cell.has_book and not cell.left_out else words["left_out" if cell.has_book else "no_book"]
            say(f"- {_named(cell)}" + (f" ({why})" if why else ""))
    unexpected = unexpected_cells(table, listed) if listed else ()
    if unexpected:
        names = ", ".join(cell.identity.cell_code for cell in unexpected)
        say(words["unexpected"].format(count=len(unexpected), names=names))


def _named(cell: CellInPeriod) -> str:
    identity = cell.identity
    committee = f", {identity.committee_name or identity.committee_code}" if identity.committee_code else ""
    return f"{identity.cell_code} {identity.cell_name}{committee}"
