"""The folder that is written: aside, every file with its hash, and under its name only when all of it is there."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from attrs import define, field, frozen

from chibo.errors import ChiboError, OutputError, why_not_written

SUMS = "SHA256SUMS"
"""The file of hashes, in the form that `sha256sum --check` reads."""


@frozen
class Written:
    """One file: its path in the folder, the SHA-256 of its bytes, and how many they are."""

    name: str
    digest: str
    size: int


class HashedFile:
    """A file being written; its hash grows with it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Add to the file."""
        self._stream.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def digest(self) -> str:
        """The hash of what was written so far."""
        return self._hash.hexdigest()


@define
class ExportFolder:
    """A folder being written; `aside` is where it stands meanwhile."""

    aside: Path
    written: list[Written] = field(factory=list)

    @contextmanager
    def file(self, name: str) -> Iterator[HashedFile]:
        """Write a file of the folder piece by piece."""
        path = self.aside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as stream:
            hashed = HashedFile(stream)
            yield hashed
        self.written.append(Written(name, hashed.digest, hashed.size))

    def add(self, name: str, data: bytes) -> None:
        """Write a file of the folder at once."""
        with self.file(name) as hashed:
            hashed.write(data)

    def close(self) -> str:
        """Write the hashes of all files; the hash of that list."""
        self.add(SUMS, "".join(f"{one.digest}  {one.name}\n" for one in self.written).encode())
        return self.written[-1].digest


@contextmanager
def new_folder(target: Path) -> Iterator[ExportFolder]:
    """A folder that takes the name `target` when the block has ended well, and leaves nothing behind otherwise.

    Raises ChiboError where `target` holds something already, OutputError where it cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ChiboError(f"«{target}» đã có nội dung. Nêu một thư mục mới hoặc trống; những gì ở đó giữ nguyên.")
    aside = target.with_name(f"~${secrets.token_hex(8)}")
    try:
        aside.mkdir(mode=0o700)  # names of people stand in it
        yield ExportFolder(aside)
        if hasattr(os, "sync"):
            os.sync()  # once for all files: the name is taken only when they last
        if target.exists():
            target.rmdir()
        aside.rename(target)
    except OSError as error:
        why = why_not_written(target, error)
        raise OutputError(f"Không xuất được ra «{target}»: {why}. Chưa có gì được ghi, hãy chọn nơi khác.") from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)
