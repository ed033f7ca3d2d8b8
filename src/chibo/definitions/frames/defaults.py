"""The bloc's default frames by kind of meeting and of cell (`sheets/rules/defaults.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from chibo.definitions.folders import definition_files
from chibo.definitions.frames.checks import shared_codes
from chibo.definitions.frames.frame import Frame
from chibo.definitions.loading import Definition, load_definition
from chibo.errors import DefinitionError
from chibo.model import MeetingKind
from chibo.model.vocabulary import CellKind

DEFAULTS_ID = "defaults"
"""Stem of the file in `sheets/rules/`."""


class DefaultFrame(Definition):
    """One rule: meetings of these kinds, in these kinds of cell (none named: all), are scored by this frame."""

    meeting_kinds: Annotated[tuple[MeetingKind, ...], Field(min_length=1)]
    cell_kinds: tuple[CellKind, ...] = ()
    frame: str

    def covers(self, kind: MeetingKind, cell_kind: CellKind) -> bool:
        """Whether the rule speaks of such a meeting."""
        return kind in self.meeting_kinds and (not self.cell_kinds or cell_kind in self.cell_kinds)


class FrameDefaults(Definition):
    """The rules in order: the first that covers a meeting and whose frame is in force on its day holds."""

    schema_number: Literal[1] = Field(alias="schema")
    frames: tuple[DefaultFrame, ...] = ()

    def candidates(self, kind: MeetingKind, cell_kind: CellKind) -> tuple[str, ...]:
        """The ids of the frames that may score such a meeting, in order of preference."""
        return self._candidates[kind, cell_kind]

    @cached_property
    def _candidates(self) -> Mapping[tuple[MeetingKind, CellKind], tuple[str, ...]]:
        return {
            (kind, cell_kind): tuple(rule.frame for rule in self.frames if rule.covers(kind, cell_kind))
            for kind in MeetingKind
            for cell_kind in CellKind
        }

    def frame(self, kind: MeetingKind, cell_kind: CellKind, day: date, frames: Mapping[str, Frame]) -> Frame | None:
        """The default frame for such a meeting held on `day`; None where none is in force."""
        for name in self.candidates(kind, cell_kind):
            if day in frames[name].effective:
                return frames[name]
        return None


def load_defaults(frames: Mapping[str, Frame], office: Path | None = None) -> FrameDefaults:
    """The defaults of an office, checked against its frames; raises DefinitionError naming file and key."""
    path = definition_files("rules", office).get(DEFAULTS_ID)
    if path is None:
        raise DefinitionError(f"{DEFAULTS_ID}.toml", "", "không tìm thấy tệp")
    defaults = load_definition(FrameDefaults, path)
    _check(defaults, frames, path)
    return defaults


def _check(defaults: FrameDefaults, frames: Mapping[str, Frame], path: Path) -> None:
    """Every frame exists and is for those meetings; a regular and a thematic default never share a criterion code."""
    for index, rule in enumerate(defaults.frames, start=1):
        frame = frames.get(rule.frame)
        if frame is None:
            raise DefinitionError(path, f"frames.{index}.frame", f"không có khung «{rule.frame}»")
        for kind in rule.meeting_kinds:
            cells = rule.cell_kinds or tuple(CellKind)
            if not all(frame.scores(kind, cell_kind) for cell_kind in cells):
                problem = f"khung «{frame.id}» không chấm buổi «{kind}» ở mọi loại hình nêu trong dòng này"
                raise DefinitionError(path, f"frames.{index}.meeting_kinds", problem)
    for one in defaults.frames:
        for index, other in enumerate(defaults.frames, start=1):
            if MeetingKind.THEMATIC in one.meeting_kinds or MeetingKind.THEMATIC not in other.meeting_kinds:
                continue
            if one.cell_kinds and other.cell_kinds and not set(one.cell_kinds) & set(other.cell_kinds):
                continue
            if shared := shared_codes(frames[one.frame], frames[other.frame]):
                problem = f"khung «{one.frame}» và «{other.frame}» dùng chung trang Chấm điểm mà trùng mã {shared[0]}"
                raise DefinitionError(path, f"frames.{index}.frame", problem)
