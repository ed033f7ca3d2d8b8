"""Health and backup: which limits hold on this machine, whether the log is whole, what is taken away or taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from chibo import __version__
from chibo.access import Act
from chibo.definitions.language import Language
from chibo.engine.outcome_store import OutcomeStore
from chibo.errors import why_code, why_refused
from chibo.office.health import Guards, guards
from chibo_widgets.admin import messages
from chibo_widgets.admin.section import Section, Setting, View
from chibo_widgets.admin.trash_part import take_back, trash_view
from chibo_widgets.admin.widgets import HealthPanel
from chibo_widgets.admin.wording import Tongue

if TYPE_CHECKING:
    from chibo.office.memory import Memory
    from chibo.office.memory.log import LogCheck

_MEGABYTE = 1 << 20
_ZIP = "application/zip"


class HealthSection(Section):
    """The part of the page about the machine."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._checked: tuple[LogCheck, str] | None = None
        self._guards: tuple[Language, Guards] | None = None
        self.widget = HealthPanel(setting.tongue.texts, self.hear)

    def act(self, message: Any) -> None:
        """Look the log over, make a backup or an export, take something out of the trash."""
        match message:
            case messages.Verify():
                self._verify()
            case messages.BackUp(passphrase=passphrase):
                self._back_up(passphrase)
            case messages.ExportOffice(reason=reason):
                self._export(reason.strip())
            case messages.TakeBack(take_back=content_hash, reason=reason):
                said = take_back(self.setting.memory(), content_hash, reason, self.setting.tongue)
                self.say("good", self.setting.tongue("trash_taken", file=said))

    def _verify(self) -> None:
        from chibo.office.memory.log import check_log  # noqa: PLC0415 - the database, once it is needed

        self._checked = check_log(self.setting.memory()), f"{datetime.now():%H:%M}"

    def _back_up(self, passphrase: str) -> None:
        from chibo.office.memory.backup import backup_file  # noqa: PLC0415

        name, data, account = backup_file(self.setting.memory(), passphrase)
        self.widget.offer_download(name, data, _ZIP)
        values = {"file": name, "size": _megabytes(data), "books": account.files, "own": account.own}
        key = "health_backed_up_sealed" if passphrase else "health_backed_up"
        self.say("good", self.setting.tongue(key, **values, entry=account.head.count))

    def _export(self, reason: str) -> None:
        from chibo.office.export import export_file  # noqa: PLC0415

        name, data, account = export_file(self.setting.memory(), reason)
        self.widget.offer_download(name, data, _ZIP)
        values = {"file": name, "size": _megabytes(data), "books": account.files, "rows": sum(account.rows.values())}
        said = self.setting.tongue("health_exported", **values)
        missing = self.setting.tongue("health_export_missing", n=len(account.missing)) if account.missing else ""
        self.say("warn" if missing else "good", f"{said} {missing}".strip())

    def view(self, memory: Memory) -> View:
        """The machine, and what came of looking the log over."""
        tongue = self.setting.tongue
        found = self._found(tongue.language)
        return {
            "backs_up": self.may(memory, Act.BACK_UP),
            "exports": self.may(memory, Act.EXPORT),
            "trash": trash_view(memory, tongue),
            "reads_log": self.may(memory, Act.READ_LOG),
            "version": tongue("health_version", version=__version__, office=memory.library.office),
            "guards": [{"holds": one.holds, "meaning": one.meaning} for one in found.all if not found.hindered],
            "hindered": found.hindered.said(tongue.language) if found.hindered else "",
            "cache": _remembered(tongue),
            "log": self._log(*self._checked) if self._checked else None,
        }

    def _found(self, language: Language) -> Guards:
        """The protections; finding out takes a process of its own. Where there is one they do not change any more."""
        if self._guards is None or self._guards[0] is not language or self._guards[1].hindered is not None:
            self._guards = language, guards(self.setting.library, language)
        return self._guards[1]

    def _log(self, checked: LogCheck, clock: str) -> View:
        tongue, head = self.setting.tongue, checked.head
        if checked.fault is None and not checked.disagreeing:
            if checked.without_heads:
                return {"tone": "bad", "text": tongue("health_log_without_heads", n=head.count, clock=clock)}
            if checked.differences:
                values = {"n": head.count, "differences": len(checked.differences), "clock": clock}
                return {"tone": "bad", "text": tongue("health_log_differs", **values)}
            values = {"n": head.count, "witnesses": sum(checked.asked.values()), "clock": clock}
            return {"tone": "good", "text": tongue("health_log_whole", **values)}
        number = checked.fault.number if checked.fault else checked.disagreeing[0].head.count
        return {"tone": "bad", "text": tongue("health_log_broken", n=number, clock=clock)}


def _megabytes(data: bytes) -> int:
    return max(1, round(len(data) / _MEGABYTE))


def _remembered(tongue: Tongue) -> str:
    """How many outcomes are remembered, or why none can be."""
    store = OutcomeStore()
    refusal = store.refusal()
    if refusal is not None:
        is_vietnamese = tongue.language is Language.VIETNAMESE
        return tongue("health_no_cache", why=why_refused(refusal) if is_vietnamese else why_code(refusal))
    megabytes = f"{store.size / _MEGABYTE:.1f}".replace(".", ",")
    return tongue("health_cache", count=store.count, megabytes=megabytes)
