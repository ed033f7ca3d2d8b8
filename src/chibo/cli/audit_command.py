"""`chibo audit`: the log of the office, read and looked over."""

from __future__ import annotations

import click

from chibo.audit import Fault, FaultKind
from chibo.cli.memory_options import memory_options
from chibo.cli.options import format_option
from chibo.cli.output import print_rows, say
from chibo.office.memory import Memory
from chibo.office.memory.log import check_log, read_log

_ENTRY = {
    "number": "Số",
    "at": "Lúc (UTC)",
    "actor": "Ai",
    "act": "Việc",
    "subject": "Về",
    "reason": "Lý do",
}
_EVERYTHING = (*_ENTRY, "before", "after", "previous", "hash")
_FAULTS = {
    FaultKind.CONTENT: "nội dung đã bị sửa sau khi ghi",
    FaultKind.LINK: "không nối tiếp mục đứng trước: có mục bị bỏ, chèn hoặc ghi lại",
    FaultKind.HEAD: "không phải mục đã được ghi nhận ở ngoài cơ sở dữ liệu",
    FaultKind.CUT: "nhật ký thiếu từ mục này, dù bên ngoài còn dấu của mục sau đó",
}


@click.group("audit")
def command() -> None:
    """Xem nhật ký của văn phòng và kiểm tra nhật ký còn nguyên."""


@command.command("verify")
@memory_options
def verify(memory: Memory) -> None:
    """Kiểm tra cả nhật ký: từng mục, chuỗi các mục, và dấu cuối ghi ở ngoài cơ sở dữ liệu. Có chỗ hỏng: mã thoát 1."""
    check = check_log(memory)
    if check.fault is None:
        click.echo(f"Nhật ký nguyên vẹn: {check.head.count} mục, dấu cuối {check.head.hash}.")
        return
    entry = check.entry
    named = f" ({entry.at:%d/%m/%Y %H:%M} UTC, {entry.actor}, {entry.act} {entry.subject})" if entry else ""
    click.echo(f"Nhật ký hỏng từ mục {check.fault.number}{named}: {_said(check.fault)}.")
    say("Giữ nguyên thư mục văn phòng, báo người quản trị; so với bản sao lưu gần nhất.")
    raise SystemExit(1)


@command.command("list")
@click.option("--last", type=click.IntRange(min=1), metavar="SỐ", default=50, show_default=True, help="Số mục cuối.")
@click.option("--about", metavar="CHỮ", help="Chỉ những mục về đúng điều này, như cột «Về».")
@format_option("table", "json", "csv")
@memory_options
def list_entries(memory: Memory, last: int, about: str | None, output_format: str) -> None:
    """Liệt kê các mục cuối của nhật ký: ai, lúc nào, làm gì, về cái gì."""
    entries = read_log(memory, subject=about, last=last)
    columns = list(_ENTRY) if output_format == "table" else list(_EVERYTHING)
    rows = [{name: getattr(entry, name) for name in columns} for entry in entries]
    print_rows(rows, columns, output_format, headings=_ENTRY)


def _said(fault: Fault) -> str:
    return _FAULTS[fault.kind]
