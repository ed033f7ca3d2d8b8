"""An office whose layout tells of an earlier version, and a book of that version."""

from __future__ import annotations

from pathlib import Path

from chibo.definitions.folders import project_data
from chibo.definitions.library import Library
from tables import INFO, SheetTable

EARLIER = """
[[earlier]]
version = "0"
sheets = { info = ["Bìa sổ"], members = ["Danh sách"], meetings = ["Buổi họp"] }
values = { member_status = { "Nghỉ hưu, miễn họp" = "Miễn sinh hoạt" }, meeting_kind = { "Hằng tháng" = "Thường kỳ" } }

[earlier.labels]
"members.member_code" = ["Số hiệu"]
"members.full_name" = ["Tên đồng chí"]
"meetings.held_on" = ["Họp ngày"]
"""
OLD_MEMBERS = """
    | DANH SÁCH ĐẢNG VIÊN |
    | TT  | Số hiệu | Tên đồng chí | Chính thức/Dự bị | Tình trạng         | Quê quán |
    | n:1 | DV01    | Người Một    | Chính thức       | Sinh hoạt          | Xã Hạ    |
    | n:2 | DV02    | Người Hai    | Chính thức       | Nghỉ hưu, miễn họp | Xã Thượng |
    |     |         |              |                  |                    | nhớ hỏi lại |
"""
OLD_MEETINGS = """
    | Mã kỳ   | Loại       | Họp ngày     | Giờ bắt đầu | Giờ kết thúc |
    | 2026-03 | Hằng tháng | d:2026-03-05 | t:14:00     | t:15:30      |
    | 2026-04 | Hằng tháng | hôm ấy       | t:14:00     | t:15:30      |
"""
OLD_BOOK: dict[str, str | SheetTable] = {
    "Bìa sổ": INFO, "Danh sách": OLD_MEMBERS, "Buổi họp": OLD_MEETINGS, "Nháp": "| linh tinh | n:5 |"
}  # fmt: skip


def with_earlier(folder: Path, earlier: str = EARLIER) -> Library:
    """An office whose layout tells of an earlier version."""
    shipped = project_data("sheets") / "layouts" / "so-sinh-hoat.toml"
    head, sheets = shipped.read_text(encoding="utf-8").split("[lists]", 1)
    own = folder / "sheets" / "layouts" / "so-sinh-hoat.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(head + earlier + "\n[lists]" + sheets, encoding="utf-8")
    return Library(folder)
