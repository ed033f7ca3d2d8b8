"""Two books of one cell on the board joined into one, which counts in their place; both stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import PurePosixPath

from attrs import evolve, field, frozen

from chibo.comparing import Merge, fingerprint_of
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.model import CellBook, CellIdentity, PeriodTable
from chibo.office.board.files import XLSX, BoardFile
from chibo.office.board.run import BoardRun
from chibo.office.board.twice import opened
from chibo.office.edition_names import merged_file_name
from chibo.office.lineage.comparison import OpenBook, Three, merge_opened, merged_content, open_book
from chibo.office.lineage.keeping import keep_copy
from chibo.office.lineage.sealing import digest_in_line, seal_workbook

BaseOf = Callable[[CellBook, str], OpenBook]
"""Gives the book of this name from which a book and another one grew. Raises ChiboError where it is not to be had."""

_MACROS = ".xlsm"


@frozen(kw_only=True)
class Joined:
    """Two books joined: where both changed a value, that of the first of the `files` was kept.

    `three` are the common base and the two, as they were opened.
    """

    name: str
    data: bytes = field(repr=False)
    files: tuple[str, str]
    three: Three = field(repr=False)
    merge: Merge = field(repr=False)

    @property
    def books(self) -> tuple[CellBook, ...]:
        """The three books, by which rows are named."""
        return tuple(opened.book for opened in self.three)


@frozen(kw_only=True)
class InPlace:
    """A book that counts in the place of others of its cell: `joined` of them, or one of them that has all or is right.

    `file` is its label on the board, `others` those of the books that it stands for.
    """

    file: str
    identity: CellIdentity
    others: tuple[str, ...] = ()
    joined: Joined | None = None

    @property
    def note(self) -> str:
        """What a reader of a return has to know of it."""
        said, unused = [f"Sổ của {self.identity.cell_code}: dùng «{self.file}»"], self.others
        if self.joined is not None:
            (first, second), clashes = self.joined.files, len(self.joined.merge.conflicts)
            said = [f"Sổ của {self.identity.cell_code} gộp từ «{first}» và «{second}»"]
            said += [f"{clashes} chỗ hai sổ sửa khác nhau giữ theo «{first}»"] if clashes else []
            unused = tuple(other for other in self.others if other not in {first, second})
        said += [f"không dùng {', '.join(f'«{other}»' for other in unused)}"] if unused else []
        return f"{'; '.join(said)}."


def noted(table: PeriodTable, in_place: Iterable[InPlace]) -> PeriodTable:
    """The table with a note on each of its cells whose book counts in the place of others."""
    shown, year = {cell.identity.cell_code.casefold() for cell in table.cells}, table.period.year
    known = (one for one in in_place if one.identity.year == year)
    notes = [one.note for one in known if one.identity.cell_code.casefold() in shown]
    return evolve(table, notes=(*table.notes, *notes)) if notes else table


def open_two(files: tuple[str, str], base: str, run: BoardRun, library: Library, base_of: BaseOf) -> Three:
    """The common base of two books of the run, and the two, opened to be joined.

    Raises ChiboError where one is no longer at hand.
    """
    sources = {source.label: source for source in run.sources_of(files)}
    gone = [file for file in files if file not in sources]
    if gone:
        raise ChiboError(f"Không còn giữ tệp «{gone[0]}» để gộp. Hãy đưa tệp vào trang một lần nữa.")
    mine, theirs = (opened(sources[file], library) for file in files)
    return Three(base_of(mine.book, base), mine, theirs)


def join_two(three: Three, library: Library) -> Joined:
    """Two books joined, as `chibo merge` does it; the first one is the one that is written into.

    Raises ChiboError where they cannot be joined.
    """
    mine, theirs = three.mine, three.theirs
    merge = merge_opened(three, library)
    parent = digest_in_line(theirs.book, theirs.seal, library)
    data = seal_workbook(merged_content(mine, merge, library), library, parent=parent)
    name = _name(mine.file)
    if fingerprint_of(open_book(data, name, library).book) != fingerprint_of(merge.book):
        raise ChiboError("Sổ vừa gộp đọc lại không khớp với những gì đã ghi vào.")
    return Joined(name=name, data=data, files=(mine.file, theirs.file), three=three, merge=merge)


def joined_file(joined: Joined, library: Library) -> BoardFile:
    """The joined workbook to be handed out."""
    mine = digest_in_line(joined.three.mine.book, joined.three.mine.seal, library)
    return BoardFile(joined.name, joined.data, XLSX, partial(keep_copy, joined.data, library, mine))


def _name(file: str) -> str:
    path = PurePosixPath(file)
    return merged_file_name(path.stem, _MACROS if path.suffix.lower() == _MACROS else ".xlsx")
