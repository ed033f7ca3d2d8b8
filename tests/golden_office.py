"""The workbooks behind the golden month return: six cells, each with another way of standing in March 2026."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from chibo.model import MeetingKind
from scored import full_scores
from tables import INFO, MEMBERS, a_workbook

STANDALONE = INFO.replace("| Mã đảng bộ cơ sở | DB01 |", "").replace(
    "| Tên đảng bộ cơ sở | Đảng bộ Sở Thử nghiệm |", ""
)


def info(code: str, name: str, committee: str = "DB01", committee_name: str = "Đảng bộ Sở Thử nghiệm") -> str:
    """`Thông tin` of a cell."""
    form = INFO if committee else STANDALONE
    renamed = form.replace("CB01", code).replace("Chi bộ Văn phòng", name)
    return renamed.replace("DB01", committee).replace("Đảng bộ Sở Thử nghiệm", committee_name)


def score_table(points: Mapping[str, Mapping[str, Decimal]]) -> str:
    """`Chấm điểm` or `Thẩm định` with a column for each meeting."""
    codes = list(next(iter(points.values())))
    lines = ["| Mã tiêu chí | Tiêu chí | Điểm tối đa | " + " | ".join(points) + " |"]
    for code in codes:
        given = " | ".join(f"n:{column[code]}" if code in column else "" for column in points.values())
        lines.append(f"| {code} | Tiêu chí {code} | | {given} |")
    return "\n".join(lines)


def with_roll_call() -> bytes:
    """A roll call, a self-score of 96.5 with a point explained, and a thematic meeting of its own."""
    return a_workbook(
        {
            "Thông tin": info("GD01", "Chi bộ Phòng Tổng hợp"),
            "Sinh hoạt": """
                | SỔ SINH HOẠT |
                |
                | Mã kỳ      | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Chuyên đề số |
                | 2026-02    | Thường kỳ | d:2026-02-05   | t:14:00     | t:15:30      |   |
                | 2026-03    | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      |   |
                | 2026-03-CĐ | Chuyên đề | d:2026-03-19   | t:08:00     | t:09:30      | 1 |
            """,
            "Điểm danh": """
                | TT  | Mã đảng viên | Họ và tên | 2026-02 | 2026-03 | 2026-03-CĐ |
                | n:1 | DV01         | Người Một | X       | X       | X          |
                | n:2 | DV02         | Người Hai | X       | P       | X          |
                | n:3 | DV03         | Người Ba  | X       | X       | X          |
            """,
            "Kế hoạch chuyên đề": """
                | TT  | Quý | Chuyên đề                         |
                | n:1 | n:1 | Nêu gương của cán bộ, đảng viên   |
            """,
            "Chấm điểm": score_table(
                {
                    "2026-02": full_scores("hd42-thuong-ky"),
                    "2026-03": full_scores("hd42-thuong-ky", c2a="1", c5a="1.5"),
                }
            ),
            "Thuyết minh điểm": """
                | Mã kỳ   | Mã tiêu chí | Lý do                                        |
                | 2026-03 | 2a          | Một đồng chí đi công tác xa theo phân công   |
                | 2026-02 | 7           | Thuyết minh của tháng trước                  |
            """,
        }
    )


def with_official_score() -> bytes:
    """Typed counts and a complete official score beside the self-score."""
    return a_workbook(
        {
            "Thông tin": info("GD02", "Chi bộ Phòng Nghiệp vụ"),
            "Sinh hoạt": """
                | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Đảng số | Có mặt | Vắng có lý do |
                | 2026-03 | Kết hợp   | 06/03/2026     | 14h         | 16h          | n:18    | n:17   | n:1           |
            """,
            "Chấm điểm": score_table({"2026-03": combined_scores()}),
            "Thẩm định": score_table({"2026-03": combined_scores(c7="15", c4c="2.5")}),
        }
    )


def combined_scores(**points: str) -> dict[str, Decimal]:
    """Points of a combined meeting."""
    return full_scores("hd42-thuong-ky", MeetingKind.COMBINED, **points)


def not_fully_scored() -> bytes:
    """One criterion is left without points."""
    march = full_scores("hd42-thuong-ky")
    del march["8b"]
    return a_workbook(
        {
            "Thông tin": info("GD03", "Chi bộ Trung tâm", "DB02", "Đảng bộ Ban Mẫu vật"),
            "Chấm điểm": score_table({"2026-02": full_scores("hd42-thuong-ky"), "2026-03": march}),
        }
    )


def postponed() -> bytes:
    """Postponed to April."""
    return a_workbook(
        {
            "Thông tin": info("GD04", "Chi bộ Kho mẫu", "DB02", "Đảng bộ Ban Mẫu vật"),
            "Sinh hoạt": """
                | Mã kỳ   | Loại      | Tình trạng buổi | Lý do              | Hoãn đến ngày | Ngày sinh hoạt |
                | 2026-03 | Thường kỳ | Hoãn            | Bận phòng chống lụt | d:2026-04-02  |                |
            """,
        }
    )


def silent() -> bytes:
    """Nothing in March."""
    return a_workbook(
        {
            "Thông tin": info("GD05", "Chi bộ Bảo quản", "DB02", "Đảng bộ Ban Mẫu vật"),
            "Sinh hoạt": """
                | Mã kỳ   | Loại      | Ngày sinh hoạt |
                | 2026-02 | Thường kỳ | d:2026-02-05   |
            """,
        }
    )


def not_held() -> bytes:
    """Straight under the bloc, not held, with names and reasons that look like formulas."""
    return a_workbook(
        {
            "Thông tin": info("GD06", "s:=Chi bộ Cơ sở", ""),
            "Sinh hoạt": """
                | Mã kỳ   | Loại      | Tình trạng buổi | Lý do         | Ngày sinh hoạt |
                | 2026-03 | Thường kỳ | Không tổ chức   | +Mất điện <&> |                |
            """,
        }
    )


def poor() -> bytes:
    """Straight under the bloc, with a poor self-score."""
    return a_workbook(
        {
            "Thông tin": info("GD07", "Chi bộ Trạm", ""),
            "Đảng viên": MEMBERS,
            "Chấm điểm": score_table(
                {
                    "2026-03": full_scores(
                        "hd42-thuong-ky", c7="10", c4b="0", c4a="0", c4đ="2", c3a="0", c1="1", c5b="0", c5c="0"
                    )
                }
            ),
        }
    )


def golden_office() -> dict[str, bytes]:
    """Every workbook by its file name."""
    return {
        "GD01 Tổng hợp.xlsx": with_roll_call(),
        "GD02.xlsx": with_official_score(),
        "GD03.xlsx": not_fully_scored(),
        "GD04.xlsx": postponed(),
        "GD05.xlsx": silent(),
        "GD06.xlsx": not_held(),
        "GD07.xlsx": poor(),
        "GD08.xlsx": b"",
    }
