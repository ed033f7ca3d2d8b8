"""A sketched book typed into a workbook with openpyxl, the way different people keep theirs."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal

from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sketched_books import HD42_MAXIMA, MAXIMA, Sketch
from typed_by_people import Typed, Typist

INFO_LABELS = {
    "cell_code": ("Mã chi bộ",), "cell_name": ("Tên chi bộ",), "committee_code": ("Mã đảng bộ cơ sở",),
    "committee_name": ("Tên đảng bộ cơ sở",), "section_name": ("Đảng bộ bộ phận",), "cell_kind": ("Loại hình",),
    "year": ("Năm",), "has_committee": ("Có chi ủy",), "secretary": ("Bí thư",),
    "secretary_is_head": ("Bí thư đồng thời là thủ trưởng cơ quan, đơn vị", "Bí thư là thủ trưởng đơn vị"),
    "deputy_secretary": ("Phó bí thư",), "supervisor": ("Cấp ủy viên cấp trên phụ trách",),
    "frame_regular": ("Khung chấm thường kỳ",), "frame_thematic": ("Khung chấm chuyên đề",),
    "min_minutes": ("Thời lượng tối thiểu được quy định (phút)",), "min_minutes_document": ("Văn bản quy định số",),
}  # fmt: skip
MEETING_LABELS = {
    "meeting_code": ("Mã kỳ",), "kind": ("Loại",), "state": ("Tình trạng buổi",), "state_reason": ("Lý do",),
    "postponed_to": ("Hoãn đến ngày",), "registered_on": ("Ngày đăng ký",), "planned_on": ("Ngày dự kiến",),
    "held_on": ("Ngày sinh hoạt", "Ngày họp"), "starts_at": ("Giờ bắt đầu", "Bắt đầu"),
    "ends_at": ("Giờ kết thúc", "Kết thúc"), "committee_met_on": ("Ngày họp chi ủy",),
    "committee_minutes": ("Biên bản họp chi ủy",), "notified_on": ("Ngày thông báo",),
    "papers_sent_on": ("Ngày gửi (đăng) tài liệu", "Ngày gửi tài liệu"),
    "supervisor_present": ("Cấp ủy viên cấp trên dự", "Cấp trên dự"), "membership": ("Đảng số",),
    "exempt": ("Miễn sinh hoạt", "Miễn"), "transferred": ("Chuyển tạm thời",), "special_duty": ("Nhiệm vụ đặc biệt",),
    "suspended": ("Đình chỉ",), "present": ("Có mặt",), "excused": ("Vắng có lý do",),
    "unexcused": ("Vắng không lý do",),
    "speakers": ("Số người phát biểu", "Số đảng viên phát biểu"), "opinions": ("Số ý kiến",),
    "minutes_criticism": ("Phút đánh giá tư tưởng, tự phê bình và phê bình", "Phút tự phê bình và phê bình"),
    "plan_no": ("Chuyên đề số",),
    "previous_resolution_rate": ("Kết quả thực hiện nghị quyết, kết luận kỳ trước (%)", "Kết quả nghị quyết trước (%)"),
    "minutes_kept": ("Biên bản ghi đầy đủ", "Biên bản"),
    "reported_on": ("Ngày báo cáo cấp ủy cấp trên", "Ngày báo cáo"),
}  # fmt: skip
KEPT = ("meeting_code", "kind")
ZERO_WHEN_ABSENT = ("exempt", "transferred", "special_duty", "suspended")
OPTIONAL_OF_MEMBERS = ("Tổ đảng", "Chức vụ Đảng", "Ghi chú")

Column = tuple[str, list[Typed | None]]


def typed_workbook(sketch: Sketch, seed: int, tidy: bool = False) -> bytes:
    """The bytes of the workbook; `tidy` types the first spelling of everything and leaves nothing out."""
    rng = random.Random(f"typing {seed}")
    writer = BookWriter(rng, Typist(rng, tidy, year=int(str(sketch.info["year"]))))
    return writer.written(sketch)


class BookWriter:
    """Writes the sheets of one book and remembers which cells are formulas."""

    def __init__(self, rng: random.Random, typist: Typist) -> None:
        self.rng, self.typist = rng, typist
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.formulas: dict[tuple[str, str], object] = {}
        if typist.now_and_then(0.1):
            self.book.epoch = CALENDAR_MAC_1904

    def written(self, sketch: Sketch) -> bytes:
        writers: list[Callable[[Sketch], None]] = [
            self.write_info, self.write_members, self.write_meetings, self.write_roll_call, self.write_tasks,
            self.write_plan, self.write_own_scores, self.write_official_scores, self.write_other_sheets,
        ]  # fmt: skip
        if not self.typist.tidy:
            self.rng.shuffle(writers)
        for write in writers:
            write(sketch)
        stream = io.BytesIO()
        self.book.save(stream)
        return with_cached_values(stream.getvalue(), self.book.sheetnames, self.formulas)

    def sheet(self, name: str) -> Worksheet:
        return self.book.create_sheet(self.typist.words(name).replace("\n", " ")[:31])

    def put(self, sheet: Worksheet, row: int, column: int, typed: Typed | None) -> None:
        if typed is None:
            return
        cell = sheet.cell(row, column)
        if typed.by_formula:
            cell.value = f"={typed.value}+0"
            self.formulas[sheet.title, cell.coordinate] = typed.value
        else:
            cell.value = typed.value
            if isinstance(typed.value, str) and typed.value.startswith("="):
                cell.data_type = "s"
        if typed.number_format:
            cell.number_format = typed.number_format

    def write_info(self, sketch: Sketch) -> None:
        sheet, row = self.sheet("Thông tin"), 1
        column = int(str(self.typist.one_of(1, 2, 4)))
        sheet.cell(row, column, "SỔ SINH HOẠT CHI BỘ")
        labels = list(INFO_LABELS.items())
        if not self.typist.tidy:
            self.rng.shuffle(labels)
        for code, spellings in labels:
            value = sketch.info.get(code)
            if value is None and self.typist.now_and_then(0.5):
                continue
            row += int(str(self.typist.one_of(1, 1, 2)))
            self.put(sheet, row, column, Typed(self.typist.label(str(self.typist.one_of(*spellings)))))
            self.put(sheet, row, column + 1, self.typed_info(code, value))

    def typed_info(self, code: str, value: object) -> Typed | None:
        if value is None:
            return None
        if isinstance(value, bool):
            return self.typist.yes_no(value)
        if isinstance(value, int):
            return self.typist.whole(value)
        return Typed(self.typist.words(str(value)) if code == "cell_kind" else self.typist.text(str(value)))

    def write_members(self, sketch: Sketch) -> None:
        standing = self.typist.one_of("Chính thức/Dự bị", "Tư cách")
        columns: list[Column] = [
            ("Mã đảng viên", [Typed(member["member_code"]) for member in sketch.members]),
            ("Họ và tên", [Typed(self.typist.text(str(member["full_name"]))) for member in sketch.members]),
            (str(standing), [Typed(self.typist.words(str(member["standing"]))) for member in sketch.members]),
            ("Tình trạng", [Typed(self.typist.words(str(member["status"]))) for member in sketch.members]),
            ("TT", [Typed(number) for number in range(1, len(sketch.members) + 1)]),
        ]
        columns += [
            (name, [None] * len(sketch.members)) for name in OPTIONAL_OF_MEMBERS if self.typist.now_and_then(0.5)
        ]
        self.write_table(self.sheet("Đảng viên"), "DANH SÁCH ĐẢNG VIÊN", columns)

    def write_meetings(self, sketch: Sketch) -> None:
        meetings = list(sketch.meetings)
        if self.typist.now_and_then(0.3):
            self.rng.shuffle(meetings)
        columns: list[Column] = []
        for code, spellings in MEETING_LABELS.items():
            values = [meeting.get(code) for meeting in meetings]
            nothing = all(value is None for value in values) or (
                code in ZERO_WHEN_ABSENT and all(value in (None, 0) for value in values)
            )
            if code in KEPT or not nothing or not self.typist.now_and_then(0.7):
                spelling = str(self.typist.one_of(*spellings))
                columns.append((spelling, [self.typed_value(code, value) for value in values]))
        if self.typist.now_and_then(0.2):
            columns = self.with_shares(columns, meetings)
        self.write_table(self.sheet("Sinh hoạt"), "CÁC BUỔI SINH HOẠT", columns, bands=self.typist.now_and_then(0.5))

    def with_shares(self, columns: list[Column], meetings: list[dict]) -> list[Column]:
        """`present/membership` in the column of those present instead of two numbers."""
        shared: list[Typed | None] = [
            self.typist.share(meeting["present"], meeting["membership"]) if "present" in meeting else None
            for meeting in meetings
        ]
        kept = [column for column in columns if column[0] not in ("Đảng số", "Có mặt")]
        return [*kept, ("Có mặt", shared)]

    def typed_value(self, code: str, value: object) -> Typed | None:
        typist = self.typist
        if value is None:
            return None
        if code == "meeting_code":
            return typist.meeting_code(str(value))
        if code in ("kind", "state"):
            return Typed(typist.words(str(value)))
        if code == "previous_resolution_rate":
            return typist.rate(int(str(value)))
        if code == "plan_no":
            return typist.whole(int(str(value)))
        if isinstance(value, bool):
            return typist.yes_no(value)
        if isinstance(value, int):
            return typist.count(value)
        if isinstance(value, date):
            return typist.day(value)
        return typist.clock(value) if isinstance(value, time) else Typed(typist.text(str(value)))

    def write_roll_call(self, sketch: Sketch) -> None:
        if not sketch.marks and self.typist.now_and_then(0.7):
            return
        members = list(sketch.members)
        if self.typist.now_and_then(0.3):
            self.rng.shuffle(members)
        columns: list[Column] = [
            ("Mã đảng viên", [Typed(member["member_code"]) for member in members]),
            ("Họ và tên", [Typed(self.typist.text(str(member["full_name"]))) for member in members]),
        ]
        spread = {
            code: [self.typist.mark(marks[m["member_code"]]) if m["member_code"] in marks else None for m in members]
            for code, marks in sketch.marks.items()
        }
        sheet = self.sheet("Điểm danh")
        bottom = self.write_table(sheet, "ĐIỂM DANH", columns, spread=spread)
        sheet.cell(bottom + 2, 2, "X: có mặt · P: có phép · K: không phép · Đ: nhiệm vụ đặc biệt")

    def write_tasks(self, sketch: Sketch) -> None:
        if not sketch.tasks and self.typist.now_and_then(0.7):
            return
        columns: list[Column] = [
            ("Mã kỳ giao", [self.typist.meeting_code(code) for code, _, _ in sketch.tasks]),
            ("Nhiệm vụ", [Typed(self.typist.text(task)) for _, task, _ in sketch.tasks]),
            ("Kết quả", [Typed(self.typist.words(result)) for _, _, result in sketch.tasks]),
        ]
        self.write_table(self.sheet("Nhiệm vụ"), "NHIỆM VỤ", columns)

    def write_plan(self, sketch: Sketch) -> None:
        quarters = {
            1: ("1", "I", "Quý I"),
            2: ("2", "II", "Quý II"),
            3: ("3", "III", "quý III"),
            4: ("4", "IV", "Quý 4"),
        }
        columns: list[Column] = [
            ("TT", [self.typist.whole(int(no)) for no, _, _ in sketch.plan]),
            ("Quý", [Typed(self.typist.one_of(quarter, *quarters[quarter])) for _, quarter, _ in sketch.plan]),
            ("Chuyên đề", [Typed(self.typist.text(topic)) for _, _, topic in sketch.plan]),
        ]
        above = [("Số kế hoạch", Typed("05-KH/CB")), ("Ngày ban hành", self.typist.day(date(2026, 1, 15)))]
        self.write_table(self.sheet("Kế hoạch chuyên đề"), "KẾ HOẠCH CHUYÊN ĐỀ", columns, above=above)

    def write_own_scores(self, sketch: Sketch) -> None:
        self.write_scores("Chấm điểm", sketch, sketch.self_points)

    def write_official_scores(self, sketch: Sketch) -> None:
        self.write_scores("Thẩm định", sketch, sketch.official_points)

    def write_scores(self, name: str, sketch: Sketch, points: dict[str, dict[str, Decimal]]) -> None:
        if not points and self.typist.now_and_then(0.7):
            return
        frames = [str(sketch.info.get("frame_regular", "hd42-thuong-ky")), "chuyen-de-nghe-an-08"]
        scored = {code for given in points.values() for code in given}
        criteria = [code for frame in frames for code in MAXIMA[frame] if frame == frames[0] or code in scored]
        columns: list[Column] = [
            ("Mã tiêu chí", [self.typist.criterion(code) for code in criteria]),
            ("Tiêu chí", [Typed(f"Nội dung của tiêu chí {code}") for code in criteria]),
        ]
        if MAXIMA[frames[0]] is not HD42_MAXIMA:
            columns.append(("Điểm tối đa", [Typed((MAXIMA[frames[0]] | MAXIMA[frames[1]])[code]) for code in criteria]))
        spread = {
            meeting: [self.typist.points(given[code]) if code in given else None for code in criteria]
            for meeting, given in points.items()
        }
        self.write_table(self.sheet(name), name.upper(), columns, spread=spread)

    def write_other_sheets(self, _sketch: Sketch) -> None:
        for name in ("Ghi chép riêng", "Sheet1", "Danh bạ"):
            if self.typist.now_and_then(0.3):
                sheet = self.book.create_sheet(name)
                sheet["C3"], sheet["D7"] = "Không thuộc sổ", 12345
                sheet.sheet_state = str(self.typist.one_of("visible", "hidden"))

    def write_table(
        self,
        sheet: Worksheet,
        title: str,
        columns: list[Column],
        spread: dict[str, list[Typed | None]] | None = None,
        above: Iterable[tuple[str, Typed]] = (),
        bands: bool = False,
    ) -> int:
        """Title rows, a header row, the data with blank rows between, notes below; gives the last row of data."""
        typist, row = self.typist, 1
        left = int(str(typist.one_of(1, 1, 2)))
        columns = [(typist.label(label), values) for label, values in columns]
        if typist.now_and_then(0.4):
            self.rng.shuffle(columns)
        if typist.now_and_then(0.4):
            columns.insert(
                self.rng.randint(0, len(columns)), ("Cột riêng của chi bộ", [Typed("riêng")] * len(columns[0][1]))
            )
        headings = [Typed(label) for label, _ in columns]
        body = [values for _, values in columns]
        for code, values in (spread or {}).items():
            headings.append(typist.meeting_code(code, heading=True))
            body.append(values)
        if typist.tidy or typist.now_and_then(0.7):
            sheet.cell(row, left, title)
            sheet.merge_cells(start_row=row, end_row=row, start_column=left, end_column=left + 2)
            row += int(str(typist.one_of(1, 2)))
        for label, value in above:
            self.put(sheet, row, left, Typed(label))
            self.put(sheet, row, left + 1, value)
            row += 1
        if bands:
            sheet.cell(row, left, "Đăng ký")
            sheet.merge_cells(start_row=row, end_row=row, start_column=left, end_column=left + 1)
            sheet.cell(row, left + 2, "Diễn biến")
            row += 1
        for offset, heading in enumerate(headings):
            self.put(sheet, row, left + offset, heading)
        return self.write_rows(sheet, row, left, body)

    def write_rows(self, sheet: Worksheet, row: int, left: int, body: list[list[Typed | None]]) -> int:
        for number in range(len(body[0])):
            row += 2 if self.typist.now_and_then(0.05) else 1
            for offset, values in enumerate(body):
                self.put(sheet, row, left + offset, values[number])
            if self.typist.now_and_then(0.05):
                sheet.row_dimensions[row].hidden = True
        if self.typist.now_and_then(0.4):
            sheet.cell(row + 2, left, "Ghi chú: số liệu tính đến cuối tháng.")
            sheet.cell(row + 3, left + 2, "T/M CHI ỦY")
            sheet.cell(row + 4, left + 2, "Nguyễn Văn A")
        return row


def with_cached_values(data: bytes, names: list[str], formulas: dict[tuple[str, str], object]) -> bytes:
    """The workbook with the value of each formula stored, as Excel leaves it (openpyxl stores none)."""
    if not formulas:
        return data
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", item.filename)
            if found:
                name = names[int(found[1]) - 1]
                for (sheet, address), value in formulas.items():
                    if sheet == name:
                        content = re.sub(
                            rb'(<c r="%s"[^>]*><f>[^<]*</f>)<v ?/>' % address.encode(),
                            rb"\g<1><v>%s</v>" % str(value).encode(),
                            content,
                        )
            new.writestr(item.filename, content)
    return stream.getvalue()
