"""Putting a changed definition in force, and taking one of the office's own out again, with a word in the log."""

from __future__ import annotations

import hashlib
from pathlib import Path

from chibo.access import Act
from chibo.audit import AuditAct
from chibo.errors import ChiboError, OutputError
from chibo.office.definition_files import Trial, Whose, definitions_in_force, try_definition, try_without
from chibo.office.frame_trial import is_workbook, try_frame_workbook
from chibo.office.memory.pending import digest_of_file, finish_pending, lay_ready
from chibo.office.memory.remembering import Memory


def try_new(memory: Memory, name: str, data: bytes) -> Trial:
    """A changed definition on trial: a file as it is kept, or a frame as its workbook.

    Raises ChiboError where it cannot be tried or the actor may not publish any.
    """
    with memory.reading() as (_, standing):
        standing.require(Act.KEEP_DEFINITIONS)
    if is_workbook(name):
        return try_frame_workbook(name, data, memory.library)
    return try_definition(name, data, memory.library)


def publish(memory: Memory, trial: Trial, reason: str) -> None:
    """Put a definition in force that was tried and found sound; books read from now on are judged by it.

    Raises ChiboError where the actor may not, no reason is given, or it would be wrong beside what is in force now.
    """
    home = memory.library.office
    _require_reason(reason)
    name = trial.inside.rpartition("/")[2]
    again = try_new(memory, name, trial.data)
    if home is None or again.problems:
        raise ChiboError("Chưa ban hành: " + " ".join(again.problems))
    before = hashlib.sha256(again.before.encode()).hexdigest() if again.before is not None else ""
    _put_in_force(memory, home / again.inside, trial.data, before=before, reason=reason)


def withdraw(memory: Memory, inside: str, reason: str) -> None:
    """Take a definition of the office's own, `inside` its folder, out: what is shipped holds again, where there is any.

    Raises ChiboError where the actor may not, no reason is given, it is not the office's own, or others need it.
    """
    _require_reason(reason)
    with memory.reading() as (_, standing):
        standing.require(Act.KEEP_DEFINITIONS)
    own = [one for one in definitions_in_force(memory.library) if one.whose is not Whose.SHIPPED]
    found = next((one for one in own if f"sheets/{one.kind}/{one.name}" == inside), None)
    if found is None:
        raise ChiboError(f"«{inside}» không phải định nghĩa riêng của văn phòng.")
    if problems := try_without(found, memory.library):
        raise ChiboError("Chưa bỏ được, vì định nghĩa khác còn cần: " + " ".join(problems))
    _put_in_force(memory, found.path, None, before=digest_of_file(found.path), reason=reason)


def _put_in_force(memory: Memory, target: Path, data: bytes | None, *, before: str, reason: str) -> None:
    """Log the change and make it, so that a crash between the two is mended by whoever opens the office next."""
    home = memory.library.office
    if home is None:
        raise ChiboError("Chưa biết văn phòng nào.")
    inside = target.relative_to(home).as_posix()
    finish_pending(memory.store, home, memory.user)
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_DEFINITIONS)
        after = lay_ready(home, inside, data)
        writing.note(AuditAct.DEFINITION_PUBLISHED, inside, before=before, after=after, reason=reason)
    try:
        finish_pending(memory.store, home, memory.user)
    except OutputError as why:
        raise OutputError(
            f"Việc đã vào nhật ký nhưng tệp chưa đổi được: {why} Sửa xong thì mở lại trang "
            "này, hoặc chạy bất cứ lệnh nào của văn phòng: tệp sẽ được đổi nốt."
        ) from None


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ChiboError("Ban hành hoặc bỏ định nghĩa thì nêu lý do (số văn bản, cuộc họp …).")
