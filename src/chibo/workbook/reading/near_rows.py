"""Rows that are a record but for one cell: what is missing there must be told, it is no text outside the table."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from attrs import frozen

from chibo.definitions.layouts import Column, SheetLayout, ValueType
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.reading.converters import ReadingContext, converter
from chibo.workbook.reading.headers import Header
from chibo.workbook.reading.outcomes import Closer, Converter, Unreadable
from chibo.workbook.reading.sheet import Raw, Row, Sheet

_TIMES = (ValueType.DATE, ValueType.TIME)
_SURE = (*_TIMES, ValueType.WHOLE, ValueType.COUNT, ValueType.QUARTER, ValueType.LIST)
"""Types whose values nobody writes by chance into a remark or a signature."""


@frozen
class _Field:
    """A column that the sheet has."""

    of: Column
    index: int
    convert: Converter


class NearRows:
    """Tells rows that lack one cell from text; `merged` are the first cells of ranges over several columns."""

    def __init__(
        self,
        sheet: Sheet,
        of: SheetLayout,
        header: Header,
        context: ReadingContext,
        merged: Collection[tuple[int, int]],
    ) -> None:
        self._sheet, self._of, self._header, self._context = sheet, of, header, context
        self._merged = merged

    @cached_property
    def _fields(self) -> list[_Field]:
        """The columns of the layout that the sheet has; most sheets have no row for which they are needed."""
        return [
            _Field(column, self._header.columns[column.code], converter(column, self._context))
            for column in self._of.columns
            if column.code in self._header.columns and column.type is not ValueType.SHOWN
        ]

    @cached_property
    def _required(self) -> list[_Field]:
        return [field for field in self._fields if field.of.required]

    def is_record_besides(self, row: int, cells: Row, *columns: int) -> bool:
        """Whether all that a record needs besides what stands in these columns is there and can be read."""
        others = [field for field in self._required if field.index not in columns]
        return bool(others) and all(self._value(field, row, cells) is not None for field in others)

    def has_times(self, row: int, cells: Row) -> bool:
        """Whether there are two days or times in a row: no remark and no signature has them in these columns."""
        times = (field for field in self._fields if field.of.type in _TIMES)
        return sum(self._value(field, row, cells) is not None for field in times) > 1

    def missing(self, row: int, cells: Row) -> tuple[Column, int] | None:
        """The one required column, and its place, whose empty cell keeps a row from being a record; None for text.

        A row that lacks its very text, such as one prepared with running numbers, has nothing to lose.
        """
        empty = [field for field in self._required if is_blank(_raw(cells, field.index))]
        if len(empty) != 1 or empty[0].of.type is ValueType.TEXT:
            return None
        (lacking,) = empty
        is_near = self.is_record_besides(row, cells, lacking.index) and any(
            field.of.type in _SURE and self._value(field, row, cells) is not None for field in self._fields
        )
        return (lacking.of, lacking.index) if is_near else None

    def _value(self, field: _Field, row: int, cells: Row) -> Any:
        """What can be read of a cell, None where that is nothing."""
        raw = _raw(cells, field.index)
        if is_blank(raw) or isinstance(raw, BrokenCell) or (row, field.index) in self._merged:
            return None
        value = field.convert(raw)
        if isinstance(value, Closer):
            value = value.look(self._sheet, row, field.index)
        return None if isinstance(value, Unreadable) else value


def is_blank(raw: Raw) -> bool:
    """Whether a cell holds nothing, or spaces alone."""
    return isinstance(raw, str) and not raw.strip()


def _raw(cells: Row, column: int) -> Raw:
    return cells[column - 1] if column <= len(cells) else ""
