"""What all tables share: their names for indexes and constraints, and the types of their columns."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from attrs import fields
from sqlalchemy.engine import Dialect

from chibo.errors import ChiboError

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table, known once its module is imported."""


class StrangeValueError(ChiboError):
    """Something stands in the database that no Chibo wrote there."""

    def __init__(self, value: object) -> None:
        super().__init__(
            f"Cơ sở dữ liệu của văn phòng có giá trị lạ «{value}», không phải do Chibo ghi. Giữ nguyên thư mục "
            "văn phòng; nhờ người quản trị máy xem chỗ nào bị sửa bằng lệnh chibo audit verify."
        )


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment in UTC, kept as ISO text: the same bytes in every database, and in order when sorted as text."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """The moment as it is kept; it must say its zone."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The moment kept; StrangeValueError for what is none."""
        try:
            return None if value is None else datetime.fromisoformat(value)
        except (ValueError, TypeError):
            raise StrangeValueError(value) from None


class Word(sa.types.TypeDecorator[StrEnum]):
    """A member of a closed list, kept as its value."""

    impl = sa.String(64)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """The word as it is kept."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member kept; StrangeValueError for a word that this version does not know."""
        try:
            return None if value is None else self.words(value)
        except ValueError:
            raise StrangeValueError(value) from None


def row_of(value: Any, table: sa.Table) -> dict[str, Any]:
    """The columns of a table from the attributes of a value that bear their names."""
    return {field.name: getattr(value, field.name) for field in fields(type(value)) if field.name in table.columns}
