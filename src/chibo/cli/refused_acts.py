"""Why a value of `chibo fill` was not written, in words: what was seen, and what to write instead."""

from __future__ import annotations

from chibo.definitions.layouts import YES_NO_LIST, Column, ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import without_turns
from chibo.office.desk.desk import ActRefusedError, Reason

_WORDS = {
    Reason.UNKNOWN_MEETING: "sổ không có buổi {meeting}. Thêm --register để đăng ký buổi ấy, hoặc xem lại --meeting.",
    Reason.MEETING_EXISTS: "sổ đã có buổi {meeting}. Bỏ --register để ghi tiếp vào buổi ấy.",
    Reason.MEETING_IN_USE: "buổi {meeting} đã có điểm danh, điểm hoặc nhiệm vụ nên không bỏ được.",
    Reason.BAD_CODE: "«{meeting}» không phải mã kỳ. Viết như 2026-03 hoặc 2026-03-CĐ.",
    Reason.OTHER_YEAR: "sổ này của năm {year}. Xem lại --meeting; buổi của năm khác ghi vào sổ năm đó.",
    Reason.WRONG_KIND: "loại buổi không hợp với mã kỳ {meeting}. Buổi chuyên đề riêng hoặc bất thường có mã riêng.",
    Reason.UNKNOWN_FIELD: "trang Sinh hoạt không có cột mã «{field}».",
    Reason.BAD_VALUE: "«{seen}» chưa đúng. {expected}",
    Reason.UNKNOWN_MEMBER: "sổ không có đảng viên mã {member}. Bổ sung ở trang Đảng viên của sổ rồi làm lại.",
    Reason.UNKNOWN_MARK: "«{mark}» không phải ký hiệu điểm danh.",
    Reason.NO_MEMBERS: "sổ chưa có danh sách đảng viên. Ghi danh sách ở trang Đảng viên của sổ rồi làm lại.",
    Reason.NOT_SCORED: "buổi {meeting} không có khung chấm nên không ghi điểm.",
    Reason.NOT_HELD: "buổi {meeting} chưa ghi ngày sinh hoạt nên chưa chấm được. Thêm ngày ấy, như --set «Ngày sinh "
    "hoạt={day}».",
    Reason.UNKNOWN_CRITERION: "«{criterion}» không phải tiêu chí của khung chấm buổi này, không phải cột của trang "
    "Sinh hoạt (như «Có mặt», «Giờ bắt đầu»), cũng không phải mã đảng viên trong sổ.{near}",
    Reason.CRITERION_NOT_SCORED: "tiêu chí {criterion} có trong khung nhưng không chấm ở buổi {meeting}; bỏ giá trị "
    "này. Buổi chấm những tiêu chí nào: chibo score TỆP --meeting {meeting}",
    Reason.BAD_POINTS: "tiêu chí {criterion} không nhận {points} điểm. Ghi một trong các mức: {takes}.",
    Reason.TOO_LONG: "đoạn chữ dài {seen} ký tự; nhiều nhất {most} ký tự. Rút ngắn rồi làm lại.",
    Reason.TEXT_AFTER_CHANGES: "sổ đã được ghi thêm nên không đọc lại chữ được nữa.",
    Reason.NOT_MOVED: "chưa chuyển được sang mẫu mới: {why}",
    Reason.NOT_MERGED: "chưa gộp được: {why}",
}
_EXPECTED = {
    "expected_date": "Viết một ngày có trong lịch, như 05/03/2026.",
    "expected_date_year": "Còn thiếu năm. Viết đủ ngày, tháng, năm, như 05/03/2026.",
    "expected_near_day": "Ngày này cách xa năm của sổ. Xem lại năm, viết như 05/03/2026.",
    "expected_time": "Viết giờ từ 00:00 đến 23:59, như 14:00 hoặc 14h30.",
    "expected_number": "Viết số nguyên từ 0 đến {most}, như 12.",
    "expected_rate": "Viết số từ 0 đến 100, như 92 hoặc 87,5.",
    "expected_text": "Viết gọn trong một dòng.",
}


def refusal_words(refusal: ActRefusedError, library: Library) -> str:
    """Why an act was refused and what to do."""
    values = {"near": "", "day": _day_in(refusal.values.get("meeting", "")), **refusal.values}
    if refusal.reason is Reason.BAD_VALUE:
        values["expected"] = _expected(values["field"], values["expected"], library).format_map(values)
    for name in ("points", "takes"):
        values[name] = "; ".join(values.get(name, "").split()).replace(".", ",")
    return without_turns(_WORDS[refusal.reason].format_map(values))


def _day_in(meeting: str) -> str:
    """A day of the month of a meeting, as it is typed."""
    year, _, month = meeting[:7].partition("-")
    return f"05/{month}/{year}"


def _expected(field: str, form: str, library: Library) -> str:
    """What a column takes; of one that takes the values of a list, all of them."""
    known = _EXPECTED.get(form)
    return known or f"Chọn một trong: {', '.join(_choices(library.layout.sheet('meetings').column(field), library))}."


def _choices(column: Column, library: Library) -> list[str]:
    if column.type is ValueType.TOPICS:
        return [topic.code for topic in library.required_topics.topics]
    name = YES_NO_LIST if column.type is ValueType.YES_NO else column.list
    return [entry.value for entry in library.layout.lists[name]]
