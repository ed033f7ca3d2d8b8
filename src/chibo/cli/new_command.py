"""`chibo new`: the workbook of one cell for one year, ready to be filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from chibo.cli.asked_language import told
from chibo.cli.disk_file import DiskFile, content_of, name_of
from chibo.cli.many_books import keep_apart, out_option
from chibo.cli.options import check_free, force_option, home_option
from chibo.cli.output import say
from chibo.cli.steering import spelled_out
from chibo.cli.typed_text import TypedText
from chibo.definitions.library import Library
from chibo.errors import UnknownNameError
from chibo.model import CellBook
from chibo.office.carrying_over import CarriedOver
from chibo.office.lineage.keeping import keep_copy
from chibo.office.lineage.sealing import seal_workbook
from chibo.office.member_list import MemberList, read_members
from chibo.office.new_book import new_book, new_info, next_year, open_last_year
from chibo.workbook import write_book
from chibo.workbook.saving import save_atomically

_OPTIONS = {
    "cell_code": ("--code", "Mã chi bộ, như CB01."),
    "cell_name": ("--name", "Tên chi bộ, ghi đúng như trong biểu tổng hợp."),
    "cell_kind": ("--kind", "Loại hình, như «Cơ quan hành chính»."),
    "year": ("--year", "Năm của sổ."),
    "committee_code": ("--committee-code", "Mã đảng bộ cơ sở; bỏ qua nếu trực thuộc thẳng Đảng ủy Khối."),
    "committee_name": ("--committee-name", "Tên đảng bộ cơ sở."),
    "section_name": ("--section-name", "Đảng bộ bộ phận."),
    "has_committee": ("--has-committee", "Có chi ủy: Có hoặc Không."),
    "secretary": ("--secretary", "Họ và tên bí thư."),
    "secretary_is_head": ("--secretary-is-head", "Bí thư đồng thời là thủ trưởng: Có hoặc Không."),
    "deputy_secretary": ("--deputy-secretary", "Họ và tên phó bí thư."),
    "supervisor": ("--supervisor", "Cấp ủy viên cấp trên phụ trách."),
    "frame_regular": ("--frame-regular", "Mã khung chấm thường kỳ; bỏ qua thì dùng khung chung."),
    "frame_thematic": ("--frame-thematic", "Mã khung chấm chuyên đề; bỏ qua thì dùng khung chung."),
    "min_minutes": ("--min-minutes", "Số phút tối thiểu riêng của chi bộ."),
    "min_minutes_document": ("--min-minutes-document", "Số văn bản quy định số phút riêng ấy."),
}
"""The option of each label of `Thông tin`, with its help."""
_NUMBERS = {"year", "min_minutes"}

F = TypeVar("F", bound=Callable[..., object])


def _info_options(function: F) -> F:
    for code, (option, text) in reversed(_OPTIONS.items()):
        metavar = "SỐ" if code in _NUMBERS else None
        function = click.option(option, code, metavar=metavar, type=TypedText(), default="", help=text)(function)
    return function


@click.command("new")
@_info_options
@click.option(
    "--members",
    "members_file",
    type=DiskFile(),
    help="Danh sách đảng viên (Excel hoặc CSV, có cột Họ và tên).",
)
@click.option(
    "--from",
    "last_year_file",
    type=DiskFile(),
    help="Sổ năm trước: chuyển sang đảng viên, cấp ủy, nhiệm vụ và giải pháp chưa xong.",
)
@out_option(".xlsx", required=True)
@force_option
@home_option
def command(
    members_file: Path | None,
    last_year_file: Path | None,
    out: Path,
    force: bool,
    library: Library,
    **typed: str,
) -> None:
    """Tạo sổ sinh hoạt mới cho một chi bộ, một năm.

    Cần --code, --name, --kind, --year; có --from thì chỉ cần --year, các mục khác lấy theo sổ năm trước.
    """
    check_free(out, force=force)
    keep_apart(out, last_year_file, "sổ năm trước", "last year's workbook")
    keep_apart(out, members_file, "danh sách đảng viên", "the list of members")
    members = read_members(content_of(members_file), name_of(members_file), library) if members_file else None
    book, carried = _book(typed, members, last_year_file, library)
    data = seal_workbook(write_book(book, library), library)
    save_atomically(out, data)
    keep_copy(data, library)
    _tell(book, out, members, carried)


def _book(
    typed: dict[str, str], members: MemberList | None, last_year_file: Path | None, library: Library
) -> tuple[CellBook, CarriedOver | None]:
    """The book to be written; wrong usage where what was typed cannot be taken."""
    last_year = (
        open_last_year(content_of(last_year_file), name_of(last_year_file), library, date.today())
        if last_year_file
        else None
    )
    try:
        if last_year is None:
            return new_book(new_info(typed, library), members), None
        carried = next_year(last_year, typed, members, library)
    except UnknownNameError as error:
        raise click.UsageError(spelled_out(told(error))) from None
    return carried.book, carried


def _tell(book: CellBook, out: Path, members: MemberList | None, carried: CarriedOver | None) -> None:
    say(f"Đã tạo sổ năm {book.info.year} của {book.info.cell_name}: «{out}», {len(book.members)} đảng viên.")
    if members is not None and members.renumbered:
        say("Mã đã có ở một dòng trên của danh sách nên được đánh mã mới; hãy xem lại ở trang Đảng viên:")
        for text in members.renumbered:
            say(f"- {text}")
    if members is not None and members.unknown:
        say("Chưa hiểu, đã ghi theo mức thường; hãy xem lại ở trang Đảng viên:")
        for text in members.unknown:
            say(f"- {text}")
    if members is not None and members.passed:
        say("Dòng không có họ và tên nên không lấy; hãy xem lại danh sách:")
        for text in members.passed:
            say(f"- {text}")
    if carried is not None:
        say(f"Chuyển từ sổ cũ: {carried.tasks} nhiệm vụ và {carried.remedies} giải pháp chưa xong.")
        if carried.left:
            say(f"Không chuyển {len(carried.left)} đảng viên đã rời chi bộ.")
    say("Tiếp theo: mở tệp bằng Excel hoặc LibreOffice, xem lại Thông tin và Đảng viên, rồi ghi buổi sinh hoạt đầu.")
