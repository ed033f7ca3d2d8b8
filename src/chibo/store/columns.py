"""The types of columns: how a value is kept, and what cannot be a value. Nothing strange is read without being told.

SQLite takes anything in any column, whatever the table says, so each value that is read is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from chibo.errors import ChiboError
from chibo.model import Period

T = TypeVar("T")
_SHOWN = 60
"""Characters of a strange value that are told."""


def in_words(value: object, most: int | None = None) -> str:
    """Whatever lies in a column, as people are told of it; of what is longer the `most` first characters."""
    words = f"x'{value.hex()}'" if isinstance(value, bytes) else str(value)
    return words if most is None or len(words) <= most else f"{words[:most]}…"


class StrangeValueError(ChiboError):
    """Something stands in the database that no Chibo wrote there; `where` is its place in words, as far as known."""

    def __init__(self, value: object, where: str = "") -> None:
        self.value = value
        place = where and f" ở {where}"
        super().__init__(
            f"Cơ sở dữ liệu của văn phòng có giá trị lạ «{in_words(value, _SHOWN)}»{place}, không phải do Chibo ghi. "
            "Giữ nguyên thư mục văn phòng và báo người quản trị: kiểm tra nhật ký sẽ nêu mọi chỗ bị sửa; cần lấy lại "
            "dữ liệu đúng thì khôi phục bản sao lưu gần nhất vào một thư mục mới.",
            command="chibo audit verify",
        )


def value_in(column: sa.Column[Any], kept: Any) -> Any:
    """The value of what lies in a column of ours, None where nothing does. Raises StrangeValueError."""
    kind = column.type
    return kind.read(kept) if isinstance(kind, Kept) else kept


class Kept(sa.types.TypeDecorator[T]):
    """The type of a column that knows its values from anything else."""

    cache_ok = True

    def value_of(self, kept: Any) -> T:
        """The value that is kept so. Raises ValueError, TypeError or KeyError for what is none."""
        raise NotImplementedError

    def read(self, kept: Any) -> T | None:
        """The value of what lies in the column, None where nothing does. Raises StrangeValueError."""
        try:
            return None if kept is None else self.value_of(kept)
        except (ValueError, TypeError, KeyError):
            raise StrangeValueError(kept) from None

    def refuses(self, kept: Any) -> bool:
        """Whether that can be no value of this column."""
        try:
            self.read(kept)
        except StrangeValueError:
            return True
        return False

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], T | None]:
        """How what lies in the database is read."""
        return self.read


class Text(Kept[str]):
    """Text of any length."""

    impl: type[sa.String] = sa.Text
    cache_ok = True

    def value_of(self, kept: Any) -> str:
        """The text itself."""
        if not isinstance(kept, str):
            raise TypeError
        return kept


class Line(Text):
    """Text of so many characters at most: codes, words, hashes."""

    impl = sa.String
    cache_ok = True


class Json(Text):
    """Text that `packing` understands; whether it is strange shows to whoever takes it apart."""

    cache_ok = True

    def refuses(self, kept: Any) -> bool:
        """Anything may turn out to be."""
        return True


class Packed(Kept[bytes]):
    """Bytes that `packing` understands; whether they are strange shows to whoever takes them apart."""

    impl = sa.LargeBinary
    cache_ok = True

    def value_of(self, kept: Any) -> bytes:
        """The bytes themselves."""
        if not isinstance(kept, bytes | memoryview):
            raise TypeError
        return bytes(kept)

    def refuses(self, kept: Any) -> bool:
        """Anything may turn out to be."""
        return True


class Whole(Kept[int]):
    """A whole number."""

    impl = sa.Integer
    cache_ok = True

    def value_of(self, kept: Any) -> int:
        """The number itself."""
        if not isinstance(kept, int):
            raise TypeError
        return kept


class Flag(Kept[bool]):
    """Yes or no; SQLite knows no truth but 0 and 1."""

    impl = sa.Boolean
    cache_ok = True

    def value_of(self, kept: Any) -> bool:
        """Whether it is so."""
        return {0: False, 1: True}[kept]


class Day(Kept[date]):
    """A day, kept as ISO text where the database has no days."""

    impl = sa.Date
    cache_ok = True

    def value_of(self, kept: Any) -> date:
        """The day kept."""
        return kept if isinstance(kept, date) else date.fromisoformat(kept)


class Moment(Kept[datetime]):
    """A moment in UTC, kept as ISO text: the same bytes in every database, and in order when sorted as text."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The moment as it is kept; it must say its zone."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def value_of(self, kept: Any) -> datetime:
        """The moment kept, with its zone."""
        found = datetime.fromisoformat(kept)
        if found.tzinfo is None:
            raise ValueError
        return found


class Word(Kept[StrEnum]):
    """A member of a closed list, kept as its value."""

    impl = sa.String(64)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """The word as it is kept."""
        return None if value is None else str(value)

    def value_of(self, kept: Any) -> StrEnum:
        """The member kept; this version may not know one of a later version."""
        return self.words(kept)


class PeriodCode(Kept[Period]):
    """A period, kept as it is written: `2026-03`."""

    impl = sa.String(8)
    cache_ok = True

    def process_bind_param(self, value: Period | None, dialect: Dialect) -> str | None:
        """The period as it is kept."""
        return None if value is None else str(value)

    def value_of(self, kept: Any) -> Period:
        """The period kept."""
        found = Period.parse(kept) if isinstance(kept, str) else None
        if found is None:
            raise ValueError
        return found
