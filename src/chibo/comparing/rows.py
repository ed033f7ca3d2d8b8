"""A book as rows with values by column: the grain at which two books are compared and three are merged.

Every sheet is seen in the same way. The labels of a sheet are one row; a table has a row for each record; a grid has a
row for each member or criterion, with a column for each meeting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import field, fields, frozen

from chibo.model import Place

GRID_KEY = {"roll_call": "member_code", "self_scores": "criterion", "official_scores": "criterion"}
"""The column of the rows' codes of each grid. A row of a grid is there only through its values."""

HEADING = "meeting_code"
"""What the headings of a grid's columns hold."""


@frozen(eq=False)
class Row:
    """One row: its values by column code, and where they stand.

    `record` is the value of the model that the row was made from, None in a grid.
    """

    values: Mapping[str, Any]
    record: Any = None
    locate: Callable[[str], Place | None] = field(default=lambda _column: None, repr=False)
    is_strange: bool = False
    """Whether the row came into a merged book from THEIRS, and stands only there."""

    def place(self, column: str = "") -> Place | None:
        """Where the value of a column stands, or the row itself; None where the row was read from no file."""
        return self.locate(column)


def is_blank(value: object) -> bool:
    """Whether nothing is recorded."""
    return value is None or value in ("", ())


def compared_columns(kind: type[Any]) -> tuple[str, ...]:
    """The attributes of a record that take part in a comparison, which are the codes of its columns."""
    return tuple(attribute.name for attribute in fields(kind) if attribute.eq)
