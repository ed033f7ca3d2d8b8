"""Defined names: every label, every table's headings and data, every grid can be found by name in the workbook."""

from __future__ import annotations

from xlsxwriter import Workbook

from chibo.workbook.writing.geometry import SheetPlan

PREFIX = "chibo"
_HERE = "_o"
"""Begins the names of a column's cell in the row of the formula that uses it."""


def define_names(workbook: Workbook, plan: SheetPlan) -> None:
    """Name the places of one sheet.

    `chibo.info.cell_code` is a label's value, `chibo.meetings.header` and `chibo.meetings.data` are a table's headings
    and rows, `chibo.meetings.held_on` is a column's data, `chibo.roll_call.headings` and `chibo.roll_call.grid` are the
    meetings over a grid and its cells.
    """
    code = plan.layout.code

    def define(name: str, reference: str) -> None:
        workbook.define_name(f"{PREFIX}.{code}.{name}", f"={reference}")

    for label in plan.labels:
        define(label, plan.label_ref(label))
    if not plan.columns:
        return
    last = max(plan.columns.values()) if not plan.spread_columns else plan.spread[1]
    define("header", plan.block(plan.header, 0, plan.header, last))
    define("data", plan.block(plan.first, 0, plan.last, last))
    for column in plan.layout.columns:
        define(column.code, plan.column_block(column.code))
    if plan.spread_columns:
        define("headings", plan.row_block(plan.header))
        define("grid", plan.block(plan.first, plan.spread[0], plan.last, plan.spread[1]))


def column_name(plan: SheetPlan, code: str) -> str:
    """What formulas call the data of a column: by its name where it has one, else by its place."""
    named = any(column.code == code for column in plan.layout.columns)
    return f"{PREFIX}.{plan.layout.code}.{code}" if named else plan.column_block(code)


def part_name(plan: SheetPlan, code: str) -> str:
    """What formulas call the value of a label, or a grid (`grid`) and the meetings over it (`headings`)."""
    return f"{PREFIX}.{plan.layout.code}.{code}"


def name_here(workbook: Workbook, plan: SheetPlan, code: str) -> str:
    """What formulas of any sheet call the cell of a column in their own row; such names are hidden from people.

    The reference of a defined name counts from A1, so a row that is not fixed moves along with the formula.
    """
    name = f"{_HERE}.{plan.layout.code}.{code}"
    add_hidden_name(workbook, name, plan.ref(0, plan.columns[code], fixed_row=False))
    return name


def add_hidden_name(workbook: Workbook, name: str, reference: str) -> None:
    """Define a name that formulas use and people are not shown; nothing where it is defined already."""
    entry = [name, -1, reference, True]
    if entry not in workbook.defined_names:
        workbook.defined_names.append(entry)
