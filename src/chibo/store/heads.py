"""The heads of the log in a file beside the database, a line for each change of the office.

A line says how many entries the log had and the hash of the last one. The file is only ever added to; it may lag behind
the database after a crash, never run ahead of it.
"""

from __future__ import annotations

import os
from pathlib import Path

from chibo.audit import Head
from chibo.errors import ChiboError, why_refused


class HeadsFile:
    """The file of one office."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, head: Head) -> None:
        """Write down a head of a change that is already in the database."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(self._path, flags, 0o666)
            try:
                os.write(handle, f"{head}\n".encode())  # one short write: lines of two processes never mix
            finally:
                os.close(handle)
        except OSError as error:
            raise ChiboError(
                f"Đã ghi vào cơ sở dữ liệu nhưng không ghi được «{self._path.name}»: {why_refused(error)}. "
                "Kiểm tra chỗ trống và quyền ghi của thư mục văn phòng."
            ) from None

    def read(self) -> dict[int, str]:
        """The hash of the log's last entry by the number of entries; empty where nothing was written down yet.

        A line that is cut short (a crash) is passed over. Of two lines for one number the first holds: a log that was
        cut short and grew again writes the second.
        """
        try:
            lines = self._path.read_text(encoding="ascii", errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ChiboError(f"Không đọc được «{self._path.name}»: {why_refused(error)}.") from None
        found: dict[int, str] = {}
        for line in lines:
            count, _, digest = line.partition(" ")
            if count.isdecimal() and len(digest) == 64:
                found.setdefault(int(count), digest)
        return found
