"""`chibo trash`: files that nothing rests on any more, put aside, taken back, destroyed when their days are over."""

from __future__ import annotations

from collections.abc import Iterable

import click

from chibo.cli.asked_language import worded
from chibo.cli.memory_options import memory_options
from chibo.cli.options import format_option
from chibo.cli.output import print_rows, say
from chibo.cli.typed_text import TypedText
from chibo.model.row_text import Row
from chibo.office.memory import Memory
from chibo.office.memory.file_names import names_of
from chibo.office.memory.retention import DueKind, Named, discard, due_files
from chibo.office.memory.trash import TrashedFile, empty_trash, list_trash, restore_from_trash

_NAMES = {"receipt": "Biên nhận", "unit": "Đơn vị", "period": "Kỳ", "file": "Tệp", "hash": "SHA-256"}
_DUE = {"what": "Là gì", **_NAMES, "until": "Giữ đến"}
_TRASH = {
    **_NAMES,
    "day": "Bỏ ngày",
    "actor": "Ai",
    "reason": "Lý do",
    "empties_on": "Hủy từ",
    "destroyed_on": "Đã hủy ngày",
}
_KINDS = {
    DueKind.SUPERSEDED: "bản đã có bản khác thay",
    DueKind.SENT_COPY: "bản đánh dấu đã trả lại",
    DueKind.UNNAMED: "tệp không thuộc bản nào",
}
_SHORT = 12


@click.group("trash")
def command() -> None:
    """Bỏ tệp sổ hết hạn giữ vào thùng rác, lấy lại, hủy khi đủ ngày.

    Hạn giữ ở sheets/rules/retention.toml. Bản đang dùng, bản đã thẩm định, chấp nhận, khóa không bao giờ bị bỏ; biên
    nhận, các bước và dấu SHA-256 giữ mãi. Ban Tổ chức bỏ và lấy lại, người quản trị hủy; mọi việc vào nhật ký.
    """


@command.command("due")
@format_option("table", "json", "csv")
@memory_options
def due(memory: Memory, output_format: str) -> None:
    """Liệt kê tệp đã hết hạn giữ, bỏ được vào thùng rác. Chưa bỏ gì."""
    found = due_files(memory)
    rows = [
        {
            **_names(one, output_format),
            "what": _KINDS[one.kind] if output_format == "table" else one.kind.value,
            "until": one.until,
        }
        for one in found
    ]
    print_rows(rows, list(_DUE), output_format, headings=_DUE)
    more = " Bỏ vào thùng rác: chibo trash put --all --reason «…»" if found else ""
    say(f"{len(found)} tệp bỏ được.{more}")


@command.command("put")
@click.argument("which", metavar="[BIÊN_NHẬN|SHA-256…]", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Mọi tệp mà chibo trash due liệt kê.")
@click.option("--reason", type=TypedText(), default="", help="Lý do; vào nhật ký.")
@memory_options
def put(memory: Memory, which: tuple[str, ...], everything: bool, reason: str) -> None:
    """Bỏ tệp đã hết hạn giữ vào thùng rác, nêu bằng số biên nhận hoặc những chữ đầu của dấu SHA-256 (từ 8 chữ)."""
    if bool(which) is everything:
        raise click.UsageError(
            worded(
                "Nêu biên nhận hoặc dấu SHA-256 của tệp, hoặc --all; xem trước bằng chibo trash due.",
                "Name receipts or SHA-256 digests of files, or --all; see them first with chibo trash due.",
            )
        )
    chosen = discard(memory, which, reason)
    say(f"Đã bỏ {len(chosen)} tệp vào thùng rác." if chosen else "Không có tệp nào bỏ được.")
    if chosen:
        say("Xem, và biết hủy từ ngày nào: chibo trash list. Lấy lại: chibo trash restore BIÊN_NHẬN")


@command.command("list")
@click.option("--destroyed", is_flag=True, help="Nêu cả những tệp đã hủy.")
@format_option("table", "json", "csv")
@memory_options
def list_(memory: Memory, destroyed: bool, output_format: str) -> None:
    """Liệt kê thùng rác: tệp nào, ai bỏ, vì sao, từ ngày nào bị hủy."""
    _print_trash((one for one in list_trash(memory) if destroyed or not one.discarded.destroyed_on), output_format)


@command.command("restore")
@click.argument("which", metavar="BIÊN_NHẬN|SHA-256…", nargs=-1, required=True)
@click.option("--reason", type=TypedText(), default="", help="Lý do; vào nhật ký.")
@memory_options
def restore(memory: Memory, which: tuple[str, ...], reason: str) -> None:
    """Lấy tệp ra khỏi thùng rác, nêu bằng số biên nhận hoặc những chữ đầu của dấu SHA-256."""
    chosen = restore_from_trash(memory, which, reason)
    say(f"Đã lấy lại {len(chosen)} tệp.")


@command.command("empty")
@memory_options
def empty(memory: Memory) -> None:
    """Hủy những tệp đã nằm đủ ngày trong thùng rác; không lấy lại được nữa. Chạy lại không hại gì."""
    destroyed = empty_trash(memory)
    _print_trash(destroyed, "table")
    say(f"Đã hủy {len(destroyed)} tệp." if destroyed else "Chưa có tệp nào đủ ngày để hủy.")
    if destroyed:
        say("Bản sao lưu làm trước hôm nay vẫn còn các tệp ấy; giữ và hủy bản sao lưu theo hạn của cơ quan.")


def _print_trash(trash: Iterable[TrashedFile], output_format: str) -> None:
    rows = [
        {**_names(one, output_format), **{name: getattr(one.discarded, name) for name in _TRASH if name not in _NAMES}}
        for one in trash
    ]
    print_rows(rows, list(_TRASH), output_format, headings=_TRASH)


def _names(one: Named, output_format: str) -> Row:
    """What a file is known by; people see the beginning of its hash."""
    names = names_of(one)
    return {**names, "hash": one.content_hash[:_SHORT]} if output_format == "table" else names
