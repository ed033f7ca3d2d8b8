"""Formulas over one meeting's row that say which frame scores it, and how many minutes that frame requires of it."""

from __future__ import annotations

from datetime import date

from chibo.definitions.frames.frame import Frame
from chibo.definitions.library import Library
from chibo.model import CellInfo, Meeting, MeetingKind, Month
from chibo.scoring import NoFrame, frame_on
from chibo.workbook.writing.score_lines import SCORED_KINDS, ScoreForm, Variant


def variant_formula(scores: ScoreForm) -> str:
    """The number (1 …) of the variant that scores the meeting, by its kind and the day it was held; 0 for none."""
    formula = "0"
    for number, variant in reversed(list(enumerate(scores.variants, start=1))):
        formula = f"IF({_is_variant(variant)},{number},{formula})"
    return f"IF(ISNUMBER([held_on]),{formula},0)"


def _is_variant(variant: Variant) -> str:
    effective = variant.frame.effective
    conditions = [f'[kind]="{variant.kind}"', f"[held_on]>={_day(effective.start)}"]
    if effective.end is not None:
        conditions.append(f"[held_on]<={_day(effective.end)}")
    return f"AND({','.join(conditions)})"


def required_formula(scores: ScoreForm) -> str:
    """The minutes required of the meeting (R of its frame); an empty text where they are not known."""
    formula = '""'
    for number, variant in reversed(list(enumerate(scores.variants, start=1))):
        formula = f"IF([variant]={number},{_required(variant.frame, variant.kind)},{formula})"
    return formula


def _required(frame: Frame, kind: MeetingKind) -> str:
    rule = frame.required_minutes
    if rule is None:
        return '""'
    if kind in rule.longer_for_kinds:
        usual = str(rule.longer)
    elif rule.longer_from_membership is None:
        usual = str(rule.usual)
    else:
        longer = f"IF([a_membership]>={rule.longer_from_membership},{rule.longer},{rule.usual})"
        usual = f'IF(ISNUMBER([a_membership]),{longer},"")'
    if not rule.granted_replaces:
        return usual
    granted = 'AND(ISNUMBER([info.min_minutes]),[info.min_minutes]>0,[info.min_minutes_document]<>"")'
    return f"IF({granted},[info.min_minutes],{usual})"


def frame_owed_formula(info: CellInfo, library: Library) -> str:
    """1 where a frame should score the meeting and none is in force on its day."""
    kinds = [kind for kind in SCORED_KINDS if _is_owed(kind, info, library)]
    if not kinds:
        return "0"
    is_owed = ",".join(f'[kind]="{kind}"' for kind in kinds)
    return f"IF(AND([variant]=0,OR({is_owed})),1,0)"


def is_frame_owed(meeting: Meeting, info: CellInfo, library: Library) -> bool:
    """Whether a frame should score a meeting and none is in force on its day."""
    if not _is_owed(meeting.kind, info, library):
        return False
    return meeting.held_on is None or frame_on(meeting.kind, meeting.held_on, info, library).frame is None


def _is_owed(kind: MeetingKind, info: CellInfo, library: Library) -> bool:
    """Whether meetings of this kind are to be scored in this cell: its frame is known, or regular ones lack one."""
    choice = frame_on(kind, Month(info.year, 1).first_day, info, library)
    if choice.frame is not None or choice.absence is NoFrame.NOT_IN_FORCE:
        return True
    return choice.absence is NoFrame.NO_DEFAULT and kind is not MeetingKind.THEMATIC


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
