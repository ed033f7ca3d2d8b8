"""Where definitions lie: the shipped `sheets/`, and an office folder's own, which win over the shipped ones."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import chibo
from chibo.definitions.copies import is_untouched, read_copies
from chibo.errors import ChiboError, why_refused

_JUDGING_KINDS = ("frames", "layouts", "rules")


@cache
def project_data(name: str) -> Path:
    """The shipped folder `name` ("sheets", "notebooks"): the checkout's own, else the copy inside the package.

    In an editable install the package lies in `src/chibo` of the checkout, whose folders are then the only ones read;
    a stale copy left under site-packages by an earlier install is never looked at.
    """
    package = Path(chibo.__file__).resolve().parent
    checkout = package.parent.parent
    if package.parent.name == "src" and (checkout / "pyproject.toml").is_file():
        return checkout / name
    return package / name


def definition_files(kind: str, office: Path | None = None) -> dict[str, Path]:
    """Every definition file of a kind ("frames", "layouts", "returns", "rules", "messages") by its id, the stem.

    An office folder's own file wins over the shipped one of the same name.
    """
    found = data_files(f"sheets/{kind}", "*.toml", office)
    return {path.stem: path for path in found.values()}


def data_files(folder: str, pattern: str, office: Path | None = None) -> dict[str, Path]:
    """The files of a data folder ("notebooks", "sheets/frames") that are in force, by file name.

    An office folder's own file wins over the shipped one of the same name; a copy that nobody changed there is not its
    own (see `chibo.definitions.copies`).
    """
    top, _, rest = folder.partition("/")
    found = {path.name: path for path in (project_data(top) / rest).glob(pattern)}
    if office:
        copies = read_copies(office)
        for path in _matching(office / folder, pattern):
            if path.name not in found or not is_untouched(office, path, copies):
                found[path.name] = path
    return dict(sorted(found.items()))


def _matching(folder: Path, pattern: str) -> list[Path]:
    """The files of an office's folder. One that may not be read must not pass for one without files."""
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ChiboError(f"Không đọc được thư mục định nghĩa «{folder}»: {why_refused(error)}.") from None
    return [folder / name for name in sorted(names) if fnmatch(name, pattern)]


def judging_files(office: Path | None = None) -> tuple[tuple[str, bytes], ...]:
    """The files in force of the kinds that books are judged by: kind and name of each, and its content."""
    return tuple(
        (f"{kind}/{path.name}", path.read_bytes())
        for kind in _JUDGING_KINDS
        for path in definition_files(kind, office).values()
    )


def own_definitions(office: Path | None) -> tuple[tuple[str, bytes], ...]:
    """What an office folder adds to the shipped definitions that books are judged by: path inside it, and content."""
    if office is None:
        return ()
    found = [path for kind in _JUDGING_KINDS for path in definition_files(kind, office).values()]
    own = [path for path in found if path.is_relative_to(office)]
    return tuple((path.relative_to(office).as_posix(), path.read_bytes()) for path in own)
