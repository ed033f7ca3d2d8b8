"""A unit's status as a row: plain words of the data for programs, Vietnamese ones for people."""

from __future__ import annotations

from datetime import date

from chibo.definitions.frames.edges import plain_decimal
from chibo.model.row_text import Row
from chibo.office.due_words import due_day, lateness_words
from chibo.office.edition_names import version_words
from chibo.office.memory.status import UnitStatus
from chibo.periods import UnitState
from chibo.register import Role
from chibo.submissions.states import EMPTY_WORDS, STATE_WORDS

STATUS_COLUMNS = {
    "unit": "Mã",
    "name": "Đơn vị",
    "committee": "Đảng bộ cơ sở",
    "state": "Nội dung",
    "late": "Trễ",
    "days_late": "Trễ (ngày)",
    "due_on": "Hạn của đơn vị",
    "in_time_until": "Đúng hạn đến",
    "step": "Bước",
    "holder": "Đang ở",
    "version": "Số bản",
    "version_in_use": "Bản đang dùng",
    "receipt": "Biên nhận",
    "file": "Tệp",
    "content_hash": "SHA-256",
    "submitted_by": "Người nộp",
    "submitted_on": "Ngày nộp",
    "verified_by": "Người thẩm định",
    "modifications": "Sửa sau thẩm định",
    "open_criteria": "Tiêu chí xem lại",
    "official_points": "Điểm thẩm định",
    "reason": "Ngoại lệ",
}
SHOWN_COLUMNS = {
    "unit": "Mã",
    "name": "Đơn vị",
    "committee": "Thuộc",
    "state": "Nội dung",
    "step": "Bước",
    "holder": "Đang ở",
    "due": "Hạn",
    "lateness": "So với hạn",
    "version": "Bản",
    "official_points": "Điểm thẩm định",
    "reason": "Ngoại lệ",
}
"""What people see of a unit, which depends on the day."""
_STATES = {
    UnitState.EXEMPT: "được miễn",
    UnitState.MISSING: "chưa nộp",
    UnitState.EMPTY: "trống",
    UnitState.PARTIAL: "chưa đủ",
    UnitState.COMPLETE: "đủ",
    UnitState.VERIFIED: "đã thẩm định",
}
_HOLDERS = {Role.SUBMITTER: "chi bộ", Role.REVIEWER: "thẩm định", Role.BOARD: "Ban Tổ chức", None: "xong"}
"""Who has to do the next thing."""


def shown_row(unit: UnitStatus, day: date) -> Row:
    """One unit as a row of `SHOWN_COLUMNS`, on a day."""
    standing, submission = unit.standing, unit.submission
    given, times = submission.official, submission.modifications
    changed = f", sửa {times} lần sau thẩm định" if times else ""
    return {
        "unit": standing.owed.expected.unit_code,
        "name": standing.owed.expected.unit_name,
        "committee": standing.owed.expected.committee_code,
        "state": _STATES[standing.state],
        "step": _step(unit),
        "holder": _holder(unit),
        "due": due_day(standing),
        "lateness": lateness_words(standing, day),
        "version": f"{version_words(submission)}{changed}",
        "official_points": f"{len(given)} tiêu chí" if given else "",
        "reason": standing.owed.reason,
    }


def _holder(unit: UnitStatus) -> str:
    if unit.is_shut_out:
        return "kỳ đã đóng"
    return "kỳ đã khóa" if unit.is_locked_unverified else _HOLDERS[unit.at_work]


def _step(unit: UnitStatus) -> str:
    if unit.says_nothing:
        return EMPTY_WORDS
    return STATE_WORDS[unit.submission.state] + (", chưa thẩm định" if unit.is_locked_unverified else "")


def status_row(unit: UnitStatus) -> Row:
    """One unit as a row of `STATUS_COLUMNS`, the same on every day."""
    standing, submission = unit.standing, unit.submission
    current, expected = submission.current, standing.owed.expected
    return {
        "unit": expected.unit_code,
        "name": expected.unit_name,
        "committee": expected.committee_code,
        "state": standing.state.value,
        "late": standing.is_late,
        "days_late": standing.days_late,
        "due_on": standing.due_on,
        "in_time_until": standing.in_time_until,
        "step": submission.state.value,
        "holder": _HOLDERS[unit.at_work],
        "version": submission.version,
        "version_in_use": submission.version_in_use,
        "receipt": current.receipt if current else None,
        "file": current.file_name if current else None,
        "content_hash": current.content_hash if current else None,
        "submitted_by": current.submitted_by if current else None,
        "submitted_on": current.submitted_on if current else None,
        "verified_by": submission.verifier,
        "modifications": submission.modifications,
        "open_criteria": list(unit.open_criteria),
        "official_points": [f"{subject}={plain_decimal(one.points)}" for subject, one in submission.official.items()],
        "reason": standing.owed.reason,
    }
