"""Saving a file whole or not at all: the old file or the new one, never a mixture."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from chibo.errors import OutputError, why_refused


def save_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data`, whole or piece by piece, to `path` in one step; what stood there stays until the new file is whole.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and then take the name. Raises
    OutputError, in words that say what to do, where the folder is missing, may not be written, is full, or the file
    is held open by another program; then nothing has changed and nothing is left over.
    """
    if os.path.isdir(path):
        raise OutputError(f"«{path}» là một thư mục. Hãy ghi thêm tên tệp vào sau, chẳng hạn «{path / 'so.xlsx'}».")
    try:
        _write_beside(path, data)
    except FileNotFoundError:
        raise OutputError(
            f"Không có thư mục «{path.parent}» để ghi tệp «{path.name}». Hãy tạo thư mục đó hoặc chọn nơi khác."
        ) from None
    except PermissionError:
        raise OutputError(
            f"Không ghi được «{path}». Nếu tệp đang mở trong Excel thì đóng lại; nếu thư mục không cho ghi thì chọn "
            "nơi khác. Tệp cũ (nếu có) vẫn nguyên vẹn."
        ) from None
    except OSError as error:
        raise OutputError(
            f"Không ghi được «{path}»: {why_refused(error)}. Hãy kiểm tra chỗ trống và tên tệp rồi làm lại. "
            "Tệp cũ (nếu có) vẫn nguyên vẹn."
        ) from None


def _write_beside(path: Path, data: bytes | Iterable[bytes]) -> None:
    # "~$" is what Excel calls its own lock files: whoever walks the folder meanwhile passes this file over.
    temporary = path.with_name(f"~${secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can do that for folders (Windows cannot)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
