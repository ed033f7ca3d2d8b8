"""Workings of the other tables: what their rules need to know of each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from chibo.definitions.layouts import SheetLayout
from chibo.definitions.thresholds import NumberThreshold
from chibo.model import MeetingCode
from chibo.workbook.reading.records import RECORDS, mandatory
from chibo.workbook.writing.cells import Cached
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.meeting_workings import is_constant, threshold_formula, threshold_value
from chibo.workbook.writing.membership import serial
from chibo.workbook.writing.records import records_of
from chibo.workbook.writing.row_names import RowNames, WorkingNames
from chibo.workbook.writing.workings import Workings

IDENTIFIED_BY: Mapping[str, tuple[str, ...]] = {
    "plan": ("no",),
    "disseminations": ("document_number", "document_date", "issuer"),
}
"""Columns that together name a row; an `earlier` row with the same ones makes it a repetition."""
_THRESHOLDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "committee": (("vacancy", "TODAY()"), ("long_vacancy", "TODAY()")),
    "disseminations": (("dissemination_time", "[document_date]"),),
}
"""Thresholds that the rules of a table use, and the day on which each is asked for."""


@frozen
class _Working:
    """A value computed for each row: its formula as a template, its value for a record, and for a spare row."""

    name: str
    formula: str
    value: Callable[[Any, int], Cached]
    spare: Cached = 0


def write_table_workings(form: Form, code: str, meetings: RowNames) -> RowNames:
    """Write the workings of the table `code`; the names that its rules may use."""
    plan, records = form.plan(code), records_of(form.book)[code]
    every = _workings(form, code, meetings)
    shortcuts = {working.name: working.formula for working in every if is_constant(working.formula)}
    workings = [working for working in every if working.name not in shortcuts]
    first = form.workings.block([f"{code}.{working.name}" for working in workings])
    own = {working.name: first + index for index, working in enumerate(workings)}
    held = WorkingNames(meetings.plan, {"meetings_held": meetings.workings["held"]})
    names = RowNames(form, plan, own, (held,), shortcuts | completeness(plan.layout))
    for column, working in enumerate(workings, start=first):

        def value(row: int, _column: int, working: _Working = working) -> Cached:
            index = row - plan.first
            return working.value(records[index], index) if index < len(records) else working.spare

        formula = names.formula(working.formula, plan.first)
        form.workings.shared((plan.first, column, plan.last, column), formula, value)
    return names


def _workings(form: Form, code: str, meetings: RowNames) -> list[_Working]:
    workings: list[_Working] = []
    if "meeting_code" in form.plan(code).columns:
        workings += _of_meeting(form, meetings)
    if code == "explanations":
        workings.append(_criterion_known(form, meetings))
    if code in IDENTIFIED_BY and all(column in form.plan(code).columns for column in IDENTIFIED_BY[code]):
        workings.append(_earlier(form, code))
    workings += [_threshold(form, name, day) for name, day in _THRESHOLDS.get(code, ())]
    return workings


def completeness(layout: SheetLayout) -> dict[str, str]:
    """Whether a row lacks what it cannot be read without, and whether it lacks anything else that is required."""
    needed = mandatory(RECORDS[layout.code])
    mandatory_codes = [column.code for column in layout.columns if column.code in needed]
    required = [column.code for column in layout.columns if column.required and column.code not in needed]
    return {"incomplete": _empty(mandatory_codes), "required_empty": _empty(required)}


def _empty(codes: list[str]) -> str:
    """1 where one of the columns is empty."""
    conditions = [f'[{code}]=""' for code in codes]
    return f"IF(OR({','.join(conditions)}),1,0)" if conditions else "0"


def _of_meeting(form: Form, meetings: RowNames) -> list[_Working]:
    """The row of the meeting that a record names, 0 for none, and the day it was held."""

    def position(record: Any, _index: int) -> Cached:
        found = form.meeting_index(record.meeting_code)
        return 0 if found is None else found + 1

    def day(record: Any, _index: int) -> Cached:
        found = form.meeting_index(record.meeting_code)
        held_on: date | None = form.book.meetings[found].held_on if found is not None else None
        return serial(held_on) if held_on else ""

    codes = meetings.column("meeting_code")
    days = meetings.column("held_on") if "held_on" in meetings.plan.columns else Workings.NOTHING
    found = f'IF([meeting_code]="",0,IFERROR(MATCH([meeting_code],{codes},0),0))'
    held = f'IF([meeting]=0,"",IF(ISNUMBER(INDEX({days},[meeting])),INDEX({days},[meeting]),""))'
    return [_Working("meeting", found, position), _Working("meeting_day", held, day, "")]


def _criterion_known(form: Form, meetings: RowNames) -> _Working:
    """1 where the criterion named belongs to the frame that scores the meeting, or no frame does."""
    variant = f"INDEX({meetings.column('variant')},[meeting])"
    formula = "1"
    for number, one in reversed(list(enumerate(form.scores.variants, start=1))):
        codes = form.lists.name(f"criteria.{one.frame.id}")
        formula = f"IF({variant}={number},IF(ISNUMBER(MATCH([criterion],{codes},0)),1,0),{formula})"

    def known(record: Any, _index: int) -> Cached:
        meeting: MeetingCode = record.meeting_code
        found = form.meeting_index(meeting)
        variant = form.variant_index(form.book.meetings[found]) if found is not None else 0
        codes = form.scores.variants[variant - 1].frame.criteria if variant else {record.criterion: None}
        return int(record.criterion.casefold() in {code.casefold() for code in codes})

    return _Working("criterion_known", f"IF([meeting]=0,1,{formula})", known, 1)


def _earlier(form: Form, code: str) -> _Working:
    """How many rows above name the same thing."""
    records, columns = records_of(form.book)[code], IDENTIFIED_BY[code]
    same = "*".join(f"([*{column}]=[{column}])" for column in columns)
    formula = f'IF([{columns[0]}]="",0,SUMPRODUCT({same}*(ROW([*{columns[0]}])<ROW())))'

    def value(record: Any, index: int) -> Cached:
        return sum(_identity(other, code) == _identity(record, code) for other in records[:index])

    return _Working("earlier", formula, value)


def _identity(record: Any, code: str) -> tuple[str, ...]:
    return tuple(str(getattr(record, column)).casefold() for column in IDENTIFIED_BY[code])


def _threshold(form: Form, name: str, day: str) -> _Working:
    threshold: NumberThreshold = getattr(form.library.thresholds, name)
    formula = threshold_formula(threshold, day, form.book.info.year)

    def value(record: Any, _index: int) -> Cached:
        asked = form.today if day == "TODAY()" else record.document_date
        return threshold_value(threshold, formula, asked)

    spare = threshold_value(threshold, formula, form.today if day == "TODAY()" else None)
    return _Working(f"t_{name}", formula, value, spare)
