"""The workbooks as they came in, unchanged, each under the hash of its content: the same file is kept once."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Container, Iterator
from datetime import datetime
from pathlib import Path, PurePath

from chibo.errors import ChiboError, OutputError, why_refused
from chibo.workbook.saving import UNFINISHED, save_atomically

_HASH = re.compile(r"[0-9a-f]{64}")


class KeptFiles:
    """The kept files of one office. No file here ever changes; only `destroy` takes one away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> str:
        """Keep a file; its hash. It lies on the disk, whole, when this returns. Raises OutputError where it cannot."""
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if not path.is_file():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(f"Không giữ được tệp trong thư mục văn phòng: {why_refused(error)}.") from None
            save_atomically(path, data)
        return digest

    def read(self, digest: str) -> bytes:
        """The file of this hash. Raises ChiboError where it is missing or no longer what came in."""
        try:
            data = self._path(digest).read_bytes()
        except OSError as error:
            raise ChiboError(
                f"Không đọc được tệp đã giữ {digest[:12]}…: {why_refused(error)}. Hãy lấy lại từ bản sao lưu."
            ) from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise ChiboError(f"Tệp đã giữ {digest[:12]}… không còn nguyên như lúc nộp. Hãy lấy lại từ bản sao lưu.")
        return data

    def is_whole(self, digest: str) -> bool | None:
        """Whether the file of this hash is what came in; None where there is none that can be read."""
        try:
            data = self._path(digest).read_bytes()
        except OSError:
            return None
        return hashlib.sha256(data).hexdigest() == digest

    def has(self, digest: str) -> bool:
        """Whether a file of this hash lies here."""
        return self._path(digest).is_file()

    def foreign(self, named: Container[str]) -> Iterator[str]:
        """The paths in this folder of whatever is no kept file: of another name, or not of the content it is named by.

        Those of `named` hashes are not read again.
        """
        for folder, folders, names in os.walk(self._folder):
            folders.sort()
            inside = PurePath(folder).relative_to(self._folder)
            for name in sorted(names):
                is_kept = _HASH.fullmatch(name) and str(inside) == name[:2]
                if is_kept and (name in named or self.is_whole(name) is not False):
                    continue
                if not UNFINISHED.fullmatch(name):
                    yield (inside / name).as_posix()

    def written_by(self, moment: datetime) -> frozenset[str]:
        """The hashes of all files that were written by this moment."""
        limit = moment.timestamp()
        found = (path for path in self._folder.glob("??/*") if _HASH.fullmatch(path.name))
        return frozenset(path.name for path in found if path.stat().st_mtime <= limit)

    def destroy(self, digest: str) -> None:
        """Take a file away for good; one that is gone already is no error. Raises OutputError where it cannot be."""
        try:
            self._path(digest).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"Không hủy được tệp đã giữ {digest[:12]}…: {why_refused(error)}. Hãy làm lại.") from None

    def _path(self, digest: str) -> Path:
        return Path(self._folder, digest[:2], digest)
