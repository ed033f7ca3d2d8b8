"""The books of a board that can be looked into again: those in files, and of those sent along the latest."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection

from attrs import define, field

from chibo.engine.book_source import BookSource

_ROOM = 64 * 2**20
"""Bytes of sent books that are kept: some hundreds of them, however many come."""


@define
class RecentSources:
    """Sources by the label of their book. What lies in a file costs nothing; of the others the oldest are let go."""

    room: int = _ROOM
    _sources: OrderedDict[str, BookSource] = field(factory=OrderedDict)
    _held: int = 0

    def remember(self, source: BookSource) -> None:
        """Keep a source, as long as there is room."""
        self._sources[source.label] = source
        self._held += len(source.data or b"")
        for label in list(self._sources):
            if self._held <= self.room:
                return
            data = self._sources[label].data
            if data is not None:
                self._held -= len(data)
                del self._sources[label]

    def of(self, labels: Collection[str]) -> tuple[BookSource, ...]:
        """The sources of these books that are still there, in the order in which they came."""
        return tuple(source for label, source in self._sources.items() if label in labels)

    def clear(self) -> None:
        """Let go of all."""
        self._sources.clear()
        self._held = 0
