"""Where each key of a frame's document stands in its workbook, so that an error about a key names sheet and cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from attrs import Factory, frozen

from chibo.model import Place
from chibo.workbook.frames.rows import Row
from chibo.workbook.frames.values import GROUP_ROW


@frozen
class ReadRow:
    """One row of a table as read, and the place of each of its columns, blank ones too."""

    values: Row
    places: Mapping[str, Place]


@frozen
class FramePlaces:
    """Places by the dotted keys that loading a frame names (codes stand for groups and criteria)."""

    _found: dict[str, Place] = Factory(dict)

    def of_key(self, key: str) -> Place | None:
        """The place of a key, or of the nearest part of the document around it."""
        while key:
            if key in self._found:
                return self._found[key]
            key = key.rpartition(".")[0]
        return None

    def add_info(self, info: ReadRow) -> None:
        """The labelled values."""
        for key, place in info.places.items():
            self._found[key] = place
            self._found.setdefault(key.partition(".")[0], place)

    def add_tables(self, tables: Mapping[str, list[ReadRow]]) -> None:
        """All tables of the workbook."""
        for name in ("sources", "grades", "gates", "yearly"):
            for number, row in enumerate(tables[name], start=1):
                self._add(f"{name}.{number}", row)
                if name in {"grades", "yearly"} and "grade" in row.values:
                    self._add(f"{name}.{row.values['grade']}", row)
            if tables[name]:
                self._add(name, tables[name][0])
        keys = self._add_criteria(tables["criteria"])
        for row in tables["facts"]:
            self._add(f"{keys[row.values['criterion']]}.fact", row)
        counts: Counter[str] = Counter()
        for name in ("levels", "bands", "sentences"):
            for row in tables[name]:
                criterion = keys[row.values["criterion"]]
                self._add_part(_part_of(name, criterion, row.values), row, counts)

    def _add_criteria(self, rows: list[ReadRow]) -> dict[str, str]:
        """Places of groups and criteria; returns the key of each criterion by its code."""
        keys: dict[str, str] = {}
        group = ""
        for row in rows:
            code = row.values["code"]
            if row.values["row"] == GROUP_ROW:
                group = f"groups.{code}"
                self._add(group, row)
            else:
                keys[code] = f"{group}.criteria.{code}"
                self._add(keys[code], row)
        return keys

    def _add_part(self, key: str, row: ReadRow, counts: Counter[str]) -> None:
        """A row that is one entry of a list: known by the list's key (its first entry) and by its number."""
        counts[key] += 1
        self._add(f"{key}.{counts[key]}", row)
        if counts[key] == 1:
            self._add(key, row)

    def _add(self, key: str, row: ReadRow) -> None:
        first = next(iter(row.places.values()))
        self._found[key] = row.places.get("code", first)
        for column, place in row.places.items():
            self._found[f"{key}.{column}"] = place
        if "column" in row.places:
            self._found[f"{key}.date"] = row.places["column"]


def _part_of(table: str, criterion: str, values: Row) -> str:
    if table == "levels":
        return f"{criterion}.levels"
    if table == "sentences":
        return f"{criterion}.fact.reason.{values['outcome']}"
    if "column" in values:
        return f"{criterion}.fact.caps"
    if "membership_below" in values:
        return f"{criterion}.fact.by_size.{values['membership_below']}.bands"
    return f"{criterion}.fact.bands"
