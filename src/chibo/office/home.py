"""The office folder: copies of the pages and definitions that an office may change, beside its own workbooks."""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path, PurePosixPath

from attrs import frozen

from chibo.definitions.copies import COPIES_RECORD, fingerprint, read_copies
from chibo.definitions.folders import project_data
from chibo.errors import OutputError, why_not_written
from chibo.workbook.saving import save_atomically

DATA_FOLDERS = ("notebooks", "sheets")
"""The shipped folders that `chibo init` copies."""
HOME_VARIABLE = "CHIBO_HOME"
"""The environment variable that names the office folder; the pages' kernels find their office by it."""
_LEFT_BEHIND = {"__pycache__", ".ipynb_checkpoints"}


class CopyOutcome(StrEnum):
    """What became of one shipped file in the office folder."""

    CREATED = "created"
    SAME = "same"
    REFRESHED = "refreshed"
    KEPT = "kept"


@frozen
class HomeReport:
    """What `init_home` did, by path inside the office folder.

    `outdated` are those kept files whose shipped original has changed since the office copied it: its owner may want
    to look at what is new.
    """

    home: Path
    outcomes: dict[PurePosixPath, CopyOutcome]
    outdated: tuple[PurePosixPath, ...]

    def having(self, outcome: CopyOutcome) -> tuple[PurePosixPath, ...]:
        """The paths with that outcome, in order."""
        return tuple(path for path, what in self.outcomes.items() if what is outcome)


def init_home(home: Path) -> HomeReport:
    """Copy the shipped pages and definitions into the office folder `home`, made where it is missing.

    A file that the office changed or added stays as it is; an untouched copy of an older version is renewed. Raises
    OutputError where the folder cannot be written, DefinitionError where its record of copies is damaged.
    """
    make_folder(home)
    copies = read_copies(home)
    outcomes: dict[PurePosixPath, CopyOutcome] = {}
    outdated: list[PurePosixPath] = []
    for path, source in _shipped_files():
        key = str(path)
        shipped = fingerprint(source)
        outcome = _outcome(home / path, shipped, copies.get(key))
        outcomes[path] = outcome
        if outcome is CopyOutcome.KEPT:
            if key in copies and copies[key] != shipped:
                outdated.append(path)
            continue
        if outcome is not CopyOutcome.SAME:
            make_folder((home / path).parent)
            save_atomically(home / path, source.read_bytes())
        copies[key] = shipped
    record = json.dumps(dict(sorted(copies.items())), ensure_ascii=False, indent=1)
    save_atomically(home / COPIES_RECORD, record.encode())
    return HomeReport(home, outcomes, tuple(outdated))


def find_home(start: Path | None = None) -> Path | None:
    """The office folder that `start` (the current folder) lies in; None outside any.

    CHIBO_HOME, where it is set, is the answer; else the nearest folder upwards that `chibo init` made.
    """
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named)
    folder = (start or Path.cwd()).resolve()
    return next((place for place in (folder, *folder.parents) if (place / COPIES_RECORD).is_file()), None)


def _outcome(target: Path, shipped: str, copied: str | None) -> CopyOutcome:
    if not target.exists():
        return CopyOutcome.CREATED
    present = fingerprint(target)
    if present == shipped:
        return CopyOutcome.SAME
    return CopyOutcome.REFRESHED if present == copied else CopyOutcome.KEPT


def _shipped_files() -> list[tuple[PurePosixPath, Path]]:
    """Every file to copy: its path inside the office folder, and where it is shipped."""
    found = []
    for name in DATA_FOLDERS:
        root = project_data(name)
        for source in sorted(root.rglob("*")):
            inside = source.relative_to(root)
            if source.is_file() and not _LEFT_BEHIND.intersection(inside.parts) and not inside.name.startswith("~$"):
                found.append((PurePosixPath(name) / inside.as_posix(), source))
    return found


def make_folder(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder and those above it where they are missing; raises OutputError where that cannot be done."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        why = why_not_written(folder, error)
        raise OutputError(
            f"không tạo được thư mục «{folder}»: {why}. Hãy chọn nơi khác hoặc kiểm tra quyền ghi."
        ) from None
