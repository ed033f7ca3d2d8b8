"""Where the workings of a sheet of points stand, and how its formulas name them.

Every formula is the same across the columns of meetings, so it is stored once and is written for the first of them.
"""

from __future__ import annotations

from attrs import frozen

from chibo.workbook.writing.geometry import SheetPlan
from chibo.workbook.writing.names import part_name
from chibo.workbook.writing.workings import Workings

_HEAD_ROWS = ("number", "meeting", "variant", "held", "kind", "given", "left", "total", "grade", "told", "verdict")
"""What is computed of each meeting, in rows below the criteria: the number of its column, its row in `Sinh hoạt` (0 for
none), its variant (0 for none), whether it was held, its kind, how many numbers it has been given, how many it lacks,
its total and grade, what is told of its points, and the verdict shown."""

Block = tuple[int, int, int, int]


@frozen
class ScoreWorkings:
    """Blocks of one column per column of the spread, whose rows run beside the criteria.

    `flags` holds what is wrong with each number by itself (and, below the criteria, what is computed of each meeting),
    `facts` the flag of a number above what facts support. `applies` are constants: for each criterion and variant,
    whether the one is scored at the other. `rows` numbers the rows of the criteria; `told` and `verdicts` say what is
    wrong in the row of each.
    """

    plan: SheetPlan
    flags: int
    facts: int
    applies: int
    variants: int
    rows: int
    told: int
    verdicts: int

    def head(self, name: str) -> str:
        """What is computed of the meeting of a column."""
        return Workings.ref(self.head_row(name), self.flags, fixed_column=False)

    def shown(self, name: str, index: int) -> str:
        """What is computed of the meeting over a column, for the sheet of points itself."""
        return Workings.ref(self.head_row(name), self.flags + index)

    def head_row(self, name: str) -> int:
        """The row of something computed of each meeting."""
        return self.plan.last + 1 + _HEAD_ROWS.index(name)

    def group_row(self, number: int) -> int:
        """The row of the sums of a group."""
        return self.plan.last + 1 + len(_HEAD_ROWS) + number

    def across(self, row: int, first: int | None = None) -> Block:
        """A row through all columns of meetings, of the block `flags` unless another is given."""
        left = self.flags if first is None else first
        return row, left, row, left + len(self.plan.spread_columns) - 1

    def points(self, row: int) -> str:
        """The points of a criterion at the meeting of a column."""
        return f"INDEX({self._grid},{Workings.ref(row, self.rows)},{self.head('number')})"

    def points_between(self, first_row: int, last_row: int) -> str:
        """The points of the meeting of a column, of the criteria between two rows."""
        if (first_row, last_row) == (self.plan.first, self.plan.last):
            return f"INDEX({self._grid},0,{self.head('number')})"
        return f"{self.points(first_row)}:{self.points(last_row)}"

    def flags_between(self, first: int, first_row: int, last_row: int) -> str:
        """The flags of the meeting of a column in one of the blocks."""
        ends = (Workings.ref(row, first, fixed_column=False) for row in (first_row, last_row))
        return ":".join(ends).replace(":" + Workings.OWN, ":")

    def row_flags(self, row: int, first: int) -> str:
        """The flags of one criterion at all meetings, in one of the blocks."""
        last = first + len(self.plan.spread_columns) - 1
        ends = (Workings.ref(row, column, fixed_row=False) for column in (first, last))
        return ":".join(ends).replace(":" + Workings.OWN, ":")

    def applying(self, first_row: int, last_row: int) -> str:
        """Which criteria between two rows apply to the meeting of a column, as ones and zeros."""
        last = self.applies + max(self.variants, 1) - 1
        return f"INDEX({Workings.span(first_row, self.applies, last_row, last)},0,{self.head('variant')})"

    @property
    def headings(self) -> str:
        """The name of the meeting codes over the columns."""
        return part_name(self.plan, "headings")

    @property
    def _grid(self) -> str:
        return part_name(self.plan, "grid")
