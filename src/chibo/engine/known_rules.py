"""The rules of an office told by the bytes of its definition files, where the same bytes were loaded before.

Loading and checking all definitions takes longer than a run over some hundred books that have not changed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Protocol

from attrs import frozen

from chibo.definitions.folders import judging_files
from chibo.definitions.library import Library
from chibo.engine.rules import loaded_from, rules_of
from chibo.errors import ChiboError

_MEGABYTE = 1 << 20


@frozen
class KnownRules:
    """What must be known of the rules before any book is read: their digest, and how large a file may be."""

    digest: str
    megabytes: int

    @property
    def size(self) -> int:
        """The largest file, in bytes."""
        return self.megabytes * _MEGABYTE


class RulesCache(Protocol):
    """Keeps what is known of rules by what they were loaded from, for as long as it likes."""

    def recall_rules(self, sources: bytes) -> KnownRules | None:
        """What came of these sources, where that is known."""

    def keep_rules(self, sources: bytes, known: KnownRules) -> None:
        """Keep what came of them."""


def known_rules(library: Library, cache: RulesCache) -> KnownRules:
    """The rules by which this process judges, or would, with this library. Raises ChiboError where one is wrong.

    What is known of a library once holds for it. One that is loaded, or was changed in memory, speaks for itself,
    whatever lies in the files by now.
    """
    known: KnownRules | None = library.worked_out.get(KnownRules)
    if known is None:
        known = library.worked_out[KnownRules] = _found(library, cache)
    return known


def hold_to(known: KnownRules, library: Library) -> None:
    """Load the library, since a book is to be judged. Raises ChiboError where it is not what it was known to be.

    Of one run, or one page, some outcomes would else be by the old rules and some by the new ones.
    """
    if rules_of(library).digest != known.digest:
        raise ChiboError("định nghĩa của văn phòng vừa được sửa trong lúc đọc sổ. Hãy làm lại từ đầu theo bản mới.")


def _found(library: Library, cache: RulesCache) -> KnownRules:
    sources = None if library.judging_is_loaded or type(library) is not Library else _sources(library.office)
    known = cache.recall_rules(sources) if sources is not None else None
    if known is None:
        known = KnownRules(rules_of(library).digest, library.intake.file.megabytes)
        if sources is not None and sources == _sources(library.office):  # what was loaded is what was looked at
            cache.keep_rules(sources, known)
    return known


def _sources(office: Path | None) -> bytes | None:
    """A digest of all that the rules come from, None where a file cannot be read: loading it then says why."""
    try:
        return hashlib.sha256(repr((loaded_from(), judging_files(office))).encode()).digest()
    except OSError:
        return None
