"""Random acts on a book: values changed, taken from another book or cleared, rows added and taken out, marks, points.

An act gives a book that a workbook can hold: keys stay unique, and a record keeps what it must have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import attrs
from attrs import evolve

from chibo.definitions.layouts import Layout, ValueType
from chibo.model import CellBook, DuesRow, MeetingCode, ScoreSheet
from chibo.model.vocabulary import DuesMark, Mark
from chibo.workbook.writing.records import records_of

KEYS = {"members": "member_code", "meetings": "meeting_code"}
ANSWERS = ("minutes_kept", "supervisor_present")
"""What is answered No in a meeting that was held and says nothing of it."""


class Acts:
    """Acts drawn by one seed; `donor` is the book that values and rows are taken from."""

    def __init__(self, donor: CellBook, layout: Layout, seed: str) -> None:
        self.chance = Random(seed)
        self.donor = donor
        self.rows = {code: rows for code, rows in records_of(donor).items() if rows}
        self.columns = {
            sheet.code: [column.code for column in sheet.columns if column.type is not ValueType.SHOWN]
            for sheet in layout.sheets
        }

    def on(self, book: CellBook, count: int, only: Sequence[str] = ()) -> CellBook:
        """The book after so many acts; `only` on these tables where it is given."""
        tables = [code for code in self.rows if not only or code in only]
        for _ in range(count):
            book = self.chance.choice(self._acts())(book, self.chance.choice(tables))
        return book

    def _acts(self) -> tuple[Callable[[CellBook, str], CellBook], ...]:
        return (
            self.change_value, self.change_value, self.change_value, self.append_row, self.remove_row, self.mark,
            self.give_points, self.pay_dues, self.label,
        )  # fmt: skip

    # ── tables ────────────────────────────────────────────────────────────────────────────────────────────────────

    def change_value(self, book: CellBook, table: str) -> CellBook:
        """One value of a row becomes that of another book's row, or nothing where nothing may stand."""
        rows = records_of(book)[table]
        if not rows:
            return book
        at = self.chance.randrange(len(rows))
        names = [name for name in self.columns[table] if name not in {KEYS.get(table), "kind", "member_code"}]
        name = self.chance.choice([name for name in names if hasattr(rows[at], name)])
        default = attrs.fields_dict(type(rows[at]))[name].default
        value = getattr(self.chance.choice(self.rows[table]), name)
        if default is not attrs.NOTHING and self.chance.random() < 0.25:
            value = default
        return _with_rows(book, table, [*rows[:at], _answered(evolve(rows[at], **{name: value})), *rows[at + 1 :]])

    def append_row(self, book: CellBook, table: str) -> CellBook:
        """A row of another book is added under a key of its own."""
        rows, row = records_of(book)[table], evolve(self.chance.choice(self.rows[table]), origin=None)
        key = KEYS.get(table)
        if key == "member_code":
            row = evolve(row, member_code=f"MỚI{self.chance.randrange(1000):03d}")
        elif hasattr(row, "member_code"):
            row = evolve(row, member_code=self.chance.choice(book.members).member_code)
        if key and getattr(row, key) in {getattr(one, key) for one in rows}:
            return book
        if key == "meeting_code" and row.meeting_code.month.year != book.info.year:
            return book
        return _with_rows(book, table, [*rows, row])

    def remove_row(self, book: CellBook, table: str) -> CellBook:
        """A row is taken out; a member only where nothing else speaks of the code."""
        rows = records_of(book)[table]
        if not rows or table == "members":
            return book
        at = self.chance.randrange(len(rows))
        return _with_rows(book, table, [*rows[:at], *rows[at + 1 :]])

    # ── grids and labels ──────────────────────────────────────────────────────────────────────────────────────────

    def mark(self, book: CellBook, _table: str) -> CellBook:
        """A mark of the roll call is set or taken away."""
        if not book.meetings or not book.members:
            return book
        code, member = self.chance.choice(book.meetings).meeting_code, self.chance.choice(book.members).member_code
        marks = {**book.roll_call.of(code), member: self.chance.choice([*Mark, Mark.PRESENT])}
        if self.chance.random() < 0.3:
            del marks[member]
        return evolve(book, roll_call=evolve(book.roll_call, marks={**book.roll_call.marks, code: marks}))

    def give_points(self, book: CellBook, _table: str) -> CellBook:
        """Points are set or taken away; what was typed as their total and grade no longer holds."""
        name = self.chance.choice(["self_scores", "official_scores"])
        sheet: ScoreSheet = getattr(book, name)
        given = [value for points in self.donor.self_scores.points.values() for value in points.values()]
        criteria = list(sheet.origin.rows) if sheet.origin else []
        if not book.meetings or not given or not criteria:
            return book
        code, criterion = self.chance.choice(book.meetings).meeting_code, self.chance.choice(criteria)
        column = {**sheet.of(code), criterion: self.chance.choice(given)}
        if self.chance.random() < 0.3:
            del column[criterion]
        return evolve(book, **{name: _with_points(sheet, code, column)})

    def pay_dues(self, book: CellBook, _table: str) -> CellBook:
        """A month of a member's dues is set or taken away."""
        if not book.dues:
            return book
        at = self.chance.randrange(len(book.dues))
        row: DuesRow = book.dues[at]
        months = {**row.months, self.chance.randint(1, 12): self.chance.choice(list(DuesMark))}
        if self.chance.random() < 0.3 and row.months:
            del months[self.chance.choice(list(row.months))]
        return evolve(book, dues=(*book.dues[:at], evolve(row, months=months), *book.dues[at + 1 :]))

    def label(self, book: CellBook, _table: str) -> CellBook:
        """What stands beside a label becomes that of another book."""
        name = self.chance.choice(["cell_name", "secretary", "deputy_secretary", "has_committee", "cell_kind"])
        value = getattr(self.donor.info, name)
        return evolve(book, info=evolve(book.info, **{name: value})) if value not in (None, "") else book


def _with_rows(book: CellBook, table: str, rows: Sequence[Any]) -> CellBook:
    if table == "plan":
        return evolve(book, plan=evolve(book.plan, topics=tuple(rows)))
    if table == "assessment":
        return evolve(book, assessment=evolve(book.assessment, entries=tuple(rows)))
    return evolve(book, **{table: tuple(rows)})


def _answered(record: Any) -> Any:
    """A meeting that was held answers the questions whose empty answer is No."""
    if not getattr(record, "is_held", False):
        return record
    return evolve(record, **{name: bool(getattr(record, name)) for name in ANSWERS})


def _with_points(sheet: ScoreSheet, code: MeetingCode, column: dict[str, Any]) -> ScoreSheet:
    typed = {
        name: {key: value for key, value in getattr(sheet, name).items() if key != code}
        for name in ("typed_totals", "typed_grades")
    }
    return evolve(sheet, points={**sheet.points, code: column}, **typed)
