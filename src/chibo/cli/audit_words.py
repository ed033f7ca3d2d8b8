"""The words of the log: what each act is called, and what is said where an office differs from its log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from chibo.audit import AuditAct, Disagreement, Entry, How, Matter
from chibo.definitions.language import Language
from chibo.office.moments import local_moment
from chibo.submissions import StepKind
from chibo.submissions.states import STEP_WORDS

_ACTS: Mapping[str, tuple[str, str]] = {
    AuditAct.STORE_MADE: ("lập bộ nhớ văn phòng", "memory made"),
    AuditAct.STORE_MIGRATED: ("nâng dạng dữ liệu", "tables brought up to date"),
    AuditAct.UNIT_REGISTERED: ("ghi đơn vị", "unit registered"),
    AuditAct.ALIAS_CONFIRMED: ("xác nhận cách viết mã", "spelling confirmed"),
    AuditAct.PERSON_REGISTERED: ("ghi người", "person registered"),
    AuditAct.ROLE_ASSIGNED: ("phân công", "role assigned"),
    AuditAct.PERIOD_OPENED: ("mở kỳ", "period opened"),
    AuditAct.PERIOD_CLOSED: ("đóng kỳ", "period closed"),
    AuditAct.PERIOD_REOPENED: ("mở lại kỳ", "period opened again"),
    AuditAct.UNIT_EXCEPTED: ("miễn, gia hạn", "exception made"),
    AuditAct.SUBMITTED: ("nộp sổ", "handed in"),
    AuditAct.SUBMISSION_RETURNED: ("trả lại để sửa", "sent back"),
    AuditAct.SUBMISSION_VERIFIED: ("thẩm định", "verified"),
    AuditAct.SUBMISSION_ACCEPTED: ("chấp nhận", "accepted"),
    AuditAct.SUBMISSION_LOCKED: ("khóa", "locked"),
    AuditAct.SUBMISSION_UNLOCKED: ("mở khóa cùng kỳ", "unlocked with its period"),
    AuditAct.SUBMISSION_REOPENED: ("mở lại", "opened again"),
    AuditAct.EDITION_CHOSEN: ("chọn dùng lại một bản", "an edition chosen"),
    AuditAct.FILE_GIVEN_OUT: ("mở, lấy tệp đã giữ", "kept file given out"),
    AuditAct.COPY_GIVEN_OUT: ("lấy bản sao của sổ đã đưa ra", "copy of a book handed out given out"),
    AuditAct.REGISTER_GIVEN_OUT: ("lấy danh bạ ra", "register given out"),
    AuditAct.RETURN_MADE: ("lập biểu từ văn phòng", "return made from the office"),
    AuditAct.PAGES_OPENED: ("mở các trang", "pages opened"),
    AuditAct.DISCARDED: ("bỏ vào thùng rác", "put into the trash"),
    AuditAct.BROUGHT_BACK: ("lấy lại từ thùng rác", "taken out of the trash"),
    AuditAct.DESTROYED: ("hủy tệp", "file destroyed"),
    AuditAct.DEFINITION_PUBLISHED: ("ban hành, bỏ định nghĩa", "definition published or withdrawn"),
    AuditAct.BACKED_UP: ("sao lưu", "backed up"),
    AuditAct.EXPORTED: ("xuất toàn bộ", "everything exported"),
    AuditAct.STORE_RESTORED: ("khôi phục từ bản sao lưu", "restored from a backup"),
}
_MATTERS = {
    Matter.UNIT: "đơn vị",
    Matter.ALIAS: "cách viết mã",
    Matter.PERSON: "người",
    Matter.ROLE: "phân công",
    Matter.PERIOD: "kỳ",
    Matter.EXPECTED: "danh sách đơn vị phải báo cáo của kỳ",
    Matter.EXCEPTION: "miễn, gia hạn",
    Matter.EDITION: "bản đã nộp",
    Matter.IN_USE: "bản đang dùng",
    Matter.STEP: "bước",
    Matter.TRASH: "thùng rác",
    Matter.FILE: "tệp đã giữ",
    Matter.FOREIGN_FILE: "tệp lạ trong thư mục giữ tệp",
    Matter.DEFINITION: "định nghĩa",
    Matter.VIEW: "bảng xem của người phân tích",
    Matter.DATABASE: "tệp cơ sở dữ liệu",
}
_APART = {
    (Matter.FILE, How.MISSING): "không còn trên đĩa",
    (Matter.FILE, How.DIFFERENT): "trên đĩa không còn nguyên như lúc nhận",
    (Matter.FOREIGN_FILE, How.UNTOLD): "không phải tệp do Chibo giữ; không rõ ai để vào thì đừng mở, chuyển ra ngoài",
    (Matter.IN_USE, How.DIFFERENT): "dữ liệu đánh dấu bản khác với bản mới nhất theo chính các tệp đã nộp",
    (Matter.VIEW, How.MISSING): "không còn trong cơ sở dữ liệu",
    (Matter.VIEW, How.DIFFERENT): "đã bị thay bằng câu truy vấn khác, số lấy từ đó không tin được",
    (Matter.DATABASE, How.DIFFERENT): "hỏng ở chỗ này",
}
"""What is said of what no entry of the log is about."""
_FOUND = {
    "kind": "việc",
    "actor": "người làm",
    "at": "lúc",
    "note": "ghi chú",
    "receipt": "biên nhận",
    "file_name": "tệp",
    "submitted_by": "người nộp",
    "due_on": "hạn",
    "closed_on": "đóng ngày",
    "units": "số đơn vị",
    "until": "đến",
    "exempt": "miễn",
    "reason": "lý do",
    "day": "bỏ ngày",
    "empties_on": "hủy từ",
    "destroyed_on": "hủy ngày",
    "hash": "SHA-256",
}
"""What is told of what is there; values of other names are told without one."""


def act_words(act: str, language: Language) -> str:
    """What an act is called; the code itself for one that this version does not know."""
    words = _ACTS.get(act)
    return act if words is None else words[list(Language).index(language)]


def entry_words(entry: Entry) -> str:
    """An entry in words: its number, when, who, what."""
    said = [local_moment(entry.at), entry.actor, act_words(entry.act, Language.VIETNAMESE)]
    if entry.reason:
        said.append(f"«{entry.reason}»")
    return f"mục {entry.number} ({', '.join(said)})"


def difference_words(one: Disagreement) -> str:
    """Where an office differs from its log: what is there, and what the log says."""
    named = f"{_MATTERS[one.matter]} {one.subject}".strip()
    found = ", ".join(_value(name, value) for name, value in one.found.items() if value)
    there = f" ({found})" if found else ""
    if apart := _APART.get((one.matter, one.how)):
        return f"{named}{there}: {apart}."
    entry = f"; nhật ký ghi ở {entry_words(one.entry)}" if one.entry else ""
    match one.how:
        case How.UNTOLD:
            return f"{named}: dữ liệu có{there} mà nhật ký không ghi{' như vậy' if entry else ''}{entry}."
        case How.MISSING:
            return f"{named}: dữ liệu không có{entry}."
        case _:
            return f"{named}: dữ liệu{there} khác với lúc ghi{entry}."


def _value(name: str, value: str) -> str:
    label = _FOUND.get(name, "")
    if name == "exempt":
        return label
    if name == "kind" and value in set(StepKind):
        return f"{label} {STEP_WORDS[StepKind(value)]}"
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return f"{label} {value}".strip()
    return f"{label} {local_moment(moment) if moment.tzinfo else f'{moment:%d/%m/%Y}'}"
