"""What stands around the table of a printed score sheet: issuer, title, vote, thresholds, signatures."""

from __future__ import annotations

from chibo.definitions.frames.frame import Frame
from chibo.model import CellBook, Meeting, MeetingCode
from chibo.returns.words import day_in_words, short_day
from chibo.workbook.writing.cells import write_formula
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import local, quoted
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.printing import set_up_slip
from chibo.workbook.writing.row_names import RowNames
from chibo.workbook.writing.score_slip import NOTE, WIDTHS, Slip, write_slip_lines, write_slip_workings
from chibo.workbook.writing.score_totals import thresholds_text
from chibo.workbook.writing.validations import listed, with_prompt

SLIP_SHEET = "Phiếu đánh giá"
_CHOSEN = (1, NOTE + 2)
"""The cell in which the meeting is chosen, beside the print."""
_TABLE = 9
_DOTS = "……"
_LEFT, _RIGHT = (0, 1), (2, NOTE)
"""The columns of the issuer and of the motto, and of the two who sign."""
_SIGNED = 12
"""Rows from the end of the table to the names of those who sign."""
_HINT = "(Ký, ghi rõ họ tên)"
_NOT_CHOSEN = "Chưa chọn kỳ đã ghi ở trang «Sinh hoạt»"
_OTHER_FRAME = "  (kỳ này không chấm theo khung của phiếu)"


def slip_name(number: int) -> str:
    """The name of the score sheet of the first, second … frame."""
    return SLIP_SHEET if number == 1 else f"{SLIP_SHEET} ({number})"


def is_slip_name(name: str) -> bool:
    """Whether a sheet is named like a score sheet of ours, or like a copy that Excel makes of one."""
    return name == SLIP_SHEET or name.startswith(f"{SLIP_SHEET} (")


def write_score_slips(form: Form, names: RowNames) -> None:
    """Write a score sheet to print for each frame that scores meetings of the book."""
    for number, (frame, sheet) in enumerate(zip(form.scores.frames, form.slips, strict=True), start=1):
        kinds = {variant.kind for variant in form.scores.variants if variant.frame is frame}
        shown = _first_shown(form.book, [meeting for meeting in form.book.meetings if meeting.kind in kinds])
        chosen = f"{quoted(sheet.get_name())}!{local(*_CHOSEN, fixed_row=True, fixed_column=True)}"
        pen = Pen(form, form.plan("self_scores"), sheet)
        slip = Slip(pen, names, frame, shown, chosen, form.workings.block([f"slip_{number}"]))
        write_slip_workings(slip)
        _write_chooser(slip)
        _write_head(slip)
        last = _write_foot(slip, write_slip_lines(slip, _TABLE))
        set_up_slip(sheet, last, NOTE)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.protect("", {"format_rows": True, "format_columns": True})
        form.workbook.define_name(f"chibo.slip_{number}.meeting", f"={chosen}")


def _first_shown(book: CellBook, meetings: list[Meeting]) -> MeetingCode | None:
    """The meeting shown before one is chosen: the latest that has points, else the latest held one."""
    codes = [meeting.meeting_code for meeting in meetings if meeting.is_held]
    scored = [code for code in codes if book.self_scores.of(code)]
    return max(scored or codes, default=None, key=lambda code: code.sort_key)


def _write_chooser(slip: Slip) -> None:
    sheet = slip.pen.sheet
    sheet.hide_gridlines(2)
    for column, width in enumerate((*WIDTHS, 3, 24)):
        sheet.set_column(column, column, width)
    slip.pen.write(_CHOSEN[0] - 1, _CHOSEN[1], "Chọn kỳ cần in:", "plain", "bold", "accent")
    sheet.write_string(*_CHOSEN, str(slip.shown or ""), slip.pen.style("grid", "text", "input", "center", "bold"))
    rule = listed(slip.form.lists.ref("meetings_of_book"))
    sheet.data_validation(*_CHOSEN, *_CHOSEN, with_prompt(rule, "Kỳ cần in", "Chọn mã kỳ; phiếu tự điền theo sổ."))


def _write_head(slip: Slip) -> None:
    info, all_columns = slip.form.book.info, (0, NOTE)
    committee, cell = (slip.of_cell(code) for code in ("committee_name", "cell_name"))
    _merge(slip, 0, _LEFT, f"UPPER({committee})", info.committee_name.upper())
    _merge(slip, 1, _LEFT, f"UPPER({cell})", info.cell_name.upper(), "bold")
    _merge(slip, 2, _LEFT, None, "*")
    _merge(slip, 0, _RIGHT, None, "ĐẢNG CỘNG SẢN VIỆT NAM", "bold", "ruled")
    _merge(slip, 2, _RIGHT, *_dated(slip), "italic")
    _merge(slip, 4, all_columns, None, "PHIẾU ĐÁNH GIÁ", "bold", "large")
    subject, year, chosen = "chất lượng sinh hoạt chi bộ tháng ", info.year, slip.chosen
    month = f'VALUE(MID({chosen},6,2))&" năm "&LEFT({chosen},4)'
    shown = slip.shown.month if slip.shown else None
    text = f"{shown.number} năm {shown.year:04d}" if shown else f"{_DOTS} năm {year}"
    formula = f'"{subject}"&IFERROR({month},"{_DOTS} năm {year}")'
    _merge(slip, 5, all_columns, formula, f"{subject}{text}", "bold")
    _merge(slip, 6, all_columns, None, "-----")
    _merge(slip, 7, all_columns, *_told(slip), "italic", "muted")


