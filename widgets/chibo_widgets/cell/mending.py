"""How much was found; and what keeps a meeting from being counted, where it is mended, and the points rejected."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from chibo.findings import Finding, Severity
from chibo.model import CellBook, MeetingCode
from chibo_widgets.cell.finding_targets import criterion_at, target_of
from chibo_widgets.cell.wording import Tongue

ToMend = Mapping[MeetingCode, tuple[Finding, ...]]
"""The blocking findings of each meeting that has any."""


def found_in_words(findings: Iterable[Finding], tongue: Tongue) -> str:
    """How much was found in the book, by severity."""
    counts = Counter(finding.severity for finding in findings)
    parts = [tongue(f"open_findings_{kind.value}", n=counts[kind]) for kind in Severity if counts[kind]]
    return ", ".join(parts) or tongue("open_no_findings")


def found_tags(findings: Iterable[Finding], code: MeetingCode, tongue: Tongue) -> list[dict[str, str]]:
    """How much of a meeting has to be mended or is worth a look; notes ask for nothing."""
    counts = Counter(finding.severity for finding in findings if finding.meeting == code)
    names = {Severity.BLOCK: tongue("severity_block"), Severity.WARN: tongue("severity_warn")}
    return [
        {"severity": kind.value, "label": f"{name} · {counts[kind]}"} for kind, name in names.items() if counts[kind]
    ]


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
