"""Putting a changed definition in force, and taking one of the office's own out again, with a word in the log."""

from __future__ import annotations

import hashlib

from chibo.access import Act
from chibo.audit import AuditAct
from chibo.errors import ChiboError, OutputError, why_refused
from chibo.office.definition_files import Trial, Whose, definitions_in_force, try_definition, try_without
from chibo.office.frame_trial import is_workbook, try_frame_workbook
from chibo.office.home import make_folder
from chibo.office.memory.remembering import Memory
from chibo.workbook.saving import save_atomically


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
    after = hashlib.sha256(trial.data).hexdigest()
    target = home / again.inside
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_DEFINITIONS)
        writing.note(AuditAct.DEFINITION_PUBLISHED, again.inside, before=before, after=after, reason=reason)
        make_folder(target.parent)
        save_atomically(target, trial.data)


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
    before = hashlib.sha256(found.path.read_bytes()).hexdigest()
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_DEFINITIONS)
        writing.note(AuditAct.DEFINITION_PUBLISHED, inside, before=before, reason=reason)
        try:
            found.path.unlink()
        except OSError as error:
            raise OutputError(f"Không bỏ được «{inside}»: {why_refused(error)}.") from None


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ChiboError("Ban hành hoặc bỏ định nghĩa thì nêu lý do (số văn bản, cuộc họp …).")
