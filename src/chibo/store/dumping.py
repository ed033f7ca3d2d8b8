"""All rows of a store as lines of JSON and back, table by table: the same for both databases, readable by anybody."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from chibo.store.columns import Day, Flag, Packed, Text, Whole
from chibo.store.migrating import migrate

_VERSIONS = "alembic_version"
_BATCH = 1_000
_KINDS = ((sa.Date, Day), (sa.Boolean, Flag), (sa.Integer, Whole), (sa.LargeBinary, Packed), (sa.String, Text))
"""What the database calls its types, and what we call them."""


def dumped_tables(connection: sa.Connection) -> tuple[sa.Table, ...]:
    """The tables of a store as the database describes them, those that others point to first."""
    found = sa.MetaData()
    sa.event.listen(found, "column_reflect", _look_at_values)
    found.reflect(connection)
    return tuple(table for table in found.sorted_tables if table.name != _VERSIONS)


def _look_at_values(_inspector: object, _table: object, column: dict[str, Any]) -> None:
    """Let no strange value pass into a dump for want of a type."""
    column["type"] = next((ours() for theirs, ours in _KINDS if isinstance(column["type"], theirs)), column["type"])


def dumped_rows(connection: sa.Connection, table: sa.Table) -> Iterator[str]:
    """The rows of a table as JSON objects, in the order of their keys. Raises StrangeValueError."""
    wanted = sa.select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_BATCH)
    for row in connection.execute(wanted):
        yield json.dumps({name: _plain(value) for name, value in row._mapping.items()}, ensure_ascii=False)


def restore_rows(connection: sa.Connection, form: str, rows: Iterable[tuple[str, str]]) -> None:
    """Fill an empty database with rows (table and JSON) of some form, and bring it to the present one."""
    migrate(connection, form)
    tables = {table.name: table for table in dumped_tables(connection)}
    batch: list[dict[str, Any]] = []
    current = ""
    for name, line in rows:
        if batch and (name != current or len(batch) >= _BATCH):
            connection.execute(tables[current].insert(), batch)
            batch = []
        current = name
        batch.append(_row(tables[name], json.loads(line)))
    if batch:
        connection.execute(tables[current].insert(), batch)
    if connection.dialect.name == "postgresql":
        _advance_counters(connection, tables.values())
    migrate(connection)


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value


def _row(table: sa.Table, values: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(table.columns[name].type, value) for name, value in values.items()}


def _value(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Packed):
        return base64.b64decode(value)
    return date.fromisoformat(value) if isinstance(kind, Day) else value


def _advance_counters(connection: sa.Connection, tables: Iterable[sa.Table]) -> None:
    """Let PostgreSQL's own counters go on after the numbers that were filled in."""
    for table in tables:
        column = table.autoincrement_column
        if column is not None and column.server_default is not None:
            last = connection.scalar(sa.select(sa.func.max(column))) or 0
            counter = sa.func.pg_get_serial_sequence(table.name, column.name)
            if last:
                connection.execute(sa.select(sa.func.setval(counter, last)))
