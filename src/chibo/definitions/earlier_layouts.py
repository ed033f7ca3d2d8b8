"""Earlier versions of a layout, told by what was different: the map by which their books are read and migrated.

A version is the present layout with other names. Only these stand in the definition: old names of sheets and labels by
their codes, and old words of lists with the words that they are now. What has no place any more is simply not named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field as Option

from chibo.definitions.layout_fields import Words
from chibo.definitions.loading import Definition
from chibo.definitions.wording import normal_label

_FieldCode = Annotated[str, Option(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]


class EarlierVersion(Definition):
    """One earlier version. `labels` names fields and columns as `sheet.code`."""

    version: Words
    sheets: Mapping[str, tuple[Words, ...]] = {}
    labels: Mapping[_FieldCode, tuple[Words, ...]] = {}
    values: Mapping[str, Mapping[str, str]] = {}
    """For each list the old words with the present value of each."""


def as_of(layout: Mapping[str, Any], earlier: EarlierVersion) -> dict[str, Any]:
    """The document of the present layout with the names of an earlier version; KeyError names an unknown code."""
    unknown = set(earlier.sheets) - {sheet["code"] for sheet in layout["sheets"]}
    unknown |= set(earlier.labels) - set(_field_codes(layout))
    unknown |= set(earlier.values) - set(layout["lists"])
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    return {
        **layout,
        "version": earlier.version,
        "earlier": (),
        "sheets": [_sheet_as_of(sheet, earlier) for sheet in layout["sheets"]],
        "lists": {
            name: [_value_as_of(entry, earlier.values.get(name, {})) for entry in values]
            for name, values in layout["lists"].items()
        },
    }


def _field_codes(layout: Mapping[str, Any]) -> Iterable[str]:
    return (f"{sheet['code']}.{field['code']}" for sheet in layout["sheets"] for field in _fields(sheet))


def _fields(sheet: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*sheet["labels"], *sheet["columns"]]


def _sheet_as_of(sheet: Mapping[str, Any], earlier: EarlierVersion) -> dict[str, Any]:
    code = sheet["code"]
    old = {field["code"]: earlier.labels.get(f"{code}.{field['code']}", ()) for field in _fields(sheet)}
    taken = {normal_label(label): owner for owner, labels in old.items() for label in labels}

    def renamed(field: Mapping[str, Any]) -> dict[str, Any]:
        # A label that meant something else then no longer means this field.
        kept = [alias for alias in field["aliases"] if taken.get(normal_label(alias), field["code"]) == field["code"]]
        return {**field, "aliases": [*_new(old[field["code"]], (field["label"], *kept)), *kept]}

    return {
        **sheet,
        "aliases": [*_new(earlier.sheets.get(code, ()), (sheet["name"], *sheet["aliases"])), *sheet["aliases"]],
        "labels": [renamed(field) for field in sheet["labels"]],
        "columns": [renamed(field) for field in sheet["columns"]],
    }


def _value_as_of(entry: Mapping[str, Any], old: Mapping[str, str]) -> dict[str, Any]:
    words = [word for word, value in old.items() if value == entry["value"]]
    return {**entry, "aliases": [*_new(words, (entry["value"], *entry["aliases"])), *entry["aliases"]]}


def _new(old: Iterable[str], known: Iterable[str]) -> list[str]:
    """The old names that are not known names in another spelling."""
    spellings = {normal_label(name) for name in known}
    return [name for name in old if normal_label(name) not in spellings]
