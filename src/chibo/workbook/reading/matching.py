"""Which sheets of a workbook are which sheets of the layout, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from attrs import frozen

from chibo.definitions.layouts import Layout, SheetLayout
from chibo.definitions.library import Library
from chibo.definitions.wording import normal_label
from chibo.findings import Finding
from chibo.model import Place
from chibo.workbook.intake.package import SheetPart
from chibo.workbook.reading import kinds
from chibo.workbook.reading.legacy import possible_names
from chibo.workbook.reading.misnamed import copies, misnamed
from chibo.workbook.reading.remembered import Remembered

_MOST_ANSWERS = 64
_LONGEST_NAMES = 4000
"""Sets of sheets that are remembered; the characters of the longest names of all sheets and their parts."""


@frozen
class Matching:
    """The sheets found, by the layout's code; further sheets with a name of the same meaning are not read."""

    layout: Layout
    parts: Mapping[str, SheetPart]
    doubles: Mapping[str, tuple[SheetPart, ...]]

    @property
    def missing(self) -> tuple[SheetLayout, ...]:
        """Required sheets that the workbook has not."""
        return tuple(sheet for sheet in self.layout.sheets if sheet.required and sheet.code not in self.parts)

    @property
    def optional_missing(self) -> tuple[SheetLayout, ...]:
        """Sheets that the workbook has not and need not have."""
        return tuple(sheet for sheet in self.layout.sheets if not sheet.required and sheet.code not in self.parts)

    def strangers(self, parts: Sequence[SheetPart]) -> list[SheetPart]:
        """Those of `parts` whose name is that of no sheet of the layout."""
        known = {part.part for part in self.parts.values()}
        known |= {part.part for doubles in self.doubles.values() for part in doubles}
        return [part for part in parts if part.part not in known]


def match_sheets(parts: Sequence[SheetPart], library: Library) -> Matching:
    """The sheets by the layout, or the earlier version of one, that knows most of them; the first where equal.

    The office's usual layout comes first, and a present version before earlier ones. The books of an office have the
    same sheets, so the answer is remembered by them.
    """
    answers: Remembered[tuple[SheetPart, ...], Matching] = library.worked_out.setdefault(
        match_sheets, Remembered(_MOST_ANSWERS)
    )
    asked = tuple(parts)
    matching = answers.get(asked)
    if matching is None:
        matching = _best_match(asked, library)
        if sum(len(part.name) + len(part.part) for part in asked) <= _LONGEST_NAMES:
            answers.keep(asked, matching)
    return matching


def _best_match(parts: Sequence[SheetPart], library: Library) -> Matching:
    present = [library.layout, *(layout for layout in library.layouts.values() if layout is not library.layout)]
    layouts = [version for layout in present for version in (layout, *layout.earlier_layouts)]
    return max((_match(parts, layout) for layout in layouts), key=lambda matching: len(matching.parts))


def matching_findings(matching: Matching, parts: Sequence[SheetPart], file: str) -> Iterable[Finding]:
    """What is wrong with the set of sheets: none known, required ones missing, names twice or nearly right."""
    book = Place(file)
    required = [sheet for sheet in matching.layout.sheets if sheet.required]
    strangers = matching.strangers(parts)
    likely = {sheet.code: part.name for sheet, part in misnamed(matching.missing, strangers)}
    # Of the required sheets none: it may still be the book, were as many of its sheets there by other names.
    if len(matching.missing) == len(required) and len(matching.parts) + len(likely) < len(required):
        yield kinds.NOT_A_CELL_BOOK.at(
            book,
            seen=", ".join(_shown(parts)[:8]),
            expected=", ".join(sheet.name for sheet in required),
            of_book=True,
        )
        return
    for sheet in matching.missing:
        kind = kinds.SHEET_RENAMED if sheet.code in likely else kinds.SHEET_MISSING
        seen = likely.get(sheet.code) or ", ".join(_shown(parts))
        yield kind.at(book, seen=seen, expected=sheet.name, of_book=True, label=sheet.name)
    for code, doubles in matching.doubles.items():
        chosen = matching.parts[code]
        others = tuple(Place(file, part.name) for part in doubles)
        yield kinds.SHEET_AMBIGUOUS.at(
            Place(file, chosen.name), seen=chosen.name, other_places=others, names=", ".join(p.name for p in doubles)
        )
    for sheet, part in misnamed(matching.optional_missing, strangers):
        yield kinds.SHEET_MISNAMED.at(Place(file, part.name), seen=part.name, expected=sheet.name, label=sheet.name)
    there = [sheet for sheet in matching.layout.sheets if sheet.code in matching.parts]
    for sheet, part in copies(there, strangers):
        yield kinds.SHEET_COPY.at(Place(file, part.name), seen=part.name, label=matching.parts[sheet.code].name)


def _match(parts: Sequence[SheetPart], layout: Layout) -> Matching:
    """Of several sheets of one meaning a visible one is taken, and one by its own name rather than by an alias."""
    found: dict[str, list[SheetPart]] = {}
    for part in parts:
        names = map(normal_label, possible_names(part.name))
        sheet = next((layout.sheets_by_name[name] for name in names if name in layout.sheets_by_name), None)
        if sheet is not None:
            found.setdefault(sheet.code, []).append(part)
    ordered = {}
    for code, alike in found.items():
        own_name = normal_label(layout.sheet(code).name)
        ordered[code] = sorted(alike, key=partial(_rank, own_name))
    doubles = {code: tuple(alike[1:]) for code, alike in ordered.items() if len(alike) > 1}
    return Matching(layout, {code: alike[0] for code, alike in ordered.items()}, doubles)


def _shown(parts: Iterable[SheetPart]) -> list[str]:
    """The names of the sheets, without the hidden ones of ours: nobody knows of them."""
    return [part.name for part in parts if not (part.hidden and part.name.startswith("_"))]


def _rank(own_name: str, part: SheetPart) -> tuple[bool, bool]:
    return (part.hidden, normal_label(part.name) != own_name)
