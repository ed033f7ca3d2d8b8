"""The first sheet, `Thông tin`: what to do with this workbook in a few sentences, and who the cell is."""

from __future__ import annotations

import re

from chibo.definitions.layouts import LayoutField, ValueType
from chibo.workbook.writing.cells import write_cell
from chibo.workbook.writing.form import Form
from chibo.workbook.writing.geometry import HELP_ROW, LABEL_COLUMN, LABELS_FROM, TITLE_ROW, local
from chibo.workbook.writing.pen import Pen
from chibo.workbook.writing.tables import write_label_value

_NAME = re.compile(r"\[([a-z_]+)\]")
_STEPS = (
    "1. Đầu năm: ghi trang này, «Đảng viên» và «Kế hoạch chuyên đề».",
    "2. Trước mỗi buổi: thêm một dòng ở «Sinh hoạt» (chọn mã kỳ, loại, ngày dự kiến).",
    "3. Sau buổi: ghi ngày, giờ ở «Sinh hoạt»; đánh dấu ở «Điểm danh»; cho điểm ở «Chấm điểm».",
    "4. Xem cột «Kiểm tra»: chữ đỏ là chỗ cần sửa. In «Phiếu đánh giá» rồi gửi tệp này lên cấp trên.",
    "Ô trắng để ghi, ô xám tự tính. Không đổi tên trang và tiêu đề cột. Mở được bằng Excel và LibreOffice.",
)
_LOCKED = frozenset({"frame_regular", "frame_thematic", "layout_version"})
"""Written when the workbook is made: the sheets of points follow the frames, so they cannot be changed here."""
_TITLE_HEIGHT, _ROW_HEIGHT = 30, 21
_FRAME_NOTE = "Chọn khi tạo sổ; muốn đổi khung thì tạo sổ mới bằng Chibo."


INFO_RULES = (
    ("committee_name", "COMMITTEE_NAME_MISSING", 'AND([committee_code]<>"",[committee_name]="")'),
    ("committee_code", "COMMITTEE_CODE_MISSING", 'AND([committee_name]<>"",[committee_code]="")'),
    ("min_minutes_document", "OWN_MINIMUM_WITHOUT_DOCUMENT", 'AND([min_minutes]<>"",[min_minutes_document]="")'),
    ("min_minutes", "OWN_MINIMUM_NOT_POSITIVE", "AND(ISNUMBER([min_minutes]),[min_minutes]<=0)"),
    ("year", "BOOK_YEAR_AHEAD", "[year]>YEAR(TODAY())+1"),
)
"""What the checks say of the cell's own data: the label at which it is told, the finding's code, and when."""


def write_info(form: Form) -> None:
    """Write `Thông tin`."""
    pen = Pen.on(form, "info")
    plan, sheet = pen.plan, pen.sheet
    sheet.hide_gridlines(2)
    sheet.set_default_row(_ROW_HEIGHT)
    for column, width in plan.widths.items():
        sheet.set_column(column, column, width)
    sheet.set_row(TITLE_ROW, _TITLE_HEIGHT)
    sheet.write_string(TITLE_ROW, LABEL_COLUMN, plan.layout.title, pen.style("title", font_size=18))
    pen.write(HELP_ROW, LABEL_COLUMN, plan.layout.help, "subtitle")
    for index, step in enumerate(_STEPS):
        row = LABELS_FROM - 1 + index
        for column in range(LABEL_COLUMN, plan.last_column + 1):
            pen.write(row, column, step if column == LABEL_COLUMN else None, "plain", "note")
    for label in plan.layout.labels:
        _write_label(pen, label)
    for rule in INFO_RULES:
        _write_verdict(pen, *rule)


def _write_verdict(pen: Pen, label: str, code: str, condition: str) -> None:
    """Tell a finding beside the label at which it stands; nothing where the layout lacks a label it speaks of."""
    places = pen.plan.labels
    if not {label, *_NAME.findall(condition)} <= set(places):
        return
    row, column = places[label]
    told = _NAME.sub(lambda found: local(*places[found[1]]), condition)
    title = pen.form.title(code)
    value = title if code in pen.form.codes_in_row("info", row) else ""
    pen.formula(row, column + 2, f'IF({told},{pen.form.workings.text(title)},"")', value, "plain", "accent")


def _write_label(pen: Pen, label: LayoutField) -> None:
    """A label, its value, and what to write there."""
    row, column = pen.plan.labels[label.code]
    text, traits = (f"{label.label} *", ("plain", "bold", "required")) if label.required else (label.label, ("plain",))
    pen.write(row, column - 1, text, *traits)
    note = _FRAME_NOTE if label.type is ValueType.FRAME else label.help
    write_cell(pen.sheet, row, column + 1, note, pen.style("plain", "muted", "italic", indent=1))
    value = getattr(pen.form.book.info, label.code)
    if label.code in _LOCKED:
        write_cell(pen.sheet, row, column, str(value), pen.style("grid", "computed", "text", indent=1))
        return
    write_label_value(pen, label, value)
    if label.required:
        pen.mark((row, column, row, column), f'{local(row, column)}=""', "doubt")
