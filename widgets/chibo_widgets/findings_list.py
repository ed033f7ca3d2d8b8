"""The findings of a book, by place: what was seen, what is expected and how to mend it, with a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chibo.definitions.language import Language
from chibo.definitions.messages import Catalogue
from chibo.findings import Crowd, Finding, few_of_each
from chibo.model import Place
from chibo_widgets.page_widget import PageWidget, script, style
from chibo_widgets.texts import fill

MOST_ALIKE = 100
"""So many findings of one kind on one sheet are drawn: a page of tens of thousands would not open."""


def finding_rows(
    findings: Iterable[Finding],
    catalogue: Catalogue,
    texts: Mapping[str, str],
    language: Language,
    target: Callable[[Finding], dict[str, Any] | None] = lambda _finding: None,
) -> list[dict[str, Any]]:
    """Findings in words, ready to be drawn: the heaviest first, then by place.

    `target` gives the message that leads to where a finding is mended on the page; its place is then a link. What was
    recorded on the page and is on no sheet yet has a link in words of its own. Of very many of one kind on a sheet the
    first are drawn; a row behind all of their weight says how many `more` there are.
    """

    def row_of(listed: Finding | Crowd) -> dict[str, Any]:
        if isinstance(listed, Crowd):
            return _row_of_crowd(listed, catalogue, texts, language)
        row = {**_row(listed, catalogue, texts, language), "target": target(listed)}
        elsewhere = {"places": [texts["place_here"]], "references": [""], "spots": []}
        return {**row, **elsewhere} if row["target"] and not row["sheet"] else row

    return numbered(map(row_of, _listed(findings)))


def numbered(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their numbers in the list: by those the browser names a finding that it wants to look at."""
    return [{**row, "number": number} for number, row in enumerate(rows)]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings as they are listed: the heaviest first, then by place; of those told together the first."""
    return [_first(listed) for listed in _listed(findings)]


def _listed(findings: Iterable[Finding]) -> list[Finding | Crowd]:
    return few_of_each(_sorted(findings), MOST_ALIKE)


def _first(listed: Finding | Crowd) -> Finding:
    return listed.one if isinstance(listed, Crowd) else listed


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    def key(finding: Finding) -> tuple[object, ...]:
        place = finding.place
        row, column = place.row_and_column
        return (finding.severity.rank, place.file, place.sheet, row, len(column), column, finding.code)

    return sorted(findings, key=key)


def places_of(finding: Finding) -> tuple[Place, ...]:
    """The places of a finding, each once, the main one first."""
    places = dict.fromkeys((finding.place, *finding.other_places))
    return tuple(place for place in places if place.file or place.sheet)


def _row_of_crowd(crowd: Crowd, catalogue: Catalogue, texts: Mapping[str, str], language: Language) -> dict[str, Any]:
    """What is said of all that are not drawn: no place leads to them, and they count as many as they are."""
    row = _row(crowd.one, catalogue, texts, language)
    text = fill(texts["findings_more_alike"], n=crowd.count, sheet=crowd.one.place.sheet)
    return {**row, "text": text, "places": [], "references": [], "spots": [], "target": None, "more": crowd.count}


def _row(finding: Finding, catalogue: Catalogue, texts: Mapping[str, str], language: Language) -> dict[str, Any]:
    message = catalogue.message(finding, language)
    places = places_of(finding)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "title": message.title,
        "text": message.text,
        "mend": message.mend,
        "sheet": finding.place.sheet,
        "places": place_labels(places, texts),
        "references": [place_reference(place) for place in _together(places)],
        "spots": _spots(places),
        "meeting": str(finding.meeting or ""),
        "more": 0,
    }


def place_labels(places: Iterable[Place], texts: Mapping[str, str]) -> list[str]:
    """Places in words, those on one sheet together: «Trang Sinh hoạt, ô E3, L3»."""
    return [place_label(place, texts) for place in _together(places)]


def place_reference(place: Place) -> str:
    """The place as Excel's Name Box takes it, the first of several: «'Sinh hoạt'!E3»; empty for a whole file."""
    sheet = place.sheet.replace("'", "''")
    return f"'{sheet}'!{place.address.split(', ')[0] or 'A1'}" if sheet else ""


def _spots(places: Iterable[Place]) -> list[int]:
    """Of those that stand together, the number of the first one."""
    first: dict[tuple[str, str, bool], int] = {}
    for number, place in enumerate(places):
        first.setdefault(_side_by_side(place), number)
    return list(first.values())


def _side_by_side(place: Place) -> tuple[str, str, bool]:
    """What places have in common that stand together."""
    return (place.file, place.sheet, bool(place.address))


def _together(places: Iterable[Place]) -> list[Place]:
    together: dict[tuple[str, str, bool], list[str]] = {}
    for place in dict.fromkeys(places):
        together.setdefault(_side_by_side(place), []).append(place.address)
    return [
        Place(file, sheet, ", ".join(addresses) if addressed else "")
        for (file, sheet, addressed), addresses in together.items()
    ]


def place_label(place: Place, texts: Mapping[str, str]) -> str:
    """A place in words: sheet and cell, the sheet alone, or the file."""
    if place.address:
        return fill(texts["place_cell"], sheet=place.sheet, cell=place.address)
    return fill(texts["place_sheet"], sheet=place.sheet) if place.sheet else fill(texts["place_file"], file=place.file)


class FindingsList(PageWidget):
    """The findings list. `view` holds `rows` (see `finding_rows`) and, where wanted, a `title` of its own."""

    _esm = script("findings_list.js")
    _css = style("findings_list.css")

    def show(self, rows: list[dict[str, Any]], title: str = "") -> None:
        """Show these findings."""
        self.view = {"rows": rows, "title": title}
