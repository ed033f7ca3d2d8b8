"""Bringing the tables of a database to what this version of Chibo knows, in one transaction, with all data kept."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from chibo.errors import ChiboError

LATEST = "0008"
"""The newest migration. Alembic itself is only loaded where a database is older."""
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))
_SCRIPTS = Path(__file__).parent / "migrations"


def version_of(connection: sa.Connection) -> str:
    """The migration that the database is at, "" for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(sa.select(_VERSION.c.version_num)) or ""


def migrate(connection: sa.Connection, to: str = LATEST) -> None:
    """Bring the tables to a migration, forwards or backwards ("base" takes all of them away).

    Raises ChiboError where a newer Chibo has worked on the database.
    """
    from alembic import command  # noqa: PLC0415  (a third of a second that hardly any command needs)
    from alembic.config import Config  # noqa: PLC0415

    present = version_of(connection)
    if present > LATEST:
        raise ChiboError(
            "Cơ sở dữ liệu của văn phòng do bản Chibo mới hơn ghi. Hãy cập nhật Chibo trên máy này rồi làm lại."
        )
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if to == "base" or to < present:
        command.downgrade(config, to)
    else:
        command.upgrade(config, to)
