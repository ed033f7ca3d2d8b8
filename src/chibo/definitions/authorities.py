"""The bodies that inspect and supervise cells (Chỉ thị, điểm 7), as they are named in the cells' workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from chibo.definitions.folders import definition_files
from chibo.definitions.loading import Definition, load_definition
from chibo.definitions.wording import normal_label
from chibo.errors import DefinitionError

Text = Annotated[str, Field(min_length=1)]


class InspectionAuthority(Definition):
    """One body. `rank` says whether it stands directly over the cell or higher, `board` what kind of body it is."""

    name: Text
    english: str = ""
    aliases: tuple[Text, ...] = ()
    rank: Literal["base", "upper"]
    board: Literal["committee", "inspection"]


class InspectionAuthorities(Definition):
    """`sheets/rules/inspection-authorities.toml`."""

    schema_number: Literal[1] = Field(alias="schema")
    source: Text
    clause: str = ""
    authorities: tuple[InspectionAuthority, ...]

    @model_validator(mode="after")
    def _spellings_are_distinct(self) -> InspectionAuthorities:
        spellings = [normal_label(s) for body in self.authorities for s in (body.name, *body.aliases)]
        if len(set(spellings)) < len(spellings):
            raise ValueError("tên cơ quan kiểm tra trùng nhau")
        return self

    @cached_property
    def names_by_spelling(self) -> Mapping[str, str]:
        """The name of every spelling, in normal form."""
        return {normal_label(s): body.name for body in self.authorities for s in (body.name, *body.aliases)}

    def authority(self, name: str) -> InspectionAuthority | None:
        """The body with this name, None where the list has none."""
        return next((body for body in self.authorities if body.name == name), None)


def load_inspection_authorities(office: Path | None = None) -> InspectionAuthorities:
    """The office's list. Raises DefinitionError where the file is missing or wrong."""
    path = definition_files("rules", office).get("inspection-authorities")
    if path is None:
        raise DefinitionError("rules/inspection-authorities.toml", "", "không tìm thấy tệp")
    return load_definition(InspectionAuthorities, path)
