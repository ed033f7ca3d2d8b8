"""The rules of `Sinh hoạt`: what the checks say of one meeting, written as formulas over its row.

The names beginning with `a_` are the counts that hold (roll call or typed), `m_` the counts of marks, `t_` thresholds
in force on the day that they are asked for; `meeting_workings` says how each is computed.
"""

from __future__ import annotations

from chibo.model import MeetingKind, MeetingState
from chibo.model.meetings import AGENDA_MINUTES, TYPED_COUNTS
from chibo.workbook.writing.rules import Rule, both, either, later, on

_HELD = "[held]=1"
_ORDINARY = f'[held]=1,[kind]<>"{MeetingKind.EXTRAORDINARY}"'
_REGULAR = f'OR([kind]="{MeetingKind.REGULAR}",[kind]="{MeetingKind.COMBINED}")'
_THEMATIC = f'OR([kind]="{MeetingKind.THEMATIC}",[kind]="{MeetingKind.COMBINED}")'
_CALLED_OFF = f'OR([state]="{MeetingState.POSTPONED}",[state]="{MeetingState.NOT_HELD}")'
_HAS_COMMITTEE = 'OR([info.has_committee]="Có",[info.deputy_secretary]<>"")'
_OTHER_COUNTS = ("speakers", "opinions", "praises", "criticisms", "votes_for", "votes_entitled")
_DONE = ("registered_on", "committee_met_on", "notified_on", "papers_sent_on", "held_on", "scored_on", "reported_on")
_NEAR = ("planned_on", "committee_met_on", "notified_on", "papers_sent_on", "scored_on", "reported_on")
_TYPED_HOLD = both("[full]=0", on("a_membership"), on("a_present"))
_AGENDA = ",".join(f"[{column}]" for column in AGENDA_MINUTES)
_MISSED = both(
    '[series]="-"',
    "[held]=0",
    "YEAR([first])=[info.year]",
    "[last]<TODAY()",
    f"NOT({both(on('postponed_to'), '[postponed_to]>=TODAY()')})",
)
_REGULAR_MINUTES = "[agenda_sum]-SUM([minutes_thematic])"

IDENTITY = (
    Rule("MEETING_CODE_TWICE", "SUMPRODUCT(--([*meeting_code]=[meeting_code]))>1"),
    Rule("MEETING_OUTSIDE_YEAR", both(on("first"), "YEAR([first])<>[info.year]")),
    Rule(
        "MEETING_KIND_AGAINST_CODE",
        either(
            both('[series]="-"', '[kind]<>""', f"NOT({_REGULAR})"),
            both('[series]="CĐ"', '[kind]<>""', f'[kind]<>"{MeetingKind.THEMATIC}"'),
            both('[series]="BT"', '[kind]<>""', f'[kind]<>"{MeetingKind.EXTRAORDINARY}"'),
        ),
    ),
    Rule("HELD_WITHOUT_DAY", both(f'[state]="{MeetingState.HELD}"', '[held_on]=""')),
    Rule("STATE_AGAINST_HELD_DAY", both(_CALLED_OFF, '[held_on]<>""')),
    Rule("STATE_REASON_MISSING", both(_CALLED_OFF, '[state_reason]=""')),
    Rule("POSTPONED_WITHOUT_DAY", both(f'[state]="{MeetingState.POSTPONED}"', '[postponed_to]=""')),
    Rule("REGULAR_MEETING_NOT_HELD", both(_MISSED, f'[state]<>"{MeetingState.NOT_HELD}"')),
    Rule("REGULAR_MEETING_CALLED_OFF", both(_MISSED, f'[state]="{MeetingState.NOT_HELD}"')),
)

STEPS = (
    Rule("END_NOT_AFTER_START", both(on("starts_at"), on("ends_at"), "[minutes]<=0")),
    Rule("MEETING_OVERLONG", both(on("minutes"), on("t_longest_meeting"), "[minutes]>[t_longest_meeting]")),
    Rule(
        "REGISTERED_LATE",
        both(
            f'[kind]<>"{MeetingKind.EXTRAORDINARY}"',
            on("registered_on"),
            on("t_registration_lead"),
            "[registered_on]>[first]-[t_registration_lead]",
        ),
    ),
    Rule("COMMITTEE_MEETING_MISSING", both(_HELD, _REGULAR, _HAS_COMMITTEE, '[committee_met_on]=""')),
    Rule("COMMITTEE_MET_AFTER_MEETING", both(_HELD, _REGULAR, _HAS_COMMITTEE, later("committee_met_on", "held_on"))),
    Rule(
        "COMMITTEE_MINUTES_MISSING",
        both(_HELD, _REGULAR, _HAS_COMMITTEE, on("committee_met_on"), '[committee_minutes]="Không"'),
    ),
    Rule("NOTICE_AFTER_MEETING", both(_ORDINARY, later("notified_on", "held_on"))),
    Rule(
        "PAPERS_LATE",
        both(_ORDINARY, on("papers_sent_on"), on("t_papers_lead"), "[papers_sent_on]>[held_on]-[t_papers_lead]"),
    ),
    Rule("MINUTES_NOT_KEPT", both(_HELD, '[minutes_kept]<>"Có"')),
    Rule(
        "SELF_SCORED_LATE",
        both(_ORDINARY, on("scored_on"), on("t_self_scoring_time"), "[scored_on]>[held_on]+[t_self_scoring_time]"),
    ),
    Rule(
        "REPORTED_LATE",
        both(_ORDINARY, on("reported_on"), on("t_reporting_time"), "[reported_on]>[held_on]+[t_reporting_time]"),
    ),
    Rule("MEETING_TOO_SHORT", both(_HELD, on("minutes"), "[minutes]>0", on("required"), "[minutes]<[required]")),
)

