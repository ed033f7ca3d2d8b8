"""What a row of each sheet of the register becomes, and the closed lists of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

from chibo.definitions.register_layout import RegisterLayout
from chibo.errors import DefinitionError
from chibo.register import Alias, Assignment, ChangeOfUnit, Person, Role, UnitChange, UnitLevel

RECORDS: Mapping[str, type[Any]] = {
    "changes": UnitChange,
    "aliases": Alias,
    "persons": Person,
    "assignments": Assignment,
}
"""By the code of the sheet, which is also the attribute of `Register`."""
LISTS: Mapping[str, type[StrEnum]] = {"change_of_unit": ChangeOfUnit, "unit_level": UnitLevel, "role": Role}


def check_layout(layout: RegisterLayout) -> None:
    """Raise DefinitionError unless the layout has a column for all that a record needs, and no other column."""
    for code, record in RECORDS.items():
        sheet = next((sheet for sheet in layout.sheets if sheet.code == code), None)
        if sheet is None:
            raise DefinitionError("danh-ba.toml", "sheets", f"thiếu trang {code}")
        known = {attribute.name: attribute for attribute in attrs.fields(record)}
        needed = {name for name, attribute in known.items() if attribute.default is attrs.NOTHING}
        if unknown := {column.code for column in sheet.columns} - set(known):
            problem = f"mã không phải thuộc tính của danh bạ: {', '.join(sorted(unknown))}"
            raise DefinitionError("danh-ba.toml", f"sheets.{code}", problem)
        if missing := needed - sheet.required_columns:
            problem = f"thiếu cột bắt buộc: {', '.join(sorted(missing))}"
            raise DefinitionError("danh-ba.toml", f"sheets.{code}", problem)
    for name, words in LISTS.items():
        if {entry.value for entry in layout.lists.get(name, ())} != {word.value for word in words}:
            problem = f"danh mục phải gồm đúng: {', '.join(words)}"
            raise DefinitionError("danh-ba.toml", f"lists.{name}", problem)
