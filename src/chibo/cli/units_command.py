"""`chibo units`: the register of units and people, taken out as a workbook and brought in again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from chibo.cli.disk_file import DiskFile, NewFile, content_of, name_of
from chibo.cli.findings_said import say_findings
from chibo.cli.memory_options import day_option, memory_options
from chibo.cli.options import check_free, force_option, format_option, language_option
from chibo.cli.output import print_rows, say
from chibo.cli.typed_text import TypedText
from chibo.definitions.language import Language
from chibo.office.memory import Memory
from chibo.office.memory.register_text import revision_row
from chibo.office.memory.units import confirm_alias, contacts_withheld, export_register, import_register, units_on
from chibo.register import UnitTree
from chibo.workbook.saving import save_atomically

_UNITS = {"code": "Mã", "name": "Tên", "level": "Cấp", "parent": "Trực thuộc", "committee": "Đảng bộ cơ sở"}
_REVISIONS = {"revision": "Thay đổi", "sheet": "Trang", "record": "Dòng", "values": "Nội dung"}


@click.group("units")
def command() -> None:
    """Danh bạ đơn vị và người: xem, xuất, nhập, xác nhận tên gọi khác."""


@command.command("list")
@day_option("--as-of", "Đơn vị có vào ngày này; mặc định hôm nay.")
@format_option("table", "json", "csv")
@memory_options
def list_units(memory: Memory, as_of: date | None, output_format: str) -> None:
    """Liệt kê các đơn vị có vào một ngày."""
    tree = units_on(memory, as_of)
    print_rows([_row(tree, code) for code in sorted(tree.units)], list(_UNITS), output_format, headings=_UNITS)
    if not tree.units:
        say("Danh bạ chưa có đơn vị nào. Lấy sổ trống: chibo units export danh-ba.xlsx, ghi rồi chibo units import.")


@command.command("export")
@click.argument("file", metavar="TỆP.xlsx", type=NewFile())
@force_option
@memory_options
def export(memory: Memory, file: Path, force: bool) -> None:
    """Ghi danh bạ ra sổ Excel: đơn vị, tên gọi khác, người, phân công. Sửa ở đó rồi chibo units import."""
    check_free(file, force=force)
    save_atomically(file, export_register(memory, file.name))
    say(f"Đã ghi «{file}».")
    if count := contacts_withheld(memory):
        say(f"Sổ này không có liên hệ của {count} người mà «{memory.user}» không phải nhắc; nhập lại thì giữ như cũ.")


@command.command("import")
@click.argument("file", metavar="TỆP.xlsx", type=DiskFile())
@click.option("--preview", is_flag=True, help="Chỉ xem sẽ thay đổi những gì, không ghi.")
@click.option("--replace", is_flag=True, help="Bỏ cả những dòng của văn phòng mà sổ không có.")
@click.option("--move", is_flag=True, help="Đồng ý đổi những tên gọi khác đang là của đơn vị khác, như xem trước nêu.")
@format_option("table", "json")
@language_option
@memory_options
def import_(  # noqa: PLR0917 - one parameter for each option
    memory: Memory, file: Path, preview: bool, replace: bool, move: bool, output_format: str, language: Language
) -> None:
    """Nhập danh bạ từ sổ Excel, nêu từng dòng được thêm, sửa, bỏ.

    Có chỗ phải sửa thì chưa nhập gì cả, mã thoát 1. Dòng của văn phòng mà sổ không có vẫn được giữ, trừ khi thêm
    --replace. Tên gọi khác đang là của đơn vị khác thì chỉ đổi khi thêm --move.
    """
    result = import_register(memory, content_of(file), name_of(file), replace=replace, moving=move, preview=preview)
    say_findings(result.findings, memory.library, language)
    layout = memory.library.register_layout
    rows = [revision_row(change, layout) for change in result.revisions]
    if rows or output_format == "json":
        print_rows(rows, list(_REVISIONS), output_format, headings=_REVISIONS)
    if result.kept:
        say(f"{len(result.kept)} dòng của văn phòng không có trong sổ, vẫn giữ (muốn bỏ: thêm --replace).")
    for one in result.moved:
        say(f"Tên gọi «{one.alias}» đang là {one.holder}, đổi sang {one.taker}.")
    if result.blocked:
        say("Chưa nhập gì: hãy sửa những chỗ phải sửa rồi nhập lại.")
        raise SystemExit(1)
    if result.moved and not result.done and not preview:
        say("Chưa nhập gì: sổ ghi các tên gọi ấy sẽ là của đơn vị khác. Đúng là muốn đổi thì thêm --move.")
        raise SystemExit(1)
    count = len(result.revisions)
    said = "Không có gì thay đổi." if not count else f"Sẽ thay đổi {count} dòng (xem trước, chưa ghi)."
    say(f"Đã nhập: {count} dòng thay đổi." if result.done else said)


@command.command("alias")
@click.argument("text", metavar="CÁCH_VIẾT", type=TypedText())
@click.argument("code", metavar="MÃ_ĐƠN_VỊ", type=TypedText())
@click.option("--move", is_flag=True, help="Đổi cả khi cách viết ấy đang là của đơn vị khác.")
@memory_options
def alias(memory: Memory, text: str, code: str, move: bool) -> None:
    """Xác nhận CÁCH_VIẾT (như "CB 1") là đơn vị MÃ_ĐƠN_VỊ; từ đó sổ ghi như vậy được nhận."""
    unit = confirm_alias(memory, text, code, moving=move)
    say(f"Từ nay «{text}» là {unit.code} {unit.name}.")


def _row(tree: UnitTree, key: str) -> dict[str, object]:
    unit = tree.units[key]
    committee = tree.committee_of(unit.code)
    return {
        "code": unit.code,
        "name": unit.name,
        "level": unit.level,
        "parent": unit.parent_code,
        "committee": committee.code if committee else "",
    }
