"""All definitions that hold in one office: the shipped ones, and over them the office folder's own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from chibo.definitions.authorities import InspectionAuthorities, load_inspection_authorities
from chibo.definitions.calendar import Calendar, load_calendar
from chibo.definitions.frames.defaults import FrameDefaults, load_defaults
from chibo.definitions.frames.frame import Frame
from chibo.definitions.frames.loading import load_frames
from chibo.definitions.intake_limits import IntakeLimits, load_intake_limits
from chibo.definitions.issuer import IssuerNames, load_issuer
from chibo.definitions.layouts import Layout, load_layouts
from chibo.definitions.loading import Definition
from chibo.definitions.messages import Catalogue, load_catalogue
from chibo.definitions.register_layout import RegisterLayout, load_register_layout
from chibo.definitions.required_topics import RequiredTopics, load_required_topics
from chibo.definitions.retention import Retention, load_retention
from chibo.definitions.returns.definition import Returns, load_returns
from chibo.definitions.thresholds import Thresholds, load_thresholds

DEFAULT_LAYOUT = "so-sinh-hoat"
"""The layout of new workbooks, and the first one tried on a workbook that is read."""


class Library:
    """The definitions of one office, each kind loaded and checked when it is first asked for.

    `office` is the office folder (`chibo init`), None for the shipped definitions alone. Every property raises
    DefinitionError, naming file and key, where a definition is wrong.
    """

    def __init__(self, office: str | Path | None = None) -> None:
        self.office = None if office is None else Path(office)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The sentences of the findings."""
        return load_catalogue(self.office)

    @cached_property
    def thresholds(self) -> Thresholds:
        """The dated thresholds of the checks."""
        return load_thresholds(self.office)

    @cached_property
    def frames(self) -> Mapping[str, Frame]:
        """The criteria frames by id."""
        return load_frames(self.office)

    @cached_property
    def defaults(self) -> FrameDefaults:
        """Which frame scores a meeting where the cell's book names none."""
        return load_defaults(self.frames, self.office)

    @cached_property
    def returns(self) -> Returns:
        """The returns by id; only the one asked for must be sound."""
        return load_returns(self.office)

    @cached_property
    def issuer(self) -> IssuerNames:
        """The names of those who issue the office's papers."""
        return load_issuer(self.office)

    @cached_property
    def layouts(self) -> Mapping[str, Layout]:
        """The layouts of cell workbooks by id."""
        return load_layouts(self.office)

    @cached_property
    def layout(self) -> Layout:
        """The layout of new workbooks."""
        return self.layouts[DEFAULT_LAYOUT]

    @cached_property
    def required_topics(self) -> RequiredTopics:
        """The dated list of required thematic topics."""
        return load_required_topics(self.office)

    @cached_property
    def inspection_authorities(self) -> InspectionAuthorities:
        """The bodies that inspect and supervise cells."""
        return load_inspection_authorities(self.office)

    @cached_property
    def intake(self) -> IntakeLimits:
        """The limits within which workbooks are taken in."""
        return load_intake_limits(self.office)

    @cached_property
    def register_layout(self) -> RegisterLayout:
        """The layout of the workbook of units and people."""
        return load_register_layout(self.office)

    @cached_property
    def calendar(self) -> Calendar:
        """When reporting periods open, are due and lock."""
        return load_calendar(self.office)

    @cached_property
    def retention(self) -> Retention:
        """How long files are kept on which nothing rests any more."""
        return load_retention(self.office)

    @cached_property
    def digest(self) -> str:
        """A digest of all that books are judged by, as it was loaded: in hexadecimal, equal exactly where that is."""
        return hashlib.sha256("\n".join(model.model_dump_json() for model in self.judging).encode()).hexdigest()

    @cached_property
    def worked_out(self) -> dict[object, Any]:
        """What functions over these definitions have found out once and are asked for every book."""
        return {}

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
