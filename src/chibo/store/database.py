"""The engine of a database: SQLite with one writer at a time and a log written ahead, or PostgreSQL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from chibo.errors import ChiboError

BUSY_SECONDS = 60
"""How long a writer waits for those before it. Each needs some milliseconds."""
WRITES = "chibo_writes"
"""The execution option of a connection that is going to write."""
_LOCK = 0x63686962
"""The number of PostgreSQL's lock that all writers of an office take: the log is one chain, so they go one by one."""


def make_engine(address: str) -> sa.Engine:
    """The engine of an address of SQLAlchemy. Nothing is connected yet."""
    if address.startswith("sqlite"):
        engine = sa.create_engine(address, poolclass=sa.NullPool, connect_args={"timeout": BUSY_SECONDS})
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        engine = sa.create_engine(address, pool_size=2, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError:
        raise ChiboError(
            "Máy này chưa có phần nối với PostgreSQL. Cài thêm: pip install 'chibo[postgresql]'."
        ) from None
    sa.event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, so that a writer says at once that it is one
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {BUSY_SECONDS * 1000}", "foreign_keys = ON", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: sa.Connection) -> None:
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
