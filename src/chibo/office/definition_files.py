"""The definitions of an office as files: which are in force, whose they are, what is wrong, and a new one on trial."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from chibo.definitions.copies import COPIES_RECORD
from chibo.definitions.folders import definition_files, project_data
from chibo.definitions.library import Library
from chibo.errors import ChiboError, DefinitionError, why_refused

if TYPE_CHECKING:
    from chibo.workbook.frames.changes import FrameChange

KINDS = ("frames", "layouts", "returns", "rules", "messages", "register")
"""The folders of `sheets/`."""
_ADDABLE = ("frames", "returns", "layouts")
"""Kinds of which an office may have files under names of its own."""
_PARTS = (
    "catalogue",
    "thresholds",
    "frames",
    "defaults",
    "returns",
    "issuer",
    "layouts",
    "required_topics",
    "inspection_authorities",
    "intake",
    "register_layout",
    "calendar",
)
_CONTEXT = 2
_LARGEST = 1 << 20


class Whose(StrEnum):
    """Whose definition is in force."""

    SHIPPED = "shipped"
    CHANGED = "changed"
    """The office's, in the place of the shipped one."""
    ADDED = "added"
    """The office's; nothing of this name is shipped."""


@frozen(kw_only=True)
class DefinitionFile:
    """One definition in force. `problem` is empty where it is sound."""

    kind: str
    name: str
    path: Path
    whose: Whose
    problem: str = ""


@frozen(kw_only=True)
class Trial:
    """A definition on trial: what it would take the place of, line by line, and what would be wrong afterwards.

    `inside` is its path in the office folder; `before` is the text in force, None where there is none of this name.
    `changes` is what a frame from a workbook changes, in the words of that workbook; None for a definition that came as
    it is kept.
    """

    inside: str
    data: bytes
    before: str | None
    problems: tuple[str, ...]
    changes: tuple[FrameChange, ...] | None = None

    @property
    def differs(self) -> bool:
        """Whether it says anything else than what is in force."""
        return bool(self.lines if self.changes is None else self.changes)

    @property
    def lines(self) -> tuple[str, ...]:
        """What differs: lines that begin with «+», «-» or a blank, and «@@» between far-off places."""
        old = (self.before or "").splitlines()
        found = difflib.unified_diff(old, self.data.decode().splitlines(), n=_CONTEXT, lineterm="")
        return tuple(line if not line.startswith("@@") else "@@" for line in found if line[:3] not in {"+++", "---"})


def definitions_in_force(library: Library) -> tuple[DefinitionFile, ...]:
    """Every definition of the office, by kind and name."""
    wrong = problems_of(library)
    found = []
    for kind in KINDS:
        shipped = {path.name for path in (project_data("sheets") / kind).glob("*.toml")}
        for path in definition_files(kind, library.office).values():
            own = library.office is not None and path.is_relative_to(library.office)
            whose = Whose.SHIPPED if not own else Whose.CHANGED if path.name in shipped else Whose.ADDED
            problem = wrong.get(path.name, "")
            found.append(DefinitionFile(kind=kind, name=path.name, path=path, whose=whose, problem=problem))
    return tuple(found)


def problems_of(library: Library) -> Mapping[str, str]:
    """What is wrong with the definitions, by file name."""
    found: dict[str, str] = {}
    for part in _PARTS:
        try:
            loaded = getattr(library, part)
        except DefinitionError as error:
            found.setdefault(error.file, str(error))
        else:
            if part == "returns":
                found |= {error.file: str(error) for error in loaded.broken.values()}
    return found


def try_definition(name: str, data: bytes, library: Library) -> Trial:
    """A file that somebody wants to put in force, tried beside all others in a copy of the office's definitions.

    A name that is in force already says of what kind it is; else it is the first kind by which the file is sound.
    Raises ChiboError where it cannot be tried at all.
    """
    if library.office is None:
        raise ChiboError("Chưa biết văn phòng nào.")
    if not name.endswith(".toml") or len(data) > _LARGEST:
        raise ChiboError(f"«{name}» không phải tệp định nghĩa: cần tệp .toml, dưới 1 MB.")
    try:
        data.decode()
    except UnicodeDecodeError:
        raise ChiboError(f"«{name}» không phải chữ UTF-8. Hãy lưu lại tệp bằng bảng mã UTF-8.") from None
    known = next((one for one in definitions_in_force(library) if one.name == name), None)
    if known is not None:
        before = known.path.read_bytes().decode("utf-8", "replace")
        return _tried(known.kind, name, data, before, library)
    trials = [_tried(kind, name, data, None, library) for kind in _ADDABLE]
    return next((one for one in trials if not one.problems), trials[0])


def try_without(one: DefinitionFile, library: Library) -> tuple[str, ...]:
    """What would be wrong without a definition of the office's own; what is shipped, if anything, takes its place."""
    return _problems_after(library, lambda home: (home / "sheets" / one.kind / one.name).unlink(missing_ok=True))


def _tried(kind: str, name: str, data: bytes, before: str | None, library: Library) -> Trial:
    def put(home: Path) -> None:
        target = home / "sheets" / kind / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    problems = _problems_after(library, put, name)
    return Trial(inside=f"sheets/{kind}/{name}", data=data, before=before, problems=problems)


def _problems_after(library: Library, change: Callable[[Path], None], name: str = "") -> tuple[str, ...]:
    """What would be newly wrong after a change in a copy of the office's definitions, or wrong with the file `name`."""
    assert library.office is not None  # noqa: S101
    present = problems_of(library)
    with tempfile.TemporaryDirectory(prefix="chibo-") as folder:
        home = Path(folder)
        try:
            if (library.office / "sheets").is_dir():
                shutil.copytree(library.office / "sheets", home / "sheets")
            if (library.office / COPIES_RECORD).is_file():
                shutil.copy(library.office / COPIES_RECORD, home)
            change(home)
        except OSError as error:
            raise ChiboError(f"Chưa thử được định nghĩa: {why_refused(error)}.") from None
        wrong = problems_of(Library(home))
    return tuple(problem for file, problem in wrong.items() if present.get(file) != problem or file == name)
