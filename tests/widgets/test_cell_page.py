"""The page `chi-bo` without a browser: messages in, views out."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import a_book, a_meeting, a_roll_call, an_info, some_members
from cell_browser import TODAY, Browser
from chi_bo import FOREIGN_SHEETS
from chibo.errors import OutputError
from chibo.legacy_text import Encoding
from chibo.model import MeetingKind
from chibo.model.vocabulary import MeetingState
from chibo.workbook import read_book, write_book
from chibo_widgets.cell.page import showing
from desks import library
from old_excel import xls
from old_text import DOUBTFUL, typed
from processes import no_worker, start_by
from scored import full_sheet
from tables import a_workbook, with_array_formula, xlsx

SMALL = {"cell_code": "CB21", "cell_name": "Chi bộ Thanh tra", "cell_kind": "Cơ quan hành chính", "year": "2026"}
FORM = {**SMALL, "has_committee": "no", "secretary": "Lê Nắng Sớm", "secretary_is_head": "no"}


@cache
def march_file() -> bytes:
    full = a_roll_call({"2026-02": "X" * 10, "2026-03": "X" * 10})
    return write_book(a_book(a_meeting("2026-02"), a_meeting("2026-03"), roll_call=full), library(), TODAY)


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def march(browser: Browser) -> Browser:
    """A book whose March meeting was held and is still to be scored."""
    browser.upload(march_file())
    browser.go(go="meeting", meeting="2026-03", step=2)
    return browser


def test_the_page_begins_with_the_ways_to_open_a_book(browser: Browser) -> None:
    assert browser.view("opener")["shown"] is True
    assert browser.view("head")["reachable"] == [1]
    assert browser.view("score") == {}


def test_an_opened_book_is_summed_up(march: Browser) -> None:
    march.go(go="step", step=1)
    summary = march.view("opener")["summary"]
    assert summary["line"].startswith("10 đảng viên · 2 buổi sinh hoạt, 2 buổi đã tổ chức")
    assert [month["line"] for month in march.view("year")["months"]][:3] == ["Chưa ghi", "Đã họp", "Đã họp"]
    assert march.view("findings_list")["rows"]


def test_a_book_without_meetings_shows_the_findings_it_counts(browser: Browser) -> None:
    browser.open(a_book(members=(), meetings=()))
    rows = browser.view("findings_list")["rows"]
    assert rows
    line = browser.view("opener")["summary"]["line"]
    counts = Counter(row["severity"] for row in rows)
    for kind, words in {"block": "chỗ phải sửa", "warn": "chỗ cần xem lại", "note": "điều để biết"}.items():
        assert (f"{counts[kind]} {words}" in line) == (counts[kind] > 0)
    browser.go(go="step", step=2)
    assert browser.view("form")["register"]
    assert browser.view("findings_list") == {}


def test_a_file_that_is_no_workbook_is_refused_with_what_to_do(browser: Browser) -> None:
    browser.upload(b"%PDF-1.7 not a workbook", "bao-cao.xlsx")
    refusal = browser.view("opener")["refusal"]
    assert "bao-cao.xlsx" in refusal["title"]
    assert refusal["lines"][0]["mend"]
    assert browser.view("head")["reachable"] == [1]


@pytest.mark.parametrize("problem", ["too-big", "unreadable", "several", "folder"])
def test_what_the_browser_cannot_send_is_told(browser: Browser, problem: str) -> None:
    browser.go(go="not-taken", name="Sổ cũ", problem=problem)
    refusal = browser.view("opener")["refusal"]
    assert "Sổ cũ" in refusal["title"]
    assert refusal["lines"][0]["text"]


def test_an_archive_is_sent_to_the_page_of_many_books(browser: Browser) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("so.xlsx", march_file())
    browser.upload(packed.getvalue(), "Sổ tháng 3.zip")
    refusal = browser.view("opener")["refusal"]
    assert "Sổ tháng 3.zip" in refusal["title"]
    assert "Tổng hợp của khối" in refusal["lines"][0]["text"]


def test_a_file_that_makes_us_fail_leaves_the_page_ready_for_the_next(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("chibo_widgets.cell.opening.Work", lambda *_: 1 / 0)
        browser.upload(march_file())
    assert "lỗi" in browser.said
    assert browser.arrivals() == [False]
    browser.upload(march_file())
    assert browser.arrivals() == [False, True]


def test_a_book_of_another_year_says_what_to_do(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2025-03"), info=an_info(year=2025)))
    assert browser.view("opener")["summary"]["notes"] == []
    [said] = [row for row in browser.view("findings_list")["rows"] if "sổ năm 2025" in str(row)]
    assert "mở sổ năm 2026" in str(said)
    assert "chibo new" not in str(said)
    browser.open(a_book(a_meeting("2027-03", held_on=None), info=an_info(year=2027)))
    [note] = browser.view("opener")["summary"]["notes"]
    assert "2027" in note
    assert "2026" in note
    browser.open(a_book())
    assert browser.view("opener")["summary"]["notes"] == []


def test_the_refusal_goes_when_a_book_is_opened(browser: Browser) -> None:
    browser.upload(b"%PDF-1.7 not a workbook")
    browser.open(a_book())
    browser.go(go="step", step=1, other=True)
    assert browser.view("opener")["refusal"] is None


def test_recording_shows_at_once_what_it_gives(march: Browser) -> None:
    march.act(act="record", meeting="2026-03", field="ends_at", value="15h25")
    facts = {row["code"]: row["value"] for row in march.view("facts")["rows"]}
    assert facts["minutes"] == "85 phút"
    assert march.view("form")["meeting"]["lead"].endswith("14:00–15:25")


def test_a_text_that_is_no_date_stays_in_its_field_with_the_reason(march: Browser) -> None:
    march.act(act="record", meeting="2026-03", field="papers_sent_on", value="31/02/2026")
    fields = [field for section in march.view("form")["sections"] for field in section["fields"]]
    field = next(field for field in fields if field["code"] == "papers_sent_on")
    assert field["value"] == "31/02/2026"
    assert "05/03/2026" in field["problem"]
    assert march.said == ""
    march.act(act="record", meeting="2026-03", field="papers_sent_on", value="3/3/26")
    assert march.book.meetings[1].papers_sent_on == date(2026, 3, 3)


def test_a_number_that_is_too_large_is_told_which_are_taken(march: Browser) -> None:
    march.act(act="record", meeting="2026-03", field="speakers", value="99999999999999")
    field = next(f for section in march.view("form")["sections"] for f in section["fields"] if f["code"] == "speakers")
    assert "từ 0 đến 9999" in field["problem"]


def test_what_was_not_taken_is_told_before_the_download_with_the_way_there(march: Browser) -> None:
    march.act(act="record", meeting="2026-03", field="speakers", value="abc")
    march.act(act="explain", meeting="2026-03", criterion="3a", text="x" * 33_000)
    assert march.view("form")["untaken"]["label"] == "2 ô chưa ghi được"
    march.go(go="step", step=4)
    speakers, reason = march.view("saving")["untaken"]
    assert speakers["text"] == "Sinh hoạt thường kỳ tháng 3/2026, «Số người phát biểu»: chưa ghi được «abc»"
    assert "tiêu chí 3a" in reason["text"]
    march.go(go="download")
    assert "2 ô chưa ghi được" in march.said
    march.go(**speakers["go"])
    assert (march.view("head")["step"], march.view("form")["focus"]) == (2, "speakers")
    march.act(act="record", meeting="2026-03", field="speakers", value="4")
    march.go(**reason["go"])
    assert march.view("score")["focus"] == "3a"
    march.act(act="explain", meeting="2026-03", criterion="3a", text="gọn hơn")
    march.go(go="step", step=4)
    assert march.view("saving")["untaken"] == []


def test_a_text_too_long_keeps_its_words_and_says_the_limit(march: Browser) -> None:
    march.act(act="record", meeting="2026-03", field="note", value="n" * 40_000)
    fields = [field for section in march.view("form")["sections"] for field in section["fields"] + section["more"]]
    note = next(field for field in fields if field["code"] == "note")
    assert note["value"] == "n" * 40_000
    assert "40000" in note["problem"]
    assert "2000" in note["problem"]
    march.go(go="step", step=3)
    march.act(act="explain", meeting="2026-03", criterion="3a", text="x" * 33_000)
    row = march.row("3a")
    assert row["noted"] == "x" * 33_000
    assert "33000" in row["untaken"]
    assert "1000" in row["untaken"]


def test_columns_that_the_frame_looks_at_stand_in_the_open(march: Browser) -> None:
    fields = {field["code"]: field for section in march.view("form")["sections"] for field in section["fields"]}
    assert {"kind", "held_on", "starts_at", "ends_at", "committee_met_on", "speakers", "minutes_kept"} <= set(fields)
    assert "3c" in fields["committee_met_on"]["uses"]
    folded = {field["code"] for section in march.view("form")["sections"] for field in section["more"]}
    assert {"venue", "note"} <= folded
    assert "present" not in folded, "a full roll call decides the counts"


def test_scoring_begins_with_what_the_facts_decide(march: Browser) -> None:
    march.go(go="step", step=3)
    assert march.row("1")["points"] == "5"
    assert march.row("3a")["points"] is None
    assert march.view("score")["left"] == 17
    assert {"append": {"act": "begin-scoring", "meeting": "2026-03"}} in march.drafts()


def test_a_declared_figure_hints_and_sets_nothing(browser: Browser) -> None:
    browser.open(a_book(a_meeting(previous_resolution_rate=95)))
    browser.go(go="meeting", meeting="2026-03", step=3)
    row = browser.row("7")
    assert row["points"] is None
    assert row["fact"]["points"] is None
    assert row["hint"] == {"points": "30", "label": "Lấy mức gợi ý: 30 điểm"}
    before = browser.view("score")["total"]
    browser.act(act="score", meeting="2026-03", criterion="7", points=row["hint"]["points"])
    assert float(browser.view("score")["total"]) == float(before) + 30


def test_a_score_above_the_facts_asks_for_a_reason(march: Browser) -> None:
    march.act(act="mark", meeting="2026-03", member="DV03", mark="K")
    march.go(go="step", step=3)
    march.act(act="score", meeting="2026-03", criterion="2a", points="4")
    assert march.row("2a")["above"] == "3"
    assert march.row("2a")["fact"]["tone"] == "low"
    march.act(act="explain", meeting="2026-03", criterion="2a", text="Đồng chí ấy đã chuyển đi")
    assert march.row("2a")["noted"] == "Đồng chí ấy đã chuyển đi"


def test_points_follow_facts_and_the_page_says_so(march: Browser) -> None:
    march.go(go="step", step=3)
    march.act(act="record", meeting="2026-03", field="ends_at", value="15:20")
    assert march.row("1")["points"] == "4"
    assert "1" in march.said


def test_the_total_and_the_grade_move_with_each_choice(march: Browser) -> None:
    march.go(go="step", step=3)
    open_ones = [row for group in march.view("score")["groups"] for row in group["rows"] if row["points"] is None]
    for row in open_ones:
        march.act(act="score", meeting="2026-03", criterion=row["code"], points=row["most"])
    view = march.view("score")
    assert (view["total"], view["grade"], view["left"]) == ("100", "Tốt", 0)
    march.act(act="score", meeting="2026-03", criterion="4b", points="4,5")
    assert march.view("score")["total"] == "89.5"
    assert march.view("score")["grade"] == "Khá"
    assert march.view("year")["months"][2]["line"] == "Khá 89,5"


def test_points_off_the_step_are_refused_in_words(march: Browser) -> None:
    march.go(go="step", step=3)
    march.act(act="score", meeting="2026-03", criterion="4b", points="4,3")
    assert "4b" in march.said
    assert "15" in march.said
    march.act(act="score", meeting="2026-03", criterion="4b", points="nhiều")
    assert "13,5" in march.said


@pytest.mark.parametrize("points", ["1e30", "1e999999999", "1e-999999999", "9" * 40])
def test_points_that_nothing_here_has_are_refused_at_their_field(march: Browser, points: str) -> None:
    march.go(go="step", step=3)
    march.act(act="score", meeting="2026-03", criterion="4b", points=points)
    assert "Viết số điểm như 4 hoặc 13,5." in march.said
    assert len(march.said) < 200


def test_undo_goes_back_one_act_and_names_it(march: Browser) -> None:
    before = march.book
    march.act(act="record", meeting="2026-03", field="venue", value="Phòng 2")
    assert "Địa điểm" in march.view("head")["undo"]
    march.act(act="undo")
    assert march.book == before
    assert "Địa điểm" in march.said


def test_typing_on_in_one_field_is_one_step_of_undo(march: Browser) -> None:
    before = march.book
    for text in ("P", "Ph", "Phòng"):
        march.act(act="record", meeting="2026-03", field="venue", value=text)
    march.act(act="undo")
    assert march.book == before


def test_a_meeting_recorded_by_mistake_is_dropped_and_comes_back(march: Browser) -> None:
    march.act(act="explain", meeting="2026-03", criterion="3a", text="x")
    march.act(act="score", meeting="2026-03", criterion="3a", points="3")
    march.act(act="record", meeting="2026-03", field="speakers", value="abc")
    before = march.book
    assert march.view("form")["meeting"]["clearable"]
    march.act(act="clear-record", meeting="2026-03")
    meeting = march.view("form")["meeting"]
    assert (meeting["clearable"], meeting["removable"]) == (False, True)
    assert march.view("form")["untaken"] is None
    assert "Bỏ đăng ký" in march.said
    march.go(go="download")
    data = next(buffers[0] for content, buffers in march.sent if "download" in content)
    book = read_book(data, "so.xlsx", library()).book
    assert book is not None
    assert [(str(row.meeting_code), row.is_held) for row in book.meetings] == [("2026-02", True), ("2026-03", False)]
    assert not book.explanations
    march.act(act="undo")
    assert march.book == before


def test_undoing_a_registration_leaves_no_dead_end(march: Browser) -> None:
    march.act(act="register", month=5, kind="Thường kỳ")
    assert march.view("form")["meeting"]["code"] == "2026-05"
    march.act(act="undo")
    assert march.view("form")["register"]["form"]["month"] == "5"


def test_a_faulty_registration_keeps_the_form_open(march: Browser) -> None:
    march.go(go="register")
    token = march.view("form")["register"]["token"]
    march.act(act="register", month=5, kind="Thường kỳ", planned_on="35/5/2026")
    register = march.view("form")["register"]
    assert register["token"] == token
    assert "05/03/2026" in register["problems"]["planned_on"]
    march.act(act="register", month=3, kind="Thường kỳ")
    assert "2026-03" in march.view("form")["register"]["problems"]["form"]


def test_everybody_present_then_a_paste(browser: Browser) -> None:
    browser.open(a_book(a_meeting(present=None, membership=None), members=some_members(3)))
    browser.go(go="step", step=2)
    assert browser.view("roll")["left"] == 3
    browser.act(act="all-present", meeting="2026-03")
    assert browser.view("roll")["summary"].startswith("có mặt 3")
    browser.act(act="paste", meeting="2026-03", text="Đảng viên 2\tP\nNgười Lạ\tX")
    assert [member["mark"] for member in browser.view("roll")["members"]] == ["X", "P", "X"]
    assert browser.view("roll")["unmatched"] == ["Người Lạ X"]


def test_meetings_that_are_not_scored_say_why(browser: Browser) -> None:
    extraordinary = a_meeting("2026-03-BT1", kind=MeetingKind.EXTRAORDINARY)
    browser.open(a_book(a_meeting("2026-03", held_on=None, present=None, membership=None), extraordinary))
    browser.go(go="meeting", meeting="2026-03", step=3)
    assert browser.view("score")["empty"]["action"]["go"] == {"go": "step", "step": 2}
    browser.go(go="meeting", meeting="2026-03-BT1", step=3)
    assert "không chấm" in browser.view("score")["empty"]["text"]


@pytest.mark.parametrize("state", [MeetingState.POSTPONED, MeetingState.NOT_HELD])
def test_a_meeting_called_off_is_not_asked_for_its_day(browser: Browser, state: MeetingState) -> None:
    browser.open(a_book(a_meeting("2026-03", held_on=None, present=None, membership=None, state=state)))
    browser.go(go="meeting", meeting="2026-03", step=3)
    empty = browser.view("score")["empty"]
    assert empty["title"] == "Sinh hoạt thường kỳ tháng 3/2026"
    assert f"«{state.value}» nên không chấm" in empty["text"]


def test_a_new_book_is_not_said_to_lack_sheets(browser: Browser) -> None:
    browser.go(go="new", form={**FORM, "members": "Lê Nắng Sớm"})
    titles = [row["title"] for row in browser.view("findings_list")["rows"]]
    assert "Chưa có kế hoạch chuyên đề" in titles
    assert not [title for title in titles if "không có trang" in title]


def test_the_download_reads_back_as_the_book_on_the_desk(march: Browser) -> None:
    march.go(go="step", step=3)
    march.act(act="score", meeting="2026-03", criterion="3a", points="3")
    march.go(go="step", step=4)
    assert march.view("saving")["name"] == "so.xlsx"
    march.go(go="download")
    content, buffers = next((content, buffers) for content, buffers in march.sent if "download" in content)
    assert content["download"]["name"] == "so.xlsx"
    assert read_book(buffers[0], "so.xlsx", library()).book == march.book
    assert march.drafts()[-1]["taken"]
    assert march.view("saving")["taken"]


def test_a_new_book_begins_at_registering(browser: Browser) -> None:
    browser.go(go="new", form={**FORM, "members": "1\tDV01\tLê Nắng Sớm\tBí thư\n2\tPhạm Sông Dài"})
    assert [(member.member_code, member.full_name) for member in browser.book.members] == [
        ("DV01", "Lê Nắng Sớm"),
        ("DV02", "Phạm Sông Dài"),
    ]
    browser.go(go="step", step=2)
    assert browser.view("form")["register"] is not None
    browser.go(go="step", step=4)
    assert browser.view("saving")["name"] == "Sổ sinh hoạt CB21 2026.xlsx"


@pytest.mark.parametrize("year", ["26", "9" * 5000])
def test_a_new_book_without_its_needs_says_what_is_missing(browser: Browser, year: str) -> None:
    browser.go(go="new", form={**SMALL, "year": year})
    problems = browser.view("opener")["form"]["problems"]
    assert set(problems) == {"has_committee", "secretary", "secretary_is_head", "year"}
    assert browser.page._work is None


def test_lines_of_members_that_cannot_be_told_are_named_at_the_field(browser: Browser) -> None:
    members = "1. Lê Bình\n2. Nguyễn Văn An\n3. Trần Thị Cúc\nPhạm Hà (sinh 1975)\nNguyễn Văn\tAn"
    browser.go(go="new", form={**FORM, "members": members})
    told = browser.view("opener")["form"]["problems"]["members"].splitlines()
    assert told[1:] == ["Dòng 5: «Nguyễn Văn · An» chưa rõ đâu là họ và tên."]
    assert browser.page._work is None
    browser.go(go="new", form={**FORM, "members": members.replace("\tAn", " An")})
    assert len(browser.book.members) == 5


def test_what_a_pasted_list_does_not_make_clear_is_said_of_the_new_book(browser: Browser) -> None:
    members = "Mã ĐV\tHọ và tên\tChức vụ\nDV01\tLê Bình\tThủ quỹ\nDV01\tTrần Thị Cúc\t"
    browser.go(go="new", form={**FORM, "members": members})
    said = browser.view("head")["said"]
    assert said["tone"] == "warn"
    assert "Lê Bình: Chức vụ Đảng «Thủ quỹ»" in said["text"]
    assert "Trần Thị Cúc: DV01 → DV02" in said["text"]


def test_the_sample_has_a_meeting_to_practise_on(browser: Browser) -> None:
    browser.go(go="sample")
    browser.go(go="step", step=3)
    assert browser.view("score")["left"] > 0


def test_whatever_is_typed_comes_back_as_the_same_words(march: Browser) -> None:
    typed = {
        "venue": "=HYPERLINK(1)",
        "chair": "+84 912 345 678",
        "minutes_secretary": "@SUM(A1)",
        "resolution_number": "-5",
        "innovation": "<script>alert(1)</script>",
        "supervisor_remark": "'1/2 \u202eABC\u202c 👍",
    }
    for field, text in typed.items():
        march.act(act="record", meeting="2026-03", field=field, value=text)
    march.act(act="explain", meeting="2026-03", criterion="1", text="=1+1")
    march.go(go="download")
    buffers = next(buffers for content, buffers in march.sent if "download" in content)
    book = read_book(buffers[0], "so.xlsx", library()).book
    assert book is not None
    back = {field: getattr(book.meetings[1], field) for field in typed}
    assert back == typed
    assert [explanation.reason for explanation in book.explanations] == ["=1+1"]


@pytest.mark.parametrize(
    "act",
    [
        {"act": "score", "meeting": "2026-03", "criterion": "3a", "points": "9" * 100},
        {"act": "paste", "meeting": "2026-03", "text": "Lê Nắng Sớm\n" * 20_000},
        {"act": "record", "meeting": "2026-03", "field": "venue", "value": "nửa biểu tượng \ud83d"},
        {"act": "record", "meeting": "2026-03", "field": "venue", "value": 5},
    ],
)
def test_what_cannot_be_taken_is_answered_and_told(march: Browser, act: dict[str, Any]) -> None:
    before = march.book
    march.page.parts["form"].received({"act": act, "number": 7}, [])
    assert "chưa ghi gì" in march.said
    assert march.view("form")["answered"] == 7
    assert march.book == before


def test_a_draft_brings_everything_back(march: Browser) -> None:
    acts = [
        {"act": "record", "meeting": "2026-03", "field": "venue", "value": "Phòng 2", "on": "2026-04-15"},
        {"act": "register", "month": 5, "kind": "Thường kỳ", "on": "2026-04-10"},
        {"act": "begin-scoring", "meeting": "2026-03", "on": "2026-04-15"},
        {"act": "score", "meeting": "2026-03", "criterion": "3a", "points": "3", "on": "2026-04-15"},
        {"act": "score", "meeting": "2026-03", "criterion": "3b", "points": "2", "on": "2026-04-15"},
        {"act": "undo", "on": "2026-04-15"},
        {"act": "record", "meeting": "2026-03", "field": "speakers", "value": "abc", "on": "2026-04-15"},
        {"act": "no such act", "on": "2026-04-15"},
    ]
    began = next(draft["begin"] for draft in march.drafts() if "begin" in draft)
    data = next(buffers[0] for content, buffers in march.sent if content.get("draft", {}).get("begin"))
    later = Browser()
    restore = {key: began[key] for key in ("id", "origin", "name", "form", "day")} | {"acts": acts}
    later.page.opener.received({"restore": restore}, [memoryview(data)])
    assert later.drafts() == [{"resume": began["id"]}]
    assert "1" in later.said
    restored = {str(meeting.meeting_code): meeting for meeting in later.book.meetings}
    assert restored["2026-03"].venue == "Phòng 2"
    assert restored["2026-05"].registered_on == date(2026, 4, 10)
    points = later.book.self_scores.of(restored["2026-03"].meeting_code)
    assert points["3a"] == 3
    assert "3b" not in points
    later.go(go="step", step=4)
    assert "«abc»" in later.view("saving")["untaken"][0]["text"]


def taken_up(left: Browser, at: object, *, acts: Sequence[dict[str, Any]] = ()) -> Browser:
    """The draft of the open book taken up in another window, as it was left."""
    began = next(draft["begin"] for draft in left.drafts() if "begin" in draft)
    data = next(buffers[0] for content, buffers in left.sent if content.get("draft", {}).get("begin"))
    later = Browser()
    restore = {key: began[key] for key in ("id", "origin", "name", "form", "day")} | {"acts": [*acts], "at": at}
    later.page.opener.received({"restore": restore}, [memoryview(data)])
    assert "Đã mở lại bản đang làm" in later.said
    return later


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_draft_goes_on_where_it_was_left(march: Browser, step: int) -> None:
    march.go(go="month", month=2)
    march.go(go="step", step=step)
    at = march.view("head")["at"]
    assert at["draft"] == next(draft["begin"]["id"] for draft in march.drafts() if "begin" in draft)
    later = taken_up(march, at)
    assert later.view("head")["at"] == at
    assert later.view("head")["step"] == step


def test_a_draft_left_where_points_are_given_begins_scoring(march: Browser) -> None:
    later = taken_up(march, {"step": 3, "month": 3, "meeting": "2026-03"})
    assert later.view("score")["meeting"] == "2026-03"
    assert [next(iter(one)) for one in later.drafts()] == ["resume", "append"]


def test_a_month_without_a_meeting_is_come_back_to(march: Browser) -> None:
    march.go(go="month", month=11)
    later = taken_up(march, march.view("head")["at"])
    assert later.view("form")["register"]["form"]["month"] == "11"


@pytest.mark.parametrize(
    ("at", "step"),
    [
        (None, 1),
        ("đâu đó", 1),
        ({"step": 9}, 1),
        ({"step": 2, "month": 0}, 1),
        ({"step": "2"}, 1),
        ({"step": 2, "meeting": "2026-99"}, 2),
        ({"step": 5}, 4),
    ],
)
def test_a_place_that_is_none_spoils_no_draft(march: Browser, at: object, step: int) -> None:
    act = {"act": "record", "meeting": "2026-03", "field": "venue", "value": "Phòng 2", "on": "2026-04-15"}
    later = taken_up(march, at, acts=[act])
    assert later.view("head")["step"] == step
    assert next(one.venue for one in later.book.meetings if str(one.meeting_code) == "2026-03") == "Phòng 2"


def test_while_another_book_is_chosen_the_draft_keeps_where_somebody_was(march: Browser) -> None:
    march.go(go="step", step=1, other=True)
    assert march.view("head")["at"] is None


def test_a_draft_knows_what_was_downloaded_of_it(march: Browser) -> None:
    act = {"act": "record", "meeting": "2026-03", "field": "venue", "value": "Phòng 2"}
    began = next(draft["begin"] for draft in march.drafts() if "begin" in draft)
    data = next(buffers[0] for content, buffers in march.sent if content.get("draft", {}).get("begin"))
    march.act(**act)
    march.go(go="download")
    [handed] = march.drafts()[-1]["handed"]
    later = Browser()
    acts = {"acts": [{**act, "on": "2026-04-15"}], "handed": [handed]}
    restore = {key: began[key] for key in ("id", "origin", "name", "form", "day")} | acts
    later.page.opener.received({"restore": restore}, [memoryview(data)])
    later.go(go="download")
    assert later.drafts()[-1]["handed"] == [handed]


@pytest.mark.parametrize("broken", [None, {}, {"id": "x"}, {"id": "0" * 32, "origin": "new", "form": {}}])
def test_a_broken_draft_is_told(browser: Browser, broken: Any) -> None:
    browser.page.opener.received({"restore": broken}, [])
    assert browser.view("opener")["refusal"]["lines"][0]["text"]


def test_the_whole_page_changes_its_language(march: Browser) -> None:
    march.go(go="step", step=3)
    march.go(go="language", language="en")
    assert march.view("head")["language"] == "en"
    assert march.view("score")["title"].startswith("Score the regular meeting")
    assert march.row("1")["label"] == "Time and duration kept"
    assert march.page.parts["score"].texts["score_clear"] == "Clear"


def test_what_is_open_changes_its_language_too(browser: Browser) -> None:
    browser.upload(b"%PDF-1.7 not a workbook", "bao-cao.xlsx")
    browser.go(go="language", language="en")
    assert browser.view("opener")["refusal"]["title"] == "“bao-cao.xlsx” could not be opened"


def test_what_is_wrong_with_a_field_changes_its_language_too(march: Browser) -> None:
    march.act(act="record", meeting="2026-03", field="held_on", value="hôm qua")
    march.act(act="register", month=5, kind="Thường kỳ", planned_on="hôm nào", starts_at="")
    march.go(go="language", language="en")
    held_on = next(f for s in march.view("form")["sections"] for f in s["fields"] if f["code"] == "held_on")
    assert held_on["problem"].startswith("“hôm qua” is not right. Write a day")
    march.go(go="register")
    march.act(act="register", month=5, kind="Thường kỳ", planned_on="hôm nào", starts_at="")
    assert "is not right" in march.view("form")["register"]["problems"]["planned_on"]


def test_what_a_new_file_does_not_carry_is_said_in_the_language_of_the_page() -> None:
    browser = Browser("en")
    browser.upload(xls(FOREIGN_SHEETS), "so.xls")
    browser.go(go="step", step=4)
    assert "Sheets of your own: «Ghi chép riêng»." in browser.view("saving")["lost"]


def test_what_is_saved_is_told_without_a_count_of_acts(march: Browser) -> None:
    march.go(go="step", step=3)
    march.go(go="step", step=4)
    assert march.view("saving")["lead"].startswith("Những gì làm ở lần này được ghi vào đúng ô trong tệp «so.xlsx»;")


def test_of_an_old_file_nothing_done_is_told_where_nothing_was() -> None:
    browser = Browser("en")
    browser.upload(xls(FOREIGN_SHEETS), "so.xls")
    browser.go(go="step", step=4)
    assert "What Chibo read goes into a new book" in browser.view("saving")["lead"]
    browser.go(go="register")
    browser.act(act="register", month=5, kind="Thường kỳ", planned_on="", starts_at="")
    browser.go(go="step", step=4)
    assert "What Chibo read and what was done here go" in browser.view("saving")["lead"]


@pytest.mark.parametrize(("language", "told"), [("vi", "Không mở được tiến trình"), ("en", "No separate process")])
def test_that_no_book_can_be_read_is_said_in_the_language_of_the_page(
    monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    start_by(monkeypatch, no_worker)
    browser = Browser(language)
    browser.upload(a_workbook())
    assert browser.said.startswith(told)


def test_english_from_the_start() -> None:
    assert Browser("en").page.head.texts["head_undo"] == "Undo"


def test_the_sheet_is_vietnamese_in_both_languages(march: Browser) -> None:
    march.go(go="language", language="en")
    march.go(go="step", step=3)
    march.go(go="print")
    sheet = march.view("paper")
    assert sheet["title"] == "PHIẾU ĐÁNH GIÁ"
    assert sheet["subject"] == "chất lượng sinh hoạt chi bộ thường kỳ tháng 3 năm 2026"
    assert sheet["signs"][0]["lines"] == ["T/M CHI ỦY", "BÍ THƯ"]
    assert [row["code"] for row in sheet["rows"] if row["group"]] == list("12345678")
    assert sheet["totals"][0]["label"] == "Tổng điểm"
    march.go(go="print", off=True)
    assert march.view("paper") == {}


def test_only_meetings_that_are_scored_have_a_sheet(browser: Browser) -> None:
    extraordinary = a_meeting("2026-04-BT1", kind=MeetingKind.EXTRAORDINARY)
    browser.open(a_book(a_meeting("2026-03"), a_meeting("2026-04", held_on=None), extraordinary))
    browser.go(go="step", step=4)
    assert [one["code"] for one in browser.view("saving")["meetings"]] == ["2026-03"]
    browser.go(go="print", meeting="2026-04-BT1")
    assert browser.view("paper") == {}
    assert browser.view("saving"), "the page does not go blank"
    browser.go(go="print", meeting="2026-03")
    assert browser.view("paper")["title"] == "PHIẾU ĐÁNH GIÁ"


def test_a_cell_without_a_committee_signs_for_itself(browser: Browser) -> None:
    browser.open(a_book(info=an_info(has_committee=False)))
    browser.go(go="step", step=3)
    browser.go(go="print")
    assert browser.view("paper")["signs"][0]["lines"][0] == "T/M CHI BỘ"


def test_findings_lead_to_the_field_where_they_are_mended(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-03", speakers=12, present=10)))
    targets = [row["target"] for row in browser.view("findings_list")["rows"] if row["target"]]
    assert {"go": "meeting", "meeting": "2026-03", "step": 2, "field": "speakers"} in targets


def test_impossible_points_are_not_added_up_but_kept_to_be_mended(browser: Browser) -> None:
    book = a_book(a_meeting())
    scores = evolve(book.self_scores, points={book.meetings[0].meeting_code: {"1": 7, "3a": 3}})
    browser.open(evolve(book, self_scores=scores))
    browser.go(go="step", step=3)
    assert browser.row("1")["points"] is None
    assert browser.view("score")["total"] == "3"
    assert browser.book.self_scores.of(book.meetings[0].meeting_code)["1"] == 7


def test_a_failure_of_ours_is_told_and_loses_nothing(march: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    before = march.book
    monkeypatch.setattr(type(march.page._work), "do", lambda self, act, day=None: 1 / 0)
    march.act(act="undo")
    assert "lỗi" in march.said
    assert march.book == before


@pytest.mark.parametrize("frame", sorted(library().frames))
def test_every_frame_makes_a_form_and_a_sheet(browser: Browser, frame: str) -> None:
    thematic = MeetingKind.THEMATIC in library().frames[frame].applies.meeting_kinds
    meeting = a_meeting("2026-03-CĐ", kind=MeetingKind.THEMATIC) if thematic else a_meeting("2026-03")
    info = an_info(frame_thematic=frame) if thematic else an_info(frame_regular=frame)
    browser.open(a_book(meeting, info=info))
    browser.go(go="meeting", meeting=str(meeting.meeting_code), step=3)
    for row in [row for group in browser.view("score")["groups"] for row in group["rows"]]:
        browser.act(act="score", meeting=str(meeting.meeting_code), criterion=row["code"], points=row["most"])
    assert browser.view("score")["total"] == "100"
    assert browser.view("score")["grade"] == "Tốt"
    browser.go(go="print")
    assert browser.view("paper")["totals"][0]["self"] == "100"


def test_a_gate_that_lowers_the_grade_is_told(browser: Browser) -> None:
    meeting = a_meeting("2026-03", ends_at=time(15, 25))
    browser.open(a_book(meeting, info=an_info(frame_regular="binh-thuan-cong")))
    browser.go(go="meeting", meeting="2026-03", step=3)
    for row in [row for group in browser.view("score")["groups"] for row in group["rows"] if row["points"] is None]:
        browser.act(act="score", meeting="2026-03", criterion=row["code"], points=row["most"])
    assert (browser.view("score")["total"], browser.view("score")["grade"]) == ("99", "Khá")
    assert "Tốt cần điểm tối đa" in browser.view("score")["gate"]


def test_a_book_that_cannot_be_written_into_goes_into_a_new_one_and_its_losses_are_listed(browser: Browser) -> None:
    browser.upload(with_array_formula())
    browser.act(act="record", meeting="2026-03", field="present", value="2")
    browser.go(go="step", step=4)
    assert browser.view("saving")["lost"] == []
    browser.go(go="download")
    assert "F2:F3" in browser.said
    assert any("không do Chibo" in line for line in browser.view("saving")["lost"])


def test_a_book_that_no_workbook_can_hold_says_why(march: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise OutputError("Ô Địa điểm của buổi 2026-03 dài quá mức một ô Excel giữ được.")

    monkeypatch.setattr("chibo_widgets.cell.work.prepare", refuse)
    march.go(go="download")
    assert march.said.startswith("Ô Địa điểm")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(["act", "go", "upload", "restore", "meeting", "field", "value", "points", "criterion", "month"])
NAMES = st.sampled_from(["register", "record", "mark", "score", "undo", "step", "month", "meeting", "print", "new"])
MESSAGES = JSON | st.dictionaries(KEYS, JSON | NAMES | st.dictionaries(KEYS, JSON | NAMES, max_size=4), max_size=3)
SHARED = Browser()
SHARED.open(a_book())


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MESSAGES)
def test_whatever_the_browser_sends_the_page_lives_on(message: Any) -> None:
    for widget in SHARED.page.parts.values():
        widget.received(message, [])
    assert "lỗi" not in SHARED.said
    assert SHARED.view("head")["step"] in range(1, showing.SAVE + 1)


def test_doubtful_old_text_is_shown_in_each_reading_and_an_answer_can_be_taken_back(browser):
    browser.upload(a_workbook({"Đảng viên": DOUBTFUL}))
    shown = browser.view("opener")["summary"]["text"]
    assert [row["after"].split()[0] for row in shown["rows"]][:1] == ["Quyết"]
    assert [answer["answer"] for answer in shown["answers"]] == ["unicode", "tcvn3", "vni"]

    browser.act(act="read-text", answer="tcvn3")
    assert browser.book.members[0].note.startswith("Quyết")

    browser.act(act="undo")
    assert browser.book.members[0].note.startswith("QuyÕt")


def test_an_answer_after_something_was_recorded_is_refused(browser):
    browser.upload(a_workbook({"Đảng viên": DOUBTFUL}))
    browser.act(act="record", meeting="2026-03", field="held_on", value="06/03/2026")
    browser.act(act="read-text", answer="tcvn3")

    assert "Hoàn tác" in browser.said
    assert browser.book.members[0].note.startswith("QuyÕt")


def test_an_answer_by_which_the_text_reads_alike_is_taken_all_the_same(browser):
    browser.upload(a_workbook({"Đảng viên": DOUBTFUL}))
    for answer in ("vni", "unicode", "vni"):  # for neither there is anything to convert in the doubtful text
        browser.act(act="read-text", answer=answer)
        answers = browser.view("opener")["summary"]["text"]["answers"]
        assert [one["answer"] for one in answers if one["chosen"]] == [answer]


def test_an_answer_that_leaves_no_book_is_told_and_changes_nothing(browser):
    old = {typed(name, Encoding.TCVN3): typed(sheet, Encoding.TCVN3) for name, sheet in FOREIGN_SHEETS.items()}
    browser.upload(xlsx(old))
    before = browser.book
    browser.act(act="read-text", answer="unicode")

    assert "chữ vẫn đọc như trước" in browser.said
    assert browser.book == before


def test_a_book_without_old_text_asks_nothing(browser):
    browser.upload(a_workbook())

    assert browser.view("opener")["summary"]["text"] is None


def test_more_speakers_than_people_give_no_rate_and_no_points(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-03", membership=10, present=2, excused=8, unexcused=0, speakers=9)))
    browser.go(go="meeting", meeting="2026-03", step=2)
    speakers = next(row["value"] for row in browser.view("facts")["rows"] if row["code"] == "speakers")
    browser.go(go="step", step=3)
    [spoken] = [row for row in _rows(browser) if row["fact"] and "phát biểu" in row["fact"]["text"]]
    assert speakers == "9"
    assert (spoken["fact"]["points"], spoken["points"]) == (None, None)
    browser.act(act="record", meeting="2026-03", field="speakers", value="2")
    assert next(row for row in _rows(browser) if row["code"] == spoken["code"])["fact"]["points"] is not None


def test_more_present_than_owed_give_no_rate_and_no_points(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-03", membership=10, exempt=3, present=9, excused=0, unexcused=0)))
    browser.go(go="meeting", meeting="2026-03", step=3)
    present = next(row["value"] for row in browser.view("facts")["rows"] if row["code"] == "present")
    fact = browser.row("2a")["fact"]
    assert present == "9"
    assert fact["points"] is None
    assert "có mặt nhiều hơn số phải dự" in fact["text"]


def test_a_rejected_count_gives_no_rate_to_any_fact(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-03", membership=10, present=12, excused=0, unexcused=0, speakers=6)))
    browser.go(go="meeting", meeting="2026-03", step=3)
    assert (browser.row("2a")["fact"]["points"], browser.row("4đ")["fact"]["points"]) == (None, None)
    assert next(row["value"] for row in browser.view("facts")["rows"] if row["code"] == "speakers") == "6"


def test_a_month_with_something_to_mend_is_not_shown_as_graded_and_leads_there(browser: Browser) -> None:
    scores = full_sheet("2026-02", "2026-03")
    browser.open(a_book(a_meeting("2026-02", ends_at=time(13, 0)), a_meeting("2026-03"), self_scores=scores))
    february, march = browser.view("year")["months"][1:3]
    assert (february["state"], february["line"]) == ("to-mend", "Phải sửa")
    assert march["line"].startswith("Tốt")
    browser.go(**february["go"])
    assert browser.view("form")["focus"] == "ends_at"
    browser.go(go="step", step=3)
    assert browser.view("score")["mend"]["go"] == february["go"]
    browser.act(act="record", meeting="2026-02", field="ends_at", value="16:00")
    assert browser.view("year")["months"][1]["line"].startswith("Tốt")
    assert browser.view("score")["mend"] is None


def test_points_over_the_maximum_are_shown_with_what_is_wrong(browser: Browser) -> None:
    browser.open(a_book(self_scores=full_sheet("2026-03", c1="50")))
    browser.go(go="meeting", meeting="2026-03", step=3)
    row = browser.row("1")
    assert row["points"] is None
    assert row["rejected"]["points"] == "50"
    assert "cao hơn mức tối đa" in row["rejected"]["text"].lower()
    browser.act(act="score", meeting="2026-03", criterion="1", points="5")
    assert browser.row("1")["rejected"] is None


def _rows(browser: Browser) -> list[dict[str, Any]]:
    return [row for group in browser.view("score")["groups"] for row in group["rows"]]


def test_an_end_before_the_start_is_not_said_to_be_missing(march: Browser) -> None:
    march.act(act="record", meeting="2026-03", field="ends_at", value="13:00")
    march.go(go="step", step=3)
    assert "giờ kết thúc không sau giờ bắt đầu" in march.row("1")["fact"]["text"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends_at": time(13, 0)}, "giờ kết thúc không sau giờ bắt đầu"),
        ({"ends_at": None}, "chưa ghi giờ kết thúc"),
        ({"starts_at": None}, "chưa ghi giờ bắt đầu"),
        ({"starts_at": None, "ends_at": None}, "chưa ghi giờ"),
    ],
)
def test_the_footer_says_why_it_is_not_known_how_long_a_meeting_lasted(
    browser: Browser, changes: dict[str, Any], said: str
) -> None:
    browser.open(a_book(a_meeting("2026-03", **changes)))
    browser.go(go="meeting", meeting="2026-03", step=2)
    assert browser.view("form")["meeting"]["state"].endswith(f" · {said}")


def test_a_meeting_without_hours_is_written_without_a_dash(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-03", starts_at=None, ends_at=None)))
    browser.go(go="meeting", meeting="2026-03", step=3)
    assert browser.view("score")["lead"].startswith("Đã họp ngày 05/03/2026 · ")


def test_the_state_that_the_days_give_is_chosen_already(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-05", held_on=None)))
    browser.go(go="meeting", meeting="2026-05", step=2)
    state = next(f for s in browser.view("form")["sections"] for f in s["fields"] if f["code"] == "state")
    assert state["options"][0] == {"value": "", "label": "Đã đăng ký"}
    assert [option["label"] for option in state["options"]].count("Đã đăng ký") == 1


def test_of_very_many_faults_of_one_kind_the_download_names_the_first_and_counts_the_others(browser: Browser) -> None:
    codes = [f"2026-{month:02}-CĐ{number}" for month in (1, 2, 3) for number in range(1, 36)]
    browser.open(a_book(*[a_meeting(code, kind=MeetingKind.THEMATIC, ends_at=time(13, 0)) for code in codes]))
    browser.go(go="step", step=4)
    named = browser.view("saving")["blocked"]
    assert len(named) == 101
    assert named[-1] == {"text": "Giờ kết thúc không sau giờ bắt đầu: còn 5 chỗ nữa ở trang Sinh hoạt", "go": None}


def test_a_month_of_the_year_strip_names_a_few_of_its_meetings_and_counts_the_others(browser: Browser) -> None:
    browser.open(a_book(*[a_meeting(f"2026-03-CĐ{number}") for number in range(1, 10)]))
    march = browser.view("year")["months"][2]
    assert march["more"].count("CĐ") == 6
    assert march["more"].endswith("và 3 buổi khác")


def test_what_blocks_the_book_is_named_at_the_download_and_leads_there(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-03", ends_at=time(13, 0))))
    browser.go(go="step", step=4)
    [line] = browser.view("saving")["blocked"]
    assert line["text"].startswith("Sinh hoạt thường kỳ tháng 3/2026: Giờ kết thúc")
    browser.go(**line["go"])
    assert browser.view("form")["focus"] == "ends_at"
    assert browser.view("form")["found"][0] == {"severity": "block", "label": "Phải sửa · 1"}


@pytest.mark.parametrize(
    ("changes", "step", "planned"),
    [
        ({}, 3, ""),
        ({"held_on": None, "planned_on": date(2026, 3, 5)}, 4, "05/03/2026"),
        ({"held_on": None, "planned_on": date(2026, 3, 5), "state": MeetingState.NOT_HELD}, 4, ""),
        ({"held_on": None, "planned_on": date(2026, 3, 5), "state": MeetingState.POSTPONED}, 4, ""),
    ],
)
def test_the_next_step_is_the_true_one(browser: Browser, changes: dict[str, Any], step: int, planned: str) -> None:
    browser.open(a_book(a_meeting("2026-03", **changes)))
    browser.go(go="meeting", meeting="2026-03", step=2)
    meeting = browser.view("form")["meeting"]
    assert (meeting["next"]["go"], meeting["planned"]) == ({"go": "step", "step": step}, planned)


@pytest.mark.parametrize(("planned", "overdue"), [(date(2026, 4, 14), True), (date(2026, 4, 15), False)])
def test_a_registered_meeting_whose_day_has_passed_waits_to_be_recorded(
    browser: Browser, planned: date, overdue: bool
) -> None:
    browser.open(a_book(a_meeting("2026-04", held_on=None, planned_on=planned)))
    browser.go(go="step", step=2)
    assert browser.view("form")["meeting"]["overdue"] is overdue


@pytest.mark.parametrize(("year", "month"), [("2026", 4), ("2025", 1)])
def test_the_first_meeting_of_a_new_book_is_registered_in_this_month(browser: Browser, year: str, month: int) -> None:
    browser.go(go="new", form={**FORM, "year": year})
    browser.go(go="step", step=2)
    assert browser.view("form")["register"]["form"]["month"] == str(month)


def test_the_strip_says_what_its_short_words_mean(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-02"), a_meeting("2026-03")))
    assert browser.view("year")["legend"] == ""
    thematic = a_meeting("2026-03-CĐ", kind=MeetingKind.THEMATIC)
    browser.open(a_book(a_meeting("2026-02"), thematic, official_scores=full_sheet("2026-02")))
    assert browser.view("year")["legend"] == "TĐ: điểm cấp trên thẩm định · CĐ: buổi chuyên đề riêng"


def test_a_book_is_opened_at_the_first_meeting_that_waits_to_be_recorded(browser: Browser) -> None:
    waiting = {"held_on": None, "starts_at": None, "ends_at": None}
    february = a_meeting("2026-02", planned_on=date(2026, 2, 5), **waiting)
    march = a_meeting("2026-03", planned_on=None, **waiting)
    book = a_book(a_meeting("2026-01"), february, march, self_scores=full_sheet("2026-01"))
    browser.open(book)
    browser.go(go="step", step=2)
    assert browser.view("form")["meeting"]["code"] == "2026-02"
    browser.open(evolve(book, meetings=(book.meetings[0], evolve(march, planned_on=date(2026, 4, 20)))))
    browser.go(go="step", step=2)
    assert browser.view("form")["meeting"]["code"] == "2026-03"


def test_an_extraordinary_meeting_goes_on_to_the_download(browser: Browser) -> None:
    browser.open(a_book(a_meeting("2026-03-BT1", kind=MeetingKind.EXTRAORDINARY)))
    browser.go(go="meeting", meeting="2026-03-BT1", step=2)
    assert browser.view("form")["meeting"]["next"]["go"] == {"go": "step", "step": 4}


def test_a_day_far_from_the_year_stays_in_its_field_with_the_reason(march: Browser) -> None:
    march.act(act="record", meeting="2026-03", field="held_on", value="05/03/2062")
    fields = [field for section in march.view("form")["sections"] for field in section["fields"]]
    held_on = next(field for field in fields if field["code"] == "held_on")
    assert held_on["value"] == "05/03/2062"
    assert "năm của sổ" in held_on["problem"]
