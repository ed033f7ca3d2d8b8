"""A return (biểu tổng hợp) as data, `sheets/returns/<id>.toml`: title, columns, grouping, notes, print set-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from chibo.definitions.dated import Effective, Source
from chibo.definitions.folders import definition_files
from chibo.definitions.loading import Definition, load_definition
from chibo.definitions.returns.columns import Code, Column, Condition, Text
from chibo.definitions.returns.fields import FIELDS, MEETING_FIGURES, ROW_FIGURES, Holds
from chibo.errors import DefinitionError
from chibo.model import MeetingKind, PeriodKind

RETURN_SCHEMA = 1
"""The schema number that this version of Chibo reads."""

Remark = Literal["state", "self_scored", "explanations", "thematic"]


class Heading(Definition):
    """The title block. `{period}` stands for the period in words. `capitals` writes the subject in capitals too."""

    kind: Text = "BIỂU TỔNG HỢP"
    subject: Text
    capitals: bool = False
    attached_to: str = ""
    """The italic line under the title, such as "(Kèm theo Báo cáo số … ngày …)"; empty leaves it out."""


class Meetings(Definition):
    """Which meetings the return looks at: of these kinds, held (unless `only_held` is off), passing every condition.

    The one meeting of a cell's row in a month's return is shown even where it was not held, so as to say so.
    """

    kinds: Annotated[tuple[MeetingKind, ...], Field(min_length=1)] = (MeetingKind.REGULAR, MeetingKind.COMBINED)
    only_held: bool = True
    where: tuple[Condition, ...] = ()


class Cells(Definition):
    """Which cells have a row. `committees` names base organisations by code (none named: all)."""

    committees: tuple[str, ...] = ()
    keep_without_meeting: bool = True
    """Whether a cell without any such meeting keeps its row."""


class Grouping(Definition):
    """How rows are grouped. In `group`, `{name}` and `{code}` stand for the base organisation."""

    by: Literal["committee", "none"] = "committee"
    group: Text = "{name}"
    standalone: Text = "Các chi bộ cơ sở trực thuộc Đảng ủy Khối"
    subtotal: Text = "Cộng"
    grand_total: Annotated[str, Field(pattern=r"^Tổng cộng")] = "Tổng cộng"
    numbering: Literal["continuous", "by-group"] = "continuous"


class Print(Definition):
    """The print set-up. Margins are in millimetres (Hướng dẫn 36-HD/VPTW); the font size in points."""

    orientation: Literal["landscape", "portrait"] = "landscape"
    top: Annotated[float, Field(ge=0)] = 20
    bottom: Annotated[float, Field(ge=0)] = 20
    left: Annotated[float, Field(ge=0)] = 30
    right: Annotated[float, Field(ge=0)] = 15
    font: Text = "Times New Roman"
    size: Annotated[float, Field(ge=8, le=16)] = 12


class Signature(Definition):
    """Who prepares the paper (left) and at which level it is signed (right; the names are in rules/issuer.toml)."""

    prepared_by: Text = "NGƯỜI LẬP BIỂU"
    level: Literal["bloc", "board", "committee"] = "bloc"


class ReturnDefinition(Definition):
    """One return. Each row stands for a cell, a single meeting, or a base organisation (`rows`)."""

    schema_number: Literal[1] = Field(alias="schema")
    id: Annotated[str, Field(max_length=64, pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    title: Text
    sources: tuple[Source, ...] = ()
    effective: Effective
    periods: Annotated[tuple[PeriodKind, ...], Field(min_length=1)]
    rows: Literal["cell", "meeting", "committee"] = "cell"
    sheet: Annotated[str, Field(min_length=1, max_length=31, pattern=r"^[^\[\]:*?/\\]+$")] = "Biểu tổng hợp"
    heading: Heading
    meetings: Meetings = Field(default_factory=Meetings)
    cells: Cells = Field(default_factory=Cells)
    grouping: Grouping = Field(default_factory=Grouping)
    columns: Annotated[tuple[Column, ...], Field(min_length=2, max_length=60)]
    remarks: tuple[Remark, ...] = ("state", "self_scored", "explanations", "thematic")
    unreported: Text = "Chưa báo cáo"
    notes: tuple[Text, ...] = ()
    print: Print = Field(default_factory=Print)
    signature: Signature = Field(default_factory=Signature)

    def index_of(self, code: str) -> int:
        """The position (from 0) of the column with this code."""
        return next(index for index, column in enumerate(self.columns) if column.code == code)

    @model_validator(mode="after")
    def _columns_hang_together(self) -> ReturnDefinition:
        codes = [column.code for column in self.columns]
        for code in codes:
            if codes.count(code) > 1:
                raise ValueError(f"hai cột cùng mã «{code}»")
        self._check_groups()
        for column in self.columns:
            self._check_percent(column, codes)
            self._check_figure(column)
        return self

    def _check_groups(self) -> None:
        seen: list[str] = []
        for column in self.columns:
            if column.group and column.group in seen and seen[-1] != column.group:
                raise ValueError(f"các cột của nhóm tiêu đề «{column.group}» phải đứng liền nhau")
            seen.append(column.group)

    def _check_percent(self, column: Column, codes: list[Code]) -> None:
        if column.percent is None:
            return
        for name in (column.percent.of, column.percent.over):
            if name not in codes:
                raise ValueError(f"cột «{column.code}»: không có cột «{name}» để tính phần trăm")
            other = self.columns[self.index_of(name)]
            if other.percent or other.holds is not Holds.NUMBER:
                raise ValueError(f"cột «{column.code}»: cột «{name}» không phải cột số để tính phần trăm")

    def _check_figure(self, column: Column) -> None:
        name = column.figure
        if not name or name in {"ordinal", "committee_code", "committee_name"}:
            return
        of_one_meeting = self.rows == "meeting" or (self.rows == "cell" and self.periods == (PeriodKind.MONTH,))
        if name in ROW_FIGURES:
            fits = self.rows == "committee" if name.startswith("cells") else self.rows != "committee"
        else:
            fits = (name in FIELDS or name in MEETING_FIGURES) and of_one_meeting
        if not fits:
            raise ValueError(
                f'cột «{column.code}»: số liệu «{name}» không dùng được với rows = "{self.rows}" và kỳ '
                f"{', '.join(self.periods)}; hãy dùng aggregate"
            )


class Returns(Mapping[str, ReturnDefinition]):
    """The sound returns of an office by id. A broken one stops nobody but who asks for it: that raises its error."""

    def __init__(self, sound: Mapping[str, ReturnDefinition], broken: Mapping[str, DefinitionError]) -> None:
        self._sound = sound
        self.broken = broken
        """What is wrong with the others, by the stem of the file, which is their id."""

    def __getitem__(self, name: str) -> ReturnDefinition:
        if name in self.broken:
            raise self.broken[name]
        return self._sound[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sound)

    def __len__(self) -> int:
        return len(self._sound)


def load_returns(office: Path | None = None) -> Returns:
    """Every return by id; an office folder's own win over the shipped ones."""
    sound: dict[str, ReturnDefinition] = {}
    broken: dict[str, DefinitionError] = {}
    for name, path in definition_files("returns", office).items():
        try:
            sound[name] = _load_return(name, path)
        except DefinitionError as error:
            broken[name] = error
    return Returns(sound, broken)


def _load_return(name: str, path: Path) -> ReturnDefinition:
    definition = load_definition(ReturnDefinition, path)
    if definition.id != name:
        raise DefinitionError(path, "id", f"mã «{definition.id}» khác tên tệp «{name}»")
    return definition
