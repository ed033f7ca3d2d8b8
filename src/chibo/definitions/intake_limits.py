"""Limits of the intake (`sheets/rules/intake.toml`): how large a workbook may be, what its reading may use."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from chibo.definitions.folders import definition_files
from chibo.definitions.loading import Definition, load_definition
from chibo.errors import DefinitionError

INTAKE_ID = "intake"
"""Stem of the file in `sheets/rules/`."""

Positive = Annotated[int, Field(gt=0)]
_MEGABYTE = 1 << 20


class FileLimits(Definition):
    """Of the file and its parts."""

    megabytes: Positive
    zip_entries: Positive
    inflated_megabytes: Positive
    part_megabytes: Positive
    ratio: Positive
    ratio_from_megabytes: Positive
    sheets: Positive
    xml_depth: Positive
    xml_attributes: Positive

    @property
    def size(self) -> int:
        """The largest file, in bytes."""
        return self.megabytes * _MEGABYTE

    @property
    def inflated(self) -> int:
        """The largest sum of all parts, in bytes."""
        return self.inflated_megabytes * _MEGABYTE

    @property
    def part(self) -> int:
        """The largest part, in bytes."""
        return self.part_megabytes * _MEGABYTE

    @property
    def ratio_from(self) -> int:
        """Parts above this many bytes may not be packed more tightly than `ratio`."""
        return self.ratio_from_megabytes * _MEGABYTE


class SheetLimits(Definition):
    """Of one sheet, and of the strings that sheets share."""

    cells: Positive
    area: Positive
    merges: Positive
    characters: Positive
    shared_strings: Positive


class ProcessLimits(Definition):
    """Of a process that reads books; the seconds are for each book."""

    memory_megabytes: Positive
    cpu_seconds: Positive
    wall_seconds: Positive
    open_files: Annotated[int, Field(ge=16)]
    written_megabytes: Positive

    @property
    def memory(self) -> int:
        """The largest address space, in bytes."""
        return self.memory_megabytes * _MEGABYTE

    @property
    def written(self) -> int:
        """The largest file that it may write, in bytes."""
        return self.written_megabytes * _MEGABYTE


class IntakeLimits(Definition):
    """All limits of the intake."""

    schema_number: Literal[1] = Field(alias="schema")
    source: Annotated[str, Field(min_length=1)]
    file: FileLimits
    sheet: SheetLimits
    process: ProcessLimits


def load_intake_limits(office: Path | None = None) -> IntakeLimits:
    """The limits of an office. Raises DefinitionError where the file is missing or wrong."""
    path = definition_files("rules", office).get(INTAKE_ID)
    if path is None:
        raise DefinitionError(f"rules/{INTAKE_ID}.toml", "", "không tìm thấy tệp")
    return load_definition(IntakeLimits, path)


@lru_cache(maxsize=1)
def shipped_limits() -> IntakeLimits:
    """The limits that Chibo comes with, where no office is at hand."""
    return load_intake_limits()
