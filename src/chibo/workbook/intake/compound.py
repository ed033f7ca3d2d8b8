"""OLE compound files: an old .xls, a workbook under a password, or something else. Streams are known by the directory.

A workbook encrypted with `VelvetSweatshop` is one that Excel opens without asking (it encrypts so where only a sheet is
protected); it is decrypted here. Any other password stays the user's own affair.
"""

from __future__ import annotations

from enum import StrEnum
from io import BytesIO

import msoffcrypto
import olefile
from attrs import frozen
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
from msoffcrypto.format.ooxml import OOXMLFile

from chibo.workbook.intake import kinds
from chibo.workbook.intake.refusal import RefusedError

_DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105  (Excel's own, known to everybody)
_MOST_SPINS = 1_000_000
"""Rounds of hashing that a file may ask for; Excel asks for 100,000."""

_NOT_CRYPTED = (DecryptionError, FileFormatError, InvalidKeyError, ParseError)


class CompoundKind(StrEnum):
    """What a compound file holds."""

    XLS = "xls"
    ENCRYPTED = "encrypted"
    OTHER = "other"


@frozen
class Compound:
    """What the directory of a compound file says. `name` says what another kind of file is."""

    kind: CompoundKind
    name: str = ""
    has_macros: bool = False


_OTHER_KINDS = {"worddocument": "Word (.doc)", "powerpoint document": "PowerPoint (.ppt)"}


def look_into(data: bytes) -> Compound:
    """What the compound file `data` is; raises RefusedError where its directory cannot be read."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            names = {entry[-1].casefold() for entry in ole.listdir(streams=True, storages=True)}
    except Exception as error:  # what damaged bytes make of a directory has no common base
        raise RefusedError(kinds.XLS_BROKEN, seen=type(error).__name__) from None
    if names & {"encryptedpackage", "encryptioninfo"}:
        return Compound(CompoundKind.ENCRYPTED)
    if names & {"workbook", "book"}:
        return Compound(CompoundKind.XLS, has_macros="_vba_project_cur" in names)
    return Compound(CompoundKind.OTHER, next((_OTHER_KINDS[name] for name in sorted(names & {*_OTHER_KINDS})), "OLE"))


def decrypt(data: bytes) -> bytes:
    """The workbook inside a compound file that Excel opens without asking; RefusedError where it has a password."""
    plain = BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(BytesIO(data))
        if isinstance(locked, OOXMLFile):
            if locked.type == "agile" and locked.info["spinValue"] > _MOST_SPINS:
                raise RefusedError(kinds.ENCRYPTED)
            locked.load_key(password=_DEFAULT_PASSWORD, verify_password=True)
        else:
            locked.load_key(password=_DEFAULT_PASSWORD)  # an .xls is always verified
        locked.decrypt(plain)
    except _NOT_CRYPTED:
        raise RefusedError(kinds.ENCRYPTED) from None
    except RefusedError:
        raise
    except Exception as error:  # a damaged description of the encryption
        raise RefusedError(kinds.ENCRYPTED, seen=type(error).__name__) from None
    return plain.getvalue()
