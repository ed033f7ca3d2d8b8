"""The register of units and people: taken out as a workbook, changed there, brought in again after a look at it."""

from __future__ import annotations

import hashlib
from datetime import date

from attrs import evolve, frozen

from chibo.access import Act
from chibo.access.contacts import with_what_was_withheld, without_contacts
from chibo.audit import AuditAct
from chibo.engine.single_book import register_one
from chibo.errors import ChiboError
from chibo.findings import Finding, Severity
from chibo.office.memory.remembering import Memory, Standing
from chibo.register import Alias, Assignment, Person, Unit, UnitTree
from chibo.register.administration import check_administration
from chibo.register.checking import check_register
from chibo.register.moving import MovedAlias, moved_aliases
from chibo.register.revising import RecordRevision, Revision, revised, revisions
from chibo.store.register import save_revisions
from chibo.workbook.register.reading import RegisterReading
from chibo.workbook.register.writing import write_register


@frozen(kw_only=True)
class RegisterImport:
    """What a workbook of the register would change, or has changed where it was `done`.

    `kept` are records of the office that the workbook does not name: they stay, unless it is to replace everything.
    `moved` are confirmed spellings that it takes from their unit: nothing is done before somebody has agreed to that.
    """

    revisions: tuple[RecordRevision, ...]
    kept: tuple[RecordRevision, ...]
    findings: tuple[Finding, ...]
    moved: tuple[MovedAlias, ...] = ()
    done: bool = False

    @property
    def blocked(self) -> bool:
        """Whether something must be mended before anything can be brought in."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)


@frozen
class Duty:
    """Somebody with one thing that is assigned to him; None where nothing is."""

    person: Person
    assignment: Assignment | None


def import_register(
    memory: Memory, data: bytes, file: str, *, replace: bool = False, moving: bool = False, preview: bool = False
) -> RegisterImport:
    """Bring in the register held by a workbook; with `preview`, or where something is blocked, nothing is changed.

    `moving` agrees to all spellings that would go to another unit. Raises NotAllowedError.
    """
    read = register_one(data, file, memory.library)
    with memory.reading() as (_, standing):
        standing.require(Act.KEEP_REGISTER)
        planned = _planned(standing, read, replace)
    if preview or not _is_ready(planned, moving):
        return planned
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_REGISTER)
        planned = _planned(standing, read, replace)
        if not _is_ready(planned, moving):
            writing.may_change_nothing = True
            return planned
        save_revisions(writing, planned.revisions, reason=file)
    return evolve(planned, done=True)


def _is_ready(planned: RegisterImport, moving: bool) -> bool:
    return bool(planned.revisions) and not planned.blocked and (moving or not planned.moved)


def export_register(memory: Memory, name: str = "danh-ba.xlsx") -> bytes:
    """The register as a workbook, given out under this name with a word in the log.

    How to reach people stands in it as far as the actor needs that. Raises NotAllowedError.
    """
    with memory.writing() as (writing, standing):
        standing.require(Act.SEE_STATUS)
        shown = without_contacts(standing.register, standing.withheld)
        data = write_register(shown, memory.library.register_layout, standing.day)
        writing.note(AuditAct.REGISTER_GIVEN_OUT, name, after=hashlib.sha256(data).hexdigest())
        return data


def contacts_withheld(memory: Memory) -> int:
    """Of how many people the user does not see how to reach them."""
    with memory.reading() as (_, standing):
        return len(standing.withheld)


def has_units(memory: Memory) -> bool:
    """Whether any unit stands in the register: before that nobody owes anything, and nothing can be handed in."""
    with memory.reading() as (_, standing):
        return bool(standing.register.changes)


def units_on(memory: Memory, day: date | None = None) -> UnitTree:
    """The units of a day (today)."""
    with memory.reading() as (_, standing):
        return standing.register.units.on(day or standing.day)


def duties_on(memory: Memory) -> tuple[Duty, ...]:
    """Everybody of the office with what is assigned to him today. Raises NotAllowedError."""
    with memory.reading() as (_, standing):
        standing.require(Act.SEE_STATUS)
        people, found = standing.register.people, list[Duty]()
        for person in sorted(people.persons, key=lambda one: one.person_code.casefold()):
            held = people.assignments_of(person, standing.day)
            shown = standing.reachable(person)
            found += [Duty(shown, one) for one in held] or [Duty(shown, None)]
        return tuple(found)


def confirm_alias(memory: Memory, text: str, code: str, *, moving: bool = False) -> Unit:
    """Let a spelling mean a unit from now on; the unit.

    Raises ChiboError where that cannot be, or it means another unit already and nobody agrees to `moving` it.
    """
    if not text.strip():
        raise ChiboError("Cách viết để trống: sổ không ghi mã thì không biết là của ai. Ghi cách viết như «CB 1».")
    with memory.writing() as (writing, standing):
        standing.require(Act.KEEP_REGISTER)
        unit = standing.tree.unit(code)
        if unit is None:
            raise ChiboError(f"Hôm nay không có đơn vị mã «{code}» trong danh bạ.", command="chibo units list")
        if standing.tree.unit(text) is not None:
            raise ChiboError(f"«{text}» là mã của một đơn vị, không cần xác nhận.")
        alias = Alias(alias=text, unit_code=unit.code)
        known = next((old for old in standing.register.aliases if old.key == alias.key), None)
        revision = Revision.CHANGED if known else Revision.ADDED
        change = RecordRevision(group="aliases", revision=revision, before=known, after=alias)
        for moved in () if moving else moved_aliases(standing.register, (change,), standing.day):
            raise ChiboError(
                f"«{text}» đang là {moved.holder}. Đổi sang {moved.taker} thì từ nay sổ ghi như vậy là của đơn vị ấy. "
                "Chưa đổi gì.",
                command=f"chibo units alias «{text}» {unit.code} --move",
            )
        save_revisions(writing, [change])
        return unit


def _planned(standing: Standing, read: RegisterReading, replace: bool) -> RegisterImport:
    present = standing.register
    found = revisions(present, with_what_was_withheld(read.register, present))
    gone = tuple(change for change in found if change.revision is Revision.REMOVED)
    changes = found if replace else tuple(change for change in found if change.revision is not Revision.REMOVED)
    after = revised(present, changes)
    administration = check_administration(present.people, after.people, standing.day)
    findings = (*read.findings, *check_register(after), *administration)
    moved = moved_aliases(present, changes, standing.day)
    return RegisterImport(revisions=changes, kept=() if replace else gone, findings=findings, moved=moved)
