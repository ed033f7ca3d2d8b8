"""The file that says what an export holds: it lies beside the data and needs no program of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import field, frozen

from chibo.audit import Head
from chibo.office.export.folder import SUMS, Written

README = "README.md"
_ABOUT = """# Dữ liệu của văn phòng, xuất từ Chibo

Xuất lúc {at:%H:%M} ngày {at:%d/%m/%Y}, tài khoản «{user}». Nhật ký lúc ấy có {head.count} mục, mục cuối mang dấu
`{head.hash}`.

Thư mục này có mọi điều văn phòng ghi nhớ, ở dạng mà Excel và chương trình nào cũng đọc được, không cần Chibo. Trong đó
có tên người và số liệu của từng chi bộ: giữ như giữ hồ sơ của văn phòng. Khóa ký sổ, mật khẩu cơ sở dữ liệu không có
ở đây.

## Kiểm tra còn nguyên

`{sums}` ghi dấu SHA-256 của từng tệp. Trên Linux, macOS: `sha256sum --check {sums}`. Trên Windows:
`Get-FileHash TÊN_TỆP`, rồi so với dòng của tệp ấy.

## Cách ghi

- `.csv`: chữ UTF-8, cột cách nhau bằng dấu phẩy, số có dấu chấm thập phân, ngày dạng 2026-03-31; dòng đầu là tên cột.
  Chữ bắt đầu như công thức (=, +, -, @) có dấu ' đứng trước để Excel không tính nó.
- `.jsonl`: cùng bảng, mỗi dòng một đối tượng JSON, chữ đúng như đã ghi.
- Bảng nào cũng nối với nhau bằng `unit_code`, `period`, `content_hash` và số biên nhận `receipt`.
"""
_MISSING = """
## Thiếu

Văn phòng không còn {count} tệp mà sổ nộp có nhắc tới, dù chưa hủy (cột `path` và `destroyed_on` đều trống trong
`tep.csv`). Tìm lại trong các bản sao lưu.
"""


@frozen(kw_only=True)
class Described:
    """A table, or a group of files, in the words of the page: which files it is, and what its columns mean."""

    name: str
    about: str
    count: str = ""
    columns: Mapping[str, str] = field(factory=dict)


def readme_text(
    described: Iterable[Described], written: Iterable[Written], *, at: datetime, user: str, head: Head, missing: int
) -> str:
    """The whole page."""
    listed = list(described)
    lines = [_ABOUT.format(at=at, user=user, head=head, sums=SUMS)]
    if missing:
        lines.append(_MISSING.format(count=missing))
    lines.append("\n## Có gì\n\n| tệp | có | là gì |\n|---|--:|---|\n")
    lines += [f"| {one.name} | {one.count} | {one.about} |\n" for one in listed]
    size = sum(one.size for one in written)
    lines.append(f"\nTất cả {size:,} byte.\n".replace(",", "."))
    for one in listed:
        if one.columns:
            lines.append(f"\n## {one.name}\n\n{one.about}\n\n| cột | nghĩa |\n|---|---|\n")
            lines += [f"| `{name}` | {meaning} |\n" for name, meaning in one.columns.items()]
    return "".join(lines)