def _dated(slip: Slip) -> tuple[str, str]:
    """Place and day of the paper, as a formula and its value: the day of scoring, else that of the meeting."""
    place = slip.form.library.issuer.place
    blank = f"{place}, ngày {_DOTS} tháng {_DOTS} năm {_DOTS}"
    scored, held = (slip.of_meeting(code) for code in ("scored_on", "held_on"))
    day = f"IF(ISNUMBER({scored}),{scored},{held})"
    # Days below 10 and the months 1 and 2 take two figures, as in every paper of an office.
    month = f'TEXT(MONTH({day}),IF(MONTH({day})<3,"00","0"))'
    words = f'"{_inside(place)}, ngày "&TEXT(DAY({day}),"00")&" tháng "&{month}&" năm "&YEAR({day})'
    formula = f'IF({slip.meeting_row}=0,"{_inside(blank)}",IF(ISNUMBER({day}),{words},"{_inside(blank)}"))'
    position = slip.form.meeting_index(slip.shown)
    meeting = slip.form.book.meetings[position] if position is not None else None
    shown = (meeting.scored_on or meeting.held_on) if meeting else None
    return formula, f"{place}, {day_in_words(shown)}" if shown else blank


def _inside(text: str) -> str:
    """A text as it stands between the quotes of a formula."""
    return text.replace('"', '""')


def _told(slip: Slip) -> tuple[str, str]:
    """Kind and day of the chosen meeting, or why there is nothing to show: as a formula and its value."""
    numbers = [n for n, one in enumerate(slip.form.scores.variants, start=1) if one.frame is slip.frame]
    day = slip.of_meeting("held_on")
    held = f'IF(ISNUMBER({day})," – sinh hoạt ngày "&DAY({day})&"/"&MONTH({day})&"/"&YEAR({day}),"")'
    own = f"OR({','.join(f'{slip.variant}={number}' for number in numbers)})"
    told = f'{slip.of_meeting("kind")}&{held}&IF({own},"","{_OTHER_FRAME}")'
    formula = f'IF({slip.meeting_row}=0,"{_NOT_CHOSEN}",{told})'
    position = slip.form.meeting_index(slip.shown)
    if position is None:
        return formula, _NOT_CHOSEN
    meeting = slip.form.book.meetings[position]
    on = meeting.held_on
    text = f"{meeting.kind}" + (f" – sinh hoạt ngày {on.day}/{on.month}/{on.year}" if on else "")
    return formula, text if slip.shows_own_frame else f"{text}{_OTHER_FRAME}"


def _write_foot(slip: Slip, row: int) -> int:
    """The vote, the thresholds, the frame's source and the signatures; the last row."""
    info = slip.form.book.info
    _merge(slip, row + 1, (0, NOTE), *_vote(slip), "left")
    _merge(slip, row + 2, (0, NOTE), None, thresholds_text(slip.frame), "left")
    _merge(slip, row + 3, (0, NOTE), None, _source(slip.frame), "left")
    with_committee = f'IF({slip.of_cell("has_committee")}="Có","T/M CHI ỦY","T/M CHI BỘ")'
    _merge(slip, row + 5, _LEFT, with_committee, "T/M CHI ỦY" if info.has_committee else "T/M CHI BỘ", "bold")
    _merge(slip, row + 6, _LEFT, None, "BÍ THƯ", "bold")
    _merge(slip, row + 7, _LEFT, None, _HINT, "italic")
    _merge(slip, row + 5, _RIGHT, None, "CẤP ỦY VIÊN CẤP TRÊN PHỤ TRÁCH", "bold")
    _merge(slip, row + 6, _RIGHT, None, _HINT, "italic")
    for columns, code in ((_LEFT, "secretary"), (_RIGHT, "supervisor")):
        _merge(slip, row + _SIGNED, columns, f'{slip.of_cell(code)}&""', getattr(info, code), "bold")
    return row + _SIGNED


def _source(frame: Frame) -> str:
    """By which document the frame scores."""
    source = frame.sources[0]
    return f"Khung chấm theo {source.number} ngày {short_day(source.date)} của {source.issuer}."


def _vote(slip: Slip) -> tuple[str, str]:
    """How the cell voted on the grade, as a formula and its value."""
    position = slip.form.meeting_index(slip.shown)
    meeting = slip.form.book.meetings[position] if position is not None else None
    given = [slip.of_meeting(code) for code in ("votes_for", "votes_entitled")]
    votes = [f'IF({slip.meeting_row}=0,"{_DOTS}",IF(ISNUMBER({one}),{one},"{_DOTS}"))' for one in given]
    counts = [meeting.votes_for, meeting.votes_entitled] if meeting else [None, None]
    told = [_DOTS if count is None else str(count) for count in counts]
    formula = f'"Chi bộ biểu quyết: "&{votes[0]}&"/"&{votes[1]}&" đồng ý."'
    return formula, f"Chi bộ biểu quyết: {told[0]}/{told[1]} đồng ý."


def _merge(slip: Slip, row: int, columns: tuple[int, int], formula: str | None, value: str, *traits: str) -> None:
    """A text, or a formula with its value, over merged cells."""
    style = slip.pen.style("plain", "center", *traits)
    slip.pen.sheet.merge_range(row, columns[0], row, columns[1], value if formula is None else "", style)
    if formula is not None:
        write_formula(slip.pen.sheet, row, columns[0], formula, value, cell_format=style)
