"""The verdicts on a sheet of points: one under each meeting's code, one at the end of each criterion's row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from chibo.model import MeetingCode, MeetingKind, Month, ScoreSheet
from chibo.scoring import NoFrame, frame_on
from chibo.workbook.writing.cells import Cached
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import VERDICT, local
from chibo.workbook.writing.names import column_name
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.plans import head_row
from chibo.workbook.writing.rules import END, SEPARATOR, SOUND, trimmed
from chibo.workbook.writing.score_flags import POINT_FINDINGS
from chibo.workbook.writing.score_lines import ScoreLine
from chibo.workbook.writing.score_workings import ScoreWorkings
from chibo.workbook.writing.workings import Workings

UNKNOWN_CRITERION = "SCORE_OF_UNKNOWN_CRITERION"
MEETING_FINDINGS = (
    "SCORE_OF_UNKNOWN_MEETING",
    "EXTRAORDINARY_SCORED",
    "THEMATIC_SCORED_WITHOUT_FRAME",
    "SCORE_OF_MEETING_NOT_HELD",
    "SCORING_INCOMPLETE",
)
"""What is told of a meeting's points beside the flags of single ones."""


@frozen
class _Told:
    """One thing that may be told of a meeting's points: the finding's code, and when, as a formula."""

    code: str
    condition: str


def write_score_verdicts(pen: Pen, workings: ScoreWorkings) -> None:
    """Write both kinds of verdict."""
    plan = pen.plan
    _write_meeting_verdicts(pen, workings)
    verdict_row = head_row(plan, "verdict")
    area = (verdict_row, plan.spread[0], verdict_row, plan.spread[1])
    pen.mark(area, f'{local(verdict_row, plan.spread[0])}="{SOUND}"', "good")
    if VERDICT in plan.columns:
        _write_line_verdicts(pen, workings)


def _write_meeting_verdicts(pen: Pen, workings: ScoreWorkings) -> None:
    form, plan, told = pen.form, pen.plan, _told(pen.form, workings)
    found = form.findings_by_meeting(plan.layout.code)
    titles = [_verdict_value(pen, index, told, found) for index in range(len(plan.spread_columns))]
    verdicts = ["" if own is None else SEPARATOR.join(own) or SOUND for own in titles]
    given, source = workings.head("given"), workings.head("told")
    parts = "&".join(f'IF({one.condition},{_title(form, one.code)},"")' for one in told)

    def write(name: str, formula: str, value: Callable[[int], Cached]) -> None:
        block = workings.across(workings.head_row(name))
        form.workings.shared(block, formula, lambda _row, column: value(column - workings.flags))

    write("given", _given(workings), lambda index: _given_value(pen, index))
    write("told", f'IF({given}=0,"",{parts})', lambda index: "".join(f"{title}{END}" for title in titles[index] or ()))
    shown = f'IF({given}=0,"",IF({source}="","{SOUND}",{trimmed(source)}))'
    write("verdict", shown, lambda index: verdicts[index])
    for index, column in enumerate(plan.spread_columns):
        own = ("grid", "verdict", "top", "center", "tiny")
        pen.formula(head_row(plan, "verdict"), column, workings.shown("verdict", index), verdicts[index], *own)


def _verdict_value(pen: Pen, index: int, told: list[_Told], found: Mapping[MeetingCode, set[str]]) -> list[str] | None:
    """The titles of what is told of a meeting's points; None where it has no points."""
    code = pen.form.code_at(index)
    if code is None or not _given_value(pen, index):
        return None
    return [pen.form.title(one.code) for one in told if one.code in found.get(code, ())]


def _given_value(pen: Pen, index: int) -> int:
    code = pen.form.code_at(index)
    points: ScoreSheet = getattr(pen.form.book, pen.plan.layout.code)
    return len(points.of(code)) if code else 0


