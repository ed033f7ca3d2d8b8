"""What all tables share: their names for indexes and constraints, and how values and rows become each other."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from attrs import fields

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Every table, known once its module is imported."""


def row_of(value: Any, table: sa.Table) -> dict[str, Any]:
    """The columns of a table from the attributes of a value that bear their names."""
    return {field.name: getattr(value, field.name) for field in fields(type(value)) if field.name in table.columns}


def without_types(table: sa.Table) -> sa.TableClause:
    """The table for whoever takes what lies in it as it is, whatever somebody put there."""
    return sa.table(table.name, *(sa.column(column.name) for column in table.columns))
