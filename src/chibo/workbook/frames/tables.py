"""The shape of a frame's workbook: which sheet holds which table, with which columns. Writing and reading share it."""

from __future__ import annotations

from attrs import frozen

from chibo.workbook.frames import values
from chibo.workbook.frames.values import ValueKind

MAIN_SHEET = "Khung tiêu chí"
LEVELS_SHEET = "Mức điểm"
FACTS_SHEET = "Dữ kiện"
BANDS_SHEET = "Bậc điểm"
SENTENCES_SHEET = "Câu giải thích"


@frozen
class Column:
    """One column of a table, or one labelled value: the key in the frame's document and how it is written.

    `width` is in characters; `span` is how many columns of the sheet it covers.
    """

    key: str
    label: str
    kind: ValueKind = values.TEXT
    width: float = 14
    required: bool = False
    span: int = 1


@frozen
class TableShape:
    """A table with a heading of its own; `key` names it. It is found by the labels of its required columns."""

    key: str
    heading: str
    columns: tuple[Column, ...]
    note: str = ""


def _column(key: str, label: str, kind: ValueKind = values.TEXT, width: float = 14) -> Column:
    return Column(key, label, kind, width)


def _required(key: str, label: str, kind: ValueKind = values.TEXT, width: float = 14) -> Column:
    return Column(key, label, kind, width, required=True)


INFO: tuple[Column, ...] = (
    _required("schema", "Phiên bản lược đồ", values.WHOLE),
    _required("id", "Mã khung"),
    _required("title", "Tên khung"),
    _column("title_en", "Tên khung (tiếng Anh)"),
    _required("status", "Tình trạng", values.STATUS),
    _column("confirm_note", "Ghi chú xác nhận"),
    _column("confirm_note_en", "Ghi chú xác nhận (tiếng Anh)"),
    _required("effective.from", "Hiệu lực từ ngày", values.DAY),
    _column("effective.to", "Hiệu lực đến ngày", values.DAY),
    _required("applies.meeting_kinds", "Loại buổi được chấm", values.MEETING_KINDS),
    _column("applies.cell_kinds", "Loại hình chi bộ (trống: mọi loại hình)", values.CELL_KINDS),
    _required("total", "Tổng điểm của khung", values.POINTS),
    _column("required_minutes.usual", "Số phút quy định (R)", values.WHOLE),
    _column("required_minutes.longer", "Số phút quy định khi cần dài hơn", values.WHOLE),
    _column("required_minutes.longer_for_kinds", "Loại buổi cần dài hơn", values.MEETING_KINDS),
    _column("required_minutes.longer_from_membership", "Dài hơn khi đảng số từ", values.WHOLE),
    _column("required_minutes.granted_replaces", "Mức riêng được quy định thay cho R", values.YES_NO),
    _column("denominators.attendance_leaves_out", "Không tính vào số phải dự", values.COUNTS),
    _column("denominators.speaking_over", "Tỷ lệ phát biểu tính trên", values.OVER),
    _column("look_back", "Xét số buổi vắng liên tiếp trong", values.LOOK_BACK),
    _column("exempt_withheld_papers", "Tính đủ điểm khi tài liệu không được đăng", values.YES_NO),
    _column("exempt_reason.vi", "Câu giải thích khi được tính đủ điểm"),
    _column("exempt_reason.en", "Câu giải thích khi được tính đủ điểm (tiếng Anh)"),
)
"""The labelled values above the tables; dotted keys lead into sub-tables of the document."""

