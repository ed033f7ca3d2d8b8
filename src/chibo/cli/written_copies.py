"""Commands that write into a copy of somebody's workbook: where the copy goes, and that the original stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from chibo.errors import ChiboError, why_refused

F = TypeVar("F", bound=Callable[..., Any])


def copy_option(function: F) -> F:
    """`--out FILE`: the workbook to be written, passed on as `out`."""
    return click.option(
        "--out",
        "out",
        type=click.Path(dir_okay=False, path_type=Path),
        required=True,
        metavar="TỆP",
        help="Tệp sẽ ghi ra, cùng loại với tệp gốc và khác tên.",
    )(function)


def check_copy(file: Path, out: Path) -> None:
    """Wrong usage where the copy would be the original, or a workbook of another kind (.xlsx, .xlsm)."""
    if out.exists() and out.samefile(file):
        raise click.UsageError("--out trùng với tệp gốc. Hãy chọn tên khác để giữ tệp gốc.")
    if out.suffix.lower() != file.suffix.lower():
        raise click.UsageError(f"--out phải có đuôi «{file.suffix}» như tệp gốc.")


def content_of(file: Path) -> bytes:
    """The content of a file; ChiboError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise ChiboError(f"Không đọc được «{file}»: {why_refused(error)}.") from None
