"""Reading a criteria frame back from its Excel workbook; whatever is wrong is told with its sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from chibo.definitions.frames.frame import Frame
from chibo.definitions.frames.loading import parse_frame
from chibo.definitions.loading import MISSING_KEY
from chibo.definitions.wording import normal_label
from chibo.errors import DefinitionError
from chibo.model import Place, column_letters
from chibo.workbook.frames import tables as shape
from chibo.workbook.frames.places import FramePlaces, ReadRow
from chibo.workbook.frames.rows import FrameRows, Row, document_of
from chibo.workbook.frames.tables import Column, TableShape
from chibo.workbook.frames.values import CRITERION_ROW, GROUP_ROW

Grid = Sequence[Sequence[Any]]

_MAIN_TABLES = (shape.SOURCES, shape.CRITERIA, shape.GRADES, shape.GATES, shape.YEARLY)
_HEADINGS = {normal_label(table.heading) for table in (*_MAIN_TABLES, *shape.OTHER_SHEETS.values())}


class FrameSheetError(DefinitionError):
    """A frame's workbook is wrong; `place` is the file, sheet and cell where it is."""

    def __init__(self, place: Place, problem: str) -> None:
        super().__init__(place.file, f"{place.sheet}!{place.address}", problem)
        self.place = place
        where = ", ".join(
            part for part in (place.sheet and f"trang «{place.sheet}»", place.address and f"ô {place.address}") if part
        )
        self.args = (f"Không nhập được khung từ «{place.file}»{', ' + where if where else ''}: {problem}",)


def read_frame(data: bytes, file: str) -> Frame:
    """The frame in the workbook `data`, whose file is called `file`, cross-checked like any other.

    Raises FrameSheetError (a DefinitionError) naming sheet and cell where it cannot be taken in.
    """
    places, sheets = FramePlaces(), _sheets(data, file)
    rows = _read_rows(sheets, file, places)
    try:
        return parse_frame(document_of(rows), Path(file))
    except FrameSheetError:
        raise
    except DefinitionError as error:
        place = places.of_key(error.key) or Place(file, shape.MAIN_SHEET, "")
        raise FrameSheetError(place, _problem(error.problem, sheets)) from None


def _problem(problem: str, sheets: Mapping[str, Grid]) -> str:
    """What is wrong in the words of a workbook, with the sheets that it lacks, which may be why."""
    if problem == MISSING_KEY:
        problem = "thiếu giá trị: ô trống, hoặc có công thức chưa được tính; hãy ghi giá trị vào ô này"
    gone = [name for name in shape.OTHER_SHEETS if normal_label(name) not in sheets]
    return f"{problem}. Tệp không có trang {', '.join(f'«{name}»' for name in gone)}" if gone else problem


def _sheets(data: bytes, file: str) -> dict[str, Grid]:
    """The cells of each sheet by its name in normal form, from A1 on."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return {
            normal_label(name): book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
    except (CalamineError, BadZipFile, OSError, ValueError):
        problem = "tệp không mở được như một tệp Excel (.xlsx); hãy mở bằng Excel rồi lưu lại dạng .xlsx"
        raise FrameSheetError(Place(file), problem) from None


def _read_rows(sheets: Mapping[str, Grid], file: str, places: FramePlaces) -> FrameRows:
    main = sheets.get(normal_label(shape.MAIN_SHEET))
    if main is None:
        raise FrameSheetError(Place(file), f"không có trang «{shape.MAIN_SHEET}»")
    found = {table.key: list(_read_table(main, table, Place(file, shape.MAIN_SHEET))) for table in _MAIN_TABLES}
    for name, table in shape.OTHER_SHEETS.items():
        grid = sheets.get(normal_label(name))
        found[table.key] = [] if grid is None else list(_read_table(grid, table, Place(file, name)))
    info = _read_info(main, Place(file, shape.MAIN_SHEET))
    places.add_info(info)
    _check_belonging(found, file)
    places.add_tables(found)
    return FrameRows(info.values, {key: [row.values for row in rows] for key, rows in found.items()})


def _read_info(grid: Grid, sheet: Place) -> ReadRow:
    """The labelled values above the first table: each is the next filled cell to the right of its label."""
    by_label = {normal_label(column.label): column for column in shape.INFO}
    values: Row = {}
    places: dict[str, Place] = {}
    for number, cells in enumerate(grid, start=1):
        if any(_header(cells, table) for table in _MAIN_TABLES):
            break
        filled = [(index, cell) for index, cell in enumerate(cells) if not _is_blank(cell)]
        column = by_label.get(normal_label(str(filled[0][1]))) if filled else None
        if column is None:
            continue
        where, value = filled[1] if len(filled) > 1 else (filled[0][0] + 2, None)
        places[column.key] = _place(sheet, number, where)
        if value is not None:
            values[column.key] = _converted(column, value, places[column.key])
    return ReadRow(values, places)


def _read_table(grid: Grid, table: TableShape, sheet: Place) -> Iterator[ReadRow]:
    """The rows under a table's labels, up to the heading of the next table."""
    positions: dict[str, int] = {}
    for number, cells in enumerate(grid, start=1):
        if not positions:
            positions = _header(cells, table)
        elif normal_label(str(cells[0])) in _HEADINGS:
            return
        elif any(not _is_blank(_cell(cells, positions, column)) for column in table.columns[:2]):
            yield _read_row(cells, table, positions, sheet, number)


