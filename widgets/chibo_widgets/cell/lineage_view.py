"""What the opened book says of where it comes from: one line, and the changes since Chibo wrote it."""

from __future__ import annotations

from typing import Any

from chibo.findings import Severity
from chibo.office.desk.desk import Desk
from chibo.office.lineage.kinds import NOTHING_TO_KNOW, OLDER_COPY, STALE_BRANCH
from chibo.office.lineage.wording import ComparisonText
from chibo_widgets.cell.wording import Tongue

_MOST_CHANGES = 50
_ASKING = frozenset({OLDER_COPY, STALE_BRANCH})
"""What asks something of whoever goes on with the book: the line says what to do."""


def lineage_view(desk: Desk, tongue: Tongue) -> dict[str, Any] | None:
    """The line and the changes; None where there is nothing to tell."""
    lineage = desk.lineage
    told = [finding for finding in lineage.findings if finding.kind not in NOTHING_TO_KNOW] if lineage else []
    if lineage is None or not told:
        return None
    lines = []
    for finding in told:
        message = tongue.library.catalogue.message(finding, tongue.language)
        lines += [message.text, *([message.mend] if finding.kind in _ASKING else [])]
    books = [desk.book, *([lineage.kept] if lineage.kept else [])]
    text = ComparisonText(tongue.library.layout, tongue.language, books)
    more = len(lineage.changes) - _MOST_CHANGES
    return {
        "line": " ".join(lines),
        "warn": any(finding.severity is Severity.WARN for finding in told),
        "title": tongue("open_changes", n=len(lineage.changes)),
        "changes": [text.sentence(change) for change in lineage.changes[:_MOST_CHANGES]],
        "more": tongue("open_changes_more", n=more) if more > 0 else "",
    }
