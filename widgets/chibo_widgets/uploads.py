"""Receiving files that the browser sends in slices: each slice is checked and acknowledged, nothing is trusted."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import PureWindowsPath
from typing import Annotated, Any

from attrs import field, frozen
from pydantic import BaseModel, ConfigDict, Field, ValidationError

_MOST_AT_ONCE = 4


class UploadProblem(StrEnum):
    """Why a file was not taken; the last three are what a browser says of what was dropped or chosen."""

    TOO_BIG = "too-big"
    EMPTY = "empty"
    BROKEN = "broken"
    UNREADABLE = "unreadable"
    SEVERAL = "several"
    FOLDER = "folder"


class _Slice(BaseModel):
    """The head of one slice, as `parts/upload.js` writes it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: Annotated[int, Field(ge=0, lt=2**32)]
    name: Annotated[str, Field(min_length=1, max_length=400)]
    size: Annotated[int, Field(ge=0)]
    offset: Annotated[int, Field(ge=0)]


@frozen
class _Unfinished:
    name: str
    size: int
    data: bytearray = field(factory=bytearray)


class Uploads:
    """The files that one widget is receiving.

    `on_file(name, data)` is called for each whole file, `on_problem(name, problem)` for each that cannot be taken;
    `reply(message)` sends a message back to the browser. No file over `limit` bytes is kept.
    """

    def __init__(
        self,
        limit: int,
        on_file: Callable[[str, bytes], None],
        on_problem: Callable[[str, UploadProblem], None],
        reply: Callable[[dict[str, Any]], None],
    ) -> None:
        self.limit = limit
        self._on_file = on_file
        self._on_problem = on_problem
        self._reply = reply
        self._open: dict[int, _Unfinished] = {}

    def take(self, content: Any, buffers: list[memoryview]) -> bool:
        """Take one message if it is a slice of a file; False where it is something else."""
        if not isinstance(content, dict) or "upload" not in content:
            return False
        try:
            head = _Slice.model_validate(content["upload"])
        except ValidationError:
            return True
        data = bytes(buffers[0]) if buffers else b""
        problem = self._add(head, data)
        self._reply({"upload": {"id": head.id, "bytes": len(data), "refused": problem is not None}})
        if problem is not None:
            self._on_problem(_base_name(head.name), problem)
        elif len(self._open[head.id].data) == head.size:
            whole = self._open.pop(head.id)
            self._on_file(whole.name, bytes(whole.data))
        return True

    def _add(self, head: _Slice, data: bytes) -> UploadProblem | None:
        if head.offset == 0:
            while len(self._open) >= _MOST_AT_ONCE:
                self._open.pop(next(iter(self._open)))
            self._open[head.id] = _Unfinished(_base_name(head.name), head.size)
        file = self._open.get(head.id)
        problem = None
        if head.size > self.limit:
            problem = UploadProblem.TOO_BIG
        elif head.size == 0:
            problem = UploadProblem.EMPTY
        elif file is None or not _continues(file, head, data):
            problem = UploadProblem.BROKEN
        else:
            file.data.extend(data)
        if problem is not None:
            self._open.pop(head.id, None)
        return problem


def _continues(file: _Unfinished, head: _Slice, data: bytes) -> bool:
    """Whether the slice begins where the file stands so far and keeps to the size announced first."""
    start = len(file.data)
    return head.size == file.size and head.offset == start and 0 < len(data) <= file.size - start


def _base_name(name: str) -> str:
    """The name without folders, whichever system wrote it."""
    return PureWindowsPath(name).name or name
