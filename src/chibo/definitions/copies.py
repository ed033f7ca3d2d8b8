"""Copies of shipped files in an office folder: an untouched copy follows Chibo, a changed or added file wins.

`chibo init` copies the notebooks and definitions into an office folder and records what it copied. As long as a copy
is as it was copied, the shipped file is read instead, so that a new version of Chibo reaches every office; the first
change to a copy makes it the office's own, which then wins for good. A file that Chibo never copied is its own too.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from chibo.errors import DefinitionError

OWN_NAMES = ".chibo-"
"""How all names begin of what an office folder keeps for itself: its store with the log, its copies, its key."""
COPIES_RECORD = f"{OWN_NAMES}copies.json"
"""The record in the office folder: fingerprint of each file as it was copied, by its path with forward slashes."""


def own_part(path: Path) -> tuple[Path, str] | None:
    """Where a path leads into what an office keeps for itself: the office folder, and the name that is its own there.

    Such things are held against the office's log: a strange file among them is a fault, a file lost a loss.
    """
    real = Path(os.path.realpath(path))
    own = next((part for part in real.parts if part.casefold().startswith(OWN_NAMES)), None)
    return (Path(*real.parts[: real.parts.index(own)]), own) if own is not None else None


def fingerprint(path: Path) -> str:
    """What tells a changed file from an untouched one.

    Line endings do not count, nor does a notebook's output: running and saving it in JupyterLab changes nothing.
    """
    data = path.read_bytes().replace(b"\r\n", b"\n")
    if path.suffix == ".ipynb":
        data = _notebook_content(data)
    return hashlib.sha256(data).hexdigest()


def read_copies(office: Path) -> dict[str, str]:
    """The record of an office folder, empty where there is none.

    Raises DefinitionError where the record is damaged: guessing could put an old definition in force.
    """
    path = office / COPIES_RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise DefinitionError(path, "", "tệp hỏng; chạy lại chibo init cho thư mục văn phòng này") from None
    if not isinstance(record, dict) or not all(isinstance(value, str) for value in record.values()):
        raise DefinitionError(path, "", "tệp hỏng; chạy lại chibo init cho thư mục văn phòng này")
    return record


def is_untouched(office: Path, path: Path, copies: dict[str, str]) -> bool:
    """Whether `path`, which lies in `office`, is a copy that nobody changed since it was made."""
    recorded = copies.get(path.relative_to(office).as_posix())
    return recorded is not None and recorded == fingerprint(path)


def _notebook_content(data: bytes) -> bytes:
    """The kinds and sources of a notebook's cells; the whole file where it is no notebook."""
    try:
        cells = json.loads(data)["cells"]
        content = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (ValueError, KeyError, TypeError):
        return data
    return json.dumps(content, ensure_ascii=False).encode()
