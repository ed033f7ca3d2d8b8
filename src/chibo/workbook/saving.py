"""Saving a file whole or not at all: the old file or the new one, never a mixture."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from chibo.errors import OutputError, why_code, why_not_written, why_refused

UNFINISHED = re.compile(r"~\$[0-9a-f]{16}\.tmp")
"""What a file is called until it is whole; a crash may leave one, for a day."""
_LEFT_OVER_SECONDS = 24 * 3600.0
"""Nothing is written for so long: such a file belongs to no process that still lives."""
_NAMELESS: int = getattr(os, "O_TMPFILE", 0) if os.path.isdir("/proc/self/fd") else 0
"""Opens a file without a name, on Linux; 0 elsewhere."""
_VANISHING: int = getattr(os, "O_TEMPORARY", 0)
"""Opens a file that is gone once it is closed, on Windows; 0 elsewhere."""
_REFUSALS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOENT, errno.ENOTDIR})
"""What keeps any file out of a folder; other codes say that the disk knows no files without a name."""
_cleared: set[Path] = set()


def check_writable(path: Path) -> None:
    """Raise what `save_atomically` would of a place that takes no file, before anything is worked out for it.

    Nothing is changed there, and nothing left, at whatever instant the process is killed. What shows only while a file
    is written, such as a disk that becomes full, is still told by `save_atomically`.
    """
    with _refusals_told(path):
        _open_for_nothing(path)


def save_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write `data`, whole or piece by piece, to `path` in one step; what stood there stays until the new file is whole.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and then take the name. A process
    that is killed meanwhile leaves nothing where the system knows files without a name, elsewhere a file that is taken
    away when something is written there a day later.

    Raises OutputError, in words that say what to do, where the folder is missing, may not be written, is full, or the
    file is held open by another program; then nothing has changed and nothing is left over.
    """
    with _refusals_told(path):
        _write_beside(path, data)


@contextmanager
def _refusals_told(path: Path) -> Iterator[None]:
    """What the system says against writing to `path`, in words."""
    if os.path.isdir(path):
        raise OutputError(
            f"«{path}» là một thư mục. Hãy ghi thêm tên tệp vào sau, chẳng hạn «{path / 'so.xlsx'}».",
            english=f"«{path}» is a folder. Add the name of a file to it, such as «{path / 'so.xlsx'}».",
        )
    try:
        yield
    except FileNotFoundError as error:
        if path.parent.is_dir():
            raise OutputError(
                f"Không ghi được «{path}»: {why_not_written(path, error)}. Hãy chọn nơi khác.",
                english=f"«{path}» cannot be written: «{path.parent}» is on no disk and takes no file. Choose another "
                "place.",
            ) from None
        raise OutputError(
            f"Không có thư mục «{path.parent}» để ghi tệp «{path.name}». Hãy tạo thư mục đó hoặc chọn nơi khác.",
            english=f"There is no folder «{path.parent}» for the file «{path.name}». Make it or choose another place.",
        ) from None
    except PermissionError:
        raise OutputError(
            f"Không ghi được «{path}». Nếu tệp đang mở trong Excel thì đóng lại; nếu thư mục không cho ghi thì chọn "
            "nơi khác. Tệp cũ (nếu có) vẫn nguyên vẹn.",
            english=f"«{path}» cannot be written. If it is open in Excel, close it there; if the folder takes no "
            "files, choose another place. The old file, if any, is as it was.",
        ) from None
    except OSError as error:
        raise OutputError(
            f"Không ghi được «{path}»: {why_refused(error)}. Hãy kiểm tra chỗ trống và tên tệp rồi làm lại. "
            "Tệp cũ (nếu có) vẫn nguyên vẹn.",
            english=f"«{path}» cannot be written: {why_code(error)}. Check the room on the disk and the name, and try "
            "again. The old file, if any, is as it was.",
        ) from None


def _open_for_nothing(path: Path) -> None:
    """Open what writing needs, in ways that leave nothing behind."""
    with suppress(FileNotFoundError):
        path.lstat()  # refuses a name that is too long
    if _NAMELESS and _opens_nameless(path.parent):
        return
    if _VANISHING:
        os.close(os.open(_temporary(path), os.O_RDWR | os.O_CREAT | os.O_EXCL | _VANISHING, 0o666))
        if path.exists():
            path.open("r+b").close()  # refused there while Excel has the file open
    elif not os.access(path.parent, os.W_OK | os.X_OK):
        path.parent.stat()  # of a folder that is not there that is what is told
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _opens_nameless(folder: Path) -> bool:
    """Whether the disk knows files without a name; raises OSError where it does and takes none."""
    try:
        os.close(os.open(folder, os.O_RDWR | _NAMELESS, 0o666))
    except OSError as error:
        if error.errno in _REFUSALS:
            raise
        return False
    return True


def _write_beside(path: Path, data: bytes | Iterable[bytes]) -> None:
    _clear_left_over(path.parent)
    temporary = _temporary(path)
    handle = _open_nameless(path.parent)
    is_nameless = handle is not None
    handle = _open_named(temporary) if handle is None else handle
    try:
        with os.fdopen(handle, "w+b") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(handle)
            if is_nameless:
                _give_name(stream, temporary)
        with suppress(FileNotFoundError):
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _temporary(path: Path) -> Path:
    # "~$" is what Excel calls its own lock files: whoever walks the folder meanwhile passes this file over.
    return path.with_name(f"~${secrets.token_hex(8)}.tmp")


def _open_named(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)


def _open_nameless(folder: Path) -> int | None:
    """A file in the folder that goes by itself with this process, None where the system has none such."""
    if not _NAMELESS:
        return None
    try:
        return os.open(folder, os.O_RDWR | _NAMELESS, 0o666)
    except OSError:  # some kinds of disk cannot; why a file cannot be written at all is said of the one with a name
        return None


def _give_name(stream: BinaryIO, path: Path) -> None:
    """Let a nameless file stand in its folder, now that it is whole; where that is refused, a copy of it."""
    try:
        # Python asks the system to follow the link in /proc only where a folder is named, of which no use is made here.
        os.link(f"/proc/self/fd/{stream.fileno()}", path, src_dir_fd=stream.fileno())
    except OSError:
        stream.seek(0)
        with os.fdopen(_open_named(path), "wb") as named:
            shutil.copyfileobj(stream, named)
            named.flush()
            os.fsync(named.fileno())


def _clear_left_over(folder: Path) -> None:
    """Take away what a process that was killed left here long ago; looked for once, in each folder."""
    if folder in _cleared:
        return
    _cleared.add(folder)
    with suppress(OSError):
        for left in filter(lambda one: UNFINISHED.fullmatch(one.name), os.scandir(folder)):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > _LEFT_OVER_SECONDS:
                    os.unlink(left)


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can do that for folders (Windows cannot)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
