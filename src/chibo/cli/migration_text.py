"""What `chibo migrate` says: what was written, and each place that has none in the new workbook."""

from __future__ import annotations

from collections.abc import Iterator

from chibo.cli.counted import Counted
from chibo.definitions.language import Language
from chibo.office.migrating import Migrated
from chibo.workbook import NotMoved

WORDS = {
    Language.VIETNAMESE: {
        "done": "Đã ghi «{out}» theo mẫu phiên bản {version}: {members} đảng viên, {meetings} buổi sinh hoạt.",
        "present": "«{file}» đã là sổ .xlsx theo mẫu đang dùng nên không có gì phải chuyển; tệp mới chỉ viết lại số "
        "liệu của nó.",
        "all": "Mọi số liệu đều đã chuyển.",
        "left": "Chưa chuyển được {count} chỗ; xem lại và ghi tay nếu cần:",
        "cell": "- trang «{sheet}», ô {cell}: «{value}»",
        "sheet": "- trang «{sheet}»: cả trang, {value} ô có nội dung",
        "moving": "Chuyển sổ",
        "there": "đã có tệp «{out}» nên chưa ghi. Chọn thư mục khác, hoặc thêm --force để ghi đè.",
        "original": "«{out}» là một sổ đang được đọc nên không ghi đè. Chọn thư mục khác.",
        "summary": "Xem {total} sổ: chuyển {moved}, {present} đã theo mẫu đang dùng nên để nguyên, {failed} chưa "
        "chuyển được.",
    },
    Language.ENGLISH: {
        "done": "Wrote «{out}» in version {version} of the layout: {members:member|members}, "
        "{meetings:meeting|meetings}.",
        "present": "«{file}» is an .xlsx of the present layout already: there was nothing to move. The new file only "
        "has its values written again.",
        "all": "Everything was moved.",
        "left": "{count:place|places} could not be moved; have a look, and write by hand what is needed:",
        "cell": "- sheet «{sheet}», cell {cell}: «{value}»",
        "sheet": "- sheet «{sheet}»: the whole sheet, {value:filled cell|filled cells}",
        "moving": "Moving",
        "there": "there is a file «{out}» already. Choose another folder, or add --force to replace it.",
        "original": "«{out}» is one of the workbooks to be read and is not replaced. Choose another folder.",
        "summary": "Looked at {total:workbook|workbooks}: {moved} moved, {present} of the present layout and left as "
        "they are, {failed} not moved.",
    },
}


def written_line(moved: Migrated, out: object, version: str, language: Language) -> str:
    """What the new workbook `out` holds, and how much could not be moved into it."""
    words, book, count = WORDS[language], moved.book, len(moved.left) + len(moved.lost)
    counts = {"members": Counted(len(book.members)), "meetings": Counted(len(book.meetings))}
    left = words["left"].format(count=Counted(count)) if count else words["all"]
    return f"{words['done'].format(out=out, version=version, **counts)}\n{left}"


def lines_left(moved: Migrated, language: Language) -> Iterator[str]:
    """One line for each place and thing that the new workbook does not hold."""
    for left in moved.left:
        yield _line(left, WORDS[language])
    for loss in moved.lost:
        yield f"- {loss.said(language)}"


def _line(left: NotMoved, words: dict[str, str]) -> str:
    if left.place.address:
        return words["cell"].format(sheet=left.place.sheet, cell=left.place.address, value=left.value)
    return words["sheet"].format(sheet=left.place.sheet, value=Counted(left.value))
