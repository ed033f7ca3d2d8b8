"""The sample office: believable, invented, and the same bytes for the same arguments."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from chibo.checks import check_book
from chibo.cli.main import cli
from chibo.definitions.library import Library
from chibo.findings import Severity
from chibo.model import CellBook, Grade, Meeting, MeetingCode, Month
from chibo.office.demo import Role, demo_book, demo_cells, make_demo
from chibo.scoring import MeetingScore, frame_for, score_meeting
from chibo.workbook import read_book

TODAY = date(2026, 11, 15)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def books(library: Library) -> dict[str, CellBook]:
    return {cell.code: demo_book(cell, 1, 2026, library) for cell in demo_cells(12)}


def scores_of(book: CellBook, library: Library) -> list[MeetingScore]:
    held: list[Meeting] = [meeting for meeting in book.meetings if meeting.is_held]
    frames = [(meeting, frame_for(meeting, book, library)) for meeting in held]
    return [score_meeting(book, meeting, frame) for meeting, frame in frames if frame]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 8, 12, 130])
def test_any_number_of_cells_each_with_its_own_code_and_name(count: int) -> None:
    cells = demo_cells(count)
    assert (
        len(cells)
        == len({cell.code for cell in cells})
        == len({(cell.committee, cell.name) for cell in cells})
        == count
    )
    assert [cell.code for cell in cells] == sorted(cell.code for cell in cells)


@pytest.mark.parametrize("count", [8, 9, 12, 40])
def test_from_eight_on_three_base_organisations_and_two_cells_straight_under_the_bloc(count: int) -> None:
    committees = Counter(cell.committee.code if cell.committee else "" for cell in demo_cells(count))
    assert committees[""] == 2
    assert len(committees) == 4
    assert all(number >= 2 for number in committees.values())


@pytest.mark.parametrize("count", [3, 8, 12, 40])
def test_one_cell_is_late_and_one_has_faults(count: int) -> None:
    roles = Counter(cell.role for cell in demo_cells(count))
    assert roles[Role.LATE] == 1
    assert roles[Role.FAULTY] == 1


def test_the_late_cell_has_only_registered_its_last_meetings(books: dict[str, CellBook]) -> None:
    (late,) = [cell.code for cell in demo_cells(12) if cell.role is Role.LATE]
    october = MeetingCode(Month(2026, 10))
    for code, book in books.items():
        meeting = book.meeting(october)
        assert meeting is not None
        assert meeting.is_held is (code != late)


def test_scores_are_believable(books: dict[str, CellBook], library: Library) -> None:
    healthy = {cell.code for cell in demo_cells(12) if cell.role is not Role.FAULTY}
    grades = Counter(score.self_grade for code in healthy for score in scores_of(books[code], library))
    assert None not in grades
    assert grades[Grade.GOOD] > grades[Grade.FAIR] > 0
    assert grades[Grade.AVERAGE] > 0
    assert grades[Grade.POOR] == 0


def test_who_goes_above_the_facts_says_why(books: dict[str, CellBook], library: Library) -> None:
    healthy = [cell.code for cell in demo_cells(12) if cell.role is not Role.FAULTY]
    criteria = [line for code in healthy for score in scores_of(books[code], library) for line in score.criteria]
    assert any(line.excess > 0 for line in criteria)
    assert not any(line.needs_explanation for line in criteria)


def test_points_lie_within_the_frame(books: dict[str, CellBook], library: Library) -> None:
    for cell in demo_cells(12):
        if cell.role is Role.FAULTY:
            continue
        for score in scores_of(books[cell.code], library):
            for line in score.criteria:
                for points in (line.self_points, line.official_points):
                    assert points is None or line.criterion.allows(points, score.kind), (cell.code, line.code, points)


def test_the_faulty_cell_has_faults_that_are_found_and_the_others_are_not_blocked(
    books: dict[str, CellBook], library: Library
) -> None:
    for cell in demo_cells(12):
        blocks = {
            found.code for found in check_book(books[cell.code], library, TODAY) if found.severity is Severity.BLOCK
        }
        if cell.role is Role.FAULTY:
            assert blocks == {"END_NOT_AFTER_START", "PRESENT_OVER_MEMBERSHIP", "SCORE_OVER_MAXIMUM"}
        else:
            assert not blocks


def test_a_strong_cell_gives_no_warning(books: dict[str, CellBook], library: Library) -> None:
    for cell in demo_cells(12):
        if cell.role is Role.STRONG:
            found = check_book(books[cell.code], library, TODAY)
            assert not [one.code for one in found if one.severity is Severity.WARN]


def test_another_seed_gives_other_data(library: Library) -> None:
    cell = demo_cells(1)[0]
    assert demo_book(cell, 1, 2026, library) != demo_book(cell, 2, 2026, library)
    assert demo_book(cell, 1, 2026, library) == demo_book(cell, 1, 2026, library)


def test_meetings_fall_on_working_days_of_their_month(books: dict[str, CellBook]) -> None:
    for book in books.values():
        for meeting in book.meetings:
            assert meeting.planned_on is not None
            assert meeting.planned_on.weekday() < 5
            assert Month(meeting.planned_on.year, meeting.planned_on.month) == meeting.meeting_code.month


def test_nobody_bears_a_name_that_people_bear(books: dict[str, CellBook]) -> None:
    common = {"Anh", "Bình", "Chi", "Dũng", "Hà", "Hùng", "Hương", "Lan", "Linh", "Minh", "Nam", "Nga", "Tuấn", "Thảo"}
    names = [member.full_name for book in books.values() for member in book.members]
    assert not common & {name.split()[-1] for name in names}
    assert all(re.fullmatch(r"\w+ \w+ \w+", name) for name in names)


def test_same_arguments_same_bytes(tmp_path: Path) -> None:
    """In two processes whose sets come in different orders."""
    for hash_seed in ("1", "2"):
        command = [sys.executable, "-m", "chibo", "demo", str(tmp_path / hash_seed), "--cells", "2", "--seed", "3"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    for name in ("CB01-2026.xlsx", "CB02-2026.xlsx"):
        first, second = (tmp_path / hash_seed / "so" / name for hash_seed in ("1", "2"))
        assert first.read_bytes() == second.read_bytes()


def test_a_sample_workbook_reads_back_as_it_was_made(tmp_path: Path, library: Library) -> None:
    report = make_demo(tmp_path, 5, seed=1, year=2026)
    for cell, path in zip(report.cells, report.books, strict=True):
        reading = read_book(path.read_bytes(), path.name, library)
        assert reading.findings == ()
        assert reading.book == demo_book(cell, 1, 2026, library)


def test_the_office_keeps_what_it_handed_out_so_that_an_edited_cell_is_named(tmp_path: Path) -> None:
    (book,) = make_demo(tmp_path, 1, seed=1, year=2026).books
    workbook = load_workbook(book)
    workbook["Sinh hoạt"]["R6"] = "Hội trường"
    workbook.save(book)
    result = CliRunner().invoke(
        cli, ["provenance", str(book), "--home", str(tmp_path), "--changes", "--format", "json"]
    )
    (changed,) = json.loads(result.stdout)
    assert (changed["place_after"], changed["after"]) == ("Sinh hoạt!R6", "Hội trường")


def test_a_workbook_that_stands_there_is_kept(tmp_path: Path) -> None:
    make_demo(tmp_path, 1, seed=1, year=2026)
    book = tmp_path / "so" / "CB01-2026.xlsx"
    book.write_bytes(b"worked on")
    report = make_demo(tmp_path, 1, seed=1, year=2026)
    assert report.kept == (book,)
    assert book.read_bytes() == b"worked on"


def test_the_command_says_what_to_try(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["demo", str(tmp_path / "mau"), "--cells", "3"])
    assert result.exit_code == 0, result.output
    assert "Đã tạo 3 sổ" in result.output
    assert "CB03: có lỗi để tập sửa" in result.output
    assert "chibo serve --home" in result.output


def test_no_cells_is_wrong_usage(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["demo", str(tmp_path), "--cells", "0"]).exit_code == 2
