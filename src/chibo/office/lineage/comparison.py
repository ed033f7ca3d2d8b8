"""Opening books to be compared or merged, and writing the merged one. No file of a user's is ever changed in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from attrs import frozen

from chibo.comparing import Merge, merge_books
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.single_book import losses_of, trace_one
from chibo.errors import ChiboError, OutputError
from chibo.findings import Finding, Severity
from chibo.legacy_text import Answer
from chibo.model import CellBook, CellIdentity
from chibo.office.lineage.left_out import left_out, left_out_since, lost_parts
from chibo.office.lineage.sealing import digest_in_line, seal_workbook
from chibo.workbook import can_be_written_into, write_back, write_book
from chibo.workbook.sealing import Seal
from chibo.workbook.writing.losses import OLD_FILE


@frozen
class OpenBook:
    """A workbook that was read: its bytes, its book, what of it the book does not hold, and its seal.

    The bytes are without Excel's default password.
    """

    data: bytes
    file: str
    book: CellBook
    unread: tuple[Finding, ...]
    seal: Seal | None = None


def open_book(data: bytes, file: str, library: Library, text: Answer | None = None) -> OpenBook:
    """The workbook as it is, faulty rows and all. Raises ChiboError with the reasons where there is no book in it.

    `text` says what text is that may or may not be in an old encoding.
    """
    traced = trace_one(data, file, library, text)
    reading = traced.reading
    if reading.book is None:
        blocked = (finding for finding in reading.findings if finding.severity is Severity.BLOCK)
        reasons = _reasons(blocked, library)
        raise ChiboError(f"Không đọc được sổ{'' if f'«{file}»' in reasons else f' «{file}»'}:{reasons}")
    return OpenBook(traced.plain or data, file, reading.book, left_out(reading.findings), traced.seal)


class Three(NamedTuple):
    """The common base, and the two workbooks made from it."""

    base: OpenBook
    mine: OpenBook
    theirs: OpenBook


def merge_opened(books: Three, library: Library) -> Merge:
    """The merge of three open books of one cell and year.

    Raises ChiboError where they are of different cells or years, and where something in them could not be read, or a
    sheet or column is gone: it would look as if somebody had removed what stands there.
    """
    if len({cell_and_year(opened.book) for opened in books}) > 1:
        infos = ((opened.file, opened.book.info) for opened in books)
        told = "; ".join(f"«{file}»: {info.cell_code} năm {info.year}" for file, info in infos)
        raise ChiboError(f"Ba sổ phải là của cùng một chi bộ, cùng một năm ({told}).")
    base = books.base.unread
    unread = [one for one in base if one.severity is Severity.BLOCK]
    unread += (*left_out_since(base, books.mine.unread), *left_out_since(base, books.theirs.unread))
    if unread:
        raise ChiboError(
            f"Có chỗ chưa đọc được; gộp bây giờ thì mất chỗ ấy. Hãy sửa rồi gộp lại.{_reasons(unread, library)}"
        )
    merge = merge_books(books.base.book, books.mine.book, books.theirs.book)
    lost = [*lost_parts(merge, books.mine.book, books.theirs.book, library)]
    if lost:
        raise ChiboError(
            f"{'; '.join(lost)}, mà sổ gốc có; gộp bây giờ thì mất chỗ ấy. Tên trang, tiêu đề cột bị đổi thì ghi lại "
            "cho đúng, cột hay trang bị xóa thì chép từ sổ gốc sang, rồi gộp lại."
        )
    return merge


def merged_workbook(mine: OpenBook, merge: Merge, library: Library) -> bytes:
    """The workbook of MINE with what was taken from THEIRS written into it.

    Of an old .xls it is a new workbook; where nothing was taken it is the very content of MINE. Raises ChiboError as
    `merged_content` does.
    """
    data = merged_content(mine, merge, library)
    if data is mine.data:
        return data
    return seal_workbook(data, library, parent=digest_in_line(mine.book, mine.seal, library))


def merged_content(mine: OpenBook, merge: Merge, library: Library) -> bytes:
    """The workbook of MINE written into, with its old seal; where that cannot be, a new one that carries all of it.

    It is the very content of MINE where nothing was taken from THEIRS. Raises ChiboError where something has no place
    in it, or MINE is of a kind that is not written into and has things of its own that a new workbook would lose.
    """
    if not merge.taken and can_be_written_into(mine.data):
        return mine.data
    why, step = "tệp thuộc loại không ghi thêm vào được", "Hãy mở tệp ấy bằng Excel, lưu thành .xlsx rồi gộp lại."
    if can_be_written_into(mine.data):
        try:
            written = write_back(mine.data, mine.book, merge.book, library)
        except OutputError as error:
            why, step = str(error), ""
        else:
            if written.data is not None:
                return written.data
            why = "không còn chỗ cho " + "; ".join(f"{one.sheet}: {one.what}" for one in written.without_place)
            step = "Hãy chừa chỗ ấy trong sổ của mình rồi gộp lại."
    lost = [loss for loss in losses_of(mine.data, mine.file, library) if loss != OLD_FILE]
    if lost:
        said = " ".join(loss.said(Language.VIETNAMESE) for loss in lost)
        raise ChiboError(f"Chưa ghi được bản gộp vào «{mine.file}»: {why}. Sổ viết lại thì mất: {said} {step}".strip())
    return write_book(merge.book, library)


def cell_and_year(book: CellBook) -> tuple[str, int]:
    """Whose book it is, the same however the code is written."""
    identity = CellIdentity.of(book.info)
    return identity.cell_code.casefold(), identity.year


def _reasons(findings: Iterable[Finding], library: Library) -> str:
    """Each with its place, where its words do not name that already: those about a whole file do.

    One goes on in the same line, several stand below, each in a line of its own.
    """
    told = ((str(finding.place), str(library.catalogue.message(finding))) for finding in findings)
    lines = [text if f"«{place}»" in text else f"{place}: {text}" for place, text in told]
    return f" {lines[0]}" if len(lines) == 1 else "".join(f"\n- {line}" for line in lines)
