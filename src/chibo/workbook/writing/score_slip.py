"""`Phiếu đánh giá`: the score sheet of one meeting as it is printed and signed; the meeting is chosen in one cell.

Everything on it follows the other sheets by formulas. A book scored by two frames has one such sheet for each.
"""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.frames.frame import Frame
from chibo.model import MeetingCode, ScoreSheet
from chibo.workbook.writing.cells import Cached, cell_value
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.plans import group_key, head_row
from chibo.workbook.writing.row_names import RowNames
from chibo.workbook.writing.score_lines import ScoreGroup, ScoreLine
from chibo.workbook.writing.tables import row_height
from chibo.workbook.writing.workings import Workings

SCORES = ("self_scores", "official_scores")
FIRST_SCORE, NOTE = 3, 5
"""The first of the two columns of points, and the column of notes."""
NOTE_SIZE = 9
"""Points of the notes."""
_HEADER_HEIGHT = 34
_DASH = '"–"'
WIDTHS = (7, 50, 9, 11, 12, 26)
HEADINGS = ("STT", "Tiêu chí", "Thang điểm", "Chi bộ tự chấm", "Cấp ủy cấp trên chấm", "Ghi chú")


@frozen
class Slip:
    """One score sheet to print: its frame, its worksheet, the meeting it shows first, and where its workings stand.

    `workings` is the column of the workings that holds, from row 1 on: the meeting's row in `Sinh hoạt`, its variant,
    and its column in `Chấm điểm` and in `Thẩm định`.
    """

    pen: Pen
    names: RowNames
    frame: Frame
    shown: MeetingCode | None
    chosen: str
    workings: int

    @property
    def form(self) -> Form:
        """The workbook under construction."""
        return self.pen.form

    @property
    def shows_own_frame(self) -> bool:
        """Whether the meeting shown first is scored by the frame of this sheet."""
        number = self.shown_variant
        return number > 0 and self.form.scores.variants[number - 1].frame is self.frame

    @property
    def meeting_row(self) -> str:
        """The reference to the row of the chosen meeting in `Sinh hoạt`; 0 for none."""
        return Workings.ref(1, self.workings)

    @property
    def variant(self) -> str:
        """The reference to the variant that scores the chosen meeting; 0 for none."""
        return Workings.ref(2, self.workings)

    def column(self, scores: str) -> str:
        """The reference to the column of the chosen meeting on a sheet of points; 0 for none."""
        return Workings.ref(3 + SCORES.index(scores), self.workings)

    @property
    def shown_variant(self) -> int:
        """The variant that scores the meeting shown first; 0 for none, or for another frame."""
        position = self.form.meeting_index(self.shown)
        return 0 if position is None else self.form.variant_index(self.form.book.meetings[position])

    def of_meeting(self, column: str) -> str:
        """A column of the chosen meeting's row, as an expression; an empty cell where the layout lacks the column."""
        if column not in self.names.plan.columns and column not in self.names.workings:
            return Workings.NOTHING
        return f"INDEX({self.names.column(column)},{self.meeting_row})"

    def of_cell(self, label: str) -> str:
        """The reference to a value of `Thông tin`; an empty cell where the layout lacks the label."""
        plan = self.form.plan("info")
        return plan.label_ref(label) if label in plan.labels else Workings.NOTHING


def write_slip_workings(slip: Slip) -> None:
    """Find the chosen meeting on the other sheets."""
    form, chosen = slip.form, slip.chosen
    position = form.meeting_index(slip.shown)
    found = f'IF({chosen}="",0,IFERROR(MATCH({chosen},{slip.names.column("meeting_code")},0),0))'
    form.workings.formula(1, slip.workings, found, 0 if position is None else position + 1)
    variant = f"IF({slip.meeting_row}=0,0,{slip.of_meeting('variant')})"
    form.workings.formula(2, slip.workings, variant, slip.shown_variant)
    for offset, code in enumerate(SCORES):
        if code in form.plans:
            plan = form.plan(code)
            formula = f'IF({chosen}="",0,IFERROR(MATCH({chosen},{plan.row_block(plan.header)},0),0))'
            value = form.codes.index(slip.shown) + 1 if slip.shown else 0
            form.workings.formula(3 + offset, slip.workings, formula, value)
        else:
            form.workings.number(3 + offset, slip.workings, 0)


def write_slip_lines(slip: Slip, header: int) -> int:
    """Write the table of criteria under its headings; the row after its last line."""
    for column, heading in enumerate(HEADINGS):
        slip.pen.write(header, column, heading, "grid", "heading")
    slip.pen.sheet.set_row(header, _HEADER_HEIGHT)
    row = header + 1
    for number, group in enumerate(slip.form.scores.groups):
        if group.frame is not slip.frame or group.group is None:
            continue
        # A criterion that is its whole group stands for it, as heavy as the other groups.
        is_whole = len(group.group.criteria) == 1
        if not is_whole:
            _write_group(slip, row, number, group)
            row += 1
        for line in group.lines:
            _write_line(slip, row, line, ("grid", "group") if is_whole else ("grid",))
            row += 1
    _write_results(slip, row)
    return row + 2


