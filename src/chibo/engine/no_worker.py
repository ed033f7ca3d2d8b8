"""Why there is no process that reads books within its limits. No book is read without one, by nobody.

A damaged or hostile book can end the process that reads it, or keep it busy until the memory of the machine is gone.
Whatever goes wrong with a process that was started, it must not end in books being read without those limits.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple

from chibo.definitions.language import Language
from chibo.errors import ChiboError, why_code, why_refused


class Hindrance(StrEnum):
    """What kept a process from being ready to read books."""

    REFUSED = "refused"
    """The system started none."""
    ENDED = "ended"
    SLOW = "slow"
    NOT_UNDERSTOOD = "not-understood"
    """It answers what this program does not understand, which happens between programs that are not the same."""


class _Words(NamedTuple):
    cause: str
    mend: str


_WORDS = {
    Language.VIETNAMESE: {
        Hindrance.REFUSED: _Words(
            "hệ điều hành không cho mở ({why})", "Hãy đóng bớt chương trình đang chạy rồi làm lại"
        ),
        Hindrance.ENDED: _Words(
            "tiến trình dừng ngay khi vừa mở",
            "Hãy làm lại, xem phần mềm diệt vi-rút có chặn Python không, hoặc cài lại Chibo",
        ),
        Hindrance.SLOW: _Words("đợi quá lâu chưa xong", "Hãy đóng bớt chương trình đang chạy rồi làm lại"),
        Hindrance.NOT_UNDERSTOOD: _Words(
            "Chibo không hiểu câu trả lời của tiến trình ấy, có lẽ vì các phần không cùng một bản",
            "Hãy cài lại Chibo",
        ),
    },
    Language.ENGLISH: {
        Hindrance.REFUSED: _Words("the system does not allow it ({why})", "Close other programs and try again"),
        Hindrance.ENDED: _Words(
            "the process ended at once",
            "Try again, see whether a virus scanner stops Python, or install Chibo anew",
        ),
        Hindrance.SLOW: _Words("it took too long to be ready", "Close other programs and try again"),
        Hindrance.NOT_UNDERSTOOD: _Words(
            "Chibo does not understand what the process answers, perhaps since its parts are not of one version",
            "Install Chibo anew",
        ),
    },
}
_SENTENCES = {
    Language.VIETNAMESE: "Không mở được tiến trình riêng để đọc sổ: {cause}. Chibo chỉ đọc sổ trong tiến trình có giới "
    "hạn, để sổ hỏng hay sổ lạ không làm hại máy này, nên dừng ở đây; chưa có gì bị mất. {mend}; vẫn thế thì báo người "
    "quản trị.",
    Language.ENGLISH: "No separate process can be had to read workbooks in: {cause}. Chibo reads workbooks in limited "
    "processes only, so that a damaged or hostile one cannot harm this machine, and stops here; nothing is lost. "
    "{mend}; if that does not help, tell the administrator.",
}


@contextmanager
def threads_needed() -> Iterator[None]:
    """Where the system starts no thread to watch or to serve a process, that is as if it started no process."""
    try:
        yield
    except RuntimeError as error:  # what `threading` makes of it
        raise NoWorkerError(Hindrance.REFUSED, OSError(errno.EAGAIN, str(error))) from error


class NoWorkerError(ChiboError):
    """No book can be read, since no process is there that would read it within its limits.

    `refusal` is what the system said where it is the one that refused.
    """

    def __init__(self, hindrance: Hindrance, refusal: OSError | None = None) -> None:
        self.hindrance = hindrance
        self.refusal = refusal
        self.english = self.said(Language.ENGLISH)
        super().__init__(self.said(Language.VIETNAMESE), command="chibo doctor")

    def said(self, language: Language) -> str:
        """The cause, what does not happen for it, and what to do."""
        cause, mend = _WORDS[language][self.hindrance]
        if self.refusal is not None:
            in_words = why_refused if language is Language.VIETNAMESE else why_code
            cause = cause.format(why=in_words(self.refusal))
        return _SENTENCES[language].format(cause=cause, mend=mend)
