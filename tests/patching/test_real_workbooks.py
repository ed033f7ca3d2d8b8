"""One spreadsheet cell changed in many real workbooks: every other part and every other value stays as it was."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import python_calamine

from chibo.errors import OutputError
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.patching.cells import write_cells
from chibo.workbook.patching.package_edit import PackageEdit, open_for_editing
from chibo.workbook.patching.sheet_cells import SheetCells
from chibo.workbook.patching.strict_check import package_faults
from chibo.workbook.patching.values import CellEdit
from corpus_files import WHOLE, real_workbooks

WANTED = 240 if WHOLE else 12
LARGEST = 1 << 20

pytestmark = pytest.mark.corpus

Values = dict[tuple[str, int, int], str]


def test_one_cell_changes_and_nothing_else() -> None:
    troubles: list[str] = []
    count = 0
    for path, data, edit in _workbooks():
        if count == WANTED:
            break
        found = _changed(path, data, edit)
        if found is not None:
            count += 1
            troubles += found
    assert not troubles, "\n".join(troubles)
    assert count == WANTED


def _workbooks() -> Iterator[tuple[Path, bytes, PackageEdit]]:
    files = real_workbooks(".xlsx", ".xlsm")
    random.Random(5).shuffle(files)
    for path in files:
        data = path.read_bytes()
        if len(data) > LARGEST:
            continue
        try:
            edit = open_for_editing(data)
        except RefusedError:
            continue
        if edit.package.sheets:
            yield path, data, edit


def _changed(path: Path, data: bytes, edit: PackageEdit) -> list[str] | None:
    """What is wrong after one cell was changed; None where that cell cannot be written (merged, or of an array)."""
    moment = random.Random(path.name)
    sheet = moment.choice(edit.package.sheets).name
    cells = list(SheetCells(edit.read(edit.sheet_part(sheet))).all_cells())
    at = (moment.randrange(1, 40), moment.randrange(1, 12))
    if cells and moment.random() < 0.7:
        at = next((cell.row, cell.column) for cell in [moment.choice(cells)])
    value = moment.choice([7.25, 3, '=1+1 <&> "đảng"'])
    try:
        written = write_cells(edit, {sheet: {at: CellEdit(value)}})
    except OutputError:
        return None
    out = edit.saved()
    troubles = [f"{path.name}: part {name}" for name in _other_parts(data, out, set(edit.touched))]
    troubles += [f"{path.name}: {fault}" for fault in set(package_faults(out)) - set(package_faults(data))]
    allowed = {(sheet, *at), *written.without_result}
    for read in (_by_calamine, _by_openpyxl):
        before, after = read(data), read(out)
        if before is None or not any(name == sheet for name, _, _ in before):
            continue
        if after is None:
            troubles.append(f"{path.name}: not read by {read.__name__}")
            continue
        different = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} - allowed
        troubles += [f"{path.name}: {key} by {read.__name__}" for key in different]
    if (shown := _by_calamine(out)) is not None and (sheet, *at) not in shown:
        troubles.append(f"{path.name}: {sheet} {at} is empty")
    return troubles


def _other_parts(data: bytes, out: bytes, touched: set[str]) -> Iterator[str]:
    """The parts that should be as they were and are not."""
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(out)) as new:
        kept = [name for name in old.namelist() if name not in touched and "calcChain" not in name]
        for name in kept:
            before, after = (
                (one.CRC, one.compress_size, one.date_time) for one in (old.getinfo(name), new.getinfo(name))
            )
            if before != after or old.read(name) != new.read(name):
                yield name


def _by_calamine(data: bytes) -> Values | None:
    def read() -> Values:
        values: Values = {}
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            top, left = sheet.start or (0, 0)
            for row, cells in enumerate(sheet.to_python(), top + 1):
                for column, value in enumerate(cells, left + 1):
                    if value != "":
                        values[name, row, column] = repr(value)
        return values

    return _or_none(read)


def _by_openpyxl(data: bytes) -> Values | None:
    def read() -> Values:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), data_only=True)
        return {
            (sheet.title, cell.row, cell.column): repr(cell.value)
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }

    return _or_none(read)


def _or_none(read: Callable[[], Values]) -> Values | None:
    """What a reader gives; None for a file that it cannot read."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a reader of others may fail in any way, panics among them
        return None
