"""However rows and columns are moved, hidden or merged, every value and every finding names its true cell."""

from __future__ import annotations

from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.model import Meeting, column_letters
from tables import SheetTable, read_workbook

COLUMNS = {
    "meeting_code": "Mã kỳ",
    "kind": "Loại",
    "held_on": "Ngày sinh hoạt",
    "venue": "Địa điểm",
    "chair": "Chủ trì",
    "opinions": "Số ý kiến",
    "note": "Ghi chú",
}


@frozen
class Arrangement:
    """How a sheet is arranged: headings in order ("" is a foreign column) and rows by their number."""

    text: str
    merges: tuple[str, ...]
    hidden_rows: tuple[int, ...]
    hidden_columns: tuple[str, ...]
    columns: dict[str, int]
    rows: dict[str, int]
    """Row of each record by its key."""


@st.composite
def arrangements(draw: st.DrawFn, labels: dict[str, str], records: list[dict[str, str]]) -> Arrangement:
    """The records of a sheet under titles, among blank and foreign rows and columns, with parts merged and hidden."""
    order = draw(st.permutations([*labels, "", ""]))
    indent = draw(st.integers(0, 3))
    heads = ["", *[""] * indent] + [labels.get(code, f"Cột riêng {index}") for index, code in enumerate(order)]
    columns = {code: index + indent + 2 for index, code in enumerate(order) if code}
    lines: list[list[str]] = []
    merges = []
    for number in range(draw(st.integers(0, 3))):
        lines.append(["", "SỔ SINH HOẠT"] if draw(st.booleans()) else [""])
        if len(lines[-1]) > 1:
            merges.append(f"B{number + 1}:{column_letters(len(heads))}{number + 1}")
    lines.append(heads)
    rows = {}
    for record in records:
        lines += [[""] for _ in range(draw(st.integers(0, 2)))]
        by_column = {columns[code]: value for code, value in record.items()}
        lines.append([by_column.get(index, "x" if heads[index - 1] else "") for index in range(1, len(heads) + 1)])
        rows[next(iter(record.values()))] = len(lines)
    lines += [[""], ["", "NGƯỜI LẬP BIỂU"]]
    hidden_rows = draw(st.sets(st.integers(1, len(lines)), max_size=4))
    hidden_columns = draw(st.sets(st.integers(1, len(heads)), max_size=2))
    return Arrangement(
        "\n".join("|" + "|".join(line) + "|" for line in lines),
        tuple(merges),
        tuple(sorted(hidden_rows)),
        tuple(column_letters(column) for column in sorted(hidden_columns)),
        columns,
        rows,
    )


MEETINGS = [
    {
        "meeting_code": f"2026-{month:02d}",
        "kind": "Thường kỳ",
        "held_on": "hôm nọ" if month % 2 else f"d:2026-{month:02d}-05",
        "venue": f"Phòng {month}",
        "chair": f"Người {month}",
        "opinions": f"n:{month}" if month % 3 else "nhiều",
        "note": f"Ghi {month}",
    }
    for month in range(1, 7)
]


def as_sheet(arrangement: Arrangement) -> SheetTable:
    """The sheet arranged so."""
    return SheetTable(
        arrangement.text, arrangement.merges, arrangement.hidden_rows, hidden_columns=arrangement.hidden_columns
    )


def address(arrangement: Arrangement, key: str, column: str) -> str:
    """Where the value of a record stands."""
    return f"{column_letters(arrangement.columns[column])}{arrangement.rows[key]}"


@settings(max_examples=80)
@given(arrangements(COLUMNS, MEETINGS))
def test_records_and_findings_of_a_table_name_their_cells(arrangement: Arrangement) -> None:
    reading = read_workbook({"Sinh hoạt": as_sheet(arrangement)})

    meetings: dict[str, Meeting] = {str(meeting.meeting_code): meeting for meeting in reading.book.meetings}
    assert set(meetings) == set(arrangement.rows)
    for key, meeting in meetings.items():
        month = meeting.meeting_code.month.number
        assert (meeting.venue, meeting.chair, meeting.note) == (f"Phòng {month}", f"Người {month}", f"Ghi {month}")
        for column in COLUMNS:
            assert meeting.origin.place(column).address == address(arrangement, key, column)
    unreadable = {
        (finding.code, finding.place.address, str(finding.meeting))
        for finding in reading.findings
        if finding.code.endswith("_UNREADABLE")
    }
    keys = arrangement.rows
    dates = {("DATE_UNREADABLE", address(arrangement, key, "held_on"), key) for key in keys if int(key[5:]) % 2}
    counts = {
        ("NUMBER_UNREADABLE", address(arrangement, key, "opinions"), key) for key in keys if int(key[5:]) % 3 == 0
    }
    assert unreadable == dates | counts


@settings(max_examples=60)
@given(arrangements(COLUMNS, MEETINGS))
def test_hidden_rows_and_columns_are_named_where_something_was_read(arrangement: Arrangement) -> None:
    reading = read_workbook({"Sinh hoạt": as_sheet(arrangement)})

    seen = {finding.code: finding.seen for finding in reading.findings}
    assert ("HIDDEN_ROWS" in seen) == bool(set(arrangement.hidden_rows) & set(arrangement.rows.values()))
    hidden = {column for column in arrangement.columns.values() if column_letters(column) in arrangement.hidden_columns}
    assert set(filter(None, seen.get("HIDDEN_COLUMNS", "").split(", "))) == {
        column_letters(column) for column in hidden
    }


GRID_COLUMNS = {
    "member_code": "Mã đảng viên",
    "full_name": "Họ và tên",
    "2026-03": "2026-03",
    "2026-04": "T4",
    "2026-05-CĐ": "2026-05-CĐ *",
}
GRID = [
    {"member_code": "DV01", "full_name": "Người Một", "2026-03": "X", "2026-04": "D", "2026-05-CĐ": "P"},
    {"member_code": "DV02", "full_name": "Người Hai", "2026-03": "đ", "2026-04": "X", "2026-05-CĐ": "!#N/A"},
    {"member_code": "DV03", "full_name": "Người Ba", "2026-03": "", "2026-04": "k", "2026-05-CĐ": "S"},
]


@settings(max_examples=80)
@given(arrangements(GRID_COLUMNS, GRID))
def test_marks_and_findings_of_a_grid_name_their_cells(arrangement: Arrangement) -> None:
    reading = read_workbook({"Điểm danh": as_sheet(arrangement)})

    roll_call = reading.book.roll_call
    read = {
        (str(code), member): mark.value for code, marks in roll_call.marks.items() for member, mark in marks.items()
    }
    assert read == {
        ("2026-03", "DV01"): "X",
        ("2026-03", "DV02"): "Đ",
        ("2026-04", "DV02"): "X",
        ("2026-04", "DV03"): "K",
        ("2026-05-CĐ", "DV01"): "P",
        ("2026-05-CĐ", "DV03"): "S",
    }
    for code in roll_call.marks:
        for member in arrangement.rows:
            assert roll_call.place(code, member).address == address(arrangement, member, str(code))
    reported = {finding.code: finding.place.address for finding in reading.findings}
    assert reported["MARK_UNKNOWN"] == address(arrangement, "DV01", "2026-04")
    assert reported["CELL_ERROR"] == address(arrangement, "DV02", "2026-05-CĐ")
