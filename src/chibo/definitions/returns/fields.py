"""The names that a return may use: the fields of a meeting, the figures of a row, and what each of them holds.

`FIELDS` are known of every meeting: they stand in conditions, in aggregates and, where a row is one meeting, as the
figure of a column. `ROW_FIGURES` say something of the row itself. Both are listed in docs/bieu-tong-hop.md.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen


class Holds(StrEnum):
    """What kind of value a field or figure holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MARK = "mark"


@frozen
class Field:
    """One name with its kind, its label, and what else there is to know of it, in the office's words."""

    holds: Holds
    label: str
    note: str = ""


FIELDS: dict[str, Field] = {
    "committee_code": Field(Holds.TEXT, "Mã đảng bộ cơ sở"),
    "cell_code": Field(Holds.TEXT, "Mã chi bộ"),
    "cell_name": Field(Holds.TEXT, "Tên chi bộ"),
    "year": Field(Holds.NUMBER, "Năm"),
    "month": Field(Holds.NUMBER, "Tháng", "của mã kỳ, 1–12"),
    "quarter": Field(Holds.NUMBER, "Quý", "của mã kỳ, 1–4"),
    "meeting_code": Field(Holds.TEXT, "Mã kỳ"),
    "kind": Field(Holds.TEXT, "Loại", "Thường kỳ, Chuyên đề, Kết hợp, Bất thường"),
    "state": Field(Holds.TEXT, "Tình trạng buổi", "Đã đăng ký, Đã tổ chức, Hoãn, Không tổ chức"),
    "held": Field(Holds.TEXT, "Đã tổ chức", "Có / Không"),
    "held_on": Field(Holds.DATE, "Ngày sinh hoạt"),
    "reported_on": Field(Holds.DATE, "Ngày báo cáo cấp ủy cấp trên"),
    "minutes": Field(Holds.NUMBER, "Thời lượng", "phút"),
    "membership": Field(Holds.NUMBER, "Đảng số"),
    "owed": Field(Holds.NUMBER, "Phải dự", "theo cách tính của khung chấm điểm"),
    "present": Field(Holds.NUMBER, "Có mặt"),
    "excused": Field(Holds.NUMBER, "Vắng có lý do"),
    "unexcused": Field(Holds.NUMBER, "Vắng không lý do"),
    "exempt": Field(Holds.NUMBER, "Miễn sinh hoạt"),
    "transferred": Field(Holds.NUMBER, "Chuyển tạm thời"),
    "special_duty": Field(Holds.NUMBER, "Nhiệm vụ đặc biệt"),
    "suspended": Field(Holds.NUMBER, "Đình chỉ"),
    "attendance_rate": Field(Holds.NUMBER, "Tỷ lệ dự", "phần trăm, làm tròn hai chữ số thập phân"),
    "speakers": Field(Holds.NUMBER, "Số người phát biểu"),
    "opinions": Field(Holds.NUMBER, "Số ý kiến"),
    "supervisor_present": Field(Holds.TEXT, "Cấp ủy viên cấp trên dự", "Có / Không, trống là chưa ghi"),
    "thematic": Field(
        Holds.TEXT,
        "Có sinh hoạt chuyên đề",
        "Có khi một dòng của kế hoạch chuyên đề được sinh hoạt ở buổi này, không thì Không",
    ),
    "frame": Field(Holds.TEXT, "Khung chấm điểm"),
    "self_total": Field(Holds.NUMBER, "Điểm tự chấm", "trống khi còn tiêu chí chưa chấm"),
    "self_grade": Field(Holds.TEXT, "Xếp loại tự chấm"),
    "fact_total": Field(Holds.NUMBER, "Điểm theo dữ kiện", "tổng điểm mà dữ kiện đã ghi chứng minh được"),
    "official_total": Field(Holds.NUMBER, "Điểm thẩm định", "trống khi còn tiêu chí chưa thẩm định"),
    "official_grade": Field(Holds.TEXT, "Xếp loại thẩm định"),
    "score": Field(Holds.NUMBER, "Số điểm", "điểm thẩm định khi đã đủ, nếu chưa thì điểm tự chấm"),
    "grade": Field(Holds.TEXT, "Xếp loại", "theo điểm ở «score»: Tốt, Khá, Trung bình, Kém"),
    "score_source": Field(Holds.TEXT, "Nguồn của điểm", "Thẩm định / Tự chấm, trống khi chưa chấm đủ"),
    "findings": Field(Holds.NUMBER, "Số chỗ cần xem lại", "ở buổi này"),
    "source": Field(Holds.TEXT, "Tệp sổ"),
}
"""What is known of each meeting: the columns of `chibo facts` and what follows from them."""

RATES = frozenset({"attendance_rate"})
"""The fields that are percentages: adding them up or averaging them gives no percentage of anything."""

MEETING_FIGURES: dict[str, Field] = {
    "membership_text": Field(Holds.TEXT, "Có mặt trên đảng số", "viết như 18/20"),
    "grade_mark": Field(Holds.MARK, "Dấu xếp loại", "x khi xếp loại đúng bằng khoá «grade» của cột"),
    "remarks": Field(Holds.TEXT, "Ghi chú", "tình trạng, (tự chấm), thuyết minh điểm trừ, chuyên đề riêng"),
}
"""Figures made of several fields of one meeting."""

ROW_FIGURES: dict[str, Field] = {
    "ordinal": Field(Holds.NUMBER, "Số thứ tự"),
    "cell_code": Field(Holds.TEXT, "Mã chi bộ"),
    "cell_name": Field(Holds.TEXT, "Tên chi bộ"),
    "committee_code": Field(Holds.TEXT, "Mã đảng bộ cơ sở"),
    "committee_name": Field(Holds.TEXT, "Tên đảng bộ cơ sở"),
    "cells": Field(Holds.NUMBER, "Số chi bộ trong dòng"),
    "cells_reported": Field(Holds.NUMBER, "Số chi bộ đã báo cáo", "đủ mọi tháng của kỳ"),
    "cells_missing": Field(Holds.NUMBER, "Số chi bộ chưa báo cáo", "ít nhất một tháng của kỳ"),
}
"""What is known of a row whatever it stands for."""


def figure_field(name: str) -> Field | None:
    """The field behind the figure `name`, None where there is no such figure."""
    return ROW_FIGURES.get(name) or MEETING_FIGURES.get(name) or FIELDS.get(name)
