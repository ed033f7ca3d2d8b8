"""One spreadsheet cell changed in many real workbooks: every other part and every other value stays as it was."""

from __future__ import annotations

import random
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import python_calamine
from attrs import frozen

from chibo.errors import OutputError
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.patching.cells import write_cells
from chibo.workbook.patching.package_edit import PackageEdit, open_for_editing
from chibo.workbook.patching.sheet_cells import SheetCells
from chibo.workbook.patching.strict_check import package_faults
from chibo.workbook.patching.values import CellEdit
from corpus_files import WHOLE, real_workbooks, tell

WANTED = 240 if WHOLE else 12
LARGEST = 1 << 20
AT_ONCE = 20

pytestmark = pytest.mark.corpus

Values = dict[tuple[str, int, int], str]


@frozen
class _OneChange:
    """A workbook in which one cell was changed, and where; `allowed` are the cells that may read otherwise."""

    data: bytes
    sheet: str
    at: tuple[int, int]
    allowed: frozenset[tuple[str, int, int]]


def test_one_cell_changes_and_nothing_else() -> None:
    troubles: list[str] = []
    count = 0
    for path, data, edit, change in _changed(WANTED):
        count += 1
        troubles += _troubles(path, data, edit, change)
    tell(f"written into: {count} real workbooks, {len(troubles)} troubles")
    assert not troubles, "\n".join(troubles)
    assert count == WANTED


@pytest.mark.libreoffice
def test_libreoffice_opens_what_was_written_into(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        (pytest.fail if WHOLE else pytest.skip)("LibreOffice is not installed")
    before, after = {}, {}
    for number, (path, data, _, change) in enumerate(_changed(WANTED)):
        before[f"{number}{path.suffix}"], after[f"{number}{path.suffix}"] = data, change.data
    opened = _opened_by(office, after, tmp_path / "after")
    left = before.keys() - opened
    unopened = _opened_by(office, {name: before[name] for name in left}, tmp_path / "before")

    tell(f"written into: LibreOffice opens {len(opened)} of {len(after)}; {len(left - unopened)} it never opened")
    assert len(after) == WANTED
    assert unopened == set()


def _opened_by(office: str, workbooks: Mapping[str, bytes], folder: Path) -> set[str]:
    """Those of the workbooks that LibreOffice opens; some at a time, so that one that ends it costs few others."""
    folder.mkdir()
    opened: set[str] = set()
    names = iter(workbooks)
    while group := tuple(islice(names, AT_ONCE)):
        opened |= _opened_together(office, {name: workbooks[name] for name in group}, folder)
    for name in workbooks.keys() - opened:
        opened |= _opened_together(office, {name: workbooks[name]}, folder)
    return opened


def _opened_together(office: str, workbooks: Mapping[str, bytes], folder: Path) -> set[str]:
    for name, data in workbooks.items():
        (folder / name).write_bytes(data)
    profile, out = (folder / "profile").as_uri(), folder / "out"
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "csv", "--outdir", out]
    subprocess.run([*command, *(folder / name for name in workbooks)], capture_output=True, timeout=900, check=False)
    return {name for name in workbooks if (out / name).with_suffix(".csv").exists()}


def _changed(wanted: int) -> Iterator[tuple[Path, bytes, PackageEdit, _OneChange]]:
    """So many workbooks with one cell changed."""
    made = ((*found, _one_change(found[0], found[2])) for found in _workbooks())
    return islice(((path, data, edit, change) for path, data, edit, change in made if change is not None), wanted)


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


def _one_change(path: Path, edit: PackageEdit) -> _OneChange | None:
    """One cell changed; None where that cell cannot be written (merged, or of an array)."""
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
    return _OneChange(edit.saved(), sheet, at, frozenset({(sheet, *at), *written.without_result}))


def _troubles(path: Path, data: bytes, edit: PackageEdit, change: _OneChange) -> list[str]:
    """What is wrong after one cell was changed."""
    out, sheet = change.data, change.sheet
    troubles = [f"{path.name}: part {name}" for name in _other_parts(data, out, set(edit.touched))]
    troubles += [f"{path.name}: {fault}" for fault in set(package_faults(out)) - set(package_faults(data))]
    for read in (_by_calamine, _by_openpyxl):
        before, after = read(data), read(out)
        if before is None or not any(name == sheet for name, _, _ in before):
            continue
        if after is None:
            troubles.append(f"{path.name}: not read by {read.__name__}")
            continue
        different = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} - change.allowed
        troubles += [f"{path.name}: {key} by {read.__name__}" for key in different]
    if (shown := _by_calamine(out)) is not None and (sheet, *change.at) not in shown:
        troubles.append(f"{path.name}: {sheet} {change.at} is empty")
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
