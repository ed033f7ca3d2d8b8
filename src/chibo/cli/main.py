"""The command group. Commands are imported only when they are called, so that `chibo --help` answers at once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from chibo import __version__
from chibo.cli.asked_language import told, worded
from chibo.cli.click_words import speak_vietnamese
from chibo.cli.steering import unsteered
from chibo.errors import ChiboError, is_lack_of_memory, why_code, why_refused
from chibo.garbage import collect_seldom, collects_nothing_yet

speak_vietnamese()

COMMANDS = {
    "accept": "Chấp nhận sổ đã thẩm định của một đơn vị.",
    "audit": "Xem nhật ký của văn phòng và kiểm tra nhật ký còn nguyên.",
    "backup": "Sao lưu cả văn phòng ra một tệp, có kiểm tra lại.",
    "check": "Đọc sổ và liệt kê những chỗ cần xem lại, nêu rõ trang và ô.",
    "consolidate": "Tổng hợp nhiều sổ thành biểu báo cáo của kỳ.",
    "demo": "Tạo một văn phòng mẫu với các sổ bịa ra để tập dùng.",
    "diff": "So hai sổ theo khóa của dòng và theo cột, nêu từng chỗ khác với ô của mỗi sổ.",
    "doctor": "Cho biết máy này bảo vệ được những gì khi đọc sổ lạ.",
    "export": "Xuất toàn bộ dữ liệu của văn phòng ra dạng mở: xlsx, csv, json.",
    "facts": "Xuất bảng dữ kiện: mỗi buổi sinh hoạt một dòng.",
    "fill": "Ghi số liệu một buổi sinh hoạt vào đúng ô trong sổ Excel.",
    "frame": "Xem, kiểm tra, xuất và nhập khung tiêu chí.",
    "history": "Lịch sử sổ của một đơn vị trong kỳ: các bản, các bước, chỗ khác nhau.",
    "init": "Tạo thư mục văn phòng, chép các trang và định nghĩa vào đó.",
    "inspect": "Xem một tệp Excel bất kỳ có nhận được không: trang, số ô, ô lỗi.",
    "mark": "Đánh dấu chỗ cần sửa ngay trong sổ Excel để trả lại đơn vị.",
    "merge": "Gộp hai sổ cùng sửa từ một sổ gốc, nêu từng chỗ xung đột.",
    "migrate": "Chuyển sổ mẫu cũ, sổ .xls hoặc chữ TCVN3, VNI sang sổ mới.",
    "new": "Tạo sổ sinh hoạt mới cho một chi bộ.",
    "period": "Mở, đóng kỳ báo cáo, gia hạn hoặc miễn cho từng đơn vị.",
    "provenance": "Cho biết sổ từ đâu ra, đã sửa gì từ khi Chibo ghi.",
    "reopen": "Mở lại sổ đã chấp nhận hoặc đã khóa của một đơn vị.",
    "restore": "Khôi phục văn phòng từ bản sao lưu vào thư mục mới.",
    "return": "Trả sổ lại cho đơn vị sửa, nêu lý do từng chỗ.",
    "score": "Giải thích điểm của một buổi sinh hoạt: dữ kiện, mức, nguồn.",
    "serve": "Mở các trang Chibo trong trình duyệt trên máy này.",
    "status": "Tình hình nộp của kỳ: từng đơn vị tới đâu, ai đang giữ.",
    "submit": "Nộp sổ vào văn phòng, nhận biên nhận.",
    "trash": "Bỏ tệp sổ hết hạn giữ vào thùng rác, lấy lại, hủy khi đủ ngày.",
    "units": "Danh bạ đơn vị và người: xem, xuất, nhập, xác nhận tên gọi khác.",
    "unmark": "Bỏ các dấu của chibo mark khỏi sổ Excel.",
    "verify": "Thẩm định sổ đã nộp của một đơn vị.",
    "who-is-missing": "Đơn vị chưa nộp kỳ: trễ mấy ngày, hỏi ai.",
}
"""Every command with its one-line help; the module is `chibo.cli.<name>_command` and holds `command`."""


@contextmanager
def _told_unsteered() -> Iterator[None]:
    """What is said against a call shows what was typed, which may have been pasted from anywhere."""
    try:
        yield
    except click.UsageError as error:
        message = error.format_message()
        if unsteered(message) == message:
            raise
        raise click.UsageError(unsteered(message), error.ctx) from None


class LazyGroup(click.Group):
    """A group that imports the module of a command when the command is needed."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """The context of a call; wrong usage of the group itself is told in signs that steer no terminal."""
        with _told_unsteered():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command; wrong usage of it is told in signs that steer no terminal."""
        with _told_unsteered():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called `cmd_name`."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"chibo.cli.{cmd_name.replace('-', '_')}_command").command
        if collects_nothing_yet():
            collect_seldom()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command called, and its arguments; of a name that none has, the nearest names are told."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as unknown:
            raise click.NoSuchCommand(unknown.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Lệnh"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="chibo %(version)s")
def cli() -> None:
    """Chibo: sổ sinh hoạt chi bộ, từ sổ Excel của từng chi bộ đến biểu tổng hợp của khối."""


_NO_MEMORY = ChiboError(
    "máy không còn đủ bộ nhớ. Hãy đóng bớt chương trình đang chạy rồi làm lại.",
    english="this machine is out of memory. Close other programs and try again.",
)


def _stopped(why: str) -> str:
    return unsteered(f"{worded('Không thực hiện được', 'Cannot go on')}: {why}")


def main() -> None:
    """Run the command. Exit code 0: done; 1: something blocked or could not go on; 2: wrong usage."""
    try:
        cli(standalone_mode=True)
    except ChiboError as error:
        click.echo(_stopped(told(error)), err=True)
        sys.exit(1)
    except OSError as error:  # a disk that is full, a file that goes away meanwhile
        click.echo(_stopped(f"{worded(why_refused(error), why_code(error))}."), err=True)
        sys.exit(1)
    except Exception as error:  # also while a command is being loaded
        if not is_lack_of_memory(error):
            raise
        click.echo(_stopped(told(_NO_MEMORY)), err=True)
        sys.exit(1)
