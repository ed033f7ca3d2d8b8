"""Sealing workbooks for an office: with its key, where one was made, which lies in the office folder."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.errors import ChiboError, OutputError, why_refused
from chibo.model import CellBook
from chibo.workbook.sealing import Seal, sealed, signed

KEY_FILE = ".chibo-key"
"""The office's key, a line of hexadecimal digits. Who has it can sign books as the office; it is never shown."""
_KEY_BYTES = 32


def seal_workbook(data: bytes, library: Library, *, parent: str = "", at: datetime | None = None) -> bytes:
    """A workbook that Chibo wrote, `at` a moment or now, sealed and, where the office has a key, signed.

    `parent` is the digest of the book that it was made from. Nobody has the workbook yet: `keep_copy` once somebody
    does. Raises ChiboError where no book can be read from it, or the key cannot be used.
    """
    return sealed(data, library, parent=parent, key=office_key(library.office), at=at or datetime.now(UTC))


def sign_workbook(data: bytes, library: Library) -> bytes:
    """A sealed workbook, signed where the office has a key. Raises ChiboError where the key cannot be used."""
    key = office_key(library.office)
    return signed(data, key) if key else data


def is_comparable(seal: Seal, library: Library) -> bool:
    """Whether the digest of a seal can be held against values read here: another version of a layout reads others."""
    present = library.layouts.get(seal.layout)
    return not seal.layout_version or (present is not None and present.version == seal.layout_version)


def digest_in_line(book: CellBook, seal: Seal | None, library: Library) -> str:
    """The digest of a book as the parent of what is made of it: its own, or that of a seal of another layout.

    Such a seal names the book as copies of it are named and as others made from it say; read by the present layout the
    book has a digest that nobody else knows.
    """
    return seal.digest if seal is not None and not is_comparable(seal, library) else fingerprint_of(book)


def office_key(office: Path | None) -> bytes | None:
    """The key of an office, None where none was made. Raises ChiboError where the file cannot be used."""
    if office is None:
        return None
    try:
        return bytes.fromhex((office / KEY_FILE).read_text(encoding="utf-8-sig").strip()) or None
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
