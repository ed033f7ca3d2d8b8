"""All definitions that hold in one office: the shipped ones, and over them the office folder's own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chibo.definitions.authorities import InspectionAuthorities
    from chibo.definitions.calendar import Calendar
    from chibo.definitions.frames.defaults import FrameDefaults
    from chibo.definitions.frames.frame import Frame
    from chibo.definitions.intake_limits import IntakeLimits
    from chibo.definitions.issuer import IssuerNames
    from chibo.definitions.layouts import Layout
    from chibo.definitions.loading import Definition
    from chibo.definitions.messages import Catalogue
    from chibo.definitions.register_layout import RegisterLayout
    from chibo.definitions.required_topics import RequiredTopics
    from chibo.definitions.retention import Retention
    from chibo.definitions.returns.definition import Returns
    from chibo.definitions.thresholds import Thresholds

DEFAULT_LAYOUT = "so-sinh-hoat"
"""The layout of new workbooks, and the first one tried on a workbook that is read."""

_JUDGING = ("frames", "layouts", "defaults", "thresholds", "required_topics", "inspection_authorities", "intake")


def _kind(module: str, loader: str) -> cached_property[Any]:
    """Definitions of one kind: `loader` loads those of an office when they are first asked for.

    Its module is imported then too: the models that check definitions take longer to build than many commands take.
    """

    def load(library: Library) -> Any:
        return getattr(import_module(f"chibo.definitions.{module}"), loader)(library.office)

    return cached_property(load)


class Library:
    """The definitions of one office, each kind loaded and checked when it is first asked for.

    `office` is the office folder (`chibo init`), None for the shipped definitions alone. Every property raises
    DefinitionError, naming file and key, where a definition is wrong.
    """

    def __init__(self, office: str | Path | None = None) -> None:
        self.office = None if office is None else Path(office)

    catalogue: cached_property[Catalogue] = _kind("messages", "load_catalogue")
    """The sentences of the findings."""
    thresholds: cached_property[Thresholds] = _kind("thresholds", "load_thresholds")
    """The dated thresholds of the checks."""
    frames: cached_property[Mapping[str, Frame]] = _kind("frames.loading", "load_frames")
    """The criteria frames by id."""
    returns: cached_property[Returns] = _kind("returns.definition", "load_returns")
    """The returns by id; only the one asked for must be sound."""
    issuer: cached_property[IssuerNames] = _kind("issuer", "load_issuer")
    """The names of those who issue the office's papers."""
    layouts: cached_property[Mapping[str, Layout]] = _kind("layouts", "load_layouts")
    """The layouts of cell workbooks by id."""
    required_topics: cached_property[RequiredTopics] = _kind("required_topics", "load_required_topics")
    """The dated list of required thematic topics."""
    inspection_authorities: cached_property[InspectionAuthorities] = _kind("authorities", "load_inspection_authorities")
    """The bodies that inspect and supervise cells."""
    intake: cached_property[IntakeLimits] = _kind("intake_limits", "load_intake_limits")
    """The limits within which workbooks are taken in."""
    register_layout: cached_property[RegisterLayout] = _kind("register_layout", "load_register_layout")
    """The layout of the workbook of units and people."""
    calendar: cached_property[Calendar] = _kind("calendar", "load_calendar")
    """When reporting periods open, are due and lock."""
    retention: cached_property[Retention] = _kind("retention", "load_retention")
    """How long files are kept on which nothing rests any more."""

    @cached_property
    def defaults(self) -> FrameDefaults:
        """Which frame scores a meeting where the cell's book names none."""
        from chibo.definitions.frames.defaults import load_defaults  # noqa: PLC0415 - loaded when it is asked for

        return load_defaults(self.frames, self.office)

    @cached_property
    def layout(self) -> Layout:
        """The layout of new workbooks."""
        return self.layouts[DEFAULT_LAYOUT]

    @cached_property
    def digest(self) -> str:
        """A digest of all that books are judged by, as it was loaded: in hexadecimal, equal exactly where that is."""
        return hashlib.sha256("\n".join(model.model_dump_json() for model in self.judging).encode()).hexdigest()

    @cached_property
    def worked_out(self) -> dict[object, Any]:
        """What functions over these definitions have found out once and are asked for every book."""
        return {}

    @property
    def judging_is_loaded(self) -> bool:
        """Whether any of what books are judged by is loaded: that holds from then on, whatever becomes of its file."""
        return not vars(self).keys().isdisjoint(_JUDGING)

    @property
    def judging(self) -> tuple[Definition, ...]:
        """All that books are judged by. Once asked for, it is loaded, also for copies of this process."""
        return (
            *self.frames.values(),
            *self.layouts.values(),
            self.defaults,
            self.thresholds,
            self.required_topics,
            self.inspection_authorities,
            self.intake,
        )