DATES = (
    Rule("DATE_IN_FUTURE", f"MAX({','.join(f'[{column}]' for column in _DONE)})>TODAY()"),
    Rule(
        "DATE_OUTSIDE_MONTH",
        either(*(both(on(day), f"OR([{day}]<[first],[{day}]>[last])") for day in ("planned_on", "held_on"))),
    ),
    Rule(
        "DATES_OUT_OF_ORDER",
        either(later("registered_on", "held_on"), later("held_on", "scored_on"), later("held_on", "reported_on")),
    ),
    Rule(
        "DATE_FAR_FROM_MEETING",
        both(
            _HELD,
            on("t_far_date"),
            either(*(f"IF({on(day)},ABS([{day}]-[held_on])>[t_far_date],FALSE)" for day in _NEAR)),
        ),
    ),
)

COUNTS = (
    Rule(
        "COUNT_NEGATIVE",
        either(*(f"[{c}]<0" for c in _OTHER_COUNTS), both("[full]=0", either(*(f"[{c}]<0" for c in TYPED_COUNTS)))),
    ),
    Rule("PRESENT_OVER_MEMBERSHIP", both(_TYPED_HOLD, "[a_present]>[a_membership]")),
    Rule("PRESENT_OVER_OWED", both(_TYPED_HOLD, "[a_present]<=[a_membership]", on("owed"), "[a_present]>[owed]")),
    Rule(
        "COUNTS_DO_NOT_ADD_UP",
        both(
            _TYPED_HOLD,
            "[a_present]<=[a_membership]",
            "[a_present]<=[owed]",
            on("a_excused"),
            on("a_unexcused"),
            "[a_present]+[a_excused]+[a_unexcused]+[a_membership]-[owed]<>[a_membership]",
        ),
    ),
    Rule(
        "COUNT_AGAINST_ROLL_CALL",
        both("[full]=1", either(*(both(on(c), f"[{c}]<>[m_{c}]") for c in TYPED_COUNTS))),
    ),
    Rule("ROLL_CALL_PARTIAL", both(_HELD, "[marks]>0", "[lacking]>0")),
    Rule("ROLL_CALL_OF_MEETING_NOT_HELD", both("[held]=0", "[marks]>0")),
    Rule(
        "OPINIONS_UNDER_SPEAKERS", both(_HELD, on("speakers"), "[speakers]>=0", on("opinions"), "[opinions]<[speakers]")
    ),
    Rule(
        "SPEAKERS_OVER_PRESENT",
        both(_HELD, on("speakers"), on("a_present"), "[a_present]>0", "[speakers]>[a_present]+[visitors]"),
    ),
    Rule(
        "FEW_SPEAKERS",
        both(
            _ORDINARY,
            on("speakers"),
            "[speakers]>=0",
            on("a_present"),
            "[a_present]>0",
            "[speakers]<=[a_present]+[visitors]",
            on("t_speaking_share"),
            "[speakers]*100<[a_present]*[t_speaking_share]",
        ),
    ),
    Rule("VOTES_OVER_ENTITLED", both(on("votes_for"), on("votes_entitled"), "[votes_for]>[votes_entitled]")),
    Rule("ENTITLED_OVER_MEMBERSHIP", both(on("votes_entitled"), on("a_membership"), "[votes_entitled]>[a_membership]")),
)

CONTENT = (
    Rule("AGENDA_NEGATIVE", f"MIN({_AGENDA})<0"),
    Rule("AGENDA_OVER_MINUTES", both("[agenda_sound]=1", on("minutes"), "[minutes]>0", "[agenda_sum]>[minutes]")),
    Rule(
        "PROFESSIONAL_SHARE_HIGH",
        both(
            "[agenda_sound]=1",
            _REGULAR,
            on("minutes_tasks"),
            on("t_professional_share"),
            f"{_REGULAR_MINUTES}>0",
            f"[minutes_tasks]*100>({_REGULAR_MINUTES})*[t_professional_share]",
        ),
    ),
    Rule("PLAN_NO_UNKNOWN", both('[plan_no]<>""', "[numbers_unknown]=1")),
    Rule("PLAN_NO_AGAINST_KIND", both('[plan_no]<>""', "[numbers_unknown]=0", f"NOT({_THEMATIC})")),
    Rule("PLAN_NO_NOT_GIVEN", both(_HELD, _THEMATIC, '[plan_no]=""', 'SUMPRODUCT(--([*plan.no]<>""))>0')),
    Rule("NO_FRAME_IN_FORCE", both(_HELD, "[frame_owed]=1")),
)

MEETING_RULES = (*IDENTITY, *STEPS, *DATES, *COUNTS, *CONTENT)
"""All rules of a meeting, in the order in which its verdict names them."""
