"""The store of an office, and its two ways in: reading, and writing with a line in the log for whatever is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa
from attrs import define, field

from chibo.audit import AuditAct, Entry, Head
from chibo.errors import ChiboError
from chibo.store import audit_log
from chibo.store.database import WRITES
from chibo.store.files import KeptFiles
from chibo.store.heads import HeadsFile
from chibo.store.strange import placed

Clock = Callable[[], datetime]
"""Gives the moment, with its zone."""


def now() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


@define(eq=False)
class Reading:
    """A look at the office as it is at one moment: what others write meanwhile is not seen."""

    connection: sa.Connection


@define(eq=False)
class Writing(Reading):
    """A change of the office: all of it or nothing. Nothing is written without a word in the log."""

    actor: str
    at: datetime
    head: Head
    noted: bool = field(default=False, init=False)
    may_change_nothing: bool = field(default=False, init=False)
    """Set by whoever found, after looking, that there was nothing to write."""

    def note(
        self,
        act: AuditAct,
        subject: str = "",
        *,
        before: str = "",
        after: str = "",
        reason: str = "",
        record: str = "",
    ) -> Head:
        """Log an act; the head of the log after it. `record` is the digest of the rows written with it."""
        said = Entry(
            at=self.at,
            actor=self.actor,
            act=act,
            subject=subject,
            before=before,
            after=after,
            reason=reason,
            record=record,
        )
        self.head = audit_log.append(self.connection, self.head, said)
        self.noted = True
        return self.head


class Store:
    """The memory of one office. `open_store` makes it."""

    def __init__(self, engine: sa.Engine, files: KeptFiles, heads: HeadsFile, clock: Clock = now) -> None:
        self._engine = engine
        self._heads = heads
        self.files = files
        self.clock = clock

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Look at the office. Raises ChiboError where the database cannot be reached, or holds something strange."""
        with said_calmly(), self._engine.connect() as connection, connection.begin(), placed(connection):
            yield Reading(connection)

    @contextmanager
    def writing(self, actor: str) -> Iterator[Writing]:
        """Change the office in the name of `actor`; everything is undone where the block raises.

        Writers come one after the other. Raises ChiboError where the database cannot be reached, or holds something
        strange, RuntimeError where nothing was noted.
        """
        with said_calmly(), self._engine.connect().execution_options(**{WRITES: True}) as connection:
            with connection.begin(), placed(connection):
                writing = Writing(connection, actor, self.clock(), audit_log.head_of(connection))
                yield writing
                if not writing.noted and not writing.may_change_nothing:
                    raise RuntimeError("something was written without a word in the log")
            if writing.noted:
                self._heads.add(writing.head)

    def heads(self) -> dict[int, str]:
        """The heads of the log that were written down outside the database, by number of entry."""
        return self._heads.read()

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


_BUSY = "Văn phòng đang có nhiều người cùng ghi, chờ lâu mà chưa tới lượt. Chưa có gì bị thay đổi; hãy làm lại."
_DAMAGED = "Tệp cơ sở dữ liệu của văn phòng bị hỏng. Hãy khôi phục từ bản sao lưu."
_UNREACHABLE = (
    "Không dùng được cơ sở dữ liệu của văn phòng. Kiểm tra ổ đĩa còn chỗ, quyền ghi, và (với PostgreSQL) máy chủ đang "
    "chạy, rồi làm lại."
)
_CALMLY = {
    "locked": _BUSY,
    "busy": _BUSY,
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
    "Could not decode": "Cơ sở dữ liệu của văn phòng có chữ không đọc được, không phải do Chibo ghi. Giữ nguyên thư "
    "mục văn phòng, báo người quản trị và khôi phục bản sao lưu gần nhất vào một thư mục mới.",
}
"""What is told, by words that the database says."""


@contextmanager
def said_calmly() -> Iterator[None]:
    """What a database says in English never reaches people."""
    try:
        yield
    except sa.exc.DatabaseError as error:
        said = next((text for words, text in _CALMLY.items() if words in str(error.orig)), "")
        if not said and not isinstance(error, sa.exc.OperationalError):
            raise
        raise ChiboError(said or _UNREACHABLE) from error
