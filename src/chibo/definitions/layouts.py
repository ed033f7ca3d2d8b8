"""Layouts: how a bloc's cell workbook is laid out in sheets, labels, columns and grids, as versioned data.

The codes of sheets, fields and columns are the attribute names of the model, so that a layout says *where* a value
stands and the model says what it is. One layout serves reading, writing and the forms on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field as Option
from pydantic import model_validator

from chibo.definitions.earlier_layouts import EarlierVersion, as_of
from chibo.definitions.folders import definition_files
from chibo.definitions.layout_fields import (
    Band,
    Code,
    Column,
    Interned,
    LayoutField,
    ListValue,
    Spread,
    ValueType,
    Words,
)
from chibo.definitions.loading import Definition, load_definition
from chibo.definitions.wording import normal_label
from chibo.errors import DefinitionError
from chibo.model import vocabulary

__all__ = [
    "LIST_ENUMS",
    "YES_NO_LIST",
    "Band",
    "Column",
    "Layout",
    "LayoutField",
    "ListValue",
    "SheetLayout",
    "Spread",
    "ValueType",
    "load_layouts",
]

LIST_ENUMS: Mapping[str, type[StrEnum]] = {
    "cell_kind": vocabulary.CellKind,
    "meeting_kind": vocabulary.MeetingKind,
    "meeting_state": vocabulary.MeetingState,
    "meeting_mode": vocabulary.MeetingMode,
    "mark": vocabulary.Mark,
    "post": vocabulary.Post,
    "standing": vocabulary.Standing,
    "member_status": vocabulary.MemberStatus,
    "change_kind": vocabulary.ChangeKind,
    "topic_state": vocabulary.TopicState,
    "task_result": vocabulary.TaskResult,
    "dues_mark": vocabulary.DuesMark,
    "inspection_kind": vocabulary.InspectionKind,
    "inspection_subject": vocabulary.InspectionSubject,
    "assessment_term": vocabulary.AssessmentTerm,
    "assessment_item": vocabulary.AssessmentItem,
    "annual_grade": vocabulary.AnnualGrade,
}
"""The closed list that each list of a layout spells out."""

YES_NO_LIST = "yes_no"


class SheetLayout(Definition):
    """One sheet: labels with a value to their right, a table of columns, or a grid (columns and a spread).

    `key` is the column whose form makes a row data; without it a row is data when all required cells are filled.
    `rows` is how many rows the blank offers; `legend` is written under the table.
    """

    code: Code
    name: Annotated[str, Option(min_length=1, max_length=31)]
    aliases: tuple[Words, ...] = ()
    required: bool = False
    title: Words
    help: str = ""
    english: str = ""
    labels: tuple[LayoutField, ...] = ()
    bands: tuple[Band, ...] = ()
    columns: tuple[Column, ...] = ()
    spread: Spread | None = None
    key: Annotated[str, Interned] = ""
    rows: Annotated[int, Option(ge=0, le=1000)] = 0
    legend: str = ""

    @model_validator(mode="after")
    def _parts_agree(self) -> SheetLayout:
        bands = {band.code for band in self.bands}
        codes = [field.code for field in (*self.labels, *self.columns)]
        _unique(codes, f"trang «{self.name}»: mã trùng nhau")
        for fields in (self.labels, self.columns):
            spellings = (normal_label(label) for field in fields for label in field.labels)
            _unique(spellings, f"trang «{self.name}»: nhãn hoặc tên khác trùng nhau")
        for column in self.columns:
            if bool(bands) != bool(column.band) or (column.band and column.band not in bands):
                raise ValueError(f"trang «{self.name}», cột «{column.label}»: nhóm cột «{column.band}» chưa khai báo")
            for other in column.pair or ():
                if other not in codes:
                    raise ValueError(f"trang «{self.name}», cột «{column.label}»: pair nêu cột «{other}» không có")
        if self.key and self.key not in {column.code for column in self.columns if column.required}:
            raise ValueError(f"trang «{self.name}»: key «{self.key}» không phải cột bắt buộc")
        if not self.labels and not any(column.required for column in self.columns):
            raise ValueError(f"trang «{self.name}»: bảng phải có ít nhất một cột bắt buộc")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """The sheet's name and its aliases."""
        return (self.name, *self.aliases)

    @cached_property
    def columns_by_label(self) -> Mapping[str, Column]:
        """The columns by every spelling of their label, in normal form."""
        return {normal_label(label): column for column in self.columns for label in column.labels}

    @cached_property
    def fields_by_label(self) -> Mapping[str, LayoutField]:
        """The label/value fields by every spelling of their label, in normal form."""
        return {normal_label(label): field for field in self.labels for label in field.labels}

    @cached_property
    def required_columns(self) -> frozenset[str]:
        """Codes of the columns that the header row must hold."""
        return frozenset(column.code for column in self.columns if column.required)

    @cached_property
    def worked_out(self) -> dict[object, Any]:
        """What functions over this sheet have found out once and are asked for every book."""
        return {}

    def column(self, code: str) -> Column:
        """The column with this code; KeyError where the sheet has none."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)

    def field(self, code: str) -> LayoutField:
        """The label/value field with this code; KeyError where the sheet has none."""
        for field in self.labels:
            if field.code == code:
                return field
        raise KeyError(code)


class Layout(Definition):
    """The layout of a cell workbook; every code in it is an attribute of the model."""

    schema_number: Literal[1] = Option(alias="schema")
    id: Annotated[str, Option(pattern=r"^[a-z0-9-]+$")]
    version: Words
    title: Words
    sheets: tuple[SheetLayout, ...]
    lists: Mapping[str, tuple[ListValue, ...]]
    earlier: tuple[EarlierVersion, ...] = ()
    """The versions before this one whose books are still understood, the latest first."""

    @model_validator(mode="after")
    def _whole_agrees(self) -> Layout:
        _unique((sheet.code for sheet in self.sheets), "mã trang trùng nhau")
        _unique((normal_label(name) for sheet in self.sheets for name in sheet.names), "tên trang trùng nhau")
        for sheet in self.sheets:
            for field in (*sheet.labels, *sheet.columns):
                if field.list and field.list not in self.lists:
                    raise ValueError(f"trang «{sheet.name}», «{field.label}»: không có danh mục «{field.list}»")
        for name, values in self.lists.items():
            _check_list(name, values)
        missing = {*LIST_ENUMS, YES_NO_LIST} - set(self.lists)
        if missing:
            raise ValueError(f"thiếu danh mục {', '.join(sorted(missing))}")
        try:
            _unique([self.version, *(one.version for one in self.earlier_layouts)], "phiên bản trùng nhau")
        except KeyError as unknown:
            raise ValueError(f"earlier: không có {unknown.args[0]}") from None
        return self

    @cached_property
    def earlier_layouts(self) -> tuple[Layout, ...]:
        """The layouts of the earlier versions, each whole."""
        if not self.earlier:
            return ()
        present = self.model_dump(by_alias=True)
        return tuple(Layout.model_validate(as_of(present, one)) for one in self.earlier)

    def sheet(self, code: str) -> SheetLayout:
        """The sheet with this code; KeyError where the layout has none."""
        for sheet in self.sheets:
            if sheet.code == code:
                return sheet
        raise KeyError(code)

    @cached_property
    def sheets_by_name(self) -> Mapping[str, SheetLayout]:
        """The sheets by every spelling of their name, in normal form."""
        return {normal_label(name): sheet for sheet in self.sheets for name in sheet.names}

    @cached_property
    def enum_values(self) -> Mapping[str, Mapping[str, StrEnum]]:
        """For each list with members of the model the member meant by every spelling, in normal form."""
        return {
            name: {spelling: enum(value) for spelling, value in self.list_values[name].items()}
            for name, enum in LIST_ENUMS.items()
        }

    @cached_property
    def list_values(self) -> Mapping[str, Mapping[str, str]]:
        """For each list the canonical value of every spelling, in normal form."""
        return {
            name: {normal_label(text): entry.value for entry in values for text in (entry.value, *entry.aliases)}
            for name, values in self.lists.items()
        }


def _unique(spellings: Iterable[str], problem: str) -> None:
    seen: set[str] = set()
    for spelling in spellings:
        if spelling in seen:
            raise ValueError(f"{problem}: «{spelling}»")
        seen.add(spelling)


def _check_list(name: str, values: tuple[ListValue, ...]) -> None:
    """A list spells out exactly the values of its enum, and no spelling means two values."""
    expected = {"Có", "Không"} if name == YES_NO_LIST else {member.value for member in LIST_ENUMS.get(name, ())}
    if {entry.value for entry in values} != expected:
        raise ValueError(f"danh mục «{name}» phải gồm đúng các giá trị: {', '.join(sorted(expected)) or 'không có'}")
    _unique(
        (normal_label(text) for entry in values for text in (entry.value, *entry.aliases)),
        f"danh mục «{name}»: cách viết trùng nhau",
    )


def load_layouts(office: Path | None = None) -> dict[str, Layout]:
    """Every layout by its id. Raises DefinitionError where one is wrong or its id is not its file's name."""
    layouts = {}
    for stem, path in definition_files("layouts", office).items():
        layout = load_definition(Layout, path)
        if layout.id != stem:
            raise DefinitionError(path, "id", f"id «{layout.id}» phải trùng tên tệp «{stem}»")
        layouts[stem] = layout
    return layouts
