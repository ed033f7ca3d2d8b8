"""`chibo backup`: the whole office in one file, verified."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.disk_file import NewFile
from chibo.cli.memory_options import memory_options
from chibo.cli.options import check_free, force_option
from chibo.cli.output import say
from chibo.cli.passphrases import passphrase_option
from chibo.office.memory import Memory
from chibo.office.memory.backup import back_up


@click.command("backup")
@click.argument("file", metavar="TỆP", type=NewFile())
@passphrase_option
@force_option
@memory_options
def command(memory: Memory, file: Path, passphrase: str, force: bool) -> None:
    """Sao lưu cả văn phòng ra một TỆP: danh bạ, kỳ, sổ đã nộp, nhật ký, định nghĩa. Người khác vẫn làm việc được.

    Tệp là gói zip (JSON và Excel), được đọc lại và kiểm tra trước khi lệnh báo xong.
    """
    check_free(file, force=force)
    account = back_up(memory, file, passphrase)
    say(f"Đã sao lưu ra «{file}»: {account.files} sổ đã nộp, {account.own} tệp của văn phòng.")
    say(f"Dấu cuối nhật ký lúc sao lưu: mục {account.head.count}, {account.head.hash}.")
