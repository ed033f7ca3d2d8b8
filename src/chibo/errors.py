"""Exceptions: raised when Chibo cannot go on (a fault in a user's workbook is a finding, never one of these)."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import NamedTuple

from chibo.file_names import printable

_WHY = {
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.EACCES: "không được quyền",
    errno.EPERM: "không được quyền",
    errno.ENOTDIR: "trong đường dẫn có một tệp đứng ở chỗ của thư mục",
    errno.EISDIR: "đó là một thư mục",
    errno.EEXIST: "đã có sẵn",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EROFS: "nơi này chỉ cho đọc",
    errno.EBUSY: "đang được chương trình khác dùng",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EINVAL: "tên hoặc nơi ghi không hợp lệ",
    errno.EAGAIN: "máy đang quá tải",
    errno.ENOMEM: "không đủ bộ nhớ",
    errno.EMFILE: "đang mở quá nhiều tệp",
    errno.ENFILE: "máy đang mở quá nhiều tệp",
}


def why_refused(error: OSError) -> str:
    """Why the system refused a file or a folder, in Vietnamese; the name of its code where we have no words for it."""
    return _WHY.get(error.errno or 0) or f"mã lỗi {why_code(error)}"


def why_not_written(path: Path, error: OSError) -> str:
    """Why a file or folder could not be made at this path, in Vietnamese.

    «There is no such file» of a folder that is there is what systems say whose folders are on no disk, as /proc is.
    """
    if error.errno == errno.ENOENT and path.parent.is_dir():
        return f"«{path.parent}» không phải thư mục trên đĩa, không nhận tệp mới"
    return why_refused(error)


def why_code(error: OSError) -> str:
    """The name of the system's code, such as EACCES: the same in every language."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)


_NO_MEMORY = ("failed to map segment", "Cannot allocate memory", "malloc failure")
"""What is said instead of MemoryError where the system loads a compiled library, and by such a library at work."""


def is_lack_of_memory(error: BaseException) -> bool:
    """Whether memory is lacking: that is the error itself, or what it came of."""
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, ImportError | ValueError) and any(words in str(error) for words in _NO_MEMORY):
        return True
    earlier = error.__cause__ or error.__context__
    return earlier is not None and is_lack_of_memory(earlier)


def with_command(text: str, command: str) -> str:
    """What is said, and after it the command to type, where there is one."""
    return f"{text} Lệnh: {command}" if command else text


class Words(NamedTuple):
    """What is said, in both languages; where there is no English, the Vietnamese stands for it."""

    vietnamese: str
    english: str = ""

    def told(self, language: str) -> str:
        """The words in the language of this code, `vi` or `en`."""
        return (language == "en" and self.english) or self.vietnamese


class ChiboError(Exception):
    """Base of every error of ours. Its text is in Vietnamese and fit to be shown to the user as it stands.

    `command` is what somebody at a prompt may type to go on, "" where there is nothing: the commands tell it; the pages
    have buttons of their own and do not. `english` is the text in English where it has one, for who asks for English.
    """

    english = ""

    def __init__(self, *said: object, command: str = "", english: str = "") -> None:
        super().__init__(*said)
        self.command = command
        if english:
            self.english = english

    @property
    def words(self) -> Words:
        """The text in both languages, for a page to keep and to show in its own."""
        return Words(str(self), self.english)

    @property
    def at_the_prompt(self) -> str:
        """The text with the command that leads on."""
        return with_command(str(self), self.command)


class DefinitionError(ChiboError):
    """A definition (frame, layout, return, rule, message) is wrong: our fault or the office's, never a cell's.

    `file` is the base name of the definition file, `key` the dotted key inside it, `problem` says what is wrong.
    """

    def __init__(self, file: str | Path, key: str, problem: str) -> None:
        self.file = printable(Path(file).name)
        self.key = key
        self.problem = problem
        where = f"{self.file}, khoá «{key}»" if key else self.file
        super().__init__(f"Định nghĩa sai: {where}: {problem}")


class UnknownNameError(ChiboError):
    """A name given by the user (frame, return, period, meeting …) is not known; the text lists what is."""


class OutputError(ChiboError):
    """A file could not be written; what stood there before still stands there."""
