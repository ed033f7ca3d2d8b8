"""Which folder of the server's machine the board may read: one below the office folder, or one explicitly allowed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from chibo.errors import ChiboError

ALLOWED_VARIABLE = "CHIBO_BOOK_FOLDERS"
"""The environment variable that names further folders, separated as in PATH."""


_LONGEST_SHOWN = 120
"""Signs of what was typed that a message repeats."""


class FolderError(ChiboError):
    """The folder typed cannot be read by the board; the text says why and what to type."""


def allowed_folders(home: Path | None, environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The folders below which the board may read: the office folder first."""
    named = [Path(name) for name in environment.get(ALLOWED_VARIABLE, "").split(os.pathsep) if name]
    return tuple([home, *named] if home else named)


def book_folder(typed: str, allowed: Sequence[Path]) -> Path:
    """The folder meant by what the user typed: a whole path, or one below the first of `allowed`.

    Links are followed before it is compared. Raises FolderError; what lies outside is told apart from what is not
    there for the allowed folders alone.
    """
    text = typed.strip().strip('"').strip()
    if not allowed:
        raise FolderError("Trang này chạy không có thư mục văn phòng nên không đọc thư mục được. Hãy chọn tệp để gửi.")
    if not text or "\0" in text:
        raise FolderError(f"Cần ghi tên một thư mục nằm trong «{allowed[0]}», ví dụ: so.")
    shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
    try:
        folder = (allowed[0] / text).resolve()
        is_there = folder.is_dir()
    except (OSError, RuntimeError):
        raise FolderError(f"«{shown}» không phải tên thư mục (dài {len(text)} ký tự).") from None
    if not any(folder.is_relative_to(root.resolve()) for root in allowed):
        raise FolderError(f"Chỉ đọc được thư mục nằm trong «{allowed[0]}». Hãy chép sổ vào đó, hoặc chọn tệp để gửi.")
    if not is_there:
        raise FolderError(f"Không có thư mục «{shown}» trong «{allowed[0]}». Hãy kiểm tra lại tên.")
    return folder
