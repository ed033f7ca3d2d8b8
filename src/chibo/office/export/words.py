"""What the tables of an export and their columns are, in the words of the file that lies beside them."""

from __future__ import annotations

from collections.abc import Mapping

from chibo.submissions.states import STATE_WORDS, STEP_WORDS

Columns = Mapping[str, str]

_UNIT, _PERIOD = "mã đơn vị", "kỳ báo cáo: 2026-03 là tháng, 2026-Q1 quý, 2026-H1 nửa năm, 2026 năm"
_HASH = "SHA-256 của tệp; tệp ấy nằm trong thư mục tep/"

UNITS_ABOUT = "Việc xảy ra với từng đơn vị: lập, đổi tên, chuyển, nhập, giải thể. Ô trống là giữ như trước."
UNITS: Columns = {
    "unit_code": _UNIT,
    "day": "từ ngày",
    "change": "việc",
    "name": "tên đơn vị từ ngày ấy",
    "level": "cấp",
    "parent_code": "trực thuộc đơn vị mã này",
    "kind": "loại hình",
    "merged_into": "nhập vào đơn vị mã này",
    "decision": "quyết định",
    "note": "ghi chú",
}
ALIASES_ABOUT = "Cách viết khác của tên đơn vị, đã có người xác nhận."
ALIASES: Columns = {"alias": "cách viết", "unit_code": _UNIT}
PERSONS_ABOUT = "Người làm việc với văn phòng."
PERSONS: Columns = {
    "person_code": "mã người",
    "full_name": "họ và tên",
    "user": "tài khoản",
    "contact": "liên hệ",
    "note": "ghi chú",
}
ASSIGNMENTS_ABOUT = "Ai giữ vai trò gì, cho đơn vị nào, từ ngày nào đến ngày nào."
ASSIGNMENTS: Columns = {
    "person_code": "mã người",
    "role": "vai trò",
    "unit_code": "cho đơn vị này và mọi đơn vị bên dưới; trống là cả Khối",
    "since": "từ ngày",
    "until": "đến hết ngày; trống là chưa thôi",
    "decision": "quyết định",
}
PERIODS_ABOUT = "Các kỳ báo cáo đã mở, với các hạn như lúc mở."
PERIODS: Columns = {
    "period": _PERIOD,
    "opened_on": "ngày mở",
    "due_on": "hạn nộp",
    "grace_until": "hết ân hạn; nộp sau ngày này là trễ",
    "locks_on": "hết ngày này thì khóa",
    "closed_on": "ngày đóng; trống là chưa đóng",
}
EXPECTED_ABOUT = "Đơn vị phải báo cáo của từng kỳ, chốt lúc mở kỳ, theo tên gọi lúc ấy."
EXPECTED: Columns = {
    "period": _PERIOD,
    "unit_code": _UNIT,
    "unit_name": "tên đơn vị",
    "committee_code": "mã đảng bộ cơ sở",
    "committee_name": "tên đảng bộ cơ sở",
}
EXCEPTIONS_ABOUT = "Đơn vị được miễn hoặc gia hạn trong một kỳ; dòng sau của cùng đơn vị thay dòng trước."
EXCEPTIONS: Columns = {
    "number": "thứ tự ghi",
    "period": _PERIOD,
    "unit_code": _UNIT,
    "exempt": "được miễn báo cáo",
    "until": "được nộp đến hết ngày",
    "reason": "lý do",
}
SUBMISSIONS_ABOUT = "Sổ nộp của từng đơn vị, từng kỳ đang ở đâu; tính từ các bản và các bước bên dưới."
SUBMISSIONS: Columns = {
    "period": _PERIOD,
    "unit_code": _UNIT,
    "state": "tình trạng: " + "; ".join(f"{state.value} là {text}" for state, text in STATE_WORDS.items()),
    "editions": "số bản đã nộp",
    "version": "trong đó bao nhiêu nội dung khác nhau",
    "version_in_use": "nội dung đang dùng là thứ mấy trong đó, theo thứ tự nộp",
    "modifications": "số lần sửa sau khi đã thẩm định",
    "first_on": "ngày đầu tiên nộp bản có nói về kỳ",
    "receipt": "số biên nhận của bản đang dùng",
    "content_hash": "bản đang dùng: " + _HASH,
    "content": "bản đang dùng nói tới đâu: empty là trống, partial chưa đủ, complete đủ",
    "submitted_by": "tài khoản nộp bản đang dùng",
    "verifier": "tài khoản thẩm định sau cùng; trống là chưa thẩm định",
    "verified_hash": "bản đã thẩm định: " + _HASH,
}
EDITIONS_ABOUT = "Mọi bản đã nộp, mỗi kỳ một dòng, kể cả bản đã có bản khác thay."
EDITIONS: Columns = {
    "unit_code": _UNIT,
    "period": _PERIOD,
    "receipt": "số biên nhận",
    "content_hash": _HASH,
    "file_name": "tên tệp lúc nộp",
    "at": "lúc nhận (UTC)",
    "submitted_on": "ngày nhận, theo giờ của văn phòng",
    "submitted_by": "tài khoản nộp",
    "saved_at": "lúc sổ được lưu lần cuối, theo chính tệp (UTC)",
    "content": "bản này nói tới đâu: empty là trống, partial chưa đủ, complete đủ",
    "in_use": "đang dùng",
    "part": "dấu của những gì sổ nói về kỳ; hai bản cùng dấu nói như nhau",
    "values": "dấu của số liệu cả sổ",
    "grown_from": "dấu số liệu của sổ mà bản này được làm ra từ đó; trống là không biết",
}
RECEIPTS_ABOUT = "Biên nhận đã cấp, mỗi bản một biên nhận."
RECEIPTS: Columns = {
    "receipt": "số biên nhận",
    "unit_code": _UNIT,
    "period": _PERIOD,
    "submitted_by": "tài khoản nộp",
    "at": "lúc nhận (UTC)",
    "file_name": "tên tệp lúc nộp",
    "content_hash": _HASH,
    "head_count": "mục nhật ký ghi việc nộp này",
    "head_hash": "dấu của mục nhật ký ấy",
}
STEPS_ABOUT = "Mọi bước sau khi nộp: trả lại, thẩm định, chấp nhận, khóa, mở khóa, mở lại."
STEPS: Columns = {
    "number": "thứ tự ghi",
    "unit_code": _UNIT,
    "period": _PERIOD,
    "kind": "bước: " + "; ".join(f"{kind.value} là {text}" for kind, text in STEP_WORDS.items()),
    "actor": "tài khoản làm bước này",
    "day": "ngày",
    "at": "lúc (UTC)",
    "content_hash": "bản đang dùng lúc ấy: " + _HASH,
    "part": "dấu nội dung của bản ấy",
    "note": "ghi chú, lý do chung",
    "reasons": "lý do từng chỗ",
    "points": "điểm thẩm định cho lúc ấy: buổi, tiêu chí, điểm, lý do",
    "touched": "tiêu chí đã đổi từ lần thẩm định trước",
    "sent_copy": "bản có đánh dấu đã trả lại: " + _HASH,
}
TRASH_ABOUT = "Tệp đã bỏ vào thùng rác vì hết hạn giữ, chưa hủy hoặc đã hủy; ai bỏ, vì sao."
TRASH: Columns = {
    "content_hash": "SHA-256 của tệp",
    "actor": "tài khoản bỏ",
    "day": "ngày bỏ",
    "at": "lúc bỏ (UTC)",
    "reason": "lý do",
    "empties_on": "từ ngày này thì hủy được",
    "destroyed_on": "ngày hủy; trống là chưa hủy",
}
OFFICIAL_ABOUT = "Điểm thẩm định ghi trong văn phòng, đang có hiệu lực; thay điểm tự chấm của cùng buổi, cùng tiêu chí."
OFFICIAL: Columns = {
    "period": _PERIOD,
    "unit_code": _UNIT,
    "meeting": "mã kỳ sinh hoạt",
    "criterion": "mã tiêu chí",
    "points": "điểm",
    "reason": "lý do",
}
EDITION: Columns = {
    "unit_code": _UNIT,
    "period": _PERIOD,
    "content_hash": "bản sổ: " + _HASH,
    "in_use": "bản đang dùng; làm số liệu thì chỉ lấy những dòng Có",
}
FACTS_ABOUT = "Dữ kiện: mỗi buổi sinh hoạt một dòng, các cột như lệnh chibo facts. Ô trống là chưa biết."
FACTS: Columns = {
    "committee_code": "mã đảng bộ cơ sở, theo sổ",
    "cell_code": "mã chi bộ, theo sổ",
    "cell_name": "tên chi bộ, theo sổ",
    "year": "năm",
    "meeting_code": "mã kỳ sinh hoạt",
    "kind": "loại",
    "held_on": "ngày sinh hoạt",
    "minutes": "thời lượng, phút",
    "membership": "đảng số",
    "exempt": "miễn sinh hoạt",
    "transferred": "chuyển tạm thời",
    "special_duty": "nhiệm vụ đặc biệt",
    "present": "có mặt",
    "excused": "vắng có lý do",
    "unexcused": "vắng không lý do",
    "attendance_rate": "tỷ lệ dự, phần trăm, làm tròn hai chữ số thập phân",
    "speakers": "số người phát biểu",
    "opinions": "số ý kiến",
    "frame": "khung chấm điểm",
    "self_total": "điểm tự chấm",
    "self_grade": "xếp loại tự chấm",
    "fact_total": "điểm theo dữ kiện",
    "official_total": "điểm thẩm định ghi trong sổ",
    "official_grade": "xếp loại thẩm định ghi trong sổ",
    "thematic": "có sinh hoạt chuyên đề",
    "findings": "số chỗ cần xem lại",
    "source": "tệp sổ",
}
SCORES_ABOUT = "Điểm: mỗi tiêu chí của mỗi buổi một dòng."
SCORES: Columns = {
    "meeting_code": "mã kỳ sinh hoạt",
    "criterion": "mã tiêu chí, theo khung của buổi (cột frame ở bảng dữ kiện)",
    "own": "điểm tự chấm",
    "official": "điểm thẩm định ghi trong sổ",
    "fact": "điểm mà dữ kiện đã ghi chứng minh được",
}
REGISTER_ABOUT = "Danh bạ đơn vị, người, phân công, đúng dạng mà lệnh chibo units import đọc lại được."
DEFINITIONS_ABOUT = "Khung điểm, biểu, mẫu sổ, lịch và ngưỡng đang dùng (TOML, mở bằng Notepad)."
FILES_ABOUT = "Các tệp sổ, đúng từng byte như lúc nộp, lúc trả; mỗi nội dung một tệp, dù nộp cho mấy kỳ."
FILES: Columns = {
    "content_hash": "SHA-256 của tệp, như trên biên nhận",
    "path": "chỗ của tệp trong thư mục này; trống là đã hủy, đã mất, hoặc không còn nguyên",
    "size": "số byte",
    "file_name": "tên tệp lúc nộp",
    "destroyed_on": "ngày hủy vì hết hạn giữ; trống là chưa hủy",
    "came_in": "Có: tệp đơn vị nộp; Không: bản có đánh dấu, trả lại đơn vị",
}
LOG_ABOUT = "Nhật ký của văn phòng, mỗi mục một dòng, mục sau mang dấu của mục trước."
LOG: Columns = {
    "number": "số",
    "at": "lúc (UTC)",
    "actor": "tài khoản",
    "act": "việc",
    "subject": "về",
    "before": "dấu của cái có trước",
    "after": "dấu của cái có sau",
    "reason": "lý do",
    "previous": "dấu của mục trước",
    "record": "dấu của cả dòng dữ liệu đã ghi; trống là việc ấy không cần, hoặc do bản Chibo trước ghi",
    "hash": "dấu của mục này: SHA-256 của danh sách JSON các cột từ number đến previous, và record nếu không trống",
}
