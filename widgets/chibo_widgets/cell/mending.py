"""What keeps a meeting from being counted: its blocking findings, where they are mended, and the points rejected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from chibo.findings import Finding, Severity
from chibo.model import CellBook, MeetingCode
from chibo_widgets.cell.finding_targets import criterion_at, target_of
from chibo_widgets.cell.wording import Tongue

ToMend = Mapping[MeetingCode, tuple[Finding, ...]]
"""The blocking findings of each meeting that has any."""


def to_mend(findings: Iterable[Finding]) -> ToMend:
    """The blocking findings by meeting."""
    found: defaultdict[MeetingCode, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity is Severity.BLOCK and finding.meeting is not None:
            found[finding.meeting].append(finding)
    return {code: tuple(rows) for code, rows in found.items()}


def first_target(findings: Iterable[Finding], book: CellBook) -> dict[str, Any] | None:
    """Where the first of the findings that can be mended on the page is mended."""
    targets = (target_of(finding, book) for finding in findings)
    return next((target for target in targets if target is not None), None)


def mend_note(findings: Iterable[Finding], book: CellBook, tongue: Tongue) -> dict[str, Any] | None:
    """What a meeting's form says of its blocking findings, with the way to the first; None where there are none."""
    found = tuple(findings)
    if not found:
        return None
    titles = dict.fromkeys(tongue.library.catalogue.message(finding, tongue.language).title for finding in found)
    return {"text": tongue("score_to_mend", what="; ".join(titles)), "go": first_target(found, book)}


def rejected_points(findings: Iterable[Finding], book: CellBook, tongue: Tongue) -> dict[str, dict[str, str]]:
    """By criterion the self-points that a finding rejects, as they stand in the book, and why."""
    rejected = {}
    for finding in findings:
        criterion = criterion_at(finding, book)
        if criterion and finding.meeting is not None:
            points = book.self_scores.of(finding.meeting).get(criterion)
            if points is not None:
                said = tongue.library.catalogue.message(finding, tongue.language)
                rejected[criterion] = {"points": tongue.number(points), "text": f"{said.title}. {said.mend}"}
    return rejected
