"""Workings of `Sinh hoạt`: what the rules and the sheets of points need to know of each meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from chibo.definitions.thresholds import NumberThreshold
from chibo.model import Mark, Meeting, MeetingSeries, MeetingState, attendance_of
from chibo.model.attendance import counts_from_marks, has_full_roll_call, unmarked_members
from chibo.model.meetings import AGENDA_MINUTES, TYPED_COUNTS
from chibo.scoring.view import MeetingView
from chibo.workbook.writing.cells import Cached
from chibo.workbook.writing.fact_formulas import owed_formula
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.frame_formulas import frame_owed_formula, is_frame_owed, required_formula, variant_formula
from chibo.workbook.writing.membership import RollCallWorkings, serial
from chibo.workbook.writing.names import part_name
from chibo.workbook.writing.roll_call import COUNT_OF_MARK
from chibo.workbook.writing.row_names import RowNames

_AGENDA = ",".join(f"[{column}]" for column in AGENDA_MINUTES)
AWAY = ("exempt", "transferred", "special_duty", "suspended")
_MARK_OF_COUNT = {count: mark for mark, count in COUNT_OF_MARK.items()}
_COUNTS = tuple(_MARK_OF_COUNT)
_THRESHOLDS = {
    "longest_meeting": "day",
    "registration_lead": "first",
    "papers_lead": "held_on",
    "self_scoring_time": "held_on",
    "reporting_time": "held_on",
    "far_date": "held_on",
    "speaking_share": "day",
    "professional_share": "day",
}
"""Thresholds that the rules of a meeting use, and the day on which each is asked for."""


@frozen
class Working:
    """One value computed for each meeting: its formula as a template (see `rules`), and its value in a spare row."""

    name: str
    formula: str
    spare: Cached = ""


def write_meeting_workings(form: Form, roll: RollCallWorkings | None) -> RowNames:
    """Write the workings of `Sinh hoạt`; the names that its rules may use."""
    plan = form.plan("meetings")
    every = _workings(form, roll)
    shortcuts = {working.name: working.formula for working in every if is_constant(working.formula)}
    workings = [working for working in every if working.name not in shortcuts]
    first = form.workings.block([f"meetings.{working.name}" for working in workings])
    own = {working.name: first + index for index, working in enumerate(workings)}
    names = RowNames(form, plan, own, shortcuts=shortcuts)
    values = [_values(form, meeting) for meeting in form.book.meetings]
    for column, working in enumerate(workings, start=first):

        def value(row: int, _column: int, working: Working = working) -> Cached:
            index = row - plan.first
            return values[index][working.name] if index < len(values) else working.spare

        formula = names.formula(working.formula, plan.first)
        form.workings.shared((plan.first, column, plan.last, column), formula, value)
    return names


def is_constant(formula: str) -> bool:
    """Whether a formula is a number or an empty text: then it needs no cell."""
    return formula == '""' or formula.replace(".", "", 1).isdecimal()


def _workings(form: Form, roll: RollCallWorkings | None) -> list[Working]:
    state = (MeetingState.HELD, MeetingState.REGISTERED)
    held = 'AND(ISNUMBER([held_on]),OR([state]="",' + ",".join(f'[state]="{s}"' for s in state) + "))"
    code = "[meeting_code]"
    return [
        Working("first", f'IF({code}="","",IFERROR(DATE(VALUE(LEFT({code},4)),VALUE(MID({code},6,2)),1),""))'),
        Working("last", 'IF(ISNUMBER([first]),EOMONTH([first],0),"")'),
        Working("series", f'IF({code}="","",IF(LEN({code})<=7,"-",UPPER(MID({code},9,2))))'),
        Working("held", f"IF({held},1,0)", 0),
        Working("day", "IF(ISNUMBER([held_on]),[held_on],[last])"),
        Working(
            "minutes", 'IF(AND(ISNUMBER([starts_at]),ISNUMBER([ends_at])),ROUND(([ends_at]-[starts_at])*1440,0),"")'
        ),
        *_roll_call_workings(form, roll),
        *(Working(f"a_{count}", _effective(count)) for count in ("membership", *_COUNTS)),
        Working("owed", f'IF(ISNUMBER([a_membership]),[a_membership]-SUM({",".join(f"[a_{c}]" for c in AWAY)}),"")'),
        Working("possible", _possible(), 1),
        Working("variant", variant_formula(form.scores), 0),
        Working("required", required_formula(form.scores)),
        Working("fact_owed", owed_formula(form.scores)),
        Working("agenda_sum", f"SUM({_AGENDA})", 0),
        Working("agenda_sound", f"IF(AND(COUNT({_AGENDA})>0,MIN({_AGENDA})>=0),1,0)", 0),
        Working("numbers_unknown", _numbers_unknown(form), 0),
        Working("frame_owed", frame_owed_formula(form.book.info, form.library), 0),
        *(
            Working(
                f"t_{name}", threshold_formula(getattr(form.library.thresholds, name), f"[{day}]", form.book.info.year)
            )
            for name, day in _THRESHOLDS.items()
        ),
    ]


def _possible() -> str:
    """1 where the counts can be so: none below zero, nobody more present than owed it; of others nothing is made."""
    counts = ",".join(f"[a_{count}]" for count in ("membership", *_COUNTS))
    known = "AND(ISNUMBER([a_present]),ISNUMBER([owed]))"
    return f"IF(MIN({counts})<0,0,IF({known},IF([a_present]<=[owed],1,0),1))"


def _numbers_unknown(form: Form) -> str:
    """1 where the numbers of the thematic plan given for the meeting are not all in the plan.

    Each number given is put between two `;`. Every number of the plan is taken out of them (one that stands twice in
    the plan counts once); what is taken out is compared with how many were given.
    """
    if "plan" not in form.plans:
        return 'IF([plan_no]="",0,1)'
    given = '";"&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(UPPER([plan_no])," ",""),",",";"),";",";;")&";"'
    planned = "[*plan.no]"
    wanted = f'";"&SUBSTITUTE(UPPER({planned})," ","")&";"'
    times = f'(LEN({given})-LEN(SUBSTITUTE({given},{wanted},"")))/LEN({wanted})'
    known = f'ROUND(SUMPRODUCT(({planned}<>"")*{times}/COUNTIF({planned},{planned}&"")),0)'
    count = f'(LEN({given})-LEN(SUBSTITUTE({given},";","")))/2'
    return f'IF([plan_no]="",0,IF({known}<{count},1,0))'


def _roll_call_workings(form: Form, roll: RollCallWorkings | None) -> list[Working]:
    """The column of the meeting in the roll call, its marks, and whether every member has one."""
    if roll is None:
        constants = ("roll", "marks", "lacking", "full", "visitors", "m_membership", *(f"m_{c}" for c in _COUNTS))
        return [Working(name, "0", 0) for name in constants]
    plan = form.plan("roll_call")
    heads, column = part_name(plan, "headings"), f"INDEX({part_name(plan, 'grid')},0,[roll])"
    counted = {count: f'IF([roll]=0,0,COUNTIF({column},"{mark}"))' for count, mark in _MARK_OF_COUNT.items()}
    return [
        Working("roll", f'IF([meeting_code]="",0,IFERROR(MATCH([meeting_code],{heads},0),0))', 0),
        Working("marks", f"IF([roll]=0,0,COUNTA({column}))", 0),
        Working("lacking", f"IF([roll]=0,0,INDEX({roll.lacking_block},1,[roll]))", 0),
        Working("full", "IF(AND([marks]>0,[lacking]=0),1,0)", 0),
        Working("visitors", f'IF([roll]=0,0,COUNTIF({column},"{Mark.VISITING}"))', 0),
        *(Working(f"m_{count}", formula, 0) for count, formula in counted.items()),
        Working("m_membership", "+".join(f"[m_{count}]" for count in _COUNTS), 0),
    ]


def _effective(count: str) -> str:
    """The count that holds: of the marks where the roll call is full, else as typed; the absent are then by marks."""
    typed = f'IF(ISNUMBER([{count}]),[{count}],"")'
    if count in AWAY:
        known = "OR(ISNUMBER([membership]),ISNUMBER([present]))"
        typed = f'IF({known},IF(ISNUMBER([{count}]),[{count}],[m_{count}]),"")'
    return f"IF([full]=1,[m_{count}],{typed})"


def threshold_formula(threshold: NumberThreshold, day: str, year: int) -> str:
    """The value of a threshold in force on a day; an empty text where none is."""
    start, end = date(max(year - 1, 1), 1, 1), date(year + 1, 12, 31)
    for value in threshold.values:
        if value.start <= start and (value.end is None or value.end >= end):
            return value.value
    formula = '""'
    for value in reversed(threshold.values):
        since = f"{day}>={_day(value.start)}"
        within = f"AND({since},{day}<={_day(value.end)})" if value.end else since
        formula = f"IF({within},{value.value},{formula})"
    return f'IF(ISNUMBER({day}),{formula},"")'


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"


def _values(form: Form, meeting: Meeting) -> Mapping[str, Cached]:
    """The values of the workings of one meeting, computed by the library itself."""
    code, month = meeting.meeting_code, meeting.meeting_code.month
    book = form.book
    day = meeting.held_on or month.last_day
    counts = attendance_of(book, meeting)
    tally = counts_from_marks(book, code)
    marks = book.roll_call.of(code)
    raw = _minutes(meeting)
    variant = form.variant_index(meeting)
    frame = form.scores.variants[variant - 1].frame if variant else None
    view = MeetingView(book=book, meeting=meeting, frame=frame) if frame else None
    agenda = [minutes for column in AGENDA_MINUTES if (minutes := getattr(meeting, column)) is not None]
    planned = {topic.no.casefold() for topic in book.plan.topics}
    values: dict[str, Cached] = {
        "first": serial(month.first_day),
        "last": serial(month.last_day),
        "series": "-" if meeting.meeting_code.series is MeetingSeries.REGULAR else meeting.meeting_code.series.value,
        "held": int(meeting.is_held),
        "day": serial(day),
        "minutes": "" if raw is None else raw,
        "roll": form.codes.index(code) + 1,
        "marks": len(marks),
        "lacking": len(unmarked_members(book, code)),
        "full": int(has_full_roll_call(book, code)),
        "visitors": sum(mark is Mark.VISITING for mark in marks.values()),
        "owed": _or_empty(counts.owed),
        "possible": int(counts.is_possible),
        "variant": variant,
        "required": _or_empty(view.required_minutes if view else None),
        "fact_owed": _or_empty(view.owed if view else None),
        "agenda_sum": sum(agenda),
        "agenda_sound": int(bool(agenda) and min(agenda) >= 0),
        "numbers_unknown": int(any(number.casefold() not in planned for number in meeting.plan_numbers)),
        "frame_owed": int(is_frame_owed(meeting, book.info, form.library)),
    }
    values |= {f"m_{count}": tally[count] for count in TYPED_COUNTS}
    values |= {f"a_{count}": _or_empty(getattr(counts, count)) for count in TYPED_COUNTS}
    days = {"day": day, "first": month.first_day, "held_on": meeting.held_on}
    for name, asked in _THRESHOLDS.items():
        threshold: NumberThreshold = getattr(form.library.thresholds, name)
        formula = threshold_formula(threshold, f"[{asked}]", book.info.year)
        values[f"t_{name}"] = threshold_value(threshold, formula, days[asked])
    return values


def threshold_value(threshold: NumberThreshold, formula: str, day: date | None) -> Cached:
    """What the formula of a threshold gives on a day (None: no day is known)."""
    if not formula.startswith("IF("):
        return float(formula) if formula != '""' else ""
    text = threshold.text_on(day) if day is not None else None
    return "" if text is None else float(text)


def _minutes(meeting: Meeting) -> int | None:
    """End minus start, below zero where they are the wrong way round."""
    if meeting.starts_at is None or meeting.ends_at is None:
        return None
    start, end = (t.hour * 60 + t.minute for t in (meeting.starts_at, meeting.ends_at))
    return end - start


def _or_empty(value: int | None) -> Cached:
    return "" if value is None else value
