"""Files named at the prompt: those of a disk alone, since reading from a pipe or a device need never end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from chibo.cli.asked_language import worded
from chibo.cli.steering import breaks_its_line, spelled_out
from chibo.definitions.copies import own_part
from chibo.errors import ChiboError, why_code, why_refused
from chibo.file_names import printable
from chibo.workbook.saving import check_writable


class TypedPath(click.Path):
    """A path named at the prompt; what is said against it stays on its line."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, once there is nothing against it."""
        if not value:
            self.fail(
                worded(
                    "tên để trống. Hãy ghi tên của tệp hoặc thư mục.",
                    "the name is empty. Give the name of a file or folder.",
                ),
                param,
                ctx,
            )
        try:
            return Path(os.fsdecode(super().convert(value, param, ctx)))
        except click.BadParameter as error:
            raise click.BadParameter(printable(error.message), ctx, param) from None


class DiskFile(TypedPath):
    """The path of a file that is there; wrong usage for a folder, a pipe or a device."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, once it is known that nobody waits at it for ever."""
        path = super().convert(value, param, ctx)
        _refuse_endless(path, param, ctx)
        return path


class DiskPath(TypedPath):
    """The path of a file or a folder that is there; wrong usage for a pipe or a device."""

    def __init__(self) -> None:
        super().__init__(exists=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, once it is known that nobody waits at it for ever."""
        path = super().convert(value, param, ctx)
        if not path.is_dir():
            _refuse_endless(path, param, ctx)
        return path


class NewFile(TypedPath):
    """The path of a file to be written, perhaps in the place of an old one.

    Wrong usage for a folder, a pipe or a device, for a name that breaks its line, for a place where an office keeps
    what is its own, and for a folder that is not there, unless the command `makes_folder`. OutputError where no file
    can be written: that is said before the work for it.
    """

    def __init__(self, *, makes_folder: bool = False) -> None:
        super().__init__(dir_okay=False)
        self._makes_folder = makes_folder

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, at which a file can be written as far as that is known before."""
        path = super().convert(value, param, ctx)
        _keep_to_a_line(path, param, ctx)
        try:
            _refuse_endless(path, param, ctx)
        except OSError:  # a name too long, a folder that may not be entered: told as what is against writing there
            check_writable(path)
            raise
        _keep_out_of_the_store(path, param, ctx)
        if path.parent.is_dir():
            check_writable(path)
        elif not self._makes_folder:
            self.fail(
                worded(
                    f"không có thư mục «{path.parent}». Hãy tạo trước hoặc chọn nơi khác.",
                    f"there is no folder «{path.parent}». Make it first or choose another place.",
                ),
                param,
                ctx,
            )
        return path


class NewFolder(TypedPath):
    """The path of a folder to be made or filled.

    Wrong usage for a file, for a name that breaks its line, and for a place where an office keeps what is its own.
    """

    def __init__(self) -> None:
        super().__init__(file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, which can be printed within a sentence."""
        path = super().convert(value, param, ctx)
        _keep_to_a_line(path, param, ctx)
        _keep_out_of_the_store(path, param, ctx)
        return path


class NewFileOrFolder(TypedPath):
    """The path of a file to be written, whose name has this ending, or of a folder to be filled: one without any."""

    def __init__(self, suffix: str) -> None:
        super().__init__()
        self._suffix = suffix

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, at which a file can be written or a folder made as far as that is known before."""
        path = super().convert(value, param, ctx)
        if path.is_dir() or not path.suffix:
            return NewFolder().convert(value, param, ctx)
        path = NewFile().convert(value, param, ctx)
        if path.suffix.lower() != self._suffix:
            self.fail(
                worded(
                    f"tên tệp «{path.name}» phải có đuôi {self._suffix}.",
                    f"the name of the file «{path.name}» must end with {self._suffix}.",
                ),
                param,
                ctx,
            )
        return path


def _refuse_endless(path: Path, param: click.Parameter | None, ctx: click.Context | None) -> None:
    """A pipe or a device need never end, and is no place for what stays."""
    if path.exists() and not path.is_file():
        shown = printable(str(path))
        raise click.BadParameter(
            worded(
                f"«{shown}» là ống hoặc thiết bị, ở đây cần một tệp trên đĩa.",
                f"«{shown}» is a pipe or a device; a file on a disk is needed here.",
            ),
            ctx,
            param,
        )


def _keep_to_a_line(path: Path, param: click.Parameter | None, ctx: click.Context | None) -> None:
    """Nobody means to name what is written so, few programs open it, and Windows has no such names."""
    if breaks_its_line(str(path)):
        shown = spelled_out(str(path))
        raise click.BadParameter(
            worded(
                f"tên «{shown}» có dấu xuống dòng hoặc dấu điều khiển. Đặt tên khác.",
                f"the name «{shown}» has a line break or another control sign. Choose another name.",
            ),
            ctx,
            param,
        )


def _keep_out_of_the_store(path: Path, param: click.Parameter | None, ctx: click.Context | None) -> None:
    """What an office keeps for itself is no place for anything else."""
    found = own_part(path)
    if found is None:
        return
    home, own = found
    if own == os.path.basename(os.path.realpath(path)):
        mend = worded("Hãy đặt tên khác", "Choose another name")
    else:
        mend = worded(f"Hãy ghi ra thư mục khác, chẳng hạn «{home}»", f"Write into another folder, such as «{home}»")
    raise click.BadParameter(
        worded(
            f"«{own}» là nơi văn phòng giữ dữ liệu của mình, không ghi gì vào đó. {mend}.",
            f"«{own}» is where the office keeps its own data; nothing else is written there. {mend}.",
        ),
        ctx,
        param,
    )


def name_of(file: Path) -> str:
    """The name of a file as it is told, and as findings know it."""
    return printable(file.name)


def quoted(path: Path) -> str:
    """A path as it is typed on a command line, within a sentence."""
    shown = printable(str(path))
    return f'"{shown}"' if " " in shown else shown


def content_of(file: Path) -> bytes:
    """The content of a file; ChiboError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        shown = printable(str(file))
        raise ChiboError(
            f"Không đọc được «{shown}»: {why_refused(error)}.",
            english=f"«{shown}» cannot be read: {why_code(error)}.",
        ) from None
