"""`chibo export`: everything that the office remembers, in open forms."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.disk_file import NewFolder
from chibo.cli.memory_options import memory_options
from chibo.cli.output import say
from chibo.cli.typed_text import TypedText
from chibo.office.export import export_office
from chibo.office.memory import Memory


@click.command("export")
@click.argument("folder", metavar="THƯ_MỤC", type=NewFolder())
@click.option("--reason", type=TypedText(), default="", help="Xuất để làm gì; vào nhật ký.")
@memory_options
def command(memory: Memory, folder: Path, reason: str) -> None:
    """Xuất mọi điều văn phòng ghi nhớ ra THƯ_MỤC mới: danh bạ, kỳ, sổ nộp, biên nhận, tệp sổ, số liệu, nhật ký.

    Dạng mở (xlsx, csv, json), đọc được không cần Chibo; README.md trong đó nói từng tệp, từng cột. Dùng khi rời Chibo,
    khi giao số liệu. Để khôi phục văn phòng thì dùng chibo backup. Mã thoát 1 khi văn phòng đã mất tệp nào đó.
    """
    account = export_office(memory, folder, reason)
    say(f"Đã xuất ra «{folder}»: {account.files} tệp sổ, {sum(account.rows.values())} dòng dữ liệu.")
    say(f"Có gì trong đó: «{folder / 'README.md'}». Nơi này có tên người, hãy giữ như hồ sơ.")
    if account.missing:
        say(f"Thiếu {len(account.missing)} tệp sổ mà văn phòng không còn (cột path trống trong tep.csv).")
        raise SystemExit(1)
