"""What became of a file that was handed in, in words: which edition is in use, why, and how to have the other one."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.errors import with_command
from chibo.office.memory.handed import HandedIn, Handing
from chibo.submissions import Edition

RESULTS = {
    HandedIn.NEW: "đã nhận",
    HandedIn.CHANGED: "đã nhận bản mới",
    HandedIn.UNCHANGED: "không có gì mới",
    HandedIn.OLDER: "đã giữ, chưa dùng",
    HandedIn.UNDECIDED: "đã giữ, chưa dùng",
    HandedIn.CHOSEN: "nay dùng tệp này",
    HandedIn.REFUSED: "không nhận",
}
_AGAIN = "nộp lại chính nó với --again"


def why(handing: Handing) -> str:
    """Why a file was refused, or is not what is in use; empty where there is nothing to say beyond the result."""
    if handing.edition is None:
        return with_command(handing.why, handing.command) or "; ".join(finding.code for finding in handing.findings)
    return " ".join(_sentences(handing, handing.edition))


def _sentences(handing: Handing, edition: Edition) -> Iterator[str]:
    used, replaced = handing.used, handing.replaced
    if edition.is_of_the_future and edition.saved_at and handing.result is not HandedIn.UNCHANGED:
        yield f"Tệp ghi lúc lưu {_at(edition)}, sau cả lúc nhận, nên tính theo lúc nhận; xem lại giờ của máy đã lưu."
    if handing.result is HandedIn.CHOSEN and replaced is not None:
        yield f"Thay cho {named(replaced)}." if replaced.part != edition.part else "Nộp lại nguyên như đã bị trả lại."
    elif handing.is_unused and used is not None:
        if handing.result is HandedIn.UNCHANGED:
            yield f"Tệp này đã nhận ngày {edition.submitted_on:%d/%m/%Y}."
        elif handing.told_apart:
            yield f"Bản đang dùng được lưu sau tệp này (lúc {_at(used)})."
        else:
            yield "Hai tệp không cho biết tệp nào lưu sau."
        yield f"Đang dùng {named(used)}."
        yield with_command(handing.why, handing.command) or f"Muốn dùng tệp này: {_AGAIN}."
    elif handing.came_back:
        yield f"Đây là nội dung đã bị trả lại. Sửa rồi nộp; không có gì phải sửa thì {_AGAIN}."
    elif not handing.told_apart and replaced is not None:
        yield f"Hai tệp không cho biết tệp nào lưu sau. Muốn dùng {named(replaced)}: {_AGAIN}."


def named(edition: Edition) -> str:
    """An edition as people know it: the number of its receipt, its file, and when it came in."""
    return f"biên nhận {edition.receipt} («{edition.file_name}», nộp ngày {edition.submitted_on:%d/%m/%Y})"


def _at(edition: Edition) -> str:
    """When the file says it was written, as the office's clock shows it."""
    return f"{edition.saved_at.astimezone():%H:%M:%S %d/%m/%Y}" if edition.saved_at else "không rõ"