SOURCES = TableShape(
    "sources",
    "Căn cứ",
    (
        _required("number", "Số văn bản"),
        _required("date", "Ngày ban hành", values.DAY),
        _required("issuer", "Cơ quan ban hành"),
        Column("note", "Ghi chú", span=6),
    ),
)
CRITERIA = TableShape(
    "criteria",
    "Các nhóm và tiêu chí",
    (
        _required("row", "Dòng", values.ROW, 15),
        _required("code", "Mã", width=13),
        _required("label", "Nội dung", width=48),
        _required("kind", "Cách chấm", values.CRITERION_KIND, 12),
        _required("max", "Điểm tối đa", values.POINTS, 10),
        _column("max_for", "Tối đa riêng theo loại buổi", values.POINTS_BY_KIND, 16),
        _column("only_for", "Chỉ chấm ở buổi", values.MEETING_KINDS, 13),
        _column("step", "Bước điểm", values.POINTS, 8),
        _column("full_when", "Tính đủ điểm khi", values.EXEMPTIONS, 20),
        _column("help", "Hướng dẫn", width=44),
        _column("open_question", "Điều cần khối xác nhận", width=32),
        _column("open_question_for", "Chỉ cần xác nhận ở buổi", values.MEETING_KINDS, 13),
        _column("label_en", "Nội dung (tiếng Anh)", width=36),
        _column("help_en", "Hướng dẫn (tiếng Anh)", width=36),
        _column("open_question_en", "Điều cần khối xác nhận (tiếng Anh)", width=32),
    ),
    "Điểm tối đa của các tiêu chí trong một nhóm cộng lại bằng điểm của nhóm, ở mọi loại buổi.",
)
GRADES = TableShape(
    "grades",
    "Xếp loại buổi sinh hoạt",
    (_required("grade", "Xếp loại", values.GRADE), _required("at_least", "Từ điểm", values.POINTS)),
    "Từ cao xuống thấp; mức thấp nhất để trống điểm.",
)
GATES = TableShape(
    "gates",
    "Điều kiện của mức xếp loại",
    (
        _required("grade", "Mức có điều kiện", values.GRADE),
        _required("otherwise", "Nếu không thì xếp", values.GRADE),
        _required("full_marks", "Phải đủ điểm ở các tiêu chí (cách nhau bằng dấu ;)", values.CODES),
    ),
)
YEARLY = TableShape(
    "yearly",
    "Xếp loại chất lượng sinh hoạt cả năm (chỉ ghi mức đã có quy tắc)",
    (
        _required("grade", "Xếp loại năm", values.GRADE),
        _required("every", "Mọi buổi từ mức", values.GRADE),
        _required("of", "và có những buổi thường kỳ từ mức", values.GRADE),
        _required("count", "ít nhất (buổi)", values.WHOLE),
    ),
)
LEVELS = TableShape(
    "levels",
    "Các mức để chọn",
    (
        _required("criterion", "Mã tiêu chí", width=12),
        _required("points", "Điểm", values.POINTS, 9),
        _required("label", "Mức", width=52),
        _column("label_en", "Mức (tiếng Anh)", width=44),
    ),
    "Mức cao nhất bằng điểm tối đa của tiêu chí; ghi từ cao xuống thấp.",
)
FACTS = TableShape(
    "facts",
    "Tiêu chí xác định theo dữ kiện trong sổ",
    (
        _required("criterion", "Mã tiêu chí", width=12),
        _required("measure", "Phép đo", values.MEASURE, 34),
        _column("column", "Cột của trang Sinh hoạt", width=24),
        _column("deadline_days", "Hạn so với ngày sinh hoạt (ngày)", values.WHOLE, 18),
        _column("unless_no", "Không đạt nếu cột này là Không", width=24),
        _column("waits", "Chờ đến hết hạn", values.YES_NO, 14),
    ),
    "Cột ghi bằng mã của nó trong mẫu sổ. Hạn âm là trước ngày sinh hoạt, 0 là cùng ngày, dương là sau.",
)
BANDS = TableShape(
    "bands",
    "Bậc điểm theo dữ kiện",
    (
        _required("criterion", "Mã tiêu chí", width=12),
        _column("membership_below", "Riêng cho chi bộ dưới (đảng viên)", values.WHOLE, 18),
        _column("column", "Khống chế theo số", values.COUNT, 20),
        _required("at_least", "Từ (≥)", values.EDGE, 10),
        _required("above", "Trên (>)", values.EDGE, 10),
        _required("below", "Dưới (<)", values.EDGE, 10),
        _required("at_most", "Đến (≤)", values.EDGE, 10),
        _required("points", "Điểm", values.POINTS, 9),
    ),
    "R là số phút quy định của buổi. Bậc xét từ trên xuống. Dòng khống chế: điểm không quá số ghi ở cột Điểm.",
)
SENTENCES = TableShape(
    "sentences",
    "Câu giải thích điểm",
    (
        _required("criterion", "Mã tiêu chí", width=12),
        _required("outcome", "Trường hợp", values.OUTCOME, 18),
        _required("vi", "Tiếng Việt", width=70),
        _required("en", "Tiếng Anh", width=70),
    ),
    "Chữ trong ngoặc nhọn như {points} được thay bằng số liệu; giữ nguyên cách viết.",
)
OTHER_SHEETS: dict[str, TableShape] = {
    LEVELS_SHEET: LEVELS,
    FACTS_SHEET: FACTS,
    BANDS_SHEET: BANDS,
    SENTENCES_SHEET: SENTENCES,
}
"""The sheets beside the main one, each with a single table."""
