"""Another version joined into the book on the desk: the same merge as the command's, and the work goes on with both."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.engine.no_worker import NoWorkerError
from chibo.errors import ChiboError
from chibo.office.desk.desk import ActRefusedError, Desk, MergedWith, Provenance, Reason
from chibo.office.desk.opening import open_written
from chibo.office.desk.saving import file_name, merged_name, written_file
from chibo.office.lineage.branches import OtherBranch
from chibo.office.lineage.comparison import OpenBook, Three, merge_opened, merged_content, open_book
from chibo.office.lineage.kinds import OLDER_COPY, STALE_BRANCH
from chibo.office.lineage.provenance import Lineage
from chibo.office.lineage.sealing import seal_workbook


def merge_in(desk: Desk, other: OtherBranch, library: Library, today: date) -> Desk:
    """The desk with what `other` changed since the common base taken into its book, and the account of it.

    Where both changed a value, that of the desk stays. The merged workbook is read like any file that is opened; the
    file on the desk is left as it is. Raises ActRefusedError, with the reason, where the books cannot be merged.
    """
    try:
        mine = _mine(desk, library, today)
        merge = merge_opened(Three(other.base, mine, other.theirs), library)
        data = seal_workbook(merged_content(mine, merge, library), library, parent=other.digest)
        opened = open_written(data, merged_name(desk), merge.book, library, today, answer=desk.answer)
    except NoWorkerError:  # nothing is wrong with the book
        raise
    except ChiboError as error:
        raise ActRefusedError(Reason.NOT_MERGED, why=error) from None
    merged = MergedWith(
        file=mine.file,
        their_file=other.theirs.file,
        mine=fingerprint_of(mine.book),
        theirs=other.digest,
        merge=merge,
        books=(other.base.book, mine.book, other.theirs.book),
    )
    return evolve(
        opened,
        answer=desk.answer,
        lineage=_up_to_date(desk.lineage),
        marks=desk.marks,
        moved=desk.moved,
        merged=merged,
    )


def _mine(desk: Desk, library: Library, today: date) -> OpenBook:
    """The book on the desk as the workbook that would go. Raises ChiboError where that is not the opened file."""
    if desk.provenance is Provenance.FOREIGN:
        raise ChiboError(
            "Tệp này thuộc loại không ghi thêm vào được. Hãy chuyển sang sổ mới ở bước 1 rồi gộp.",
            english="Nothing can be written into a file of this kind. Move it into a new workbook at step 1, "
            "then merge.",
        )
    written = written_file(desk, library, today)
    if written.without_place:
        why = written.why_new
        raise ChiboError(
            f"Không ghi được vào tệp đã mở: {why.vietnamese}.",
            english=f"Nothing can be written into the opened file: {why.english}.",
        )
    return open_book(written.data, file_name(desk), library, desk.answer)


def _up_to_date(lineage: Lineage | None) -> Lineage | None:
    """What is known of the file's line, without the word that there are newer copies: they are in the book now."""
    if lineage is None:
        return None
    left = tuple(one for one in lineage.findings if one.kind not in {OLDER_COPY, STALE_BRANCH})
    return evolve(lineage, findings=left)
