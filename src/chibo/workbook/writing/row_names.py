"""What the names in a formula's template stand for: `[name]` a value in the row, `[*name]` a whole column.

A name is a column of the sheet, a label of another sheet (`info.year`), a column of another sheet (`*plan.no`), or a
working. A column that an office's layout does without is an empty cell; a whole column that is not there is KeyError.
Cells of visible sheets are meant by defined names, so that one shared formula serves all rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import Factory, frozen

from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import SheetPlan
from chibo.workbook.writing.names import column_name, name_here, part_name
from chibo.workbook.writing.workings import Workings

_NAME = re.compile(r"\[(\*?)([a-z_.0-9]+)\]")


@frozen
class WorkingNames:
    """Workings of another sheet that are named as whole columns: the sheet's places and the column of each name."""

    plan: SheetPlan
    workings: Mapping[str, int]


@frozen
class RowNames:
    """What the names in the conditions of one sheet stand for: a row's own cells, and those of the workings."""

    form: Form
    plan: SheetPlan
    workings: Mapping[str, int]
    others: tuple[WorkingNames, ...] = ()
    shortcuts: Mapping[str, str] = Factory(dict)
    """Templates that stand for a name: constants, and what only one formula asks for."""

    def cell(self, name: str, row: int) -> str:
        """The reference to a name's value in a row; to an empty cell for a column that the layout does not have."""
        if name in self.shortcuts:
            return self.formula(self.shortcuts[name], row)
        if not self._has(name):
            return Workings.NOTHING
        if name in self.workings:
            return Workings.ref(row, self.workings[name], fixed_row=False)
        sheet, _, label = name.rpartition(".")
        if sheet:
            return part_name(self.form.plan(sheet), label)
        return name_here(self.form.workbook, self.plan, name)

    def _has(self, name: str) -> bool:
        sheet, _, label = name.rpartition(".")
        if sheet:
            return sheet in self.form.plans and label in self.form.plan(sheet).labels
        return name in self.workings or name in self.shortcuts or name in self.plan.columns

    def column(self, name: str) -> str:
        """The reference to a whole column, on this sheet or (`sheet.column`) on another one."""
        for plan, workings in ((self.plan, self.workings), *((other.plan, other.workings) for other in self.others)):
            if name in workings:
                return Workings.span(plan.first, workings[name], plan.last, workings[name])
        sheet, _, column = name.rpartition(".")
        return column_name(self.form.plan(sheet) if sheet else self.plan, column)

    def formula(self, template: str, row: int) -> str:
        """A template with its names replaced; KeyError for a whole column that the layout does not have."""
        return _NAME.sub(lambda found: self.column(found[2]) if found[1] else self.cell(found[2], row), template)

    def knows(self, template: str) -> bool:
        """Whether the layout has everything that a template names."""
        return all(self._has_column(name) if whole else self._has(name) for whole, name in _NAME.findall(template))

    def _has_column(self, name: str) -> bool:
        try:
            self.column(name)
        except KeyError:
            return False
        return True
