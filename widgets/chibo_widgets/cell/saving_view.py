"""What the last step shows: the file to be written, what it carries, and the meetings to print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chibo.findings import Crowd, Finding, Severity, few_of_each
from chibo.model import CellBook
from chibo.office.desk.desk import Desk, Provenance
from chibo.office.desk.saving import file_name
from chibo.office.desk.scores import is_scored
from chibo_widgets.cell.finding_targets import target_of
from chibo_widgets.cell.looking import Looking
from chibo_widgets.cell.untaken import untaken_lines
from chibo_widgets.cell.wording import Tongue, first_up
from chibo_widgets.cell.work import Work
from chibo_widgets.findings_list import MOST_ALIKE, place_label


def saving_view(work: Work, findings: Sequence[Finding], looking: Looking) -> dict[str, Any]:
    """The last step."""
    tongue, desk = looking.tongue, work.desk
    scored = [row for row in desk.book.meetings if is_scored(desk.book, row, tongue.library)]
    chosen = looking.meeting if any(row.meeting_code == looking.meeting for row in scored) else None
    return {
        "name": file_name(desk),
        "file": desk.file,
        "lead": _lead(desk, tongue, is_changed=bool(work.changes)),
        "lost": [loss.said(tongue.language) for loss in desk.lost or looking.lost],
        "untaken": untaken_lines(work.untaken, desk.book, tongue),
        "blocked": _blocked(findings, desk.book, tongue),
        "meetings": [{"code": str(row.meeting_code), "label": first_up(tongue.meeting(row))} for row in scored],
        "meeting": str(chosen or (scored[-1].meeting_code if scored else "")),
        "taken": tongue("saving_taken", time=looking.taken) if looking.taken else "",
        "hand_in": tongue.library.office is not None,
        "focus": "saving",
    }


def _lead(desk: Desk, tongue: Tongue, *, is_changed: bool) -> str:
    """What the download holds; `is_changed` says whether anything was done on the page.

    How many cells are written is not said: one act may fill many of them, and be taken back by another.
    """
    grown_from = desk.merged or desk.moved
    if grown_from is not None:  # a new file: what it was made from stays
        kind = "merged" if desk.merged else "moved"
        return tongue(f"saving_{kind}", file=desk.file, old=grown_from.file)
    unchanged = "_unchanged" if not is_changed else ""
    if desk.provenance is Provenance.OWN:
        return tongue(f"saving{unchanged or '_own'}", file=desk.file)
    if desk.provenance is Provenance.FOREIGN:
        return tongue(f"saving_foreign{unchanged}", file=desk.file)
    return tongue(f"saving_{desk.provenance.value}")


def _blocked(findings: Sequence[Finding], book: CellBook, tongue: Tongue) -> list[dict[str, Any]]:
    """What has to be mended, of very many of one kind on a sheet the first and how many more there are."""
    told = few_of_each((one for one in findings if one.severity is Severity.BLOCK), MOST_ALIKE)
    return [_line_of_crowd(one, tongue) if isinstance(one, Crowd) else _line(one, book, tongue) for one in told]


def _line_of_crowd(crowd: Crowd, tongue: Tongue) -> dict[str, Any]:
    title = tongue.library.catalogue.message(crowd.one, tongue.language).title
    sheet = crowd.one.place.sheet
    return {"text": tongue("saving_more_alike", title=title, n=crowd.count, sheet=sheet), "go": None}


def _line(finding: Finding, book: CellBook, tongue: Tongue) -> dict[str, Any]:
    """What has to be mended: of which meeting, where in the workbook, and the way there where the page has one."""
    message = tongue.library.catalogue.message(finding, tongue.language)
    meeting = book.meeting(finding.meeting) if finding.meeting else None
    named = f"{first_up(tongue.meeting(meeting))}: " if meeting else ""
    place = place_label(finding.place, tongue.texts)
    return {"text": f"{named}{message.title} ({place})", "go": target_of(finding, book)}
