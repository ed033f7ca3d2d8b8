"""Why a value of `chibo fill` was not written, in words: what was seen, and what to write instead."""

from __future__ import annotations

from chibo.definitions.language import Language
from chibo.definitions.layouts import YES_NO_LIST, Column, ValueType
from chibo.definitions.library import Library
from chibo.definitions.wording import without_turns
from chibo.errors import Words
from chibo.office.desk.desk import ActRefusedError, Reason

_WORDS = {
    Reason.UNKNOWN_MEETING: Words(
        "sổ không có buổi {meeting}. Thêm --register để đăng ký buổi ấy, hoặc xem lại --meeting.",
        "the workbook has no meeting {meeting}. Add --register to register it, or look at --meeting again.",
    ),
    Reason.MEETING_EXISTS: Words(
        "sổ đã có buổi {meeting}. Bỏ --register để ghi tiếp vào buổi ấy.",
        "the workbook has the meeting {meeting} already. Leave --register out to write into it.",
    ),
    Reason.MEETING_IN_USE: Words(
        "buổi {meeting} đã có điểm danh, điểm hoặc nhiệm vụ nên không bỏ được.",
        "the meeting {meeting} has a roll call, points or tasks, so it cannot be taken away.",
    ),
    Reason.BAD_CODE: Words(
        "«{meeting}» không phải mã kỳ. Viết như 2026-03 hoặc 2026-03-CĐ.",
        "«{meeting}» is no code of a meeting. Write it like 2026-03 or 2026-03-CĐ.",
    ),
    Reason.OTHER_YEAR: Words(
        "sổ này của năm {year}. Xem lại --meeting; buổi của năm khác ghi vào sổ năm đó.",
        "this is the workbook of {year}. Look at --meeting again; a meeting of another year goes into that year's "
        "workbook.",
    ),
    Reason.WRONG_KIND: Words(
        "loại buổi không hợp với mã kỳ {meeting}. Buổi chuyên đề riêng hoặc bất thường có mã riêng.",
        "the kind of meeting does not go with the code {meeting}. Thematic meetings held apart and extraordinary ones "
        "have codes of their own.",
    ),
    Reason.UNKNOWN_FIELD: Words(
        "trang Sinh hoạt không có cột mã «{field}».", "the sheet Sinh hoạt has no column of the code «{field}»."
    ),
    Reason.BAD_VALUE: Words("«{seen}» chưa đúng. {expected}", "«{seen}» is not right. {expected}"),
    Reason.UNKNOWN_MEMBER: Words(
        "sổ không có đảng viên mã {member}. Bổ sung ở trang Đảng viên của sổ rồi làm lại.",
        "the workbook has no member of the code {member}. Add the member on its sheet Đảng viên and try again.",
    ),
    Reason.UNKNOWN_MARK: Words("«{mark}» không phải ký hiệu điểm danh.", "«{mark}» is no sign of the roll call."),
    Reason.NO_MEMBERS: Words(
        "sổ chưa có danh sách đảng viên. Ghi danh sách ở trang Đảng viên của sổ rồi làm lại.",
        "the workbook has no list of members. Write it on its sheet Đảng viên and try again.",
    ),
    Reason.NOT_SCORED: Words(
        "buổi {meeting} không có khung chấm nên không ghi điểm.",
        "the meeting {meeting} is not scored by any frame, so no points are written.",
    ),
    Reason.NOT_HELD: Words(
        "buổi {meeting} chưa ghi ngày sinh hoạt nên chưa chấm được. Thêm ngày ấy, như --set «Ngày sinh hoạt={day}».",
        "the meeting {meeting} has no day yet, so it cannot be scored. Add its day, like --set «Ngày sinh hoạt={day}».",
    ),
    Reason.UNKNOWN_CRITERION: Words(
        "«{criterion}» không phải tiêu chí của khung chấm buổi này, không phải cột của trang Sinh hoạt (như «Có mặt», "
        "«Giờ bắt đầu»), cũng không phải mã đảng viên trong sổ.{near}",
        "«{criterion}» is no criterion of the frame of this meeting, no column of the sheet Sinh hoạt (such as «Có "
        "mặt», «Giờ bắt đầu»), and no code of a member in the workbook.{near}",
    ),
    Reason.CRITERION_NOT_SCORED: Words(
        "tiêu chí {criterion} có trong khung nhưng không chấm ở buổi {meeting}; bỏ giá trị này. Buổi chấm những tiêu "
        "chí nào: chibo score TỆP --meeting {meeting}",
        "the criterion {criterion} is in the frame but not scored at the meeting {meeting}; leave this value out. "
        "Which criteria it is scored by: chibo score FILE --meeting {meeting}",
    ),
    Reason.BAD_POINTS: Words(
        "tiêu chí {criterion} không nhận {points} điểm. Ghi một trong các mức: {takes}.",
        "the criterion {criterion} does not take {points} points. Write one of: {takes}.",
    ),
    Reason.TOO_LONG: Words(
        "đoạn chữ dài {seen} ký tự; nhiều nhất {most} ký tự. Rút ngắn rồi làm lại.",
        "the text has {seen} characters; {most} at most. Shorten it and try again.",
    ),
    Reason.TEXT_AFTER_CHANGES: Words(
        "sổ đã được ghi thêm nên không đọc lại chữ được nữa.",
        "something was written into the workbook, so its text cannot be read anew any more.",
    ),
    Reason.TEXT_NOT_A_BOOK: Words(
        "đọc chữ theo cách ấy thì không còn nhận ra trang, cột của sổ.",
        "read like that, the sheets and columns of the workbook are not recognised any more.",
    ),
    Reason.NOT_MOVED: Words("chưa chuyển được sang mẫu mới: {why}", "it could not be moved into the new form: {why}"),
    Reason.NOT_MERGED: Words("chưa gộp được: {why}", "they could not be merged: {why}"),
}
_EXPECTED = {
    "expected_date": Words(
        "Viết một ngày có trong lịch, như 05/03/2026.", "Write a day of the calendar, like 05/03/2026."
    ),
    "expected_date_year": Words(
        "Còn thiếu năm. Viết đủ ngày, tháng, năm, như 05/03/2026.",
        "The year is missing. Write day, month and year, like 05/03/2026.",
    ),
    "expected_near_day": Words(
        "Ngày này cách xa năm của sổ. Xem lại năm, viết như 05/03/2026.",
        "This day is far from the year of the workbook. Look at the year again; write it like 05/03/2026.",
    ),
    "expected_time": Words(
        "Viết giờ từ 00:00 đến 23:59, như 14:00 hoặc 14h30.", "Write a time from 00:00 to 23:59, like 14:00 or 14h30."
    ),
    "expected_number": Words(
        "Viết số nguyên từ 0 đến {most}, như 12.", "Write a whole number from 0 to {most}, like 12."
    ),
    "expected_rate": Words("Viết số từ 0 đến 100, như 92 hoặc 87,5.", "Write a number from 0 to 100, like 92 or 87.5."),
    "expected_text": Words("Viết gọn trong một dòng.", "Write it in one line."),
}


