"""`chibo audit`: the log of the office, read and looked over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from chibo.audit import FaultKind, Witness, WitnessKind
from chibo.cli.memory_options import memory_options
from chibo.cli.options import format_option
from chibo.cli.output import print_rows, say
from chibo.cli.passphrases import passphrase_option
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
_WITNESSES = {
    WitnessKind.RECEIPT: "biên nhận",
    WitnessKind.HEADS_FILE: "dấu trong tệp audit-heads.txt",
    WitnessKind.BACKUP: "bản sao lưu",
}
_SHOWN = 5
"""Witnesses of one kind that are named; a log cut short may be disowned by thousands."""


@click.group("audit")
def command() -> None:
    """Xem nhật ký của văn phòng và kiểm tra nhật ký còn nguyên."""


@command.command("verify")
@click.option(
    "--backup",
    "backups",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    metavar="TỆP",
    help="Đối chiếu cả với bản sao lưu này (nêu được nhiều lần).",
)
@passphrase_option
@memory_options
def verify(memory: Memory, backups: tuple[Path, ...], passphrase: str) -> None:
    """Kiểm tra cả nhật ký: từng mục, chuỗi các mục, và mọi dấu cuối ghi ở nơi khác.

    Dấu cuối có trên từng biên nhận, trong tệp ngoài cơ sở dữ liệu, và trong các bản sao lưu nêu ở --backup; nơi nào
    không khớp đều được nêu tên. Có chỗ hỏng: mã thoát 1.
    """
    check = check_log(memory, backups, passphrase)
    if check.fault is None:
        click.echo(f"Nhật ký nguyên vẹn: {check.head.count} mục, dấu cuối {check.head.hash}.")
        click.echo(f"Khớp với {_listed(check.witnesses)}.")
        if not check.without_heads:
            return
        click.echo("Nhưng tệp audit-heads.txt không còn dấu nào: tệp đã bị xóa hoặc ghi đè.")
        say("Đối chiếu với bản sao lưu gần nhất (--backup TỆP) và báo người quản trị.")
        raise SystemExit(1)
    entry = check.entry
    named = f" ({entry.at:%d/%m/%Y %H:%M} UTC, {entry.actor}, {entry.act} {entry.subject})" if entry else ""
    click.echo(f"Nhật ký hỏng từ mục {check.fault.number}{named}: {_FAULTS[check.fault.kind]}.")
    if check.disagreeing:
        click.echo(f"Không khớp với {_named(check.disagreeing)}.")
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


def _listed(witnesses: Sequence[Witness]) -> str:
    """How many witnesses there are of each kind."""
    counts = Counter(witness.kind for witness in witnesses)
    return ", ".join(f"{counts[kind]} {words}" for kind, words in _WITNESSES.items() if counts[kind]) or "0 dấu"


def _named(witnesses: Sequence[Witness]) -> str:
    """The witnesses with the entries that they know, of each kind the first few."""
    said = []
    for kind, words in _WITNESSES.items():
        own = [witness for witness in witnesses if witness.kind is kind]
        if own:
            shown = ", ".join(
                f"{one.name} (mục {one.head.count})" if one.name else f"mục {one.head.count}" for one in own[:_SHOWN]
            )
            more = f" và {len(own) - _SHOWN} nữa" if len(own) > _SHOWN else ""
            said.append(f"{words}: {shown}{more}")
    return "; ".join(said)


def _one(witness: Witness) -> str:
    entry = f"mục {witness.head.count}"
    return f"{witness.name} ({entry})" if witness.name else entry