def _given(workings: ScoreWorkings) -> str:
    """How many numbers of points stand in a column; the rows of groups, which have no code, do not count."""
    plan, codes = workings.plan, column_name(workings.plan, "criterion")
    return f'SUMPRODUCT(--({codes}<>""),--ISNUMBER({workings.points_between(plan.first, plan.last)}))'


def _told(form: Form, workings: ScoreWorkings) -> list[_Told]:
    plan = workings.plan
    row, variant, held, kind = (workings.head(name) for name in ("meeting", "variant", "held", "kind"))
    unknown, extraordinary, thematic, not_held, incomplete = MEETING_FINDINGS
    unscorable = [f'{kind}="{MeetingKind.EXTRAORDINARY}"']
    told = [_Told(unknown, f"{row}=0"), _Told(extraordinary, unscorable[0])]
    if not _has_thematic_frame(form):
        unscorable.append(f'{kind}="{MeetingKind.THEMATIC}"')
        told.append(_Told(thematic, unscorable[-1]))
    told.append(_Told(not_held, f"AND({row}>0,{held}=0,NOT(OR({','.join(unscorable)})))"))
    flags, facts = (workings.flags_between(block, plan.first, plan.last) for block in (workings.flags, workings.facts))
    for number, code in enumerate(POINT_FINDINGS, start=1):
        told.append(_Told(code, f"COUNTIF({flags},{number})+COUNTIF({facts},{number})>0"))
    told.append(_Told(incomplete, f"AND({variant}>0,{held}=1,N({workings.head('left')})>0)"))
    return told


def _has_thematic_frame(form: Form) -> bool:
    """Whether thematic meetings of this cell have a frame, named by the cell or by the bloc."""
    choice = frame_on(MeetingKind.THEMATIC, Month(form.book.info.year, 1).first_day, form.book.info, form.library)
    return choice.absence is not NoFrame.NO_DEFAULT


def _write_line_verdicts(pen: Pen, workings: ScoreWorkings) -> None:
    form, plan, at = pen.form, pen.plan, pen.plan.columns[VERDICT]
    known = {plan.rows[line.code] for line in form.scores.lines if line.criterion}

    def titles(row: int) -> list[str]:
        found = form.codes_in_row(plan.layout.code, row) if row in known else ()
        return [form.title(one) for one in POINT_FINDINGS if one in found]

    flags, facts = (workings.row_flags(plan.first, block) for block in (workings.flags, workings.facts))
    parts = [
        f'IF(COUNTIF({flags},{number})+COUNTIF({facts},{number})>0,{_title(form, one)},"")'
        for number, one in enumerate(POINT_FINDINGS, start=1)
    ]
    source = Workings.ref(plan.first, workings.told, fixed_row=False)
    for column, formula, value in (
        (workings.told, "&".join(parts), lambda row, _column: "".join(f"{title}{END}" for title in titles(row))),
        (workings.verdicts, f'IF({source}="","",{trimmed(source)})', lambda row, _column: SEPARATOR.join(titles(row))),
    ):
        form.workings.shared((plan.first, column, plan.last, column), formula, value)
    for line in form.scores.lines:
        row = plan.rows[line.code]
        if line.criterion is None:
            _write_unknown(pen, line, row, at)
        else:
            shown = Workings.ref(row, workings.verdicts, fixed_row=False)
            pen.formula(row, at, shown, SEPARATOR.join(titles(row)), "grid", "verdict")


def _write_unknown(pen: Pen, line: ScoreLine, row: int, at: int) -> None:
    points: ScoreSheet = getattr(pen.form.book, pen.plan.layout.code)
    title = pen.form.title(UNKNOWN_CRITERION)
    ends = (local(row, column, fixed_column=True) for column in pen.plan.spread)
    value = title if any(line.code in given for given in points.points.values()) else ""
    told = f'IF(COUNT({":".join(ends)})>0,{pen.form.workings.text(title)},"")'
    pen.formula(row, at, told, value, "grid", "verdict")


def _title(form: Form, code: str) -> str:
    """The reference to the title of a finding with the mark that ends it."""
    return form.workings.text(f"{form.title(code)}{END}")
