"""A book with the places its values are about to have in the workbook being written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from attrs import evolve

from chibo.model import CellBook, GridOrigin, Origin, Place, ScoreSheet, TableOrigin
from chibo.workbook.writing.geometry import SheetPlan, local

R = TypeVar("R", bound=Any)


def placed(book: CellBook, plans: Mapping[str, SheetPlan], codes: Sequence[object]) -> CellBook:
    """`book` as if it had been read from the file that is to be written: findings on it name the places there."""
    tables = {code: _table(book, plan) for code, plan in plans.items() if plan.columns}

    def rows(sheet: str, records: tuple[R, ...]) -> tuple[R, ...]:
        if sheet not in tables:
            return records
        first = plans[sheet].first + 1
        return tuple(evolve(r, origin=Origin(tables[sheet], first + index)) for index, r in enumerate(records))

    def labels(sheet: str) -> dict[str, Place]:
        plan = plans.get(sheet)
        if plan is None:
            return {}
        return {code: book.place(plan.name, _address(*at)) for code, at in plan.labels.items()}

    return evolve(
        book,
        info=evolve(book.info, places=labels("info")),
        members=rows("members", book.members),
        changes=rows("changes", book.changes),
        committee=rows("committee", book.committee),
        plan=evolve(book.plan, topics=rows("plan", book.plan.topics), places=labels("plan")),
        meetings=rows("meetings", book.meetings),
        roll_call=evolve(book.roll_call, origin=_grid(book, plans.get("roll_call"), _member_rows(book, plans), codes)),
        tasks=rows("tasks", book.tasks),
        self_scores=_scores(book, book.self_scores, plans.get("self_scores"), codes),
        official_scores=_scores(book, book.official_scores, plans.get("official_scores"), codes),
        explanations=rows("explanations", book.explanations),
        dues=rows("dues", book.dues),
        inspections=rows("inspections", book.inspections),
        disseminations=rows("disseminations", book.disseminations),
        assessment=evolve(
            book.assessment, entries=rows("assessment", book.assessment.entries), places=labels("assessment")
        ),
        tables=tables,
    )


def _table(book: CellBook, plan: SheetPlan) -> TableOrigin:
    columns = {code: column + 1 for code, column in plan.columns.items()}
    return TableOrigin(book.file, plan.name, plan.header + 1, columns)


def _member_rows(book: CellBook, plans: Mapping[str, SheetPlan]) -> dict[str, int]:
    plan = plans.get("roll_call")
    first = plan.first + 1 if plan else 0
    return {member.member_code: first + index for index, member in enumerate(book.members)}


def _grid(
    book: CellBook, plan: SheetPlan | None, rows: Mapping[str, int], codes: Sequence[object]
) -> GridOrigin | None:
    if plan is None:
        return None
    columns = {str(code): plan.spread[0] + 1 + index for index, code in enumerate(codes)}
    return GridOrigin(book.file, plan.name, plan.header + 1, rows, columns)


def _scores(book: CellBook, sheet: ScoreSheet, plan: SheetPlan | None, codes: Sequence[object]) -> ScoreSheet:
    rows = {code: row + 1 for code, row in plan.rows.items()} if plan else {}
    return evolve(sheet, origin=_grid(book, plan, rows, codes))


def _address(row: int, column: int) -> str:
    return local(row, column)
