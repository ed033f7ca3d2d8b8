"""A kept file in somebody's hands, or the word that it lies in the trash, or was destroyed when its time was over."""

from __future__ import annotations

from chibo.errors import ChiboError
from chibo.office.memory.remembering import Memory
from chibo.store.trash import read_discarded


def kept_file(memory: Memory, content_hash: str) -> bytes:
    """The bytes of a kept file. Raises ChiboError where it is discarded, missing, or no longer what came in."""
    with memory.store.reading() as reading:
        discarded = read_discarded(reading, content_hash)
    if discarded is None:
        return memory.store.files.read(content_hash)
    if discarded.destroyed_on is None:
        raise ChiboError(
            f"Tệp này nằm trong thùng rác từ {discarded.day:%d/%m/%Y} ({discarded.reason}). Nhờ Ban Tổ chức lấy lại.",
            command=f"chibo trash restore {content_hash[:12]}",
        )
    raise ChiboError(
        f"Tệp này đã hủy ngày {discarded.destroyed_on:%d/%m/%Y} vì hết hạn giữ ({discarded.reason}). Biên nhận, các "
        "bước và dấu SHA-256 của tệp vẫn còn trong lịch sử."
    )
