"""A frame on trial that comes as the workbook people keep it in: made a definition, and told by what it changes."""

from __future__ import annotations

import tomllib
from pathlib import Path, PurePath

from attrs import evolve

from chibo.definitions.folders import definition_files
from chibo.definitions.frames.frame import Frame
from chibo.definitions.frames.loading import load_frame, parse_frame
from chibo.definitions.library import Library
from chibo.engine.single_book import frame_one
from chibo.errors import ChiboError, DefinitionError
from chibo.office.definition_files import Trial, try_definition
from chibo.office.frames import WORKBOOKS, definition_text
from chibo.workbook.frames.changes import frame_changes


def is_workbook(name: str) -> bool:
    """Whether a file is to be read as a frame's workbook, by its name."""
    return PurePath(name).suffix.lower() in WORKBOOKS


def try_frame_workbook(name: str, data: bytes, library: Library) -> Trial:
    """The frame of a workbook on trial, under the name that its id gives it.

    Raises ChiboError where it cannot be taken in, naming sheet and cell, or where its id is the name of something else.
    """
    text = frame_one(data, name, library)
    frame = parse_frame(tomllib.loads(text), Path(name))
    trial = try_definition(f"{frame.id}.toml", definition_text(text), library)
    if not trial.inside.startswith("sheets/frames/"):
        raise ChiboError(
            f"Mã khung «{frame.id}» trùng tên một định nghĩa khác ({trial.inside}). Đặt mã khác trong ô «Mã khung»."
        )
    return evolve(trial, changes=frame_changes(_in_force(frame.id, library), frame))


def _in_force(frame_id: str, library: Library) -> Frame | None:
    """The frame in force, None where there is none of this id or it is wrong."""
    files = definition_files("frames", library.office)
    try:
        return load_frame(files[frame_id], files) if frame_id in files else None
    except DefinitionError:
        return None
