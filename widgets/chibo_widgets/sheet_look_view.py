"""The look at a place as plain data: the finding in words beside the cells around the place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from chibo.definitions.language import Language
from chibo.definitions.messages import Catalogue
from chibo.findings import Finding, Severity
from chibo.model import Place, column_letters
from chibo.office.looking import Looked
from chibo.workbook.excerpt import CellKind, Excerpt, ShownCell, ShownRow
from chibo_widgets.findings_list import place_label, place_reference, places_of
from chibo_widgets.texts import fill

View = dict[str, Any]


class Speech(Protocol):
    """The words of a page in one language."""

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts by key."""

    @property
    def language(self) -> Language:
        """The language."""


def look_view(finding: Finding, index: int, looked: Looked | None, catalogue: Catalogue, speech: Speech) -> View:
    """The look at a finding's place of this index; `looked` is None while the cells are being fetched."""
    texts, places = speech.texts, places_of(finding)
    place = places[index] if places else finding.place
    message = catalogue.message(finding, speech.language)
    excerpt = looked.excerpt if looked else None
    return {
        "severity": finding.severity.value,
        "title": message.title,
        "text": message.text,
        "mend": message.mend,
        "file": place.file,
        "label": _label(place, texts),
        "places": [place_label(other, texts) for other in places] if len(places) > 1 else [],
        "reference": place_reference(place),
        "busy": looked is None,
        "say": _said(finding, place, looked, catalogue, speech) if looked and excerpt is None else "",
        "hidden": bool(excerpt and excerpt.hidden),
        "here": _here(excerpt, place, texts) if excerpt else "",
        "grid": grid_view(excerpt) if excerpt else None,
    }


def grid_view(excerpt: Excerpt) -> View:
    """The cells by row; an empty one is "", plain text a string, any other a mapping of what is not usual in it."""
    first, last = excerpt.columns
    here = excerpt.here

    def row(of: ShownRow, *, heading: bool = False) -> View:
        at = here[1] if here and here[0] == of.number and not heading else 0
        return {"n": of.number, "hidden": of.hidden, "cells": [_cell(cell, cell.column == at) for cell in of.cells]}

    return {
        "columns": [column_letters(column) for column in range(first, last + 1)],
        "hidden": [column - first for column in sorted(excerpt.hidden_columns)],
        "heading": row(excerpt.heading, heading=True) if excerpt.heading else None,
        "rows": [row(one) for one in excerpt.rows],
    }


def _cell(cell: ShownCell, here: bool) -> str | View:
    unusual = {
        "wide": cell.wide if cell.wide > 1 else 0,
        "tall": cell.tall if cell.tall > 1 else 0,
        "kind": cell.kind.value if cell.kind is not CellKind.TEXT else "",
        "here": here,
    }
    kept = {name: value for name, value in unusual.items() if value}
    return {"text": cell.text, **kept} if kept else cell.text


def _label(place: Place, texts: Mapping[str, str]) -> str:
    if place.sheet:
        return place_label(place, texts)
    return texts["look_whole_file" if place.file else "look_on_page"]


def _here(excerpt: Excerpt, place: Place, texts: Mapping[str, str]) -> str:
    """What stands in the cell, in words."""
    if excerpt.here is None:
        return texts["look_of_sheet"]
    key = "look_holds" if excerpt.text else "look_empty"
    return fill(texts[key], cell=place.address, held=excerpt.text)


def _said(finding: Finding, place: Place, looked: Looked, catalogue: Catalogue, speech: Speech) -> str:
    """Why no cells are shown."""
    texts = speech.texts
    if not place.sheet and not place.file:
        return texts["look_not_in_file"]
    if not place.sheet:
        refuses = finding.of_book and finding.severity is Severity.BLOCK
        return texts["look_refused" if refuses else "look_of_file"]
    if looked.refusal is not None:
        message = catalogue.message(looked.refusal, speech.language)
        return f"{texts['look_unreadable']} {message.text} {message.mend}"
    if looked.problem is not None:
        return looked.problem.told(speech.language)
    return fill(texts["look_no_sheet"], sheet=place.sheet)
