"""Definitions: what is in force and whose it is, and a changed file tried, looked at, put in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chibo.access import Act
from chibo_widgets.admin import messages
from chibo_widgets.admin.section import Section, Setting, View
from chibo_widgets.admin.widgets import DefinitionsPanel

if TYPE_CHECKING:
    from chibo.definitions.library import Library
    from chibo.office.definition_files import DefinitionFile, Trial
    from chibo.office.memory import Memory
    from chibo.workbook.frames.changes import FrameChange

_LIMIT = 2**20
_MOST_LINES = 400
_TONES = {"shipped": "", "changed": "note", "added": "note"}


class DefinitionsSection(Section):
    """The part of the page about definitions."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._trial: Trial | None = None
        self.widget = DefinitionsPanel(setting.tongue.texts, self.hear, _LIMIT, self._take, self.not_taken)

    def act(self, message: Any) -> None:
        """Put the file on trial in force, or away."""
        match message:
            case messages.Drop():
                self._trial = None
            case messages.TakeFrame(frame=name):
                self._take_frame(name)
            case messages.Withdraw(withdraw=inside, reason=reason):
                self._withdraw(inside, reason)
            case messages.Publish(reason=reason) if self._trial is not None:
                self._publish(self._trial, reason)

    def _take(self, name: str, data: bytes) -> None:
        self._trial = None
        self.guarded(lambda: self._try(name, data))

    def _try(self, name: str, data: bytes) -> None:
        from chibo.office.memory.publishing import try_new  # noqa: PLC0415 - the database, once it is needed

        self._trial = try_new(self._memory(), name, data)

    def _take_frame(self, name: str) -> None:
        from chibo.office.frames import workbook_of  # noqa: PLC0415 - what writes workbooks, once it is needed

        file, data = workbook_of(name, _fresh(self.setting.library))
        self.widget.offer_download(file, data)
        self.say("good", self.setting.tongue("definitions_frame_taken", file=file))

    def _publish(self, trial: Trial, reason: str) -> None:
        from chibo.office.memory.publishing import publish  # noqa: PLC0415

        publish(self._memory(), trial, reason)
        self._trial = None
        self.say("good", self.setting.tongue("definitions_published", file=trial.inside))

    def _withdraw(self, inside: str, reason: str) -> None:
        from chibo.office.memory.publishing import withdraw  # noqa: PLC0415

        withdraw(self._memory(), inside, reason)
        self.say("good", self.setting.tongue("definitions_withdrawn", file=inside))

    def _memory(self) -> Memory:
        """The memory with the definitions as they lie in the office now."""
        from chibo.office.memory import Memory  # noqa: PLC0415

        memory = self.setting.memory()
        return Memory(_fresh(memory.library), memory.store, memory.user)

    def view(self, memory: Memory) -> View:
        """Every file in force, and the one on trial."""
        from chibo.office.definition_files import definitions_in_force  # noqa: PLC0415

        found = definitions_in_force(_fresh(memory.library))
        wrong = sum(bool(one.problem) for one in found)
        tongue = self.setting.tongue
        return {
            "keeps": self.may(memory, Act.KEEP_DEFINITIONS),
            "sound": tongue("definitions_wrong", n=wrong) if wrong else tongue("definitions_sound", n=len(found)),
            "wrong": wrong > 0,
            "files": [self._file(one) for one in found],
            "trial": self._trial_view(self._trial) if self._trial else None,
        }

    def _file(self, one: DefinitionFile) -> View:
        tongue, whose = self.setting.tongue, one.whose.value
        return {
            "kind": tongue(f"definitions_kind_{one.kind}"),
            "name": one.name,
            "whose": tongue(f"definitions_{whose}"),
            "tone": _TONES[whose],
            "problem": one.problem,
            "inside": f"sheets/{one.kind}/{one.name}",
            "frame": one.path.stem if one.kind == "frames" and not one.problem else "",
            "withdraw": tongue(f"definitions_withdraw_{whose}") if whose != "shipped" else "",
        }

    def _trial_view(self, trial: Trial) -> View:
        tongue, changes = self.setting.tongue, trial.changes
        lines = trial.lines if changes is None else ()
        more = len(lines if changes is None else changes) - _MOST_LINES
        said = tongue("definitions_new") if trial.before is None else tongue("definitions_differs")
        return {
            "title": tongue("definitions_trial", file=trial.inside),
            "said": said if trial.differs else tongue("definitions_same"),
            "problems": list(trial.problems),
            "lines": [{"tone": line[0], "text": line[1:]} for line in lines[:_MOST_LINES]],
            "changes": [_change(one) for one in (changes or ())[:_MOST_LINES]],
            "more": tongue("definitions_more", n=more) if more > 0 else "",
            "ready": trial.differs and not trial.problems,
        }


def _change(one: FrameChange) -> View:
    return {"table": one.table, "row": one.row, "column": one.column, "before": one.before, "after": one.after}


def _fresh(library: Library) -> Library:
    """The same office's definitions, read anew: the page stays open while files change."""
    return type(library)(library.office)
