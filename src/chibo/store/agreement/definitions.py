"""The definitions in the office folder against those that were put in force."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from chibo.audit import AuditAct, Disagreement, How, Matter, Replay
from chibo.store.audit_log import entries
from chibo.store.sessions import Store


def wrong_definitions(store: Store, home: Path, replay: Replay) -> Iterator[Disagreement]:
    """Definitions that were put in force, or taken out, and are not so in the folder; the log knows no others."""
    for inside, entry in sorted(replay.definitions.items()):
        if _digest(home / inside) == entry.after:
            continue
        with store.reading() as reading:  # somebody may have published it since the log was read
            published = AuditAct.DEFINITION_PUBLISHED
            now = [one for one in entries(reading.connection, subject=inside) if one.act == published]
        digest, last = _digest(home / inside), now[-1] if now else entry
        if digest != last.after:
            how = How.DIFFERENT if digest and last.after else How.UNTOLD if digest else How.MISSING
            yield Disagreement(matter=Matter.DEFINITION, how=how, subject=inside, entry=last)


def _digest(path: Path) -> str:
    """The digest of a file, "" where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
