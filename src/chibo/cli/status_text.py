"""A unit's status as a row: plain words of the data for programs, Vietnamese ones for people."""

from __future__ import annotations

from chibo.definitions.frames.edges import plain_decimal
from chibo.office.memory.status import UnitStatus
from chibo.office.row_text import Row
from chibo.periods import UnitState
from chibo.register import Role
from chibo.submissions import ROLE_AT_WORK, Submission
from chibo.submissions.states import STATE_WORDS

STATUS_COLUMNS = {
    "unit": "Mã",
    "name": "Đơn vị",
    "committee": "Đảng bộ cơ sở",
    "state": "Nội dung",
    "late": "Trễ",
    "days_late": "Trễ (ngày)",
    "due_on": "Hạn của đơn vị",
    "step": "Bước",
    "holder": "Đang ở",
    "version": "Bản",
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


def status_row(unit: UnitStatus, *, plain: bool) -> Row:
    """One unit as a row of `STATUS_COLUMNS`."""
    standing, submission = unit.standing, unit.submission
    current, expected, state = submission.current, standing.owed.expected, submission.state
    return {
        "unit": expected.unit_code,
        "name": expected.unit_name,
        "committee": expected.committee_code,
        "state": standing.state.value if plain else _STATES[standing.state],
        "late": standing.is_late,
        "days_late": standing.days_late if plain else standing.days_late or "",
        "due_on": standing.due_on,
        "step": state.value if plain else STATE_WORDS[state],
        "holder": _HOLDERS[ROLE_AT_WORK[state]],
        "version": submission.version,
        "receipt": current.receipt if current else None,
        "file": current.file_name if current else None,
        "content_hash": current.content_hash if current else None,
        "submitted_by": current.submitted_by if current else None,
        "submitted_on": current.submitted_on if current else None,
        "verified_by": submission.verifier,
        "modifications": submission.modifications if plain else submission.modifications or "",
        "open_criteria": list(unit.open_criteria),
        "official_points": _official(submission, plain=plain),
        "reason": standing.owed.reason,
    }


def _official(submission: Submission, *, plain: bool) -> object:
    """The official points of a submission, by what they are for; for people how many there are."""
    given = submission.official
    if plain:
        return [f"{subject}={plain_decimal(one.points)}" for subject, one in given.items()]
    return f"{len(given)} tiêu chí" if given else ""