def _write_group(slip: Slip, row: int, number: int, group: ScoreGroup) -> None:
    defined, traits = group.group, ("grid", "group")
    assert defined is not None, "groups outside the frame have no place on its score sheet"  # noqa: S101
    slip.pen.write(row, 0, defined.code, *traits, "center")
    slip.pen.write(row, 1, defined.label, *traits, "wrap")
    slip.pen.write(row, 2, cell_value(defined.max), *traits, "number")
    for code in SCORES:
        value = slip.form.group_points(code, group, slip.shown) if slip.shows_own_frame else ""
        _write_points(slip, row, code, (group_key(number), value), traits)
    slip.pen.write(row, NOTE, None, *traits)


def _write_line(slip: Slip, row: int, line: ScoreLine, traits: tuple[str, ...]) -> None:
    label = line.criterion.label if line.criterion else ""
    slip.pen.sheet.set_row(row, _height(slip, line, label))
    slip.pen.write(row, 0, line.code, *traits, "center", "text")
    slip.pen.write(row, 1, label, *traits, "wrap")
    formula, value = _maximum(slip, line)
    slip.pen.formula(row, 2, formula, value, *traits, "number")
    for code in SCORES:
        points: ScoreSheet = getattr(slip.form.book, code)
        given = points.of(slip.shown).get(line.code) if slip.shown else None
        _write_points(slip, row, code, (line.code, "" if given is None else float(given)), traits)
    formula, text = _note(slip, line)
    # A note that is recorded later may need more than this row has: then its beginning is what can be read.
    slip.pen.formula(row, NOTE, formula, text, *traits, "wrap", "small", "top")


def _height(slip: Slip, line: ScoreLine, label: str) -> float:
    """The height that a line needs whichever meeting is chosen: not every program finds it when a note appears."""
    notes = (one.reason for one in slip.form.book.explanations if one.criterion.casefold() == line.code.casefold())
    return max(row_height(label, WIDTHS[1]), *(row_height(note, WIDTHS[NOTE], NOTE_SIZE) for note in notes), 0)


def _maximum(slip: Slip, line: ScoreLine) -> tuple[str, Cached]:
    """The most points at the chosen meeting; a dash where the criterion does not apply to it."""
    usual = line.criterion.max if line.criterion else Decimal(0)
    formula = plain_decimal(usual)
    for number, limits in reversed(list(enumerate(line.limits, start=1))):
        formula = f"IF({slip.variant}={number},{plain_decimal(limits.maximum) if limits else _DASH},{formula})"
    limits = line.limits[slip.shown_variant - 1] if slip.shown_variant else None
    if slip.shown_variant and limits is None:
        return formula, "–"
    return formula, float(limits.maximum if limits else usual)


def _write_points(slip: Slip, row: int, code: str, shown: tuple[str, Cached], traits: tuple[str, ...]) -> None:
    """What stands on a sheet of points in the column of the chosen meeting; empty for nothing.

    `shown` is the key of the row there, and what it holds now.
    """
    key, value = shown
    column = FIRST_SCORE + SCORES.index(code)
    if code not in slip.form.plans:
        slip.pen.write(row, column, None, *traits)
        return
    plan = slip.form.plan(code)
    cell = f"INDEX({plan.row_block(plan.rows[key])},{slip.column(code)})"
    formula = f'IF({slip.column(code)}=0,"",IF({cell}="","",{cell}))'
    slip.pen.formula(row, column, formula, value, *traits, "number")


def _note(slip: Slip, line: ScoreLine) -> tuple[str, str]:
    """The last explanation of a criterion at the chosen meeting."""
    plan = slip.form.plans.get("explanations")
    if plan is None:
        return '""', ""
    meetings, criteria, reasons = (plan.column_block(code) for code in ("meeting_code", "criterion", "reason"))
    match = f'({meetings}={slip.chosen})*({criteria}="{line.code}")*(ROW({meetings})-{plan.first})'
    found = f"SUMPRODUCT(MAX({match}))"
    texts = [
        row.reason
        for row in slip.form.book.explanations
        if row.meeting_code == slip.shown and row.criterion.casefold() == line.code.casefold()
    ]
    return f'IF({found}=0,"",INDEX({reasons},{found}))', texts[-1] if texts else ""


def _write_results(slip: Slip, row: int) -> None:
    """Total and grade, by both scorers."""
    traits = ("grid", "total")
    for at, (label, name) in enumerate((("Tổng điểm", "total"), ("Xếp loại", "grade")), start=row):
        for column in (0, NOTE):
            slip.pen.write(at, column, None, *traits)
        slip.pen.write(at, 1, label, *traits)
        slip.pen.write(at, 2, cell_value(slip.frame.total) if name == "total" else None, *traits, "number")
        for column, code in enumerate(SCORES, start=FIRST_SCORE):
            if code not in slip.form.plans:
                slip.pen.write(at, column, None, *traits)
                continue
            plan = slip.form.plan(code)
            cell = f"INDEX({plan.row_block(head_row(plan, name))},{slip.column(code)})"
            total, grade = slip.form.result(code, slip.shown)
            formula = f'IF({slip.column(code)}=0,"",{cell})'
            slip.pen.formula(at, column, formula, total if name == "total" else grade, *traits, "number")
