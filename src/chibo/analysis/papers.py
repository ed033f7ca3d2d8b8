"""Writing a return from a notebook."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from chibo.analysis.books import consolidated
from chibo.analysis.given import PathLike, day_or_today, expect, library_or_own, path_of, period_of
from chibo.consolidation import Consolidation, period_table
from chibo.definitions.copies import own_part
from chibo.definitions.library import Library
from chibo.definitions.returns.definition import ReturnDefinition
from chibo.errors import OutputError, UnknownNameError
from chibo.model import Period
from chibo.reports import return_workbook
from chibo.workbook.returns.recognising import is_return
from chibo.workbook.saving import save_atomically


class BrokenReturnWarning(UserWarning):
    """Another return of the office than the one asked for is wrong; names file and key."""


def write_return(
    source: PathLike | Iterable[PathLike] | Consolidation,
    period: str | Period,
    out: PathLike,
    *,
    name: str | ReturnDefinition = "thang",
    with_sources: bool = True,
    force: bool = False,
    library: Library | None = None,
    today: date | None = None,
) -> Path:
    """Write the return `name` over a period as a workbook; the path written.

    Does what `chibo consolidate … --period … --return … --out …` does. Raises UnknownNameError for a return or period
    that does not exist or do not fit each other, OutputError where the file cannot be written, or would lie in what
    an office keeps for itself (`.chibo-data` and its like). A return of ours that stands at `out` is replaced; anything
    else there is OutputError too, unless `force` lets it go.

    >>> cb.write_return("so", "2026-03", "thang-3.xlsx")          # doctest: +SKIP
    """
    library, today = library_or_own(library, source), day_or_today(today)
    wanted = period_of(period)
    if wanted is None:
        raise UnknownNameError("Biểu tổng hợp cần một kỳ, viết như 2026-03, 2026-Q1, 2026-H1 hoặc 2026.")
    definition, target = _definition(name, library), path_of(out, "out")
    if target.suffix.lower() != ".xlsx":
        raise OutputError(f"Biểu là tệp Excel: tên «{target.name}» phải kết thúc bằng .xlsx.")
    if (found := own_part(target)) is not None:
        home, own = found
        raise OutputError(
            f"«{own}» là nơi văn phòng giữ dữ liệu của mình, không ghi biểu vào đó. Hãy ghi ra nơi khác, chẳng hạn "
            f"«{home / 'bieu.xlsx'}»."
        )
    if not force and target.is_file() and not is_return(target.read_bytes()):
        raise OutputError(
            f"Đã có tệp «{target}», không phải biểu do Chibo lập. Chọn tên khác, hoặc gọi "
            "write_return(..., force=True) để ghi đè."
        )
    books = consolidated(source, library=library, today=today)
    data = return_workbook(definition, period_table(books, wanted), library.issuer, today, with_sources=with_sources)
    save_atomically(target, data)
    return target


def _definition(name: str | ReturnDefinition, library: Library) -> ReturnDefinition:
    if isinstance(name, ReturnDefinition):
        return name
    expect(name, str, "name", 'mã của biểu, như "thang"')
    found = library.returns.get(name)
    for other in library.returns.broken.values():
        warnings.warn(f"Chưa dùng được một biểu khác của văn phòng. {other}", BrokenReturnWarning, stacklevel=3)
    if found is None:
        raise UnknownNameError(f"Không có biểu «{name}». Hiện có: {', '.join(library.returns)}.")
    return found
