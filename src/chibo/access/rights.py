"""Rights: an actor, an act and a unit in, allowed or not with the reason out. A role holds for a unit and all under it.

While nobody is registered as administrator, somebody whom the register does not know may do everything: he sits at the
machine that holds the office and could change its files anyway. The first administrator that is registered ends that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from attrs import frozen

from chibo.errors import ChiboError
from chibo.register import Assignment, Register, Role, UnitTree


class Act(StrEnum):
    """What can be asked for, in the words of a refusal."""

    SUBMIT = "nộp sổ"
    VERIFY = "thẩm định sổ"
    RETURN = "trả lại sổ"
    ACCEPT = "chấp nhận sổ"
    REOPEN = "mở lại sổ đã chốt"
    SEE_STATUS = "xem tình hình nộp"
    OPEN_FILE = "mở sổ đã nộp"
    CONSOLIDATE = "tổng hợp"
    KEEP_PERIODS = "mở, đóng kỳ báo cáo"
    KEEP_REGISTER = "sửa danh bạ"
    KEEP_DEFINITIONS = "ban hành định nghĩa"
    READ_LOG = "đọc nhật ký"
    BACK_UP = "sao lưu, khôi phục"
    EXPORT = "xuất toàn bộ dữ liệu"
    DISCARD = "bỏ sổ hết hạn giữ vào thùng rác, lấy lại"
    EMPTY_TRASH = "hủy sổ trong thùng rác"


_SEEING = {Act.SEE_STATUS, Act.OPEN_FILE}
ACTS_OF: Mapping[Role, frozenset[Act]] = {
    Role.SUBMITTER: frozenset({Act.SUBMIT, *_SEEING}),
    Role.REVIEWER: frozenset({Act.VERIFY, Act.RETURN, *_SEEING}),
    Role.BOARD: frozenset(
        {
            Act.SUBMIT,
            Act.RETURN,
            Act.ACCEPT,
            Act.REOPEN,
            Act.CONSOLIDATE,
            Act.KEEP_PERIODS,
            Act.READ_LOG,
            Act.DISCARD,
            *_SEEING,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Act.KEEP_REGISTER,
            Act.KEEP_PERIODS,
            Act.READ_LOG,
            Act.BACK_UP,
            Act.EXPORT,
            Act.EMPTY_TRASH,
            Act.KEEP_DEFINITIONS,
            Act.SEE_STATUS,
        }
    ),
    Role.ANALYST: frozenset({Act.SEE_STATUS, Act.CONSOLIDATE}),
}
"""What each role may do. The board hands in for cells without a computer; it verifies nothing.

The board says which files may go, the administrator destroys them: nobody does both.
"""


class NotAllowedError(ChiboError):
    """Somebody may not do what he asked for; the text says why."""


@frozen(kw_only=True)
class Actor:
    """Somebody who acts, with what is assigned to him on the day; `at_the_machine` as the head of this file says."""

    user: str
    assignments: tuple[Assignment, ...] = ()
    at_the_machine: bool = False


@frozen
class Ruling:
    """The answer, and why."""

    allowed: bool
    reason: str


def actor_of(user: str, register: Register, day: date) -> Actor:
    """The actor with this account on this day."""
    people = register.people
    person = people.of_user(user)
    if person is not None:
        return Actor(user=user, assignments=people.assignments_of(person, day))
    return Actor(user=user, at_the_machine=not people.has(Role.ADMINISTRATOR, day))


def allowed(actor: Actor, act: Act, unit: str, tree: UnitTree) -> Ruling:
    """Whether the actor may do this for a unit of `tree`, the units of the day ("" for the whole bloc)."""
    if actor.at_the_machine:
        return Ruling(True, "người dùng máy khi danh bạ chưa có người quản trị")
    fitting = [one for one in actor.assignments if act in ACTS_OF[one.role]]
    for one in fitting:
        if not one.unit_code or (unit and tree.is_under(unit, one.unit_code)):
            return Ruling(True, f"{one.role} của {one.unit_code or 'cả Khối'}")
    if not actor.assignments:
        return Ruling(False, "chưa được phân công việc gì trong danh bạ vào ngày này")
    if not fitting:
        roles = ", ".join(dict.fromkeys(one.role for one in actor.assignments))
        return Ruling(False, f"vai trò hiện có ({roles}) không gồm việc này")
    return Ruling(False, f"chỉ được làm việc này cho {', '.join(dict.fromkeys(one.unit_code for one in fitting))}")


def require(actor: Actor, act: Act, unit: str, tree: UnitTree) -> Ruling:
    """The ruling that allows it. Raises NotAllowedError where it does not."""
    ruling = allowed(actor, act, unit, tree)
    if not ruling.allowed:
        what = f"{act} của {unit}" if unit else f"{act} cho cả Khối"
        raise NotAllowedError(
            f"«{actor.user}» không được {what}: {ruling.reason}. Nhờ người quản trị phân công trong danh bạ, "
            "hoặc làm bằng đúng tài khoản.",
            command="chibo units export, sửa trang Phân công, chibo units import; tài khoản khác: --as TÀI_KHOẢN",
        )
    return ruling
