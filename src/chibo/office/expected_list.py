"""The list of cells expected to report: a CSV or Excel file with a code on each line, names and base organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chibo.definitions.library import Library
from chibo.definitions.wording import normal_label
from chibo.errors import ChiboError
from chibo.model import CellIdentity
from chibo.office.list_files import read_list_rows
from chibo.workbook.reading.dates import date_of_text

_COLUMNS = {
    "cell_code": ("cell_code", "Mã chi bộ"),
    "cell_name": ("cell_name", "Tên chi bộ", "Chi bộ", "Tên đơn vị"),
    "committee_code": ("committee_code", "Mã đảng bộ cơ sở", "Mã đảng bộ"),
    "committee_name": ("committee_name", "Tên đảng bộ cơ sở", "Đảng bộ cơ sở", "Tên đảng bộ"),
}
_BY_LABEL = {normal_label(label): name for name, labels in _COLUMNS.items() for label in labels}
_WHAT_A_LIST_IS = (
    "Danh sách phải báo cáo có một dòng tiêu đề với cột «Mã chi bộ» (thêm «Tên chi bộ», «Mã đảng bộ cơ sở», "
    "«Tên đảng bộ cơ sở» nếu có) và mã của mỗi chi bộ ở một dòng bên dưới."
)
_LABELS_OF_A_BOOK = 3
"""From so many labels of `Thông tin` in its first column on, a file is the book of a cell."""
_LONGEST_CODE, _MOST_WORDS, _MOST_NAMED = 40, 4, 3


def read_expected(data: bytes, file: str, year: int, library: Library) -> tuple[CellIdentity, ...]:
    """The cells listed in `data` (a file called `file`), each once, in the order of the list.

    The header row names the columns `Mã chi bộ`, `Tên chi bộ`, `Mã đảng bộ cơ sở`, `Tên đảng bộ cơ sở` (or their codes,
    `cell_code` …), the first being required; a file of one column without a header is a list of codes. A cell
    without a name is called by its code. Raises ChiboError where the file cannot be understood, is the book of a cell,
    or has something else than a code where the codes stand: no cell is invented.
    """
    rows = read_list_rows(data, file, library)
    if _is_book(rows, library):
        raise ChiboError(f"«{file}» là sổ của một chi bộ, không phải danh sách chi bộ phải báo cáo. {_WHAT_A_LIST_IS}")
    header = next((index for index, row in enumerate(rows) if "cell_code" in _names(row)), None)
    if header is None:
        if not rows or any(len([cell for cell in row if cell]) > 1 for row in rows):
            raise ChiboError(
                f"Danh sách «{file}» không có cột «Mã chi bộ». Dòng tiêu đề cần: Mã chi bộ, Tên chi bộ, "
                "Mã đảng bộ cơ sở, Tên đảng bộ cơ sở; chỉ cột đầu là bắt buộc."
            )
        listed = [{"cell_code": next(cell for cell in row if cell)} for row in rows]
    else:
        names = _names(rows[header])
        listed = [dict(zip(names, row, strict=False)) for row in rows[header + 1 :]]
    _refuse_what_is_no_code(file, (values.get("cell_code", "") for values in listed))
    found: dict[str, CellIdentity] = {}
    for values in listed:
        if code := values.get("cell_code", ""):
            found.setdefault(code.casefold(), _identity(code, values, year))
    if not found:
        raise ChiboError(
            f"Danh sách «{file}» chưa có chi bộ nào. Ghi mỗi chi bộ một dòng, có mã ở cột «Mã chi bộ», rồi đưa lại."
        )
    return tuple(found.values())


def _is_book(rows: Sequence[Sequence[str]], library: Library) -> bool:
    """Whether the labels of `Thông tin` stand one under the other in the first column that is written in."""
    known = {normal_label(label) for field in library.layout.sheet("info").labels for label in field.labels}
    firsts = {normal_label(next(cell for cell in row if cell)) for row in rows}
    return len(firsts & known) >= _LABELS_OF_A_BOOK


def _refuse_what_is_no_code(file: str, codes: Iterable[str]) -> None:
    strange = list(dict.fromkeys(code for code in codes if code and not _can_be_code(code)))
    if strange:
        named = ", ".join(f"«{code[:60]}»" for code in strange[:_MOST_NAMED])
        more = f" và {len(strange) - _MOST_NAMED} chỗ khác" if len(strange) > _MOST_NAMED else ""
        raise ChiboError(
            f"Danh sách «{file}»: {named}{more} ở chỗ của mã chi bộ nhưng không thể là mã. {_WHAT_A_LIST_IS} "
            "Sửa hoặc xóa chỗ ấy rồi đưa lại."
        )


def _can_be_code(text: str) -> bool:
    """Whether a cell can be called this: a few words with a digit, or one word in capitals or plain letters.

    A code is free text in the book, so this keeps out only what is plainly something else: headings with `*` or `:`,
    dates, names, totals and signatures.
    """
    if len(text) > _LONGEST_CODE or text.endswith(("*", ":")):
        return False
    if date_of_text(text.removesuffix("T00:00:00")) is not None:
        return False
    if any(sign.isdigit() for sign in text):
        return len(text.split()) <= _MOST_WORDS
    return " " not in text and (text.isascii() or text.isupper())


def _identity(code: str, values: dict[str, str], year: int) -> CellIdentity:
    return CellIdentity(
        cell_code=code,
        cell_name=values.get("cell_name") or code,
        year=year,
        committee_code=values.get("committee_code", ""),
        committee_name=values.get("committee_name", ""),
    )


def _names(row: Sequence[str]) -> list[str]:
    """The column codes of a header row; "" for a column that is not ours."""
    return [_BY_LABEL.get(normal_label(cell), "") for cell in row]
