"""Files named at the prompt: those of a disk alone, since reading from a pipe or a device need never end."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import click

from chibo.errors import ChiboError, why_refused

_LINE_BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""Control signs, tab and line break among them, and Unicode's own ends of lines."""


class DiskFile(click.Path):
    """The path of a file, which must be there where `exists` says so, else it may be written.

    Wrong usage for a folder, a pipe or a device, and for a new name that breaks its line.
    """

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(exists=exists, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, once it is known that nobody waits at it for ever."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not self.exists:
            _keep_to_a_line(path, param, ctx)
        if path.exists() and not path.is_file():
            self.fail(f"«{path}» là ống hoặc thiết bị, ở đây cần một tệp trên đĩa.", param, ctx)
        return path


class NewFolder(click.Path):
    """The path of a folder to be made or filled; wrong usage for a file, and for a name that breaks its line."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, which can be printed within a sentence."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        _keep_to_a_line(path, param, ctx)
        return path


def _keep_to_a_line(path: Path, param: click.Parameter | None, ctx: click.Context | None) -> None:
    """Nobody means to name what is written so, few programs open it, and Windows has no such names."""
    if _LINE_BREAKING.search(str(path)):
        shown = _LINE_BREAKING.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", str(path))
        raise click.BadParameter(f"tên «{shown}» có dấu xuống dòng hoặc dấu điều khiển. Đặt tên khác.", ctx, param)


def content_of(file: Path) -> bytes:
    """The content of a file; ChiboError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise ChiboError(f"Không đọc được «{file}»: {why_refused(error)}.") from None
