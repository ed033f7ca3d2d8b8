"""Making a sample office: the office folder, and in it a workbook for each invented cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random

from attrs import evolve, frozen

from chibo.definitions.library import Library
from chibo.model import CellBook, CellInfo
from chibo.office.demo.cells import DemoCell, Role, demo_cells
from chibo.office.demo.meetings import HELD_THROUGH, LATE_SINCE, Course, hold_meetings
from chibo.office.demo.mistakes import with_mistakes
from chibo.office.demo.people import changes_of, committee_of, has_committee, members_of
from chibo.office.demo.records import (
    assessment_of,
    disseminations_of,
    dues_of,
    inspections_of,
    plan_of,
    tasks_of,
)
from chibo.office.demo.scoring import with_scores
from chibo.office.home import HomeReport, init_home, make_folder
from chibo.office.lineage.keeping import keep_copy
from chibo.office.lineage.sealing import seal_workbook
from chibo.workbook import write_book
from chibo.workbook.saving import save_atomically

BOOKS_FOLDER = "so"
"""Where the workbooks of a sample office lie."""


@frozen
class DemoReport:
    """What was made. `kept` are workbooks that stood there already and were left as they are."""

    home: HomeReport
    books: tuple[Path, ...]
    kept: tuple[Path, ...]
    cells: tuple[DemoCell, ...]

    def named(self, role: Role) -> tuple[str, ...]:
        """The codes of the cells that work in this way."""
        return tuple(cell.code for cell in self.cells if cell.role is role)


def make_demo(
    home: Path, count: int, seed: int, year: int, progress: Callable[[str], None] = lambda _cell: None
) -> DemoReport:
    """Make the office folder `home` with the workbooks of `count` invented cells; `progress` hears of each.

    Same arguments, same bytes. Raises OutputError where the folder cannot be written.
    """
    report = init_home(home)
    library = Library(home)
    cells = demo_cells(count)
    folder = home / BOOKS_FOLDER
    make_folder(folder)
    made: list[Path] = []
    kept: list[Path] = []
    for cell in cells:
        target = folder / f"{cell.code}-{year}.xlsx"
        if target.exists():
            kept.append(target)
        else:
            book = demo_book(cell, seed, year, library)
            day = date(year, HELD_THROUGH + 1, 1)
            written, at = write_book(book, library, day), datetime.combine(day, time(12), UTC)
            sealed = seal_workbook(written, library, at=at)
            save_atomically(target, sealed)
            keep_copy(sealed, library)
            made.append(target)
        progress(cell.code)
    return DemoReport(report, tuple(made), tuple(kept), cells)


def demo_book(cell: DemoCell, seed: int, year: int, library: Library) -> CellBook:
    """The year's book of one sample cell: held and scored through October, November registered."""
    chance = Random(f"chibo {seed} {year} {cell.number}")  # noqa: S311  (invented data, not a secret)
    book = _bare_book(cell, chance, year, library)
    codes = [topic.code for topic in library.required_topics.in_force(date(year, 1, 1))]
    held_through = LATE_SINCE - 1 if cell.role is Role.LATE else HELD_THROUGH
    plan = plan_of(year, codes, book.info.secretary, held_through)
    topics = {topic.quarter: (topic.no, topic.required_topic) for topic in plan.topics}
    meetings, roll_call = hold_meetings(Course(cell, book, topics, chance))
    full = evolve(
        book,
        plan=plan,
        meetings=meetings,
        roll_call=roll_call,
        tasks=tasks_of(cell, meetings, chance),
        dues=dues_of(cell, book.members, HELD_THROUGH, chance),
        inspections=inspections_of(cell, year, _inspectors(cell, library)),
        disseminations=disseminations_of(cell, meetings, year),
        assessment=assessment_of(cell, year),
    )
    scored = with_scores(full, cell, library, chance)
    return with_mistakes(scored) if cell.role is Role.FAULTY else scored


def _bare_book(cell: DemoCell, chance: Random, year: int, library: Library) -> CellBook:
    """Who the cell is and who belongs to it."""
    members = members_of(cell, chance, year)
    committee = committee_of(members, year)
    info = CellInfo(
        cell_code=cell.code,
        cell_name=cell.name,
        committee_code=cell.committee.code if cell.committee else "",
        committee_name=cell.committee.name if cell.committee else "",
        cell_kind=cell.kind,
        year=year,
        has_committee=has_committee(members),
        secretary=members[0].full_name,
        secretary_is_head=cell.number % 2 == 1,
        deputy_secretary=members[1].full_name,
        supervisor=f"Cấp ủy viên phụ trách {cell.committee.code}" if cell.committee else "",
        layout_version=library.layout.version,
    )
    return CellBook(
        info=info,
        members=members,
        changes=changes_of(members, year),
        committee_seats=len(committee),
        committee=committee,
        file=f"{cell.code}-{year}.xlsx",
    )


def _inspectors(cell: DemoCell, library: Library) -> tuple[str, ...]:
    """The bodies that look into this cell: its base committee, else the one above."""
    names = [authority.name for authority in library.inspection_authorities.authorities]
    return tuple(names if cell.committee else names[2:] or names)
