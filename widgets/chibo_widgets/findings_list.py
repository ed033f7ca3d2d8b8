"""The findings of a book, by place: what was seen, what is expected and how to mend it, with a filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from chibo.definitions.messages import Catalogue, Language
from chibo.findings import Finding, Severity
from chibo.model import Place
from chibo_widgets.page_widget import PageWidget, script, style
from chibo_widgets.texts import fill

_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}


def finding_rows(
    findings: Iterable[Finding],
    catalogue: Catalogue,
    texts: Mapping[str, str],
    language: Language,
    target: Callable[[Finding], dict[str, Any] | None] = lambda _finding: None,
) -> list[dict[str, Any]]:
    """Findings in words, ready to be drawn: the heaviest first, then by place.

    `target` gives the message that leads to where a finding is mended on the page; its place is then a link. What was
    recorded on the page and is on no sheet yet has a link in words of its own.
    """
    ordered = sorted(findings, key=lambda finding: (_ORDER[finding.severity], finding.place, finding.code))
    rows = [{**_row(finding, catalogue, texts, language), "target": target(finding)} for finding in ordered]
    return [{**row, "places": [texts["place_here"]]} if row["target"] and not row["sheet"] else row for row in rows]


def _row(finding: Finding, catalogue: Catalogue, texts: Mapping[str, str], language: Language) -> dict[str, Any]:
    message = catalogue.message(finding, language)
    places = [place for place in (finding.place, *finding.other_places) if place.file or place.sheet]
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "title": message.title,
        "text": message.text,
        "mend": message.mend,
        "sheet": finding.place.sheet,
        "places": place_labels(places, texts),
        "references": [place_reference(place) for place in _together(places)],
        "meeting": str(finding.meeting or ""),
    }


def place_labels(places: Iterable[Place], texts: Mapping[str, str]) -> list[str]:
    """Places in words, those on one sheet together: «Trang Sinh hoạt, ô E3, L3»."""
    return [place_label(place, texts) for place in _together(places)]


def place_reference(place: Place) -> str:
    """The place as Excel's Name Box takes it, the first of several: «'Sinh hoạt'!E3»; empty for a whole file."""
    sheet = place.sheet.replace("'", "''")
    return f"'{sheet}'!{place.address.split(', ')[0] or 'A1'}" if sheet else ""


def _together(places: Iterable[Place]) -> list[Place]:
    together: dict[tuple[str, str, bool], list[str]] = {}
    for place in dict.fromkeys(places):
        key = (place.file, place.sheet, bool(place.address))
        together.setdefault(key, []).append(place.address)
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
