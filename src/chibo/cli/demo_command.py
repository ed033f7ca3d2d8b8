"""`chibo demo`: a sample office with invented workbooks, to try everything out on."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.disk_file import NewFolder, quoted
from chibo.cli.init_command import tell
from chibo.cli.progress import progress
from chibo.office.demo import BOOKS_FOLDER, Role, make_demo
from chibo.office.demo.meetings import HELD_THROUGH
from chibo.office.demo.memory import BOARD, REVIEWER, fill_memory

_FIRST_YEAR, _LAST_YEAR = 2018, 2099


@click.command("demo")
@click.argument("folder", metavar="THƯ_MỤC", type=NewFolder())
@click.option(
    "--cells", "count", type=click.IntRange(min=1), metavar="SỐ", default=12, show_default=True, help="Số chi bộ."
)
@click.option(
    "--seed", type=int, metavar="SỐ", default=1, show_default=True, help="Số chọn bộ số liệu bịa; cùng số thì cùng tệp."
)
@click.option(
    "--year",
    type=click.IntRange(_FIRST_YEAR, _LAST_YEAR),
    metavar="SỐ",
    default=2026,
    show_default=True,
    help="Năm của các sổ.",
)
def command(folder: Path, count: int, seed: int, year: int) -> None:
    """Tạo văn phòng mẫu trong THƯ_MỤC: như chibo init, thêm sổ của các chi bộ bịa ra để tập dùng.

    Mọi tên người, tên đơn vị đều không có thật. Một chi bộ chậm báo cáo, một sổ có lỗi như ngoài đời. Văn phòng có cả
    danh bạ và hai kỳ báo cáo gần nhất, với sổ đã nộp, đã thẩm định, đã trả lại.
    """
    with progress("Đang tạo sổ", count) as advance:
        report = make_demo(folder, count, seed, year, advance)
    remembers = fill_memory(folder, report.cells, folder / BOOKS_FOLDER, year)
    tell(report.home)
    books = folder / BOOKS_FOLDER
    click.echo(f"Đã tạo {len(report.books)} sổ trong {books}.")
    if report.kept:
        click.echo(f"Giữ nguyên {len(report.kept)} sổ đã có sẵn ở đó.")
    for role, what in ((Role.LATE, "chưa ghi các buổi gần đây"), (Role.FAULTY, "có lỗi để tập sửa")):
        if codes := report.named(role):
            click.echo(f"Sổ {', '.join(codes)}: {what}.")
    if remembers:
        periods = f"{year}-{HELD_THROUGH - 1:02d}, {year}-{HELD_THROUGH:02d}"
        users = f"{report.cells[0].code.lower()} … (chi bộ), {REVIEWER}, {BOARD}"
        click.echo(f"Văn phòng nhớ hai kỳ {periods}; tài khoản để thử với --as: {users}.")
    click.echo("Thử tiếp:")
    click.echo(f"  chibo check {quoted(books)}")
    click.echo(f"  chibo consolidate {quoted(books)} --period {year}-03 --return thang --out thang-3.xlsx")
    click.echo(f"  chibo status --period {year}-{HELD_THROUGH:02d} --home {quoted(folder)}")
    click.echo(f"  chibo serve --home {quoted(folder)}")
