"""A receipt in words: number, moment, unit, file and hash, and the head of the log that proves it."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.office.memory.handed import Handing
from chibo.office.moments import local_moment


def receipt_lines(handing: Handing) -> Iterator[str]:
    """The lines of a receipt, fit to be printed; none where nothing was taken in."""
    edition, head = handing.edition, handing.head
    if edition is None:
        return
    yield f"BIÊN NHẬN SỐ {edition.receipt}"
    yield f"  Đơn vị:      {handing.unit_code} {handing.unit_name}".rstrip()
    yield f"  Kỳ:          {handing.period}"
    yield f"  Người nộp:   {edition.submitted_by}"
    yield f"  Lúc nhận:    {local_moment(edition.at)}"
    yield f"  Tệp:         {edition.file_name}"
    yield f"  SHA-256:     {edition.content_hash}"
    if head is not None:
        yield f"  Nhật ký:     mục {head.count}, {head.hash}"
