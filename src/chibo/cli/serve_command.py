"""`chibo serve`: open the pages in a browser on this machine."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path

import click

from chibo.office.home import find_home

DEFAULT_PORT = 8866
_HIGHEST_PORT = 65_535


@click.command("serve")
@click.option(
    "--home",
    "office",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    envvar="CHIBO_HOME",
    help="Thư mục văn phòng (tạo bằng chibo init): trang, định nghĩa và sổ trong đó được dùng. Không nêu thì là "
    "thư mục văn phòng mà lệnh được gọi trong đó.",
)
@click.option(
    "--port",
    type=click.IntRange(0, _HIGHEST_PORT),
    metavar="SỐ",
    default=DEFAULT_PORT,
    show_default=True,
    help="Cổng trên máy này; 0: cổng trống bất kỳ.",
)
@click.option("--browser/--no-browser", default=True, help="Mở trình duyệt ngay khi sẵn sàng.", show_default=True)
def command(office: Path | None, port: int, browser: bool) -> None:
    """Mở các trang Chibo trong trình duyệt trên máy này. Máy khác không vào được. Dừng bằng Ctrl+C."""
    from chibo.server.app import Serving, serve  # noqa: PLC0415  (Voila takes a second to import)

    def announce(address: str) -> None:
        click.echo(f"Chibo đang chạy ở {address}")
        click.echo("Mở địa chỉ đó trong trình duyệt. Dừng: bấm Ctrl+C trong cửa sổ này.")
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(Serving(office=office or find_home(), port=port), announce)
    click.echo("Chibo đã dừng.")