def _read_row(
    cells: Sequence[Any], table: TableShape, positions: Mapping[str, int], sheet: Place, number: int
) -> ReadRow:
    values: Row = {}
    places: dict[str, Place] = {}
    for column in table.columns:
        if column.key not in positions:
            continue
        places[column.key] = _place(sheet, number, positions[column.key])
        value = _cell(cells, positions, column)
        if not _is_blank(value):
            values[column.key] = _converted(column, value, places[column.key])
    return ReadRow(values, places)


def _header(cells: Sequence[Any], table: TableShape) -> dict[str, int]:
    """Where the columns of a table stand in this row, if it is the row of their labels."""
    labels = {normal_label(str(cell)): index for index, cell in enumerate(cells) if not _is_blank(cell)}
    found = {column.key: labels[name] for column in table.columns if (name := normal_label(column.label)) in labels}
    return found if all(column.key in found for column in table.columns if column.required) else {}


def _check_belonging(found: Mapping[str, list[ReadRow]], file: str) -> None:
    """Every criterion stands under a group, and what the other sheets say belongs to a criterion."""
    criteria = found["criteria"]
    if not criteria:
        raise FrameSheetError(Place(file, shape.MAIN_SHEET), "không thấy bảng tiêu chí")
    _check_filled(criteria, "row", "code")
    if criteria[0].values["row"] != GROUP_ROW:
        raise FrameSheetError(criteria[0].places["row"], f"dòng đầu của bảng phải là một dòng «{GROUP_ROW}»")
    _check_filled(found["facts"], "measure")
    _check_filled(found["sentences"], "outcome", "vi", "en")
    known = {row.values["code"] for row in criteria if row.values["row"] == CRITERION_ROW}
    facts = {row.values.get("criterion") for row in found["facts"]}
    for name in ("levels", "facts", "bands", "sentences"):
        for row in found[name]:
            code, where = row.values.get("criterion"), row.places["criterion"]
            if code not in known:
                raise FrameSheetError(where, f"trang «{shape.MAIN_SHEET}» không có tiêu chí «{code or ''}»")
            if name in {"bands", "sentences"} and code not in facts:
                raise FrameSheetError(where, f"trang «{shape.FACTS_SHEET}» không có dòng nào cho tiêu chí «{code}»")


def _check_filled(rows: Sequence[ReadRow], *columns: str) -> None:
    for row in rows:
        for column in columns:
            if column not in row.values:
                raise FrameSheetError(row.places[column], "ô này còn trống")


def _converted(column: Column, value: Any, place: Place) -> Any:
    try:
        return column.kind.from_cell(value)
    except ValueError as error:
        raise FrameSheetError(place, str(error)) from None


def _cell(cells: Sequence[Any], positions: Mapping[str, int], column: Column) -> Any:
    position = positions.get(column.key)
    return cells[position] if position is not None and position < len(cells) else None


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _place(sheet: Place, row: int, column: int) -> Place:
    return Place(sheet.file, sheet.sheet, f"{column_letters(column + 1)}{row}")
