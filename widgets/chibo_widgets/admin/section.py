"""A part of the page `quan-tri`: one widget, what was last said in it, and refusals told calmly."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import mutable

from chibo.access import Act
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo_widgets.admin.wording import Tongue
from chibo_widgets.board.widgets import BoardWidget
from chibo_widgets.uploads import UploadProblem

if TYPE_CHECKING:
    from chibo.office.memory import Memory

_LOG = logging.getLogger(__name__)
View = dict[str, Any]


@mutable
class Setting:
    """What all parts of the page share. `memory` raises ChiboError where there is no office, or none to be opened."""

    library: Library
    memory: Callable[[], Memory]
    tongue: Tongue
    redraw: Callable[[], None]


class Section(ABC):
    """One part. `act` does what a message asks for, `view` says what is shown; both may raise ChiboError."""

    widget: BoardWidget

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.said: tuple[str, str] = ("", "")

    @abstractmethod
    def act(self, message: Any) -> None:
        """Do what the user asks for."""

    @abstractmethod
    def view(self, memory: Memory) -> View:
        """What the part shows now."""

    def hear(self, message: Any) -> None:
        """Take a checked message of the browser."""
        self.guarded(lambda: self.act(message))

    def guarded(self, work: Callable[[], None]) -> None:
        """Do something and draw the page; a refusal and a failure of ours are told calmly."""
        self.said = ("", "")
        try:
            work()
        except ChiboError as error:
            self.say("warn", error.words.told(self.setting.tongue.language))
        except Exception:
            _LOG.exception("the page failed")
            self.say("bad", self.setting.tongue("admin_failed"))
        self.setting.redraw()

    def not_taken(self, name: str, problem: UploadProblem) -> None:
        """Say why a file did not arrive."""
        key = f"admin_upload_{problem.name.lower()}"
        self.say("warn", self.setting.tongue(key, name=name))
        self.setting.redraw()

    def declined(self) -> None:
        """Say that something was not taken: a text longer than what is kept of it."""
        self.say("warn", self.setting.tongue("admin_not_taken"))
        self.setting.redraw()

    def say(self, tone: str, sentence: str) -> None:
        """Say this at the head of the part."""
        self.said = (tone, sentence)

    @staticmethod
    def may(memory: Memory, act: Act) -> bool:
        """Whether the account may do something for the whole bloc: what it may not is not offered."""
        with memory.reading() as (_, standing):
            return standing.may(act)

    def show(self, *, shown: bool) -> None:
        """Draw the part, or nothing while another one is looked at."""
        self.widget.texts = dict(self.setting.tongue.texts)
        if not shown:
            self.widget.view = {"shown": False}
            return
        tone, sentence = self.said
        view: View = {"shown": True, "tone": tone, "said": sentence, "refused": ""}
        try:
            view |= self.view(self.setting.memory())
        except ChiboError as error:
            view["refused"] = error.words.told(self.setting.tongue.language)
        self.widget.view = view
