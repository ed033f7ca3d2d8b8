"""The page of all findings, from the catalogue: `python -m chibo.cli.findings_page docs` writes docs/phat-hien.md."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from chibo.checks.register import register
from chibo.consolidation import duplicates
from chibo.definitions.library import Library
from chibo.definitions.messages import Catalogue
from chibo.engine import archives, most_findings, reading_bytes, sources
from chibo.findings import FindingKind, Severity
from chibo.office.lineage import kinds as lineage_kinds
from chibo.register import kinds as register_kinds
from chibo.workbook.intake import kinds as intake_kinds
from chibo.workbook.reading import kinds as reading_kinds

FILE_NAME = "phat-hien.md"
_HEAD = """# Các phát hiện

Trang này sinh ra từ danh sách câu (`sheets/messages/`) và danh mục các phép kiểm tra (`make docs`); đừng sửa bằng tay.
Mỗi phát hiện có một mã không đổi. `chibo check` in mã, tệp, trang, ô, điều thấy, điều cần có và cách sửa.

- **Phải sửa** (`block`): không đọc được, mâu thuẫn hoặc không thể có. Chỗ ấy (một dòng, một ô điểm, hoặc cả sổ khi ghi
  «cả sổ») tạm chưa được tính.
- **Cần xem lại** (`warn`): thiếu bước, trễ hạn, thiếu giải trình; vẫn được tính.
- **Để biết** (`note`): viết chưa đúng dạng nhưng hiểu được, hoặc đáng lưu ý; vẫn được tính.

«Điểm» là điểm của Chỉ thị mà phép kiểm tra phục vụ. Các ngưỡng (tỷ lệ, số ngày, hạn) ở `sheets/rules/thresholds.toml`.
"""
_SEVERITIES = {Severity.BLOCK: "Phải sửa", Severity.WARN: "Cần xem lại", Severity.NOTE: "Để biết"}
_MANY_BOOKS = (sources, archives, reading_bytes, most_findings, duplicates)
_PLACEHOLDER = re.compile(r"«?\{\w+\}»?")


def findings_page(catalogue: Catalogue) -> str:
    """The page as Markdown: every kind with its weight, clause, title and how to mend it, by subject."""
    return "\n".join([_HEAD, *(_section(title, listed, catalogue) for title, listed in kinds_by_subject())])


def kinds_by_subject() -> tuple[tuple[str, tuple[FindingKind, ...]], ...]:
    """Every kind of finding there is, under the title of what it is about."""
    reading = _kinds_of(intake_kinds, reading_kinds)
    checks = ((subject.title, tuple(k for check in subject.checks for k in check.kinds)) for subject in register())
    many_books = tuple(kind for kind in _kinds_of(*_MANY_BOOKS) if kind not in reading)
    return (
        ("Đọc tệp và sổ", reading),
        *checks,
        ("Nhiều sổ", many_books),
        ("Nguồn gốc của sổ", _kinds_of(lineage_kinds)),
        ("Danh bạ đơn vị và người", _kinds_of(register_kinds)),
    )


def _kinds_of(*modules: ModuleType) -> tuple[FindingKind, ...]:
    """The kinds that stand in these modules, each once, in their order."""
    values = (value for module in modules for value in vars(module).values())
    return tuple(dict.fromkeys(value for value in values if isinstance(value, FindingKind)))


def _section(title: str, listed: Iterable[FindingKind], catalogue: Catalogue) -> str:
    rows = [
        f"| `{kind.code}` | {_SEVERITIES[kind.severity]} | {kind.clause} | {_plain(said.title)} | {_plain(said.mend)} |"
        for kind in listed
        for said in [catalogue.entries[kind.code].vi]
    ]
    head = ["| Mã | Mức | Điểm | Phát hiện | Cách sửa |", "|---|---|---|---|---|"]
    return "\n".join([f"## {title}", "", *head, *rows, ""])


def _plain(text: str) -> str:
    """A sentence without the places where values stand."""
    return _PLACEHOLDER.sub("…", text).replace("|", "\\|")


def write_findings_page(folder: Path) -> None:
    """Write the page into `folder`."""
    (folder / FILE_NAME).write_text(findings_page(Library().catalogue), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_findings_page(Path(sys.argv[1]))
