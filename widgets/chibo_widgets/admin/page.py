"""The page `quan-tri`: its parts, one of which is looked at at a time."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets

from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.office.home import find_home
from chibo_widgets.admin import messages
from chibo_widgets.admin.definitions_section import DefinitionsSection
from chibo_widgets.admin.health_section import HealthSection
from chibo_widgets.admin.periods_section import PeriodsSection
from chibo_widgets.admin.register_section import RegisterSection
from chibo_widgets.admin.section import Section, Setting
from chibo_widgets.admin.widgets import AdminHead
from chibo_widgets.admin.wording import Tongue
from chibo_widgets.office_door import office_memory

if TYPE_CHECKING:
    from chibo.office.memory import Memory


class AdminPage(ipywidgets.VBox):  # type: ignore[misc]
    """The whole page. `library` is that of the office folder at hand, `memory` gives its memory."""

    def __init__(self, library: Library | None = None, *, memory: Callable[[], Memory] | None = None) -> None:
        own = library or Library(find_home())
        tongue = Tongue(Language(os.environ.get("CHIBO_LANG", Language.VIETNAMESE.value)))
        self.setting = Setting(own, memory or office_memory(own), tongue, self.draw)
        self.tab = "register"
        self.sections: dict[str, Section] = {
            "register": RegisterSection(self.setting),
            "periods": PeriodsSection(self.setting),
            "definitions": DefinitionsSection(self.setting),
            "health": HealthSection(self.setting),
        }
        for section in self.sections.values():
            section.widget.declined = section.declined
        self.head = AdminHead(tongue.texts, self._hear)
        super().__init__([self.head, *(section.widget for section in self.sections.values())])
        self.add_class("cb-page")
        self.draw()

    def _hear(self, message: Any) -> None:
        match message:
            case messages.ChooseTab(tab=tab):
                self.tab = tab
                self.sections[tab].said = ("", "")
            case messages.ChooseLanguage(language=language):
                self.setting.tongue = Tongue(language)
        self.draw()

    def draw(self) -> None:
        """Show what stands now; what was looked at before stays until the part looked at now is there."""
        tongue = self.setting.tongue
        self.sections[self.tab].show(shown=True)
        self.head.texts = dict(tongue.texts)
        self.head.view = {
            "language": tongue.language.value,
            "tab": self.tab,
            "tabs": [{"code": name, "label": tongue(f"admin_tab_{name}")} for name in self.sections],
            "account": self._account(tongue),
        }
        for name, section in self.sections.items():
            if name != self.tab:
                section.show(shown=False)

    def _account(self, tongue: Tongue) -> str:
        try:
            return tongue("admin_as", user=self.setting.memory().user)
        except ChiboError:
            return ""
