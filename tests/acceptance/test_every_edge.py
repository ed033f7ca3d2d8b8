"""Every edge of every band of the shipped frames, by `chibo score` and `chibo facts` on a book with that one value."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from command_line import chibo
from small_books import Sheets, meetings, small_book, workbook

from sketched_books import HD42_MAXIMA, NGHE_AN, PHU_THO, TEN_LINES

DAY = datetime(2026, 3, 5)
DOCUMENT = {"Văn bản quy định số": "12-CV/ĐUK"}
COUNTS = ("Đảng số", "Có mặt", "Vắng có lý do", "Vắng không lý do")
AWAY = ("Miễn sinh hoạt", "Chuyển tạm thời", "Nhiệm vụ đặc biệt", "Đình chỉ")


def points_of(tmp_path: Path, book: Sheets, criterion: str, meeting: str = "2026-03") -> int | None:
    """What the facts give a criterion, None where they leave it open."""
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(book))
    called = chibo("score", path, "--meeting", meeting, "--format", "json")
    assert called.exit_code == 0, called.err
    criteria = {one["code"]: one for group in called.data()["groups"] for one in group["criteria"]}
    points = criteria[criterion]["fact"]["points"]
    return None if points is None else int(points)


def one_meeting(info: dict[str, object] | None = None, **values: object) -> Sheets:
    named = {name.replace("_", " "): value for name, value in values.items()}
    known = meetings({})[0]
    return small_book(info, Sinh_hoạt=meetings(named, more=tuple(name for name in named if name not in known)))


@pytest.mark.parametrize(
    ("required", "change", "info"),
    [
        (90, {}, {}),
        (90, {"Đảng số": 29, "Có mặt": 29}, {}),
        (120, {"Đảng số": 30, "Có mặt": 30}, {}),
        (120, {"Loại": "Kết hợp"}, {}),
        (60, {"Loại": "Kết hợp"}, {"Thời lượng tối thiểu được quy định (phút)": 60, **DOCUMENT}),
        (90, {}, {"Thời lượng tối thiểu được quy định (phút)": 60}),
        (150, {}, {"Thời lượng tối thiểu được quy định (phút)": 150, **DOCUMENT}),
        (75, {}, {"Thời lượng tối thiểu được quy định (phút)": 75, **DOCUMENT}),
    ],
)
def test_minutes(tmp_path, required, change, info):
    half = -(-required // 2)
    edges = {required: 5, required - 1: 4, required - 15: 4, required - 16: 3, required - 30: 3, required + 30: 5,
             half - 1: 1, 1: 1}  # fmt: skip
    if half < required - 30:
        edges |= {required - 31: 2, half: 2}
    for minutes, points in edges.items():
        ends = time(8 + minutes // 60, minutes % 60)
        book = one_meeting(info, **change, Giờ_bắt_đầu=time(8, 0), Giờ_kết_thúc=ends)
        assert (minutes, points_of(tmp_path, book, "1")) == (minutes, points)


@pytest.mark.parametrize(
    ("counts", "away", "points"),
    [
        ((10, 9, 1, 0), (0, 0, 0, 0), 4),
        ((1000, 899, 101, 0), (0, 0, 0, 0), 3),
        ((20, 15, 5, 0), (0, 0, 0, 0), 3),
        ((1000, 749, 251, 0), (0, 0, 0, 0), 2),
        ((20, 13, 7, 0), (0, 0, 0, 0), 2),
        ((1000, 649, 351, 0), (0, 0, 0, 0), 1),
        ((10, 9, 0, 1), (0, 0, 0, 0), 1),
        ((14, 9, 1, 0), (1, 1, 1, 1), 4),
        ((10, 6, 0, 0), (1, 1, 1, 1), 4),
        ((10, 5, 1, 0), (1, 1, 1, 1), 3),
        ((4, 0, 0, 0), (4, 0, 0, 0), None),
    ],
)
def test_attendance(tmp_path, counts, away, points):
    values = dict(zip((*COUNTS, *AWAY), (*counts, *away), strict=True))
    assert points_of(tmp_path, one_meeting(**values), "2a") == points


@pytest.mark.parametrize(
    ("speakers", "present", "points"),
    [(51, 100, 5), (50, 100, 4), (40, 100, 4), (39, 100, 3), (30, 100, 3), (29, 100, 2), (0, 100, 2), (2, 3, 5),
     (1, 3, 3), (None, 100, None)],
)  # fmt: skip
def test_speakers(tmp_path, speakers, present, points):
    book = one_meeting(**{"Đảng số": present, "Có mặt": present, "Số người phát biểu": speakers})
    assert points_of(tmp_path, book, "4đ") == points


@pytest.mark.parametrize(("minutes", "points"), [(14, 0), (15, 1), (0, 0), (None, None)])
def test_minutes_of_criticism(tmp_path, minutes, points):
    assert points_of(tmp_path, one_meeting(**{"Phút tự phê bình và phê bình": minutes}), "4g") == points


@pytest.mark.parametrize(
    ("heading", "criterion", "last", "points"),
    [("Ngày thông báo", "3d", 0, 1), ("Ngày gửi tài liệu", "3đ", -1, 2), ("Ngày báo cáo", "8c", 2, 1),
     ("Ngày họp chi ủy", "3c", 0, 2)],
)  # fmt: skip
def test_dates(tmp_path, heading, criterion, last, points):
    for days, expected in ((last, points), (last - 1, points), (last + 1, 0)):
        book = one_meeting(**{heading: DAY + timedelta(days)})
        assert (days, points_of(tmp_path, book, criterion)) == (days, expected)
    assert points_of(tmp_path, one_meeting(**{heading: None}), criterion) == 0


@pytest.mark.parametrize(
    ("info", "minutes", "points"),
    [
        ({}, "Có", 2),
        ({}, None, 2),
        ({}, "Không", 0),
        ({"Có chi ủy": "Không"}, "Không", 2),
        ({"Có chi ủy": "Không", "Phó bí thư": "Trần Văn B"}, "Không", 0),
        ({"Có chi ủy": "Có", "Phó bí thư": "Trần Văn B"}, "Có", 2),
    ],
)
def test_the_committee_met_first(tmp_path, info, minutes, points):
    book = one_meeting(info, **{"Ngày họp chi ủy": DAY - timedelta(2), "Biên bản họp chi ủy": minutes})
    assert points_of(tmp_path, book, "3c") == points


@pytest.mark.parametrize(("kept", "points"), [("Có", 1), ("Không", 0), (None, 0)])
def test_minutes_kept(tmp_path, kept, points):
    assert points_of(tmp_path, one_meeting(**{"Biên bản": kept}), "4e") == points


@pytest.mark.parametrize(
    ("done", "all_tasks", "points"),
    [
        (9, 10, 30),
        (89, 100, 27),
        (8, 10, 27),
        (79, 100, 24),
        (7, 10, 24),
        (6, 10, 20),
        (5, 10, 15),
        (49, 100, 10),
        (0, 3, 10),
    ],
)
def test_tasks_of_the_meeting_before(tmp_path, done, all_tasks, points):
    results = ["Hoàn thành"] * done + ["Đang thực hiện"] * (all_tasks - done)
    tasks = [["Mã kỳ giao", "Nhiệm vụ", "Kết quả"], *(["2026-01", "Việc", result] for result in results)]
    before = {"Mã kỳ": "2026-01", "Ngày sinh hoạt": datetime(2026, 1, 8)}
    thematic = {"Mã kỳ": "2026-02-CĐ", "Loại": "Chuyên đề", "Ngày sinh hoạt": datetime(2026, 2, 8)}
    not_held = {"Mã kỳ": "2026-02", "Ngày sinh hoạt": None}
    book = small_book(Sinh_hoạt=meetings({}, before, thematic, not_held), Nhiệm_vụ=tasks)
    assert points_of(tmp_path, book, "7") == points
    assert points_of(tmp_path, book, "7", "2026-01") is None


def test_a_declared_rate_proposes_points_but_is_no_fact(tmp_path):
    assert points_of(tmp_path, one_meeting(**{"Kết quả nghị quyết trước (%)": 95}), "7") is None


@pytest.mark.parametrize(
    ("marks", "points"),
    [("XXXX", 1), ("PPPX", 1), ("XPPP", 1), ("PPPP", 0), ("PPPPX", 1), ("PPPPP", 0), ("PPKP", 1), ("PP P", 1),
     ("PPMPP", 1), ("PPP ", 1)],
)  # fmt: skip
def test_excused_running(tmp_path, marks, points):
    codes = [f"2026-{month:02d}" for month in range(1, len(marks) + 1)]
    rows = meetings(*({"Mã kỳ": code, "Ngày sinh hoạt": datetime(2026, int(code[5:]), 5)} for code in codes))
    roll = [
        ["Mã đảng viên", *codes],
        ["D1", *(mark.strip() for mark in marks)],
        *([name, *"X" * len(marks)] for name in ("D2", "D3")),
    ]
    book = small_book(Sinh_hoạt=rows, Điểm_danh=roll)
    assert points_of(tmp_path, book, "2b", codes[-1]) == points


def test_without_any_marks_excused_running_stays_open(tmp_path):
    assert points_of(tmp_path, one_meeting(), "2b") is None


def scored(frame: str, maxima: dict[str, int], lost: Decimal, thematic: bool = False) -> Sheets:
    """A book scored by a frame with full marks but for `lost` points."""
    rest = lost
    rows: list[list[object]] = []
    for code, maximum in maxima.items():
        less = min(rest, Decimal(maximum))
        rows.append([code, "", maximum, float(maximum - less)])
        rest -= less
    code = "2026-03-CĐ" if thematic else "2026-03"
    kind = {"Mã kỳ": code, "Loại": "Chuyên đề" if thematic else "Thường kỳ"}
    label = "Khung chấm chuyên đề" if thematic else "Khung chấm thường kỳ"
    grid = [["Mã tiêu chí", "Tiêu chí", "Điểm tối đa", code], *rows]
    return small_book({label: frame}, Sinh_hoạt=meetings(kind), Chấm_điểm=grid)


USUAL = ((90, "Tốt"), (70, "Khá"), (50, "Trung bình"))
FREE_LAST = {code: HD42_MAXIMA[code] for code in ("4b", "5a", "5b", "5c", "5d", "6a", "6b", "6c", "6d")}
HD42 = {**FREE_LAST, **{code: points for code, points in HD42_MAXIMA.items() if code not in FREE_LAST and code != "4c"}}


@pytest.mark.parametrize(
    ("frame", "maxima", "thresholds"),
    [
        ("hd42-thuong-ky", HD42, USUAL),
        ("hd42-10-dong", TEN_LINES, USUAL),
        ("khoi-phu-tho", PHU_THO, USUAL),
        ("chuyen-de-nghe-an-08", NGHE_AN, ((80, "Tốt"), (70, "Khá"), (50, "Trung bình"))),
    ],
)
def test_grades(tmp_path, frame, maxima, thresholds):
    path = tmp_path / "so.xlsx"
    below = [grade for _, grade in thresholds[1:]] + ["Kém"]
    for (edge, grade), lower in zip(thresholds, below, strict=True):
        for total, expected in ((Decimal(edge), grade), (Decimal(edge) - Decimal("0.5"), lower)):
            path.write_bytes(workbook(scored(frame, maxima, 100 - total, thematic=maxima is NGHE_AN)))
            (row,) = chibo("facts", path).rows()
            assert (row["frame"], row["self_total"], row["self_grade"]) == (frame, f"{total.normalize():f}", expected)


@pytest.mark.parametrize(
    ("lost_at", "grade"), [(None, "Tốt"), ("1", "Khá"), ("2a", "Khá"), ("4đ", "Khá"), ("4e", "Khá"), ("6b", "Tốt")]
)
def test_the_gate_of_binh_thuan(tmp_path, lost_at, grade):
    book = scored("binh-thuan-cong", HD42, Decimal(0))
    for row in book["Chấm điểm"][1:]:
        if row[0] == lost_at:
            row[3] = float(str(row[3])) - 1
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(book))
    (row,) = chibo("facts", path).rows()
    assert (row["self_grade"], Decimal(row["self_total"]) >= 90) == (grade, True)


def test_a_missing_point_leaves_total_and_grade_empty(tmp_path):
    book = scored("khoi-phu-tho", PHU_THO, Decimal(0))
    book["Chấm điểm"][2][3] = None
    path = tmp_path / "so.xlsx"
    path.write_bytes(workbook(book))
    (row,) = chibo("facts", path).rows()
    assert (row["self_total"], row["self_grade"]) == ("", "")


def test_no_frame_before_its_start(tmp_path):
    path = tmp_path / "so.xlsx"
    for day, frame in ((datetime(2025, 10, 27), ""), (datetime(2025, 10, 28), "hd42-thuong-ky")):
        rows = meetings({"Mã kỳ": "2025-10", "Ngày sinh hoạt": day})
        path.write_bytes(workbook(small_book({"Năm": 2025}, Sinh_hoạt=rows)))
        (row,) = chibo("facts", path).rows()
        assert (row["frame"], bool(row["fact_total"])) == (frame, bool(frame))
        codes = {one["code"] for one in chibo("check", path, "--format", "json").data()}
        assert ("NO_FRAME_IN_FORCE" in codes) is not bool(frame)


def test_what_is_never_scored(tmp_path):
    path = tmp_path / "so.xlsx"
    extraordinary = {"Mã kỳ": "2026-03-BT1", "Loại": "Bất thường"}
    thematic = {"Mã kỳ": "2026-03-CĐ", "Loại": "Chuyên đề"}
    path.write_bytes(workbook(small_book(Sinh_hoạt=meetings(extraordinary, thematic))))
    for row in chibo("facts", path).rows():
        assert (row["present"], row["frame"], row["fact_total"]) == ("3", "", "")
