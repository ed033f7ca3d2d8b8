"""Where a workbook comes from: what its seal says, held against its values and the copies that the office kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import frozen

from chibo.comparing import Difference, differences, fingerprint_of
from chibo.definitions.library import Library
from chibo.definitions.wording import clean_text
from chibo.findings import Finding
from chibo.model import CellBook, Place
from chibo.office.lineage import kinds
from chibo.office.lineage.keeping import KeptCopy, copy_named, grown_from, kept_copies
from chibo.office.lineage.sealing import is_comparable, office_key
from chibo.office.lineage.wording import where
from chibo.workbook import read_book
from chibo.workbook.sealing import Seal, is_signed_by, read_seal

_NAMED = 5
"""How many changed cells a sentence names; the finding holds all of them."""


@frozen(kw_only=True)
class Lineage:
    """What is known of where a workbook comes from.

    `changes` are the differences to the copy that the office kept of the book it was handed out as, and `kept` that
    book; without a copy only the seal tells that something changed.
    """

    seal: Seal | None
    findings: tuple[Finding, ...]
    kept: CellBook | None = None
    changes: tuple[Difference, ...] = ()


def lineage_of(seal: Seal | None, file: str, book: CellBook, library: Library, own: Collection[str] = ()) -> Lineage:
    """The lineage of the workbook with this seal, from which `book` was read as it stands.

    `own` are the digests of what was made from it in the very work that goes on: they are no newer copies of others.
    """
    if seal is None:
        return Lineage(seal=None, findings=(kinds.SEAL_MISSING.at(Place(file)),))
    is_same = fingerprint_of(book) == seal.digest
    kept = None if is_same else _kept_book(seal, library)
    changes = differences(kept, book) if kept is not None else ()
    if is_same or is_comparable(seal, library):
        edited: bool | None = not is_same
    else:  # a digest of the values under another layout: only a copy, read today like the book, can tell
        edited = bool(changes) if kept is not None else None
    values = _of_values(seal, file, book, edited, changes, _newer(seal, library, own))
    return Lineage(seal=seal, findings=(*_of_signature(seal, file, library), *values), kept=kept, changes=changes)


def _of_signature(seal: Seal, file: str, library: Library) -> Iterator[Finding]:
    key = office_key(library.office)
    if key is None:
        return
    if not seal.signature:
        yield kinds.SEAL_UNSIGNED.at(Place(file))
    elif not is_signed_by(seal, key):
        yield kinds.SEAL_FORGED.at(Place(file))


def _of_values(  # noqa: PLR0917 - what is known of one workbook
    seal: Seal,
    file: str,
    book: CellBook,
    edited: bool | None,
    changes: tuple[Difference, ...],
    newer: frozenset[str],
) -> Iterator[Finding]:
    """What the values tell; `edited` is None where nothing is left to compare them with."""
    info = book.info
    if (seal.cell_code.casefold(), seal.year) != (info.cell_code.casefold(), str(info.year)):
        yield kinds.SEAL_OF_OTHER_UNIT.at(
            info.places.get("cell_code") or Place(file),
            seen=f"{info.cell_code}, {info.year}",
            expected=clean_text(f"{seal.cell_code}, {seal.year}"),
        )
        return
    digest = fingerprint_of(book)
    is_stale = bool(newer) and not any(digest.startswith(name) for name in newer)
    if edited is False:
        yield kinds.OLDER_COPY.at(Place(file), seen=len(newer)) if is_stale else kinds.SEAL_INTACT.at(Place(file))
        return
    if edited is None:
        yield kinds.SEAL_OF_OTHER_LAYOUT.at(Place(file), seen=clean_text(seal.layout_version))
    elif changes:
        places = list(
            dict.fromkeys(place for change in changes if (place := change.place_after or change.place_before))
        )
        named = ", ".join(where(place) for place in places[:_NAMED])
        more = "…" if len(places) > _NAMED else ""
        yield kinds.EDITED_OUTSIDE_AT.at(Place(file), seen=f"{named}{more}", other_places=places, count=len(changes))
    else:
        yield kinds.EDITED_OUTSIDE.at(Place(file))
    if is_stale:
        yield kinds.STALE_BRANCH.at(Place(file), seen=len(newer))


def _newer(seal: Seal, library: Library, own: Collection[str]) -> frozenset[str]:
    """The names of the copies that grew from the book of the seal, but for those of the work that goes on.

    A book may say again what an earlier one said: what was made before it is no newer copy of it.
    """
    copies = kept_copies(library.office, seal.cell_code, seal.year)
    grown = grown_from(copies, seal.digest)
    names = {copy.name for copy in copies if copy.name in grown and _is_later(copy, seal)}
    return frozenset(name for name in names if not any(digest.startswith(name) for digest in own))


def _is_later(copy: KeptCopy, seal: Seal) -> bool:
    """Whether a copy was written after the workbook of the seal, as far as both seals say when they were."""
    try:
        other = read_seal(copy.path.read_bytes())
    except OSError:
        return True
    return other is None or other.moment is None or seal.moment is None or other.moment > seal.moment


def _kept_book(seal: Seal, library: Library) -> CellBook | None:
    """The book as it was handed out, where the office still has its copy."""
    copy = copy_named(kept_copies(library.office, seal.cell_code, seal.year), seal.digest)
    if copy is None:
        return None
    try:
        return read_book(copy.path.read_bytes(), copy.path.name, library).book
    except OSError:
        return None
