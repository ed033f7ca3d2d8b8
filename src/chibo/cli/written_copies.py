"""Commands that write into a copy of somebody's workbook: where the copy goes, and that the original stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from chibo.cli.asked_language import told, worded
from chibo.cli.disk_file import NewFile, content_of, name_of, quoted
from chibo.cli.options import check_free, force_option, home_typed
from chibo.cli.output import say
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.book_source import BOOK_SUFFIXES
from chibo.errors import ChiboError, Words
from chibo.findings import Finding
from chibo.workbook import can_be_written_into

OLD_FILE = Words("tệp Excel cũ (.xls)", "an old Excel file (.xls)")
_OLD = ".xls"

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
    """Wrong usage where the copy would be the original, another file, or of another kind (.xlsx, .xlsm).

    Of an .xls there is no such copy at all: it is wrong usage whatever the copy is called.
    """
    if out.exists() and out.samefile(file):
        raise click.UsageError(
            worded(
                "--out trùng với tệp gốc. Hãy chọn tên khác để giữ tệp gốc.",
                "--out is the original itself. Choose another name, so that the original stays.",
            )
        )
    ending = file.suffix.lower()
    if ending not in BOOK_SUFFIXES:
        raise click.UsageError(
            worded(
                f"Tên «{name_of(file)}» không có đuôi của sổ Excel. Đổi tên tệp cho có đuôi .xlsx rồi làm lại.",
                f"The name «{name_of(file)}» has no ending of an Excel workbook. Let it end with .xlsx and try again.",
            )
        )
    if ending == _OLD:
        _refuse_old(file)
    if out.suffix.lower() != ending:
        raise click.UsageError(
            worded(
                f"--out phải có đuôi «{file.suffix}» như tệp gốc.",
                f"--out must end with «{file.suffix}» like the original.",
            )
        )
    check_free(out, force=force)


def _refuse_old(file: Path) -> NoReturn:
    if can_be_written_into(content_of(file)):
        raise click.UsageError(
            worded(
                f"Tệp «{name_of(file)}» không phải dạng .xls như tên của nó. Đổi "
                f"tên tệp cho có đuôi .xlsx rồi làm lại.",
                f"The file «{name_of(file)}» is no .xls as its name says. Let its name end with .xlsx and try again.",
            )
        )
    raise click.UsageError(told(not_written_into(file, OLD_FILE)))


def not_written_into(file: Path, what: Words) -> ChiboError:
    """That nothing can be written into a workbook, being `what`, and the command that makes a new one of it."""
    new = file.with_suffix(".xlsx")
    if new.exists():
        new = file.with_name(f"{file.stem} (sổ mới).xlsx")
    return ChiboError(
        f"Không ghi được vào «{name_of(file)}»: {what.vietnamese}. Chuyển thành sổ mới trước, rồi làm lại với sổ mới.",
        english=f"Nothing can be written into «{name_of(file)}»: {what.english}. Make a new workbook of it first, and "
        "go on with that.",
        command=f"chibo migrate {quoted(file)} --out {quoted(new)}{home_typed()}",
    )


def refuse_file(
    file: Path, findings: Iterable[Finding], library: Library, language: Language, left_undone: Words
) -> NoReturn:
    """Say what is wrong with a file as a whole, then what was left undone with it (ChiboError)."""
    for finding in findings:
        say(f"{finding.place}: {library.catalogue.message(finding, language)}")
    raise ChiboError(
        f"Sổ «{name_of(file)}» bị từ chối nên {left_undone.vietnamese}.",
        english=f"The workbook «{name_of(file)}» is refused, so {left_undone.english}.",
    )
