"""`chibo restore`: an office folder made of a backup."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.disk_file import DiskFile, NewFolder, quoted
from chibo.cli.output import say
from chibo.cli.passphrases import passphrase_option
from chibo.cli.typed_text import account_option
from chibo.office.memory import local_user
from chibo.office.memory.backup import restore


@click.command("restore")
@click.argument("file", metavar="TỆP", type=DiskFile())
@click.option("--home", metavar="THƯ_MỤC", type=NewFolder(), required=True, help="Thư mục mới.")
@account_option("Tên ghi vào nhật ký; mặc định người dùng của máy.")
@click.option("--database", metavar="ĐỊA_CHỈ", default="", help="Khôi phục vào PostgreSQL trống ở địa chỉ này.")
@passphrase_option
def command(file: Path, home: Path, user: str, database: str, passphrase: str) -> None:
    """Khôi phục văn phòng từ bản sao lưu vào một thư mục mới; thư mục ấy có đủ, hoặc không có gì."""
    head = restore(file, home, user.strip() or local_user(), passphrase=passphrase, address=database)
    say(f"Đã khôi phục văn phòng vào {quoted(home)}; nhật ký đến mục {head.count}.")
    say(f"Xem lại: chibo audit verify --home {quoted(home)}")
