"""Handing the book out again: the very file that was opened with the acts written in, or a new file.

The user's own file is never changed where it lies: what is handed out is a download, or a file of another name.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import PurePath

from attrs import evolve, frozen

from chibo.comparing import fingerprint_of
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.single_book import losses_of
from chibo.errors import OutputError, Words
from chibo.office.desk.desk import Desk, Provenance
from chibo.office.edition_names import merged_file_name
from chibo.office.lineage.keeping import keep_copy
from chibo.office.lineage.sealing import seal_workbook
from chibo.workbook import Loss, in_present_form, write_back, write_book
from chibo.workbook.sealing import read_seal

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())  # for a server that keeps a log, not for somebody's terminal

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_STEM = 120
_MACROS = ".xlsm"


@frozen
class HandedOut:
    """A file to be handed out: its name and content.

    `without_place` is why the opened file could not be written into, in words (what was recorded that it has no room
    for, or why it cannot be written): then this is a new file, and `lost` is what it does not carry. `digest` is the
    fingerprint of what it holds, `at` when it was written; both are empty for a file that nothing was written into.
    `parent` is the digest of the book that it was made from, `also_from` that of the open one where it was merged from
    two. `kept` is whether the office keeps a copy once it is in somebody's hands.
    """

    name: str
    data: bytes
    without_place: tuple[Words, ...] = ()
    lost: tuple[Loss, ...] = ()
    digest: str = ""
    parent: str = ""
    also_from: str = ""
    at: datetime | None = None
    kept: bool = False

    @property
    def why_new(self) -> Words:
        """Why it is a new file, all in one sentence; empty where it is not."""
        return Words(*("; ".join(one.told(language) for one in self.without_place) for language in Language))


def prepare(desk: Desk, library: Library, today: date | None = None, earlier: Sequence[str] = ()) -> HandedOut:
    """The workbook with everything on the desk written in: the opened file itself where that can be.

    It is sealed with the moment; nobody has it yet, so nothing is kept of it. A file in which nothing was ever recorded
    comes back byte for byte. `earlier` are the digests of what was handed out of the same desk before, oldest first:
    each file comes of the one before it, also one that says again what an earlier one said.
    """
    written = written_file(desk, library, today)
    merged = desk.merged
    if merged is None and written.data == desk.source and set(earlier) <= {written.digest}:
        return _as_it_is(desk, written)
    line = [merged.mine if merged else desk.origin, *earlier]
    mine = line[-2] if earlier and line[-1] == written.digest else line[-1]
    parent, at = merged.theirs if merged else mine, datetime.now(UTC)
    data = seal_workbook(written.data, library, parent=parent, at=at)
    kept = desk.provenance is not Provenance.SAMPLE
    return evolve(written, data=data, parent=parent, at=at, also_from=mine if merged else "", kept=kept)


def keep_handed(handed: HandedOut, library: Library) -> None:
    """Let the office keep a copy of what went into somebody's hands: a later book may have grown from it."""
    if handed.kept:
        keep_copy(handed.data, library, handed.also_from)


def _as_it_is(desk: Desk, written: HandedOut) -> HandedOut:
    """The file that nothing was written into; one into which the book was just moved leaves the page only now."""
    if desk.moved is None:
        return evolve(written, digest="")
    seal = read_seal(written.data)
    return evolve(written, parent=seal.parent, at=seal.moment, kept=True) if seal is not None else written


def written_file(desk: Desk, library: Library, today: date | None = None) -> HandedOut:
    """The workbook with everything on the desk written in, as `prepare` gives it but with the seal it had, if any."""
    new = in_present_form(desk.book, library)
    if not desk.source or desk.read is None:
        return HandedOut(file_name(desk), write_book(new, library, today), lost=desk.lost, digest=fingerprint_of(new))
    try:
        written = write_back(desk.source, desk.read, desk.book, library, today)
    except OutputError as refusal:
        _LOG.warning("the opened file could not be written into: %s", refusal)
        missing: tuple[Words, ...] = (Words(*(words.rstrip(".") for words in refusal.words)),)
    else:
        if written.data is not None:
            return HandedOut(file_name(desk), written.data, digest=fingerprint_of(desk.book))
        missing = tuple(_no_room(one.what, one.sheet) for one in written.without_place)
    data, lost = write_book(new, library, today), losses_of(desk.source, desk.file, library)
    return HandedOut(_new_name(desk), data, missing, lost, fingerprint_of(new))


def _no_room(what: str, sheet: str) -> Words:
    return Words(f"không còn chỗ cho {what} (trang {sheet})", f"there is no room for {what} (sheet {sheet})")


def file_name(desk: Desk) -> str:
    """A sensible name for the file: its own for a file that is written into, another one beside any other file.

    The letters stay Vietnamese; only what Windows cannot have in a name is left out.
    """
    match desk.provenance:
        case Provenance.OWN:
            return _named(PurePath(desk.file).stem or _plain(desk), _ending(desk))
        case Provenance.FOREIGN:
            return _new_name(desk)
        case Provenance.SAMPLE:
            return _named(f"{_plain(desk)} (mẫu)")
        case Provenance.NEW:
            return _named(_plain(desk))


def merged_name(desk: Desk) -> str:
    """The name of the file of a book that another version was joined into, so that it lies beside the opened one."""
    path = PurePath(file_name(desk))
    return _named(merged_file_name(path.stem, ""), path.suffix)


def _ending(desk: Desk) -> str:
    return _MACROS if PurePath(desk.file).suffix.lower() == _MACROS else ".xlsx"


def _plain(desk: Desk) -> str:
    return f"Sổ sinh hoạt {desk.book.info.cell_code} {desk.book.info.year}"


def _new_name(desk: Desk) -> str:
    """The name of a new file beside the opened one."""
    return _named(f"{PurePath(desk.file).stem or _plain(desk)} (sổ mới)")


def _named(stem: str, ending: str = ".xlsx") -> str:
    return f"{_FORBIDDEN.sub(' ', stem)[:_LONGEST_STEM].strip(' .') or 'So sinh hoat'}{ending}"
