"""Units and people: what stands in the register today, and a workbook of it brought in after a look at the changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from chibo.access import Act
from chibo_widgets.admin import messages
from chibo_widgets.admin.section import Section, Setting, View
from chibo_widgets.admin.widgets import RegisterPanel
from chibo_widgets.admin.wording import Tongue, show_day
from chibo_widgets.findings_list import finding_rows

if TYPE_CHECKING:
    from chibo.office.memory import Memory
    from chibo.office.memory.units import Duty, RegisterImport
    from chibo.register import UnitTree

_LIMIT = 20 * 2**20
_MOST_ROWS = 300


@frozen
class _Looked:
    """A workbook of the register and what it would change."""

    name: str
    data: bytes
    found: RegisterImport
    replace: bool = False


class RegisterSection(Section):
    """The part of the page about units and people."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._looked: _Looked | None = None
        self.widget = RegisterPanel(setting.tongue.texts, self.hear, _LIMIT, self._take, self.not_taken)

    def act(self, message: Any) -> None:
        """Hand the register out, or do something with the workbook that was looked at."""
        match message:
            case messages.Export():
                self._export()
            case messages.Drop():
                self._looked = None
            case messages.Replace(replace=wanted) if self._looked is not None:
                self._look(evolve(self._looked, replace=wanted))
            case messages.Confirm(moving=moving) if self._looked is not None:
                self._confirm(self._looked, moving=moving)

    def _take(self, name: str, data: bytes) -> None:
        self._looked = None
        self.guarded(lambda: self._look_at(name, data, replace=False))

    def _look(self, looked: _Looked) -> None:
        self._look_at(looked.name, looked.data, replace=looked.replace)

    def _look_at(self, name: str, data: bytes, *, replace: bool) -> None:
        from chibo.office.memory.units import import_register  # noqa: PLC0415 - the database, once it is needed

        found = import_register(self.setting.memory(), data, name, replace=replace, preview=True)
        self._looked = _Looked(name, data, found, replace)

    def _confirm(self, looked: _Looked, *, moving: bool) -> None:
        from chibo.office.memory.units import import_register  # noqa: PLC0415

        memory = self.setting.memory()
        done = import_register(memory, looked.data, looked.name, replace=looked.replace, moving=moving)
        if not done.done:
            self._looked = evolve(looked, found=done)
            return
        self._looked = None
        self.say("good", self.setting.tongue("register_done", n=len(done.revisions), file=looked.name))

    def _export(self) -> None:
        from chibo.office.memory.units import contacts_withheld, export_register  # noqa: PLC0415

        self.widget.offer_download("danh-ba.xlsx", export_register(self.setting.memory()))
        count = contacts_withheld(self.setting.memory())
        said = self.setting.tongue("register_exported")
        more = self.setting.tongue("register_exported_without", n=count) if count else ""
        self.say("good", f"{said} {more}".strip())

    def view(self, memory: Memory) -> View:
        """Units and people of today, and the workbook that is looked at."""
        from chibo.office.memory.units import contacts_withheld, duties_on, units_on  # noqa: PLC0415

        unseen = contacts_withheld(memory)
        tongue, tree, duties = self.setting.tongue, units_on(memory), duties_on(memory)
        return {
            "keeps": self.may(memory, Act.KEEP_REGISTER),
            "day": show_day(memory.today),
            "units": [_unit(tree, key) for key in sorted(tree.units)],
            "people": [_duty(one, tongue) for one in duties],
            "unseen": tongue("register_unseen", n=unseen) if unseen else "",
            "looked": self._looked_view(self._looked) if self._looked else None,
        }

    def _summed(self, revisions: int, blocked: bool) -> str:
        """How much would change, in a few words beside the name of the file."""
        if revisions:
            return self.setting.tongue("register_changes", n=revisions)
        return self.setting.tongue("register_nothing_taken" if blocked else "register_same")

    def _looked_view(self, looked: _Looked) -> View:
        from chibo.office.memory.register_text import revision_row  # noqa: PLC0415

        tongue, library, found = self.setting.tongue, self.setting.library, looked.found
        rows = [revision_row(one, library.register_layout) for one in found.revisions[:_MOST_ROWS]]
        more = len(found.revisions) - len(rows)
        return {
            "title": tongue("register_looked", file=looked.name),
            "summed": self._summed(len(found.revisions), found.blocked),
            "rows": rows,
            "more": tongue("register_more", n=more) if more else "",
            "moved": [
                tongue("register_moved", alias=one.alias, holder=one.holder, taker=one.taker) for one in found.moved
            ],
            "kept": tongue("register_kept", n=len(found.kept)) if found.kept else "",
            "replace": looked.replace,
            "blocked": found.blocked,
            "ready": bool(found.revisions) and not found.blocked,
            "findings": finding_rows(found.findings, library.catalogue, tongue.texts, tongue.language),
        }


def _unit(tree: UnitTree, key: str) -> View:
    unit = tree.units[key]
    committee = tree.committee_of(unit.code)
    return {
        "code": unit.code,
        "name": unit.name,
        "level": str(unit.level or ""),
        "parent": unit.parent_code,
        "committee": committee.name if committee else "",
    }


def _duty(duty: Duty, tongue: Tongue) -> View:
    person, held = duty.person, duty.assignment
    return {
        "user": person.user,
        "name": person.full_name,
        "contact": person.contact,
        "role": str(held.role) if held else tongue("register_no_role"),
        "unit": (held.unit_code or tongue("register_whole_bloc")) if held else "",
        "since": show_day(held.since) if held else "",
        "until": show_day(held.until) if held else "",
    }
