"""One unit of the board, and the refused files, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chibo.consolidation.duplicates import CELL_TWICE
from chibo.definitions.messages import Catalogue
from chibo.findings import Finding, Severity
from chibo.office.board.board import Board, Unit, UnitState
from chibo_widgets.board.wording import Tongue, show_day
from chibo_widgets.findings_list import finding_rows, in_order, numbered

View = dict[str, Any]

_STATE_TAG = {UnitState.RECEIVED: "cb-good", UnitState.WARNED: "cb-warn", UnitState.REFUSED: "cb-block"}


def unit_view(unit: Unit, tongue: Tongue, catalogue: Catalogue, *, with_others: bool, compared: bool = False) -> View:
    """One unit: its meeting in figures, its findings in words: of the month, of the book, of other months if wanted.

    `compared` is whether two books of it are shown beside each other, with what can be done with them.
    """
    groups = _groups(unit, with_others)
    code = unit.identity.cell_code if unit.identity else ""
    return {
        "key": unit.key,
        "name": tongue.unit_name(unit),
        "under": " · ".join(part for part in (code, tongue.unit_committee(unit)) if part),
        "tag": _STATE_TAG.get(unit.state, ""),
        "state": tongue(f"state_{unit.state.value}"),
        "note": tongue.note(unit),
        "file": ", ".join(unit.files),
        "facts": [{"key": key, "text": text} for key, text in _unit_facts(unit, tongue) if text],
        "rows": numbered(
            _led_to_the_two(row, tongue) if compared else row
            for group in groups
            for row in finding_rows(group, catalogue, tongue.texts, tongue.language)
        ),
        "counted": _counted(unit, code, tongue),
        "marked": _markable(unit),
        "others": len(unit.other_findings),
        "with_others": with_others,
    }


def _led_to_the_two(row: View, tongue: Tongue) -> View:
    """The finding that there are two books of a cell, with the way to where the page tells what applies to them.

    Its words for other places name all that may be done: they would speak of merging where nothing is to be merged.
    """
    return {**row, "mend": tongue("twice_mend")} if row["code"] == CELL_TWICE.code else row


def _markable(unit: Unit) -> str:
    """The workbook that can be had with its marks: the one that counts, with something to be marked; "" for none."""
    refused = any(finding.of_book for finding in unit.findings)
    return unit.counting[0] if len(unit.counting) == 1 and unit.weighty > unit.counted and not refused else ""


def _counted(unit: Unit, code: str, tongue: Tongue) -> str:
    """How many findings a book of the office has, and how to see each of them; nothing where they are listed."""
    if not unit.counted or unit.meeting is None:
        return ""
    return tongue("unit_counted", n=unit.counted, code=code, month=unit.meeting.facts.meeting_code.month)


def listed_findings(unit: Unit, *, with_others: bool) -> list[Finding]:
    """The findings of the unit in the order in which they are listed."""
    return [finding for group in _groups(unit, with_others) for finding in in_order(group)]


def _groups(unit: Unit, with_others: bool) -> tuple[Sequence[Finding], ...]:
    of_month = [finding for finding in unit.findings if finding.meeting]
    of_book = [finding for finding in unit.findings if not finding.meeting]
    return (of_month, of_book, unit.other_findings if with_others else ())


def origin_view(found: tuple[tuple[Finding, ...], ...], tongue: Tongue, catalogue: Catalogue) -> View:
    """What the seals tell, in one line; `found` holds nothing while they are still looked at."""
    if not found:
        return {"text": tongue("unit_origin_seeking"), "warn": False}
    (findings,) = found
    said = " ".join(catalogue.message(finding, tongue.language).text for finding in findings)
    warn = any(finding.severity is Severity.WARN for finding in findings)
    return {"text": said or tongue("unit_origin_none"), "warn": warn}


def _unit_facts(unit: Unit, tongue: Tongue) -> list[tuple[str, str]]:
    meeting = unit.meeting
    if meeting is None or not meeting.is_held:
        return []
    facts = meeting.facts
    known = (facts.present, meeting.owed, facts.membership)
    counts = " / ".join(tongue.number(count) or "?" for count in known) if any(known) else ""
    scores = [(facts.self_total, facts.self_grade), (facts.official_total, facts.official_grade)]
    own, official = (
        " · ".join((tongue.number(total), tongue.grade(grade))) if total is not None and grade else ""
        for total, grade in scores
    )
    return [
        ("held", show_day(facts.held_on)),
        ("minutes", tongue("fact_minutes_value", n=facts.minutes) if facts.minutes is not None else ""),
        ("present", counts),
        ("rate", f"{tongue.number(facts.attendance_rate)}%" if facts.attendance_rate is not None else ""),
        ("self", own),
        ("official", official),
        ("supported", tongue.number(facts.fact_total)),
        ("topics", "; ".join(meeting.plan_topics)),
    ]


def refused_view(board: Board, tongue: Tongue, catalogue: Catalogue) -> View:
    """The refused files: each with its main reason, what to do, and how many reasons more there are."""
    units = [unit for unit in board.units if unit.state is UnitState.REFUSED]
    return {"items": [_refused(unit, tongue, catalogue) for unit in units]}


def _refused(unit: Unit, tongue: Tongue, catalogue: Catalogue) -> View:
    reasons = _reasons(unit)
    main = _led_to_the_two(finding_rows(reasons[:1], catalogue, tongue.texts, tongue.language)[0], tongue)
    return {
        "key": unit.key,
        "file": ", ".join(unit.files),
        "cell": f"{unit.identity.cell_code} · {tongue.unit_name(unit)}" if unit.identity else "",
        "title": main["title"],
        "text": main["text"],
        "mend": main["mend"],
        "places": main["places"],
        "more": len(reasons) - 1,
    }


def _reasons(unit: Unit) -> list[Finding]:
    """The blocking findings, those of the whole book first."""
    blocks = [item for item in (*unit.findings, *unit.other_findings) if item.severity is Severity.BLOCK]
    return sorted(blocks, key=lambda finding: not finding.of_book)