_NEAR = Words(" Có phải «{near}» (mã {near_code})?", " Is «{near}» meant (code {near_code})?")


def refusal_words(refusal: ActRefusedError, library: Library) -> Words:
    """Why an act was refused and what to do."""
    return Words(*(_said(refusal, library, language) for language in Language))


def _said(refusal: ActRefusedError, library: Library, language: Language) -> str:
    values = {"near": "", "day": _day_in(refusal.values.get("meeting", "")), **refusal.values}
    if refusal.reason is Reason.BAD_VALUE:
        expected = _expected(values["field"], values["expected"], library)
        values["expected"] = expected.told(language).format_map(values)
    if values["near"]:
        values["near"] = _NEAR.told(language).format_map(values)
    for name in ("points", "takes"):
        numbers = "; ".join(values.get(name, "").split())
        values[name] = numbers.replace(".", ",") if language is Language.VIETNAMESE else numbers
    return without_turns(_WORDS[refusal.reason].told(language).format_map(values))


def _day_in(meeting: str) -> str:
    """A day of the month of a meeting, as it is typed."""
    year, _, month = meeting[:7].partition("-")
    return f"05/{month}/{year}"


def _expected(field: str, form: str, library: Library) -> Words:
    """What a column takes; of one that takes the values of a list, all of them."""
    known = _EXPECTED.get(form)
    if known is not None:
        return known
    values = ", ".join(_choices(library.layout.sheet("meetings").column(field), library))
    return Words(f"Chọn một trong: {values}.", f"Choose one of: {values}.")


def _choices(column: Column, library: Library) -> list[str]:
    if column.type is ValueType.TOPICS:
        return [topic.code for topic in library.required_topics.topics]
    name = YES_NO_LIST if column.type is ValueType.YES_NO else column.list
    return [entry.value for entry in library.layout.lists[name]]
