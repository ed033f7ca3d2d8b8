"""What an office keeps of the books it hands out: its key, and a copy of each book to compare a later one with.

Both lie in the office folder, outside any repository. A copy is named by the digests of its values and of those it was
made from, so that the line of a book can be followed without opening any.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from attrs import frozen

from chibo.definitions.library import Library
from chibo.errors import ChiboError, OutputError, why_refused
from chibo.office.home import make_folder
from chibo.workbook.saving import save_atomically
from chibo.workbook.sealing import Seal, read_seal, sealed, signed

_LOG = logging.getLogger(__name__)

KEY_FILE = ".chibo-key"
"""The office's key, a line of hexadecimal digits. Who has it can sign books as the office; it is never shown."""
KEPT_FOLDER = ".chibo-kept"
_KEY_BYTES = 32
_SHORT = 24
NEW = "new"
"""The parent of a book that was made from no other."""
_COPY = re.compile(r"^([0-9a-f]{24})\.([0-9a-f]{24}|new)\.xlsx$")


@frozen
class KeptCopy:
    """A copy of a book handed out; `name` and `parent` are the beginnings of the digests."""

    path: Path
    name: str
    parent: str


def office_key(office: Path | None) -> bytes | None:
    """The key of an office, None where none was made. Raises ChiboError where the file cannot be used."""
    if office is None:
        return None
    try:
        return bytes.fromhex((office / KEY_FILE).read_text(encoding="ascii").strip()) or None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ChiboError(f"Không đọc được tệp khóa «{KEY_FILE}» của văn phòng: {why_refused(error)}.") from None
    except ValueError:
        raise ChiboError(f"Tệp khóa «{KEY_FILE}» của văn phòng bị hỏng. Hãy chép lại từ bản sao lưu.") from None


def make_key(office: Path) -> Path:
    """Make the office a key that only its owner may read. Raises OutputError where it has one already."""
    path = office / KEY_FILE
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OutputError(
            f"Văn phòng đã có khóa («{path}»). Thay khóa thì các sổ đã ký không còn nhận ra được."
        ) from None
    except OSError as error:
        raise OutputError(f"Không ghi được «{path}»: {why_refused(error)}.") from None
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(_KEY_BYTES) + "\n")
    return path


def seal_and_keep(
    data: bytes, library: Library, *, parent: str = "", keep: bool = True, at: datetime | None = None
) -> bytes:
    """A workbook that Chibo wrote, `at` a moment or now, sealed; the office keeps a copy of it, where asked to."""
    result = sealed(data, library, parent=parent, key=office_key(library.office), at=at or datetime.now(UTC))
    if keep:
        keep_copy(result, library)
    return result


def keep_copy(data: bytes, library: Library) -> None:
    """Keep a copy of a sealed workbook, where there is an office to keep it."""
    seal = read_seal(data)
    if library.office is not None and seal is not None:
        _keep(data, seal, library.office)


def keep_merged(data: bytes, library: Library, mine: str) -> None:
    """Keep copies of a sealed workbook that grew from two books: its seal names one of them, a second copy `mine`."""
    seal = read_seal(data)
    if library.office is not None and seal is not None:
        seal_and_keep(data, library, parent=mine, at=seal.moment)
        _keep(data, seal, library.office)


def sign_and_keep(data: bytes, library: Library) -> bytes:
    """A sealed workbook, signed where the office has a key; the office, where there is one, keeps a copy of it."""
    office = library.office
    if office is None:
        return data
    seal = read_seal(data)
    if seal is None:
        return data
    if key := office_key(office):
        data = signed(data, key)
    _keep(data, seal, office)
    return data


def _keep(data: bytes, seal: Seal, office: Path) -> None:
    """Keep a copy. Where the office folder has no room for it, the book is handed out all the same."""
    folder = _folder(office, seal.cell_code, seal.year)
    try:
        make_folder(office / KEPT_FOLDER, mode=0o700)  # names of people stand in the books
        make_folder(folder)
        save_atomically(folder / f"{short_name(seal.digest)}.{short_name(seal.parent) or NEW}.xlsx", data)
    except OutputError as error:
        _LOG.warning("no copy was kept: %s", error)


def kept_copies(office: Path | None, cell_code: str, year: int | str) -> tuple[KeptCopy, ...]:
    """The copies that the office keeps of the books of a cell and year."""
    if office is None:
        return ()
    return tuple(_copies(_folder(office, cell_code, year)))


def copy_named(copies: tuple[KeptCopy, ...], digest: str) -> KeptCopy | None:
    """The copy that holds exactly the values of this digest."""
    return next((copy for copy in copies if copy.name == short_name(digest)), None)


def grown_from(copies: tuple[KeptCopy, ...], digest: str) -> frozenset[str]:
    """The names of the copies that were made from the book of this digest, at once or in several steps."""
    line, found = {short_name(digest)}, set[str]()
    while line:
        line = {copy.name for copy in copies if copy.parent in line} - found - {short_name(digest)}
        found |= line
    return frozenset(found)


def _copies(folder: Path) -> Iterator[KeptCopy]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return
    for path in paths:
        match = _COPY.match(path.name)
        if match:
            yield KeptCopy(path, match[1], match[2])


def _folder(office: Path, cell_code: str, year: int | str) -> Path:
    """The folder of one cell and year; a code may hold anything, so what is no letter or digit is written as a sign."""
    code = re.sub(r"[^\w-]", lambda found: f"%{ord(found[0]):x}", cell_code.casefold())
    return office / KEPT_FOLDER / f"{code}-{year}"


def short_name(digest: str) -> str:
    """The beginning of a digest, by which copies are named."""
    return digest[:_SHORT]
