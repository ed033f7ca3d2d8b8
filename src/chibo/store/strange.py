"""Where a strange value lies: asked of the database once somebody has come upon one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from chibo.store.columns import Kept, StrangeValueError, in_words
from chibo.store.schema import METADATA, without_types

_DIGITS = 12
"""What is shown of the parts of a key: hashes are long."""


@contextmanager
def placed(connection: sa.Connection) -> Iterator[None]:
    """Tell of a strange value in which table, row and column it lies, whoever read it."""
    try:
        yield
    except StrangeValueError as error:
        raise StrangeValueError(error.value, _place_of(connection, error.value)) from None


def _place_of(connection: sa.Connection, value: Any) -> str:
    """The place of a strange value in words, "" where it is not found."""
    for table in METADATA.sorted_tables:
        bare = without_types(table)
        key = [bare.c[column.name] for column in table.primary_key.columns]
        for column in table.columns:
            if not _may_lie_in(column, value, connection.dialect.name):
                continue
            row = connection.execute(sa.select(*key).where(bare.c[column.name] == value).limit(1)).first()
            if row is not None:
                named = " · ".join(in_words(part, _DIGITS) for part in row)
                return f"bảng {table.name}, dòng {named}, cột {column.name}"
    return ""


def _may_lie_in(column: sa.Column[Any], value: Any, database: str) -> bool:
    """Whether the value may lie in the column and be strange there; PostgreSQL has no text but in columns of text."""
    kind = column.type
    if not isinstance(kind, Kept) or not kind.refuses(value):
        return False
    same = sa.String if isinstance(value, str) else sa.LargeBinary
    return database == "sqlite" or isinstance(kind.impl_instance, same)
