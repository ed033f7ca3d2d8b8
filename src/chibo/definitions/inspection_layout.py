"""The layout of any table, for `chibo inspect --layout`: sheets with columns, and bounds for what they may hold."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Option
from pydantic import model_validator

from chibo.definitions.layout_fields import Column, ListValue
from chibo.definitions.layouts import SheetLayout
from chibo.definitions.loading import Definition, parse_definition
from chibo.errors import DefinitionError

Bound = Annotated[str, Option(pattern=r"^-?\d+(?:\.\d+)?$")]


class InspectedColumn(Column):
    """A column; a number in it is at least `least` and at most `most`, and at most what column `most_of` holds."""

    least: Bound | None = None
    most: Bound | None = None
    most_of: str = ""

    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the most number, None where there is no such bound."""
        return (Decimal(self.least) if self.least else None, Decimal(self.most) if self.most else None)


class InspectedSheet(SheetLayout):
    """A sheet with a table; where the workbook has no sheet of that name, and it is not required, nothing is said."""

    columns: tuple[InspectedColumn, ...] = ()

    @model_validator(mode="after")
    def _bounds_name_columns(self) -> InspectedSheet:
        codes = {column.code for column in self.columns}
        for column in self.columns:
            if column.most_of and column.most_of not in codes:
                raise ValueError(
                    f"trang «{self.name}», cột «{column.label}»: most_of nêu cột «{column.most_of}» không có"
                )
        return self


class InspectionLayout(Definition):
    """The layout of any workbook of tables. One of a cell workbook is none: its sheets hold more than tables."""

    schema_number: Literal[1] = Option(alias="schema")
    id: str = ""
    version: str = ""
    title: str = ""
    sheets: tuple[InspectedSheet, ...]
    lists: Mapping[str, tuple[ListValue, ...]] = {}

    @model_validator(mode="after")
    def _sheets_hold_tables(self) -> InspectionLayout:
        for sheet in self.sheets:
            if not sheet.columns:
                raise ValueError(
                    f"trang «{sheet.name}» không có cột nào; bố cục để xét một tệp nêu bảng của từng trang."
                    " Sổ sinh hoạt chi bộ thì kiểm tra bằng: chibo check TỆP"
                )
        return self


def parse_inspection_layout(text: str, file: Path = Path("layout.toml")) -> InspectionLayout:
    """The layout written in `text`, the contents of `file`. Raises DefinitionError naming the key that is wrong."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise DefinitionError(file, "", "không phải TOML viết đúng") from None
    return parse_definition(InspectionLayout, document, file)
