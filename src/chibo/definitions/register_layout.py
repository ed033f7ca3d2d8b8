"""The layout of the register's workbook: its sheets, columns and lists (`sheets/register/danh-ba.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field as Option
from pydantic import model_validator

from chibo.definitions.folders import definition_files
from chibo.definitions.layout_fields import ListValue, Words
from chibo.definitions.layouts import SheetLayout
from chibo.definitions.loading import Definition, load_definition
from chibo.definitions.wording import normal_label
from chibo.errors import DefinitionError

_NAME = "danh-ba"


class RegisterLayout(Definition):
    """Where each record of the register stands. The codes of sheets and columns are those of the records."""

    schema_number: Literal[1] = Option(alias="schema")
    title: Words
    sheets: tuple[SheetLayout, ...]
    lists: Mapping[str, tuple[ListValue, ...]]

    @model_validator(mode="after")
    def _lists_are_there(self) -> RegisterLayout:
        for sheet in self.sheets:
            for column in sheet.columns:
                if column.list and column.list not in self.lists:
                    raise ValueError(f"trang «{sheet.name}», «{column.label}»: không có danh mục «{column.list}»")
        return self

    @cached_property
    def sheets_by_name(self) -> Mapping[str, SheetLayout]:
        """The sheets by every spelling of their name, in normal form."""
        return {normal_label(name): sheet for sheet in self.sheets for name in sheet.names}

    @cached_property
    def list_values(self) -> Mapping[str, Mapping[str, str]]:
        """For each list the canonical value of every spelling, in normal form."""
        return {
            name: {normal_label(text): entry.value for entry in values for text in (entry.value, *entry.aliases)}
            for name, values in self.lists.items()
        }


def load_register_layout(office: Path | None = None) -> RegisterLayout:
    """The layout in force. Raises DefinitionError where the file is missing or wrong."""
    path = definition_files("register", office).get(_NAME)
    if path is None:
        raise DefinitionError(f"register/{_NAME}.toml", "", "không tìm thấy tệp")
    return load_definition(RegisterLayout, path)
