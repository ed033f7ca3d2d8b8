"""The workbook judges itself by formulas: filled at random and recalculated by LibreOffice, it says what Chibo says.

Totals and grades are compared with `chibo.scoring`, verdicts with `chibo.checks`, and every formula's stored value
with what LibreOffice computes. Rules that the workbook does not tell are listed, with reasons, in
`chibo.workbook.writing.outside`.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from chibo.checks import check_book, without_blocked
from chibo.checks.register import register
from chibo.definitions.library import Library
from chibo.findings import Finding, Severity
from chibo.model import CellBook, MeetingCode, ScoreSheet
from chibo.scoring import frame_for, score_meeting
from chibo.workbook import read_book, write_book
from chibo.workbook.writing.info import INFO_RULES
from chibo.workbook.writing.outside import OUTSIDE, told_inside
from chibo.workbook.writing.roll_call import ROLL_CALL_FINDINGS
from chibo.workbook.writing.rules import COMPLETENESS, SEPARATOR, SOUND
from chibo.workbook.writing.rules_meetings import MEETING_RULES
from chibo.workbook.writing.rules_tables import TABLE_RULES
from chibo.workbook.writing.score_flags import POINT_FINDINGS
from chibo.workbook.writing.score_lines import score_form
from chibo.workbook.writing.score_verdicts import MEETING_FINDINGS, UNKNOWN_CRITERION
from excel import without_cached_values
from random_books import random_book
from recalculation import recalculated

LIBRARY = Library()
TODAY = date(2026, 9, 16)
SEEDS = range(100, 107)

Sheets = dict[str, list[list[object]]]

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def written() -> dict[str, bytes]:
    """Workbooks filled at random, by name."""
    return {f"so-{seed}": write_book(random_book(seed, LIBRARY, TODAY.year), LIBRARY, TODAY) for seed in SEEDS}


@pytest.fixture(scope="module")
def computed(written: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same, their formulas computed by LibreOffice, which does not see the values that we stored."""
    bare = {name: without_cached_values(data, TODAY) for name, data in written.items()}
    return recalculated(bare, tmp_path_factory.mktemp("libreoffice"))


def sheets_of(data: bytes) -> Sheets:
    """All cells of a workbook by sheet, from A1 on, hidden sheets among them."""
    workbook = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names}


@pytest.fixture(scope="module")
def cells(computed: dict[str, bytes]) -> dict[str, Sheets]:
    """The computed cells of each workbook."""
    return {name: sheets_of(data) for name, data in computed.items()}


@pytest.fixture(scope="module")
def read(computed: dict[str, bytes]) -> dict[str, CellBook]:
    """Each computed workbook as Chibo reads it."""
    books = {name: read_book(data, f"{name}.xlsx", LIBRARY).book for name, data in computed.items()}
    return {name: book for name, book in books.items() if book is not None}


def test_no_formula_ends_in_an_error(computed: dict[str, bytes]) -> None:
    for name, data in computed.items():
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = [part for part in package.namelist() if part.startswith("xl/worksheets/sheet")]
            errors = {part: re.findall(rb'<c r="(\w+)"[^>]* t="e"', package.read(part)) for part in parts}
        assert {part: found[:5] for part, found in errors.items() if found} == {}, name


def test_every_stored_value_is_the_computed_one(written: dict[str, bytes], cells: dict[str, Sheets]) -> None:
    for name, data in written.items():
        for sheet, rows in sheets_of(data).items():
            other = cells[name][sheet]
            differing = [
                (row, column, stored, found)
                for row, stored_row in enumerate(rows, start=1)
                for column, stored in enumerate(stored_row, start=1)
                for found in [_at(other, row, column)]
                if not _same(stored, found)
            ]
            assert differing[:5] == [], (name, sheet)


def _at(rows: list[list[object]], row: int, column: int) -> object:
    return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""


def _same(stored: object, found: object) -> bool:
    if isinstance(found, date) and isinstance(stored, (int, float)):
        # LibreOffice shows the result of DATE() as a date, whatever the format of the cell.
        return (found - type(found)(1899, 12, 30)).days == stored
    if isinstance(stored, (int, float)) and isinstance(found, (int, float)):
        return abs(stored - found) < 1e-9
    return stored == found


def test_totals_and_grades_are_those_of_scoring(cells: dict[str, Sheets], read: dict[str, CellBook]) -> None:
    seen = 0
    for name, book in read.items():
        kept = without_blocked(book, check_book(book, LIBRARY, TODAY))
        for meeting in kept.meetings:
            frame = frame_for(meeting, kept, LIBRARY)
            if frame is None or not meeting.is_held:
                continue
            score = score_meeting(kept, meeting, frame, TODAY)
            for sheet, tally in (("Chấm điểm", score.self_tally), ("Thẩm định", score.official_tally)):
                shown = _results(cells[name][sheet], meeting.meeting_code)
                expected = (float(tally.total), str(tally.grade)) if tally.total is not None else ("", "")
                assert shown == expected, (name, sheet, meeting.meeting_code)
                seen += tally.total is not None
    assert seen > 6


def _results(rows: list[list[object]], code: MeetingCode) -> tuple[object, object]:
    """What the rows `Tổng điểm` and `Xếp loại` show for a meeting."""
    column = next(row.index(str(code)) for row in rows if str(code) in row)
    by_label = {row[1]: row[column] for row in rows}
    return by_label["Tổng điểm"], by_label["Xếp loại"]


