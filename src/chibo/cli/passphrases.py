"""A passphrase, read from a file: on a command line everybody at the machine could see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from chibo.cli.asked_language import worded
from chibo.file_names import printable

F = TypeVar("F", bound=Callable[..., Any])


def passphrase_option(function: F) -> F:
    """`--passphrase-file FILE`, passed on as `passphrase`; "" where none is named."""

    def read(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> str:
        if value is None:
            return ""
        name = printable(str(value))
        try:
            text = value.read_text(encoding="utf-8-sig").strip()
        except UnicodeDecodeError:
            raise click.BadParameter(
                worded(
                    f"tệp «{name}» không phải văn bản UTF-8. Mở bằng Notepad, chọn Save as, Encoding UTF-8 rồi "
                    "làm lại.",
                    f"the file «{name}» is no UTF-8 text. Open it in Notepad, save it with encoding UTF-8 and "
                    "try again.",
                )
            ) from None
        if not text:
            raise click.BadParameter(
                worded(f"tệp «{name}» trống, chưa có mật khẩu.", f"the file «{name}» is empty: no passphrase is in it.")
            )
        return text

    return click.option(
        "--passphrase-file",
        "passphrase",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        callback=read,
        help="Tệp chứa mật khẩu của bản sao lưu; không nêu thì bản sao lưu không mã hóa.",
    )(function)
