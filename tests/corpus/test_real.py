"""Real workbooks of all origins: taken in where calamine reads them, and their values those of a second reader."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.cell import MergedCell
from python_calamine import CalamineWorkbook

from chibo.engine import single_files  # noqa: F401 - loaded once here, and not in each copy of this process
from chibo.engine.running import run_books
from chibo.engine.single_book import inspect_one
from chibo.engine.sources import find_sources
from chibo.workbook.intake.marks import BrokenCell
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading.opening import open_book
from corpus_files import WHOLE, real_workbooks, sample, tell, unhurried

pytestmark = pytest.mark.corpus

LEAST_TAKEN_IN = 0.995
COMPARED = 300 if WHOLE else 25
LARGEST = 1 << 19
_LAST_DAY = 2_958_465
"""The number of the last day of the year 9999."""
LOST = {"READER_CRASH", "TIMEOUT", "MEMORY"}

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")

UNDER_MERGED = object()
Place = tuple[str, int, int]


def test_what_calamine_reads_is_taken_in(tmp_path: Path) -> None:
    library = unhurried(tmp_path / "office")
    refused: list[tuple[str, str]] = []
    count = 0
    for path in sample(real_workbooks(".xlsx", ".xlsm"), 60):
        data = path.read_bytes()
        if not _calamine_reads(data):
            continue
        count += 1
        refusal = inspect_one(data, path.name, library).refusal
        if refusal is not None:
            refused.append((path.name, refusal.code))

    tell(f"real: {count - len(refused)} of {count} .xlsx and .xlsm that calamine reads taken in; refused: {refused}")
    assert count > 40
    assert len(refused) <= (1 - LEAST_TAKEN_IN) * count + (not WHOLE), refused


def _calamine_reads(data: bytes) -> bool:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # its panics are no `Exception`
        return False
    return True


def test_whatever_comes_is_answered(tmp_path: Path) -> None:
    """A real workbook is seldom one of a cell: that is a finding, never a crash."""
    files = sample(real_workbooks(".xlsx", ".xlsm", ".xls"), 40, seed=2)
    run = run_books(find_sources(files), unhurried(tmp_path / "office"), today=date(2026, 11, 29), workers=1)
    outcomes = run.consolidation.outcomes
    codes = Counter(outcome.refusals[0].code for outcome in outcomes if not outcome.accepted)

    tell(f"real: {len(outcomes)} workbooks of all kinds answered; refused: {dict(codes)}")
    assert len(outcomes) == len(files)
    assert all(outcome.accepted or outcome.refusals for outcome in outcomes)
    assert not LOST & codes.keys()


def test_values_are_those_of_a_second_reader() -> None:
    files = sample(real_workbooks(".xlsx", ".xlsm"), 4 * COMPARED, seed=3)
    differences: list[str] = []
    explained: Counter[str] = Counter()
    compared = cells = 0
    for path in files:
        if compared == COMPARED or path.stat().st_size > LARGEST:
            continue
        theirs, ours = _theirs(path), _ours(path)
        if theirs is None or ours is None:
            continue
        compared += 1
        cells += len(theirs)
        differing = [place for place in theirs.keys() | ours.keys() if not _same(ours.get(place), theirs.get(place))]
        for place in differing:
            if reason := _reason(place, ours, theirs):
                explained[reason] += 1
            else:
                differences.append(f"{path.name} {place}: {ours.get(place)!r} here, {theirs.get(place)!r} there")

    tell(f"real: {compared} books by a second reader, {cells} cells, {len(differences)} unexplained, {dict(explained)}")
    assert compared == COMPARED
    assert not differences, f"{len(differences)} of {cells}\n" + "\n".join(sorted(differences)[:200])


def _reason(place: Place, ours: Mapping[Place, object], theirs: Mapping[Place, object]) -> str:
    """Why openpyxl says something else, where that is its own doing or no workbook of a cell has it; "" if unknown."""
    here, there = ours.get(place), theirs.get(place)
    if there is None:
        return "a number formatted as a day after 9999" if isinstance(here, float) and here > _LAST_DAY else ""
    if isinstance(there, datetime):
        if there.year < 1900:
            return "a negative number formatted as a day"
        return "a day stored as text" if isinstance(here, str) and datetime.fromisoformat(here) == there else ""
    if isinstance(here, date | time) and isinstance(there, int | float):
        if there < 61:
            return "Excel has a 29/02/1900, so days before it differ by one"
        return "a format that only one takes for a date's" if _plain(here) == _plain(there) else ""
    if isinstance(there, timedelta) and isinstance(here, str):
        return "a length of time in the words of ISO 8601" if _length_of(here) == there else ""
    if isinstance(there, str) and isinstance(here, str):
        if there.replace("_x000D_", "\r") == here:
            return "openpyxl leaves the escape of a line end"
        return "spaces around a text that does not ask to keep them" if there.strip() == here else ""
    return ""


def _length_of(text: str) -> timedelta | None:
    found = re.fullmatch(r"PT(\d+)H(\d+)M([\d.]+)S", text)
    return timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=float(found[3])) if found else None


def _ours(path: Path) -> Mapping[Place, object] | None:
    try:
        opened = open_book(path.read_bytes(), path.name)
        sheets = opened.read(opened.sheets)
    except RefusedError:
        return None
    return {
        (name, row, column): value
        for name, sheet in sheets.items()
        for row, values in sheet.rows.items()
        for column, value in enumerate(values, start=1)
        if value != "" and not isinstance(value, BrokenCell)
    }


def _theirs(path: Path) -> Mapping[Place, object] | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(_transitional(path.read_bytes())), data_only=True)
    except Exception:  # openpyxl fails in many ways on odd files
        return None
    return dict(_values(book))


def _transitional(data: bytes) -> bytes:
    """The workbook with the usual names of its tags: of those of the strict form openpyxl reads no cell."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w") as new:
        if not any(_STRICT.search(old.read(name)) for name in old.namelist() if name.endswith("workbook.xml")):
            return data
        for name in old.namelist():
            new.writestr(name, _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", old.read(name)))
    return stream.getvalue()


def _values(book: openpyxl.Workbook) -> Iterator[tuple[Place, object]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, MergedCell):  # openpyxl drops what lies under a merged range
                    yield (sheet.title, cell.row, cell.column), UNDER_MERGED
                elif cell.value not in (None, "") and cell.data_type != "e":
                    yield (sheet.title, cell.row, cell.column), cell.value


def _same(ours: object, theirs: object) -> bool:
    return theirs is UNDER_MERGED or ours == theirs or _plain(ours) == _plain(theirs)


def _plain(value: object) -> object:
    """One spelling of what two readers call by different types: moments as days since 1900, line ends as one."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Fraction(value).limit_denominator(10**6)
    if isinstance(value, timedelta):
        return Fraction(value.total_seconds() / 86400).limit_denominator(10**6)
    if isinstance(value, time):
        return _plain(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    if isinstance(value, datetime):
        return _plain(value - datetime(1899, 12, 30))
    if isinstance(value, date):
        return _plain(datetime(value.year, value.month, value.day))
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value