def test_verdicts_on_rows_are_those_of_the_checks(cells: dict[str, Sheets], read: dict[str, CellBook]) -> None:
    told: set[str] = set()
    for name, book in read.items():
        expected = _titles_by_row(book)
        for sheet, row, verdict in _row_verdicts(cells[name]):
            titles = set(filter(None, verdict.split(SEPARATOR))) - {SOUND}
            assert titles == expected.pop((sheet, row), set()), (name, sheet, row)
            told |= titles
        assert {place: titles for place, titles in expected.items() if place[0] in _JUDGED} == {}, name
    assert len(told) > 40, "the workbooks should run into most of the rules"


_JUDGED = {sheet.name for sheet in LIBRARY.layout.sheets if sheet.code in {*TABLE_RULES, "meetings"}}
_GRIDS = {"Điểm danh", "Chấm điểm", "Thẩm định", "Đảng phí"}


def _row_verdicts(sheets: Sheets) -> Iterator[tuple[str, int, str]]:
    """Sheet, row and text of every verdict on a row of a table."""
    for sheet in sorted(_JUDGED):
        rows = sheets[sheet]
        header = next(index for index, row in enumerate(rows) if "Kiểm tra" in row)
        column = rows[header].index("Kiểm tra")
        for index, row in enumerate(rows[header + 1 :], start=header + 2):
            if column < len(row) and row[column]:
                yield sheet, index, str(row[column])


def _titles_by_row(book: CellBook) -> dict[tuple[str, int], set[str]]:
    """The titles of what the checks find, by the row of the table at which the workbook tells it."""
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    scores = score_form(book, LIBRARY)
    for finding in told_inside(check_book(book, LIBRARY, TODAY), scores):
        if finding.severity is Severity.NOTE:
            continue
        title = LIBRARY.catalogue.entries[finding.code].vi.title
        row = re.sub(r"^\D+", "", finding.place.address)
        if finding.place.sheet in _JUDGED and row.isdigit():
            found[finding.place.sheet, int(row)].add(title)
        elif finding.code in ROLL_CALL_FINDINGS and finding.meeting is not None:
            meeting = book.meeting(finding.meeting)
            assert meeting is not None
            assert meeting.origin is not None
            found["Sinh hoạt", meeting.origin.row].add(title)
    for records, sheet in ((book.members, "members"),):
        required = [column.code for column in LIBRARY.layout.sheet(sheet).columns if column.required]
        for record in records:
            if any(getattr(record, code) in (None, "") for code in required):
                title = LIBRARY.catalogue.entries["REQUIRED_EMPTY"].vi.title
                found[LIBRARY.layout.sheet(sheet).name, record.origin.row].add(title)
    return found


def test_verdicts_on_meetings_points_are_those_of_the_checks(
    cells: dict[str, Sheets], read: dict[str, CellBook]
) -> None:
    seen: set[str] = set()
    for name, book in read.items():
        findings = told_inside(check_book(book, LIBRARY, TODAY), score_form(book, LIBRARY))
        for code, label in (("self_scores", "Chấm điểm"), ("official_scores", "Thẩm định")):
            points: ScoreSheet = getattr(book, code)
            rows = cells[name][label]
            for meeting, given in points.points.items():
                column = next(row.index(str(meeting)) for row in rows if str(meeting) in row)
                verdict = next(str(row[column]) for row in rows if row[1] == "Kiểm tra")
                shown = set(verdict.split(SEPARATOR)) - {SOUND}
                assert shown == _titles_in_column(findings, points, meeting, label), (name, label, meeting)
                assert verdict, "a meeting with points is judged" if given else ""
                seen |= shown
    assert len(seen) >= 6


def _titles_in_column(findings: tuple[Finding, ...], points: ScoreSheet, meeting: MeetingCode, sheet: str) -> set[str]:
    heading = points.place(meeting)
    assert heading is not None
    letters = re.sub(r"\d+$", "", heading.address)
    return {
        LIBRARY.catalogue.entries[finding.code].vi.title
        for finding in findings
        if finding.place.sheet == sheet
        and re.fullmatch(rf"{letters}\d+", finding.place.address)
        and finding.severity is not Severity.NOTE
    }


def told_codes() -> set[str]:
    """Every code that the workbook's own verdicts may tell."""
    tables = {rule.code for rules in TABLE_RULES.values() for rule in rules}
    rows = {rule.code for rule in (*MEETING_RULES, *COMPLETENESS)}
    info = {code for _, code, _ in INFO_RULES}
    return tables | rows | info | {*POINT_FINDINGS, *MEETING_FINDINGS, *ROLL_CALL_FINDINGS, UNKNOWN_CRITERION}


def test_whatever_the_checks_block_or_warn_of_is_told_or_listed_as_outside() -> None:
    kinds = {kind.code: kind for subject in register() for check in subject.checks for kind in check.kinds}
    owed = {code for code, kind in kinds.items() if kind.severity is not Severity.NOTE}
    assert owed - told_codes() == set(OUTSIDE)
    assert owed & told_codes() & set(OUTSIDE) == set()


def test_every_verdict_has_a_title_in_the_catalogue() -> None:
    entries: Mapping[str, object] = LIBRARY.catalogue.entries
    assert told_codes() - set(entries) == set()
