"""Commands that write into a copy of somebody's workbook: where the copy goes, and that the original stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from chibo.cli.disk_file import NewFile, name_of
from chibo.cli.options import check_free, force_option
from chibo.cli.output import say
from chibo.definitions.library import Library
from chibo.engine.book_source import BOOK_SUFFIXES
from chibo.errors import ChiboError
from chibo.findings import Finding

F = TypeVar("F", bound=Callable[..., Any])


def copy_option(function: F) -> F:
    """`--out FILE`: the workbook to be written, passed on as `out`; `--force` as `force`."""
    with_out = click.option(
        "--out",
        "out",
        type=NewFile(),
        required=True,
        metavar="TỆP",
        help="Tệp sẽ ghi ra, cùng loại với tệp gốc và khác tên.",
    )
    return with_out(force_option(function))


def check_copy(file: Path, out: Path, *, force: bool) -> None:
    """Wrong usage where the copy would be the original, another file, or of another kind (.xlsx, .xlsm)."""
    if out.exists() and out.samefile(file):
        raise click.UsageError("--out trùng với tệp gốc. Hãy chọn tên khác để giữ tệp gốc.")
    if out.suffix.lower() != file.suffix.lower():
        raise click.UsageError(_other_ending(file))
    check_free(out, force=force)


def _other_ending(file: Path) -> str:
    ending = file.suffix.lower()
    if ending not in BOOK_SUFFIXES:
        return f"Tên «{name_of(file)}» không có đuôi của sổ Excel. Đổi tên tệp cho có đuôi .xlsx rồi làm lại."
    advice = "; muốn có sổ .xlsx thì chuyển bằng chibo migrate trước" if ending == ".xls" else ""
    return f"--out phải có đuôi «{file.suffix}» như tệp gốc{advice}."


def refuse_file(file: Path, findings: Iterable[Finding], library: Library, why: str) -> NoReturn:
    """Say what is wrong with a file as a whole, then that nothing was done with it (ChiboError)."""
    for finding in findings:
        say(f"{finding.place}: {library.catalogue.message(finding)}")
    raise ChiboError(f"Sổ «{name_of(file)}» bị từ chối nên {why}.")
