"""`chibo serve`: open the pages in a browser on this machine."""

from __future__ import annotations

import threading
import webbrowser
from pathlib import Path

import click

from chibo.cli.typed_text import account_option
from chibo.definitions.library import Library
from chibo.office.home import find_home
from chibo.office.memory.local_memory import local_user, log_pages_opened
from chibo.office.memory.remembering import has_memory, is_office

DEFAULT_PORT = 8866
_HIGHEST_PORT = 65_535
_NO_ASSIGNMENT = (
    "Tài khoản «{user}» chưa được phân công việc gì trong danh bạ, nên các trang không làm được gì với bộ nhớ của văn "
    "phòng. Nêu tài khoản có trong danh bạ: chibo serve --as TÀI_KHOẢN"
)


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
@account_option("Các trang làm việc với tài khoản này trong danh bạ; mặc định là người dùng của máy. Nhật ký ghi lại.")
@click.option("--browser/--no-browser", default=True, help="Mở trình duyệt ngay khi sẵn sàng.", show_default=True)
def command(office: Path | None, port: int, user: str, browser: bool) -> None:
    """Mở các trang Chibo trong trình duyệt trên máy này. Máy khác không vào được. Dừng bằng Ctrl+C.

    Ai mở được các trang trên máy này thì làm với tài khoản đã nêu, nên chỉ mở khi chính mình ngồi máy.
    """
    from chibo.server.app import Serving, serve  # noqa: PLC0415  (Voila takes a second to import)

    home = office or find_home()
    named = user.strip()
    remembers = home is not None and (has_memory(home) or (bool(named) and is_office(home)))
    acting = named or (local_user() if remembers else "")

    def log() -> None:
        if remembers and not log_pages_opened(Library(home), acting):
            click.echo(_NO_ASSIGNMENT.format(user=acting), err=True)

    def announce(address: str) -> None:
        click.echo(f"Chibo đang chạy ở {address}")
        if acting:
            click.echo(f"Các trang làm việc với tài khoản «{acting}».")
        click.echo("Mở địa chỉ đó trong trình duyệt. Dừng: bấm Ctrl+C trong cửa sổ này.")
        if browser:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(Serving(office=home, port=port, user=acting, named=bool(named)), log, announce)
    click.echo("Chibo đã dừng.")
