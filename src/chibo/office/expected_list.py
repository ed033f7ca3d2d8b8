"""The list of cells expected to report: a CSV or Excel file with a code on each line, names and base organisation."""

from __future__ import annotations

from collections.abc import Sequence

from chibo.definitions.library import Library
from chibo.definitions.wording import normal_label
from chibo.errors import ChiboError
from chibo.model import CellIdentity
from chibo.office.list_files import read_list_rows

_COLUMNS = {
    "cell_code": ("cell_code", "Mã chi bộ"),
    "cell_name": ("cell_name", "Tên chi bộ", "Chi bộ", "Tên đơn vị"),
    "committee_code": ("committee_code", "Mã đảng bộ cơ sở", "Mã đảng bộ"),
    "committee_name": ("committee_name", "Tên đảng bộ cơ sở", "Đảng bộ cơ sở", "Tên đảng bộ"),
}
_BY_LABEL = {normal_label(label): name for name, labels in _COLUMNS.items() for label in labels}


def read_expected(data: bytes, file: str, year: int, library: Library) -> tuple[CellIdentity, ...]:
    """The cells listed in `data` (a file called `file`), each once, in the order of the list.

    The header row names the columns `Mã chi bộ`, `Tên chi bộ`, `Mã đảng bộ cơ sở`, `Tên đảng bộ cơ sở` (or their codes,
    `cell_code` …), the first being required; a file of one column without a header is a list of codes. A cell
    without a name is called by its code. Raises ChiboError where the file cannot be understood.
    """
    rows = read_list_rows(data, file, library)
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
    found: dict[str, CellIdentity] = {}
    for values in listed:
        if code := values.get("cell_code", ""):
            found.setdefault(code.casefold(), _identity(code, values, year))
    if not found:
        raise ChiboError(
            f"Danh sách «{file}» chưa có chi bộ nào. Ghi mỗi chi bộ một dòng, có mã ở cột «Mã chi bộ», rồi đưa lại."
        )
    return tuple(found.values())


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
