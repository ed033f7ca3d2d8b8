"""Rows as they lie in the database: their digest, which the log has, and their values whatever somebody put there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from chibo.store.schema import StrangeValueError

_EMPTY = (None, "", "[]", False)
_BATCH = 2_000
_written = json.JSONEncoder(ensure_ascii=False).encode


def row_digest(row: Mapping[str, Any]) -> str:
    """The digest of a row; what is empty is left out of it, so that a column that comes later changes no digest."""
    said = {}
    for name in sorted(row):
        value = row[name]
        plain = value if value.__class__ is str else _plain(value)
        if plain not in _EMPTY:
            said[name] = plain
    return hashlib.sha256(_written(said).encode("utf-8", "surrogatepass")).hexdigest()


def raw_rows(connection: sa.Connection, table: sa.Table, order: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """The rows of a table as they lie there, in the order of these columns: also those that no type of ours knows.

    Bytes in a column of text, which SQLite takes, come as the text that says so.
    """
    names = [column.name for column in table.columns]
    binary = {column.name for column in table.columns if isinstance(column.type, sa.LargeBinary)}
    bare = sa.table(table.name, *map(sa.column, names))
    wanted = sa.select(bare).order_by(*(bare.c[name] for name in order))
    for row in connection.execute(wanted.execution_options(yield_per=_BATCH)):
        yield {
            name: f"x'{value.hex()}'" if value.__class__ is bytes and name not in binary else value
            for name, value in zip(names, row, strict=True)
        }


def typed_row(table: sa.Table, raw: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values of a raw row as our types know them; None where one of them does not."""
    try:
        return {name: _typed(table.columns[name].type, value) for name, value in raw.items()}
    except (ValueError, TypeError, KeyError, StrangeValueError):
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    if value is None:
        return None
    return int(value) if isinstance(value, int) else str(value)  # a database may know no truth but 0 and 1


def _typed(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if isinstance(kind, sa.types.TypeDecorator):
        return kind.process_result_value(value, None)  # type: ignore[arg-type]
    if isinstance(kind, sa.Boolean):
        return {0: False, 1: True}[value]
    return date.fromisoformat(value) if isinstance(kind, sa.Date) and isinstance(value, str) else value
