"""`chibo init`: make an office folder whose pages and definitions the office may change."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.disk_file import NewFolder, quoted
from chibo.office.home import CopyOutcome, HomeReport, init_home
from chibo.office.memory.database import use_database


@click.command("init")
@click.argument("folder", metavar="THƯ_MỤC", type=NewFolder())
@click.option(
    "--database",
    metavar="ĐỊA_CHỈ",
    default="",
    help="Dùng PostgreSQL ở địa chỉ này (postgresql://…) làm bộ nhớ của văn phòng; không nêu thì dùng SQLite.",
)
def command(folder: Path, database: str) -> None:
    """Tạo THƯ_MỤC văn phòng, chép các trang (notebooks/) và định nghĩa (sheets/) vào đó.

    Tệp nào được sửa hoặc thêm trong thư mục này thì tệp đó được dùng thay cho bản của Chibo. Bản chép chưa sửa luôn
    theo bản mới nhất của Chibo. Chạy lại lệnh này bất cứ lúc nào cũng được: tệp đã sửa không bao giờ bị ghi đè.
    """
    report = init_home(folder)
    if database:
        use_database(folder, database)
    tell(report)
    click.echo(f"Bước tiếp theo: chibo serve --home {quoted(folder)}")


def tell(report: HomeReport) -> None:
    """Say what was copied, renewed and kept."""
    created = report.having(CopyOutcome.CREATED)
    refreshed = report.having(CopyOutcome.REFRESHED)
    kept = report.having(CopyOutcome.KEPT)
    click.echo(f"Thư mục văn phòng: {report.home}")
    if created:
        click.echo(f"Đã chép {len(created)} tệp vào notebooks/ và sheets/.")
    if refreshed:
        click.echo(f"Đã thay {len(refreshed)} bản chép chưa sửa bằng bản mới của Chibo.")
    if not created and not refreshed:
        click.echo("Không có tệp nào cần chép thêm.")
    if kept:
        click.echo(f"Giữ nguyên {len(kept)} tệp mà văn phòng đã sửa:")
    for path in kept:
        newer = " (bản của Chibo đã thay đổi từ lúc chép; nên so lại)" if path in report.outdated else ""
        click.echo(f"  {path}{newer}")
