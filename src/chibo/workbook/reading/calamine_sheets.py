"""The other way: sheets in any form, read by calamine, and a pass of our own for what it does not tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from typing import TypeVar, cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from chibo.workbook.intake import kinds
from chibo.workbook.intake.marks import SheetMarks
from chibo.workbook.intake.package import Package, SheetPart
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.intake.shared_strings import count_strings
from chibo.workbook.intake.sheet_scan import scan_sheet
from chibo.workbook.reading.agreement import agreed_marks
from chibo.workbook.reading.impossible_numbers import with_plain_numbers
from chibo.workbook.reading.plain_package import plain_package
from chibo.workbook.reading.sheet import Raw, Row

T = TypeVar("T")


def read_by_calamine(package: Package, parts: Sequence[SheetPart]) -> dict[str, tuple[dict[int, Row], SheetMarks]]:
    """The values and marks of these sheets by name; RefusedError where the file is damaged.

    The XML is looked at before calamine is asked, because calamine can end the process on impossible references.
    """
    limits = package.parts.limits.sheet
    strings = None
    if package.strings:
        strings = count_strings(package.parts.read(package.strings), package.strings, limits)
    contents = [with_plain_numbers(package.sheet_xml(part)) for part in parts]
    scanned = [scan_sheet(xml, part.name, limits, strings) for part, xml in zip(parts, contents, strict=True)]
    plain = BytesIO(plain_package(package, contents))
    workbook = _guarded(partial(CalamineWorkbook.from_filelike, plain), "")
    found = {}
    for index, (part, xml, marks) in enumerate(zip(parts, contents, scanned, strict=True)):
        rows = _guarded(partial(_rows, workbook, index), part.name)
        agreed = agreed_marks(xml, part.name, marks, rows, package)
        found[part.name] = (_put_back(rows, agreed) if agreed.broken else rows), agreed
    return found


def _guarded(ask: Callable[[], T], sheet: str) -> T:
    """The answer of calamine; its errors, and its panics (which are no `Exception`), become refusals."""
    try:
        return ask()
    except PasswordError:
        raise RefusedError(kinds.ENCRYPTED) from None
    except ZipError:
        raise RefusedError(kinds.ZIP_BROKEN, sheet=sheet, seen="calamine") from None
    except CalamineError:
        raise RefusedError(kinds.XML_BROKEN, sheet=sheet, seen="calamine") from None
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException:
        raise RefusedError(kinds.READER_CRASH, sheet=sheet, seen="calamine") from None


def _rows(workbook: CalamineWorkbook, index: int) -> dict[int, Row]:
    """The rows of a sheet that hold something, by their true number, each from column A on."""
    sheet = workbook.get_sheet_by_index(index)
    start = sheet.start
    if start is None:
        return {}
    first = start[0] + 1
    indent: list[Raw] = [""] * start[1]
    rows = cast(list[list[Raw]], sheet.to_python())
    return {
        first + index: indent + row if indent else row for index, row in enumerate(rows) if row.count("") < len(row)
    }


def _put_back(rows: dict[int, Row], marks: SheetMarks) -> dict[int, Row]:
    """The rows, with errors and formulas without a value where calamine gave an empty cell."""
    for (row, column), broken in marks.broken.items():
        cells: list[Raw] = list(rows.get(row, ()))
        cells.extend([""] * (column - len(cells)))
        if cells[column - 1] == "":
            cells[column - 1] = broken
        rows[row] = cells
    return dict(sorted(rows.items()))
