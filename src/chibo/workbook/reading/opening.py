"""Opening a workbook of any format that is read: .xlsx and .xlsm, .xls, and those under Excel's default password."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from attrs import frozen

from chibo.definitions.intake_limits import IntakeLimits
from chibo.workbook.intake import kinds
from chibo.workbook.intake.file_kinds import OLE_MAGIC, refuse_other_kinds
from chibo.workbook.intake.package import Package, SheetPart, open_package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.reading.sheet import Sheet
from chibo.workbook.reading.sheets import read_sheets

_MACROS = "xl/vbaProject.bin"
_SIGNATURES = "_xmlsignatures/origin.sigs"


@frozen
class OpenBook:
    """A workbook that was found sound enough to be read."""

    sheets: tuple[SheetPart, ...]
    read: Callable[[Iterable[SheetPart]], dict[str, Sheet]]
    """The wanted sheets by name; raises RefusedError where one turns out to be damaged."""
    has_macros: bool = False
    package: Package | None = None
    """The package of an .xlsx, None for an .xls."""

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed the workbook digitally: the signature holds for just these bytes."""
        return self.package is not None and _SIGNATURES in self.package.parts


def open_book(data: bytes, file: str, limits: IntakeLimits | None = None) -> OpenBook:
    """The workbook held by `data`, called `file`; raises RefusedError where it cannot be read."""
    refuse_other_kinds(data, file, limits)
    return (_open_compound if data.startswith(OLE_MAGIC) else _open_package)(data, file, limits)


def unlocked(data: bytes) -> bytes:
    """A workbook under Excel's default password without it, so that it can be written into; any other file as it is."""
    if not data.startswith(OLE_MAGIC):
        return data
    from chibo.workbook.intake.compound import CompoundKind, decrypt, look_into  # noqa: PLC0415 - slow to load

    try:
        return decrypt(data) if look_into(data).kind is CompoundKind.ENCRYPTED else data
    except RefusedError:
        return data


def _open_package(data: bytes, file: str, limits: IntakeLimits | None) -> OpenBook:
    package = open_package(data, limits)
    return OpenBook(package.sheets, partial(read_sheets, file, package), _MACROS in package.parts, package)


def _open_compound(data: bytes, file: str, limits: IntakeLimits | None) -> OpenBook:
    """An .xls, or a workbook under Excel's default password: few are, and what reads them is slow to load."""
    from chibo.workbook.intake.compound import CompoundKind, decrypt, look_into  # noqa: PLC0415
    from chibo.workbook.reading.xls import LockedError, open_xls  # noqa: PLC0415

    found = look_into(data)
    if found.kind is CompoundKind.ENCRYPTED:
        return _open_package(decrypt(data), file, limits)
    if found.kind is CompoundKind.OTHER:
        raise RefusedError(kinds.NOT_XLSX, seen=found.name)
    try:
        book = open_xls(data)
    except LockedError:
        try:
            book = open_xls(decrypt(data))
        except LockedError:
            raise RefusedError(kinds.ENCRYPTED) from None
    return OpenBook(book.sheets, partial(book.read, file), found.has_macros)
