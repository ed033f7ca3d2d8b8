"""Files named at the prompt: those of a disk alone, since reading from a pipe or a device need never end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from chibo.errors import ChiboError, why_refused


class DiskFile(click.Path):
    """The path of a file, which must be there where `exists` says so; wrong usage for a folder, a pipe or a device."""

    def __init__(self, *, exists: bool = False) -> None:
        super().__init__(exists=exists, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, once it is known that nobody waits at it for ever."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.exists() and not path.is_file():
            self.fail(f"«{path}» là ống hoặc thiết bị, ở đây cần một tệp trên đĩa.", param, ctx)
        return path


def content_of(file: Path) -> bytes:
    """The content of a file; ChiboError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise ChiboError(f"Không đọc được «{file}»: {why_refused(error)}.") from None
