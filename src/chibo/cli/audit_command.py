"""`chibo audit`: the log of the office, read, looked over, and the office held against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from chibo.audit import Disagreement, FaultKind, Witness, WitnessKind
from chibo.cli.audit_words import act_words, difference_words
from chibo.cli.disk_file import DiskFile
from chibo.cli.memory_options import memory_options
from chibo.cli.options import format_option, language_option
from chibo.cli.output import print_rows, say
from chibo.cli.passphrases import passphrase_option
from chibo.cli.progress import progress_of
from chibo.cli.typed_text import TypedText
from chibo.definitions.language import Language
from chibo.office.memory import Memory
from chibo.office.memory.log import LogCheck, check_log, read_log
from chibo.office.moments import local_moment

_ENTRY = {
    Language.VIETNAMESE: {
        "number": "Số",
        "at": "Lúc",
        "actor": "Ai",
        "act": "Việc",
        "subject": "Về",
        "reason": "Lý do",
    },
    Language.ENGLISH: {
        "number": "No.",
        "at": "At",
        "actor": "Who",
        "act": "Act",
        "subject": "About",
        "reason": "Reason",
    },
}
_SHOWN = tuple(_ENTRY[Language.VIETNAMESE])
_EVERYTHING = (*_SHOWN, "before", "after", "record", "previous", "hash")
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
_NAMED = 5
"""Witnesses of one kind that are named; a log cut short may be disowned by thousands."""
_TOLD = 20
"""Differences that are told one by one."""


@click.group("audit")
def command() -> None:
    """Xem nhật ký của văn phòng; kiểm tra nhật ký còn nguyên và dữ liệu đúng như nhật ký ghi."""


@command.command("verify")
@click.option(
    "--backup",
    "backups",
    type=DiskFile(),
    multiple=True,
    metavar="TỆP",
    help="Đối chiếu cả với bản sao lưu này (nêu được nhiều lần).",
)
@click.option(
    "--files/--no-files",
    default=True,
    show_default=True,
    help="Đọc lại và đối chiếu cả từng tệp đã giữ, xem kỹ tệp cơ sở dữ liệu; bỏ qua thì nhanh hơn khi văn phòng giữ "
    "hàng vạn tệp.",
)
@passphrase_option
@memory_options
def verify(memory: Memory, backups: tuple[Path, ...], passphrase: str, files: bool) -> None:
    """Kiểm tra cả nhật ký, rồi đối chiếu mọi điều văn phòng đang giữ với nhật ký.

    Nhật ký: từng mục, chuỗi các mục, và mọi dấu cuối ghi ở nơi khác (trên từng biên nhận, trong tệp ngoài cơ sở dữ
    liệu, trong các bản sao lưu nêu ở --backup). Văn phòng: danh bạ, kỳ và danh sách phải báo cáo, miễn và gia hạn, bản
    đã nộp, các bước, thùng rác, tệp đã giữ, định nghĩa đã ban hành. Chính cơ sở dữ liệu: tệp SQLite có hỏng không, các
    bảng xem tidy_facts, tidy_scores còn nguyên không, có tệp lạ trong thư mục giữ tệp không. Nơi nào không khớp đều
    được nêu tên; khi ấy mã thoát 1.
    """
    with progress_of("Đọc lại tệp đã giữ") as advance:
        check = check_log(memory, backups, passphrase, files=files, advance=advance)
    if check.fault is not None:
        _tell_fault(check)
    else:
        click.echo(f"Nhật ký nguyên vẹn: {check.head.count} mục, dấu cuối {check.head.hash}.")
        click.echo(f"Khớp với {_listed(check.asked)}.")
        _tell_differences(check.differences, without_files=not files)
    if check.without_heads:
        click.echo("Nhưng tệp audit-heads.txt không còn dấu nào: tệp đã bị xóa hoặc ghi đè.")
    if check.in_part and check.fault is None:
        click.echo(
            f"{check.in_part} mục do bản Chibo trước ghi chưa có dấu của cả dòng dữ liệu: không so được toàn bộ, "
            "chỉ so được người, lúc, việc và phần sổ."
        )
    if check.is_whole:
        return
    say(
        "Giữ nguyên thư mục văn phòng và báo người quản trị. Đối chiếu với bản sao lưu gần nhất (--backup TỆP); cần lấy"
    )
    say("lại dữ liệu đúng thì khôi phục bản ấy vào một thư mục mới: chibo restore TỆP --home THƯ_MỤC_MỚI")
    raise SystemExit(1)


def _tell_fault(check: LogCheck) -> None:
    if check.fault is None:
        return
    entry = check.entry
    act = act_words(entry.act, Language.VIETNAMESE) if entry else ""
    named = f" ({local_moment(entry.at)}, {entry.actor}, {act} {entry.subject})" if entry else ""
    click.echo(f"Nhật ký hỏng từ mục {check.fault.number}{named}: {_FAULTS[check.fault.kind]}.")
    if check.disagreeing:
        click.echo(f"Không khớp với {_named(check.disagreeing)}.")
    click.echo("Chưa đối chiếu dữ liệu với nhật ký, vì nhật ký không còn là chỗ dựa.")
    _tell_each(check.differences)


def _tell_differences(differences: Sequence[Disagreement], *, without_files: bool) -> None:
    """Whether the office is what its log says, and each place where it is not."""
    without = " Chưa đọc lại các tệp đã giữ (--no-files)." if without_files else ""
    if not differences:
        click.echo(f"Dữ liệu của văn phòng khớp với nhật ký.{without}")
        return
    click.echo(f"Dữ liệu của văn phòng khác với nhật ký ở {len(differences)} chỗ:{without}")
    _tell_each(differences)


def _tell_each(differences: Sequence[Disagreement]) -> None:
    for one in differences[:_TOLD]:
        click.echo(f"- {difference_words(one)}")
    if len(differences) > _TOLD:
        click.echo(f"… và {len(differences) - _TOLD} chỗ nữa.")


@command.command("list")
@click.option("--last", type=click.IntRange(min=1), metavar="SỐ", default=50, show_default=True, help="Số mục cuối.")
@click.option("--about", type=TypedText(), help="Chỉ những mục về đúng điều này, như cột «Về».")
@format_option("table", "json", "csv")
@language_option
@memory_options
def list_entries(memory: Memory, last: int, about: str | None, output_format: str, language: Language) -> None:
    """Liệt kê các mục cuối của nhật ký: ai, lúc nào (giờ của văn phòng), làm gì, về cái gì.

    Dạng json, csv giữ mã của việc và giờ UTC.
    """
    entries = read_log(memory, subject=about, last=last)
    if output_format != "table":
        rows = [{name: getattr(entry, name) for name in _EVERYTHING} for entry in entries]
        print_rows(rows, _EVERYTHING, output_format)
        return
    shown = [
        {
            **{name: getattr(entry, name) for name in _SHOWN},
            "at": local_moment(entry.at),
            "act": act_words(entry.act, language),
        }
        for entry in entries
    ]
    print_rows(shown, _SHOWN, output_format, headings=_ENTRY[language])


def _listed(asked: Mapping[WitnessKind, int]) -> str:
    """How many witnesses there are of each kind."""
    return ", ".join(f"{asked[kind]} {words}" for kind, words in _WITNESSES.items() if asked.get(kind)) or "0 dấu"


def _named(witnesses: Sequence[Witness]) -> str:
    """The witnesses with the entries that they know, of each kind the first few."""
    said = []
    for kind, words in _WITNESSES.items():
        own = [witness for witness in witnesses if witness.kind is kind]
        if own:
            shown = ", ".join(
                f"{one.name} (mục {one.head.count})" if one.name else f"mục {one.head.count}" for one in own[:_NAMED]
            )
            more = f" và {len(own) - _NAMED} nữa" if len(own) > _NAMED else ""
            said.append(f"{words}: {shown}{more}")
    return "; ".join(said)
