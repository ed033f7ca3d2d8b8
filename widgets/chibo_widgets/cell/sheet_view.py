"""The score sheet (phiếu đánh giá) of one meeting on paper: Vietnamese whatever the language of the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.definitions.frames.frame import Frame
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.model import CellBook, Meeting
from chibo.office.desk.scores import scored
from chibo.scoring import MeetingScore
from chibo_widgets.cell.wording import Tongue

_DOTS = "……"


def sheet_view(book: CellBook, meeting: Meeting, library: Library, today: date) -> dict[str, Any] | None:
    """The sheet, None where no frame scores the meeting."""
    score = scored(book, meeting.meeting_code, library, today).score
    if score is None:
        return None
    paper = Tongue(Language.VIETNAMESE, library)
    month = meeting.meeting_code.month
    info = book.info
    return {
        "superior": info.committee_name.upper(),
        "issuer": info.cell_name.upper(),
        "party": paper("sheet_party"),
        "dated": _dated(meeting, library, paper),
        "title": paper("sheet_title"),
        "subject": paper("sheet_subject", kind=paper.kind(meeting.kind), month=month.number, year=month.year),
        "heads": [paper(f"sheet_head_{number}") for number in range(1, 7)],
        "rows": _rows(score, paper),
        "totals": _totals(score, paper),
        "lines": [_vote(meeting, paper), _thresholds(score.frame, paper), _source(score.frame, paper)],
        "signs": _signs(book, paper),
        "file": paper("sheet_file", code=info.cell_code, meeting=meeting.meeting_code),
        "token": f"sheet-{meeting.meeting_code}",
    }


def _dated(meeting: Meeting, library: Library, paper: Tongue) -> str:
    day = meeting.scored_on or meeting.held_on
    if day is None:
        return paper("sheet_undated", place=library.issuer.place)
    # Office style pads days below 10 and the months 1 and 2.
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return paper("sheet_dated", place=library.issuer.place, day=f"{day.day:02d}", month=month, year=day.year)


def _rows(score: MeetingScore, paper: Tongue) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for group in score.frame.groups:
        lines = [line for line in score.criteria if line.group is group and line.applies]
        if not lines:
            continue
        if len(group.criteria) > 1:
            has_self = any(line.self_points is not None for line in lines)
            has_official = any(line.official_points is not None for line in lines)
            rows.append(
                {
                    "group": True,
                    "code": group.code,
                    "label": group.label,
                    "most": paper.number(group.max),
                    "self": paper.number(score.self_tally.by_group[group.code]) if has_self else "",
                    "official": paper.number(score.official_tally.by_group[group.code]) if has_official else "",
                    "note": "",
                }
            )
        rows += [
            {
                # A criterion that is its whole group stands for it, as heavy as the other groups.
                "group": len(group.criteria) == 1,
                "code": line.code,
                "label": line.label(),
                "most": paper.number(line.maximum),
                "self": paper.number(line.self_points) if line.self_points is not None else "",
                "official": paper.number(line.official_points) if line.official_points is not None else "",
                "note": line.explanation,
            }
            for line in lines
        ]
    return rows


def _totals(score: MeetingScore, paper: Tongue) -> list[dict[str, str]]:
    def shown(value: Any) -> str:
        return paper.number(value) if value is not None else ""

    return [
        {
            "label": paper("sheet_total"),
            "most": paper.number(score.maximum),
            "self": shown(score.self_total),
            "official": shown(score.official_total),
        },
        {
            "label": paper("sheet_grade"),
            "most": "",
            "self": score.self_grade or "",
            "official": score.official_grade or "",
        },
    ]


def _vote(meeting: Meeting, paper: Tongue) -> str:
    def shown(count: int | None) -> str:
        return _DOTS if count is None else str(count)

    return paper("sheet_vote", agreed=shown(meeting.votes_for), entitled=shown(meeting.votes_entitled))


def _thresholds(frame: Frame, paper: Tongue) -> str:
    parts = []
    above = None
    for entry in frame.grades:
        least = entry.at_least
        if least is None:
            parts.append(paper("sheet_below", grade=entry.grade.value, points=paper.number(above)))
        elif above is None:
            parts.append(paper("sheet_from", grade=entry.grade.value, points=paper.number(least)))
        else:
            between = {"points": paper.number(least), "below": paper.number(above)}
            parts.append(paper("sheet_between", grade=entry.grade.value, **between))
        above = least
    return paper("sheet_thresholds", grades="; ".join(parts))


def _source(frame: Frame, paper: Tongue) -> str:
    source = frame.sources[0]
    return paper("sheet_source", number=source.number, day=f"{source.date:%d/%m/%Y}", issuer=source.issuer)


def _signs(book: CellBook, paper: Tongue) -> list[dict[str, Any]]:
    authority = paper("sheet_for_committee" if book.info.has_committee else "sheet_for_cell")
    hint = paper("sheet_sign_hint")
    return [
        {"lines": [authority, paper("sheet_secretary")], "hint": hint, "name": book.info.secretary},
        {"lines": [paper("sheet_supervisor")], "hint": hint, "name": book.info.supervisor},
    ]
