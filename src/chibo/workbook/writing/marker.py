"""The very hidden sheet by which a workbook made by Chibo is known again, with the version of its layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from xlsxwriter import Workbook

from chibo import __version__
from chibo.definitions.layouts import Layout
from chibo.workbook.intake.package import SheetPart
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading.sheet import Sheet

MARKER_SHEET = "_chibo"
MARKER = "Sổ do Chibo tạo"


def write_marker(workbook: Workbook, layout: Layout, frames: tuple[str, ...]) -> None:
    """Write the marker: what made the workbook, by which layout and which frames."""
    sheet = workbook.add_worksheet(MARKER_SHEET)
    sheet.very_hidden()
    lines = (
        ("made_by", MARKER),
        ("chibo", __version__),
        ("layout", layout.id),
        ("layout_version", layout.version),
        ("frames", ";".join(frames)),
    )
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    workbook.define_name("chibo.layout_version", f"={MARKER_SHEET}!$B$4")


def is_marked(sheets: Iterable[SheetPart], read: Callable[[Iterable[SheetPart]], Mapping[str, Sheet]]) -> bool:
    """Whether Chibo made the workbook of these sheets, which `read` reads; not said by a marker that cannot be read."""
    try:
        found = read([part for part in sheets if part.name == MARKER_SHEET])
    except RefusedError:
        return False
    return any(sheet.value(1, 2) == MARKER for sheet in found.values())
