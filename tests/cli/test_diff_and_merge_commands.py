"""`chibo diff` and `chibo merge` on workbooks: what is told, where it stands, and what is written."""

from __future__ import annotations

import json
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from builders import a_book, a_meeting, an_info, code, some_members
from chibo.cli.main import cli
from chibo.comparing import fingerprint_of
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.model import CellBook, DuesRow, Mark, RollCall, ScoreSheet, Task
from chibo.model.vocabulary import DuesMark, TaskResult
from chibo.office.lineage.sealing import seal_workbook
from chibo.workbook import read_book, write_book
from chibo.workbook.writing.marker import MARKER
from excel import convert
from old_excel import locked, xls
from tables import INFO, MEETINGS, MEMBERS, xlsx

LIBRARY = Library()
DAY = date(2026, 6, 1)
MARCH = code("2026-03")
MARKS = {"DV01": Mark.PRESENT, "DV02": Mark.PRESENT, "DV03": Mark.EXCUSED}


def a_base(*meetings: object, **changes: object) -> CellBook:
    rows = meetings or (a_meeting(membership=None, present=None, excused=None, unexcused=None),)
    book = a_book(*rows, members=some_members(3), roll_call=RollCall({MARCH: MARKS}))  # type: ignore[arg-type]
    return evolve(book, **changes)


def written(path: Path, book: CellBook) -> str:
    path.write_bytes(write_book(book, LIBRARY, DAY))
    return str(path)


def handed_out(path: Path, book: CellBook, made_from: CellBook | None = None) -> str:
    parent = fingerprint_of(made_from) if made_from else ""
    path.write_bytes(seal_workbook(write_book(book, LIBRARY, DAY), LIBRARY, parent=parent))
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def a_task(task: str, result: TaskResult = TaskResult.UNDER_WAY) -> Task:
    return Task(meeting_code=MARCH, task=task, result=result)


def test_equal_books_end_with_zero(tmp_path: Path):
    one, other = written(tmp_path / "a.xlsx", a_base()), written(tmp_path / "b.xlsx", a_base())
    result = run("diff", one, other, "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_a_difference_has_both_places_and_both_values(tmp_path: Path):
    base = a_base()
    later = evolve(base, meetings=(evolve(base.meetings[0], ends_at=time(16, 15)),))
    result = run("diff", written(tmp_path / "a.xlsx", base), written(tmp_path / "b.xlsx", later), "--format", "json")
    assert result.exit_code == 1
    (row,) = json.loads(result.stdout)
    assert (row["sheet"], row["row"], row["column"]) == ("Sinh hoạt", "2026-03", "Giờ kết thúc")
    assert (row["before"], row["after"]) == ("15:30", "16:15")
    place = read_book((tmp_path / "b.xlsx").read_bytes(), "b", LIBRARY).book.meetings[0].origin.place("ends_at")  # type: ignore[union-attr]
    assert row["place_before"] == row["place_after"] == f"{place.sheet}!{place.address}"


def test_what_was_not_there_is_shown_as_nothing(tmp_path: Path):
    base = a_base()
    earlier = evolve(base, meetings=(evolve(base.meetings[0], ends_at=None),))
    result = run("diff", written(tmp_path / "a.xlsx", earlier), written(tmp_path / "b.xlsx", base), "--format", "json")
    (row,) = json.loads(result.stdout)
    assert (row["before"], row["after"]) == ("", "15:30")


def held(day: date | None, **changes: object) -> CellBook:
    """A book whose meeting was held on a day, or is only registered; its yes/no cells are empty if nothing is said."""
    row = evolve(a_base().meetings[0], supervisor_present=None, minutes_kept=None)
    return a_base(evolve(row, held_on=day, **changes))


def test_an_empty_answer_that_stays_empty_is_no_change_when_the_meeting_becomes_held(tmp_path: Path):
    before, after = held(None), held(date(2026, 3, 5))
    result = run("diff", written(tmp_path / "a.xlsx", before), written(tmp_path / "b.xlsx", after), "--format", "json")
    assert [(row["column"], row["after"]) for row in json.loads(result.stdout)] == [("Ngày sinh hoạt", "05/03/2026")]


def test_an_answer_typed_into_an_empty_cell_is_a_change(tmp_path: Path):
    day = date(2026, 3, 5)
    before, after = held(day), held(day, supervisor_present=False)
    result = run("diff", written(tmp_path / "a.xlsx", before), written(tmp_path / "b.xlsx", after), "--format", "json")
    (row,) = json.loads(result.stdout)
    assert (row["column"], row["before"], row["after"]) == ("Cấp ủy viên cấp trên dự", "", "Không")


def test_words_are_english_on_request(tmp_path: Path):
    marks = RollCall({MARCH: {**MARKS, "DV02": Mark.UNEXCUSED}})
    result = run(
        "diff",
        written(tmp_path / "a.xlsx", a_base()),
        written(tmp_path / "b.xlsx", a_base(roll_call=marks)),
        "--lang",
        "en",
        "--format",
        "csv",
    )
    assert "Roll call" in result.stdout
    assert "DV02 · Đảng viên 2" in result.stdout


@pytest.mark.parametrize(("language", "said"), [("vi", "là của CB02 2026"), ("en", "is of CB02 2026")])
def test_that_the_two_are_of_different_cells_is_told(tmp_path: Path, language: str, said: str):
    mine = written(tmp_path / "a.xlsx", a_base())
    other = written(tmp_path / "b.xlsx", a_base(info=an_info(cell_code="CB02")))
    renamed = written(tmp_path / "c.xlsx", a_base(info=an_info(cell_name="Chi bộ khác")))
    assert said in run("diff", mine, other, "--lang", language).stderr
    assert "CB01 2026" not in run("diff", mine, renamed, "--lang", language).stderr


@pytest.mark.libreoffice
def test_saving_in_another_program_is_no_difference(tmp_path: Path):
    one = written(tmp_path / "a.xlsx", a_base(tasks=(a_task("Sơ kết quý I"),)))
    other = convert(Path(one).read_bytes(), "xlsx", tmp_path / "lo")
    result = run("diff", one, str(other))
    assert result.exit_code == 0, result.stdout


def test_saving_in_a_program_that_calculates_nothing_is_no_difference(tmp_path: Path):
    dues = tuple(
        DuesRow(member_code=f"DV0{n}", full_name=f"Đảng viên {n}", months={1: DuesMark.PAID}) for n in (1, 2, 3)
    )
    one = written(tmp_path / "a.xlsx", evolve(a_base(), dues=dues))
    load_workbook(one).save(tmp_path / "b.xlsx")
    result = run("diff", one, str(tmp_path / "b.xlsx"))
    assert result.exit_code == 0, result.output


def test_a_file_that_is_no_book_cannot_be_compared(tmp_path: Path):
    (tmp_path / "b.xlsx").write_bytes(b"no workbook")
    result = run("diff", written(tmp_path / "a.xlsx", a_base()), str(tmp_path / "b.xlsx"))
    assert isinstance(result.exception, ChiboError)


def merged(tmp_path: Path, mine: CellBook, theirs: CellBook, base: CellBook | None = None) -> Result:
    return run(
        "merge",
        written(tmp_path / "base.xlsx", base or a_base()),
        written(tmp_path / "mine.xlsx", mine),
        written(tmp_path / "theirs.xlsx", theirs),
        "--out",
        str(tmp_path / "out.xlsx"),
        "--format",
        "json",
    )


def read_out(tmp_path: Path) -> CellBook:
    book = read_book((tmp_path / "out.xlsx").read_bytes(), "out.xlsx", LIBRARY).book
    assert book is not None
    return book


def test_changes_of_both_are_in_the_merged_workbook(tmp_path: Path):
    mine = a_base(tasks=(a_task("Sơ kết quý I"),))
    marks = RollCall({MARCH: {**MARKS, "DV02": Mark.UNEXCUSED}})
    result = merged(tmp_path, mine, a_base(roll_call=marks))
    assert result.exit_code == 0, result.output
    (row,) = json.loads(result.stdout)
    assert [row[name] for name in ("result", "base", "mine", "theirs")] == ["taken", "X", "X", "K"]
    sheet, address = row["place_theirs"].split("!")
    assert (row["place_mine"], load_workbook(tmp_path / "theirs.xlsx")[sheet][address].value) == (
        f"Điểm danh!{address}",
        "K",
    )
    out = read_out(tmp_path)
    assert out.roll_call == marks
    assert out.tasks == mine.tasks


def test_an_empty_answer_does_not_clash_with_one_that_was_typed(tmp_path: Path):
    mine, theirs = held(None, supervisor_present=True), held(date(2026, 3, 5))
    result = merged(tmp_path, mine, theirs, held(None))
    assert result.exit_code == 0, result.output
    (meeting,) = read_out(tmp_path).meetings
    assert (meeting.held_on, meeting.supervisor_present) == (date(2026, 3, 5), True)


def test_conflicts_are_named_with_both_values_and_end_with_one(tmp_path: Path):
    base = a_base(tasks=(a_task("Sơ kết quý I"),))
    mine = a_base(tasks=(a_task("Sơ kết quý I", TaskResult.DONE),))
    theirs = a_base(tasks=(a_task("Sơ kết quý I", TaskResult.NOT_BEGUN),))
    result = merged(tmp_path, mine, theirs, base)
    assert result.exit_code == 1
    (row,) = json.loads(result.stdout)
    assert (row["result"], row["mine"], row["theirs"]) == ("conflict", "Hoàn thành", "Chưa thực hiện")
    assert row["place_mine"].startswith("Nhiệm vụ!")
    assert read_out(tmp_path).tasks == mine.tasks


def test_removals_are_told(tmp_path: Path):
    base = a_base(tasks=(a_task("Sơ kết quý I"),))
    result = merged(tmp_path, base, a_base(), base)
    assert result.exit_code == 0, result.output
    (row,) = json.loads(result.stdout)
    assert row["result"] == "removed-by-theirs"
    assert row["place_base"].startswith("Nhiệm vụ!")
    assert read_out(tmp_path).tasks == ()


def test_of_an_emptied_cell_what_both_hold_and_where_is_told(tmp_path: Path):
    full = a_base(a_meeting(membership=None, present=None, excused=None, unexcused=None, opinions=11))
    emptied = evolve(full, meetings=(evolve(full.meetings[0], opinions=None),))
    marks = RollCall({MARCH: {code: mark for code, mark in MARKS.items() if code != "DV03"}})
    theirs = evolve(emptied, roll_call=marks)
    rows = json.loads(merged(tmp_path, full, theirs, full).stdout)
    assert [(row["base"], row["mine"], row["theirs"]) for row in rows] == [("11", "11", ""), ("P", "P", "")]
    for row, sheet in zip(rows, ("Sinh hoạt", "Điểm danh"), strict=True):
        assert row["place_base"] == row["place_mine"] == row["place_theirs"]
        assert row["place_theirs"].startswith(f"{sheet}!")


def test_a_removed_row_is_told_as_mine_still_has_it(tmp_path: Path):
    base = a_base(tasks=(a_task("Sơ kết quý I"),))
    (row,) = json.loads(merged(tmp_path, base, a_base(), base).stdout)
    assert (row["mine"], row["theirs"], row["place_theirs"]) == (row["base"], "", "")
    assert row["place_mine"] == row["place_base"]


def test_a_row_is_named_as_the_base_names_it(tmp_path: Path):
    base = a_base()
    members = (evolve(base.members[0], full_name="Tên Khác"), *base.members[1:])
    theirs = evolve(base, members=members, roll_call=RollCall({MARCH: {**MARKS, "DV01": Mark.UNEXCUSED}}))
    rows = json.loads(merged(tmp_path, base, theirs, base).stdout)
    assert "DV01 · Đảng viên 1" in [row["row"] for row in rows if row["sheet"] == "Điểm danh"]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (["8.5"], "1 change taken from theirs, 0 removals, 1 conflict."),
        (["8.5", "2.5"], "2 changes taken from theirs, 0 removals, 1 conflict."),
    ],
)
def test_english_counts_and_points_are_english(tmp_path: Path, points: list[str], said: str):
    def scored(*values: str, venue: str = "") -> str:
        sheet = ScoreSheet({MARCH: dict(zip(("2a", "4b"), map(Decimal, values), strict=False))})  # none, one or both
        row = a_meeting(membership=None, present=None, excused=None, unexcused=None, venue=venue)
        return written(tmp_path / f"{venue or 'base'}.xlsx", a_base(row, self_scores=sheet))

    paths = scored(), scored(venue="one"), scored(*points, venue="two")
    out = str(tmp_path / "out.xlsx")
    result = run("merge", *paths, "--out", out, "--lang", "en", "--format", "json")
    assert said in result.stderr
    told = [row for row in json.loads(result.stdout) if row["result"] == "taken"]
    assert [row["theirs"] for row in told] == points
    assert all(point in row["text"] for point, row in zip(points, told, strict=True))
    assert run("diff", *paths[:2], "--lang", "en").stderr.strip() == "1 difference."


def test_a_base_that_was_made_from_a_branch_is_told(tmp_path: Path):
    plain, worked_on = a_base(), a_base(tasks=(a_task("Sơ kết quý I"),))
    first = handed_out(tmp_path / "first.xlsx", plain)
    second = handed_out(tmp_path / "second.xlsx", worked_on, made_from=plain)
    put_back = handed_out(tmp_path / "back.xlsx", plain, made_from=worked_on)
    out = ["--out", str(tmp_path / "out.xlsx"), "--force"]
    for wrong in ((second, first, second), (second, second, first)):
        result = run("merge", *wrong, *out)
        assert "«second.xlsx» được nêu làm sổ gốc" in result.stderr
        assert "lập từ «first.xlsx»" in result.stderr
    for right in ((first, second, first), (second, put_back, second)):
        assert "Xem lại thứ tự" not in run("merge", *right, *out).stderr


def test_books_of_two_cells_are_not_merged(tmp_path: Path):
    result = merged(tmp_path, a_base(), a_base(info=an_info(cell_code="CB02")))
    assert isinstance(result.exception, ChiboError)
    assert not (tmp_path / "out.xlsx").exists()


def test_none_of_the_three_is_overwritten(tmp_path: Path):
    path = written(tmp_path / "a.xlsx", a_base())
    assert run("merge", path, path, path, "--out", path, "--force").exit_code == 2


def edited(path: Path, sheet: str, address: str, value: object, *, name: str = "") -> str:
    """The workbook with one cell typed over as somebody does in Excel, or a sheet renamed."""
    book = load_workbook(path, data_only=True)
    if address:
        book[sheet][address] = value
    book[sheet].title = name or sheet
    book.save(path)
    return str(path)


def address_of(path: Path, column: str, row: int) -> str:
    """The address of a column of Sinh hoạt in a row below the heading, 0 for the heading itself."""
    read = read_book(path.read_bytes(), path.name, LIBRARY).book
    assert read is not None
    table = read.tables["meetings"]
    return f"{get_column_letter(table.columns[column])}{table.header_row + row}"


def merged_after(tmp_path: Path, column: str, row: int, value: object) -> Result:
    """The merge of a book, unchanged on one side, typed over in one cell on the other."""
    base, theirs = (written(tmp_path / f"{name}.xlsx", a_base()) for name in ("base", "theirs"))
    edited(Path(theirs), "Sinh hoạt", address_of(Path(theirs), column, row), value)
    return run("merge", base, base, theirs, "--out", str(tmp_path / "out.xlsx"))


@pytest.mark.parametrize(
    ("column", "row", "typed", "told"),
    [
        ("ends_at", 1, "lúc tan họp", "Giờ kết thúc"),
        ("minutes_kept", 1, "hình như có", "Biên bản ghi đầy đủ"),
        ("ends_at", 0, "Tan họp lúc nào", "còn cột «Giờ kết thúc» của mẫu thì không thấy"),
    ],
)
def test_what_cannot_be_read_is_no_removal(tmp_path: Path, column: str, row: int, typed: str, told: str):
    result = merged_after(tmp_path, column, row, typed)
    assert isinstance(result.exception, ChiboError)
    assert told in str(result.exception)
    assert not (tmp_path / "out.xlsx").exists()


def test_each_place_that_cannot_be_read_stands_in_its_own_line(tmp_path: Path):
    base, theirs = (written(tmp_path / f"{name}.xlsx", a_base()) for name in ("base", "theirs"))
    typed = {"ends_at": "lúc tan họp", "minutes_kept": "hình như có"}
    places = {column: address_of(Path(theirs), column, 1) for column in typed}
    for column, value in typed.items():
        edited(Path(theirs), "Sinh hoạt", places[column], value)
    refused = run("merge", base, base, theirs, "--out", str(tmp_path / "out.xlsx")).exception
    head, *lines = str(refused).splitlines()
    assert head.endswith("rồi gộp lại.")
    assert [line[:2] for line in lines] == ["- ", "- "]
    assert all(any(place in line for line in lines) for place in places.values())


def test_books_of_which_something_is_unread_are_not_called_the_same(tmp_path: Path):
    one, other = (written(tmp_path / f"{name}.xlsx", a_base()) for name in ("a", "b"))
    for path, value in ((one, None), (other, "chưa định")):
        edited(Path(path), "Sinh hoạt", address_of(Path(path), "postponed_to", 1), value)
    for path, said in ((one, "có nội dung như nhau"), (other, "Những gì đọc được")):
        result = run("diff", one, path)
        assert (result.exit_code, said in result.output) == (0, True), result.output


def test_what_the_base_has_unread_already_stops_nobody(tmp_path: Path):
    base, theirs = (written(tmp_path / f"{name}.xlsx", a_base()) for name in ("base", "theirs"))
    for path in (base, theirs):
        edited(Path(path), "Sinh hoạt", address_of(Path(path), "planned_on", 1), "mùng ba Tết")
    edited(Path(theirs), "Sinh hoạt", address_of(Path(theirs), "venue", 1), "Phòng họp tầng 3")
    result = run("merge", base, base, theirs, "--out", str(tmp_path / "out.xlsx"))
    assert result.exit_code == 0, result.output


def test_a_column_that_is_gone_is_no_removal(tmp_path: Path):
    base, theirs = (written(tmp_path / f"{name}.xlsx", a_base()) for name in ("base", "theirs"))
    column = address_of(Path(theirs), "ends_at", 0).rstrip("0123456789")
    book = load_workbook(theirs, data_only=True)
    book["Sinh hoạt"].delete_cols(column_index_from_string(column))
    book.save(theirs)
    result = run("merge", base, base, theirs, "--out", str(tmp_path / "out.xlsx"))
    assert isinstance(result.exception, ChiboError)
    assert "«theirs.xlsx» không có cột «Giờ kết thúc» ở trang «Sinh hoạt»" in str(result.exception)


def test_a_sheet_that_was_renamed_is_no_removal(tmp_path: Path):
    base, theirs = (
        written(tmp_path / f"{name}.xlsx", evolve(a_base(), tasks=(a_task("Soát lại sổ"),)))
        for name in ("base", "theirs")
    )
    edited(Path(theirs), "Nhiệm vụ", "", None, name="Việc năm nay")
    result = run("merge", base, base, theirs, "--out", str(tmp_path / "out.xlsx"))
    assert isinstance(result.exception, ChiboError)
    assert "không có trang «Nhiệm vụ»" in str(result.exception)


SMALL = {"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": MEETINGS, "_chibo": f"| made_by | {MARKER} |"}
AT_FOUR = {**SMALL, "Sinh hoạt": MEETINGS.replace("15:30", "16:00")}


def merged_from(tmp_path: Path, mine: tuple[str, bytes], theirs: bytes, base: bytes) -> Result:
    names = ("base.xlsx", mine[0], "theirs.xlsx")
    for name, data in zip(names, (base, mine[1], theirs), strict=True):
        (tmp_path / name).write_bytes(data)
    return run("merge", *(str(tmp_path / name) for name in names), "--out", str(tmp_path / "out.xlsx"))


@pytest.mark.parametrize("theirs", [SMALL, AT_FOUR], ids=["nothing new", "a change"])
def test_an_old_file_of_mine_becomes_a_new_workbook(tmp_path: Path, theirs: dict[str, str]) -> None:
    result = merged_from(tmp_path, ("mine.xls", xls(SMALL)), xlsx(theirs), xlsx(SMALL))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK"), "what is named .xlsx is one"
    assert str(read_out(tmp_path).meetings[0].ends_at) == ("16:00:00" if theirs is AT_FOUR else "15:30:00")


def test_an_old_file_that_a_new_workbook_would_lose_of_is_left_with_the_way_on(tmp_path: Path) -> None:
    mine = {**SMALL, "Sổ tay": "| nhớ hỏi lại |"}
    result = merged_from(tmp_path, ("mine.xls", xls(mine)), xlsx(AT_FOUR), xlsx(SMALL))
    assert result.exit_code == 1
    assert "Trang riêng: «Sổ tay»." in str(result.exception)
    assert "lưu thành .xlsx rồi gộp lại" in str(result.exception)
    assert "Dạng tệp Excel cũ" not in str(result.exception)
    assert not (tmp_path / "out.xlsx").exists()


def test_a_file_of_mine_under_the_default_password_is_written_into(tmp_path: Path) -> None:
    mine = {**SMALL, "Sổ tay": "| nhớ hỏi lại |"}
    result = merged_from(tmp_path, ("mine.xlsx", locked(xlsx(mine))), xlsx(AT_FOUR), xlsx(SMALL))
    assert result.exit_code == 0, result.output
    assert "Sổ tay" in load_workbook(tmp_path / "out.xlsx").sheetnames
    assert str(read_out(tmp_path).meetings[0].ends_at) == "16:00:00"


def test_a_file_under_a_password_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    result = merged_from(tmp_path, ("mine.xlsx", locked(xlsx(SMALL), "bí mật")), xlsx(AT_FOUR), xlsx(SMALL))
    assert result.exit_code == 1
    assert "Sổ có mật khẩu" in str(result.exception)
    assert not (tmp_path / "out.xlsx").exists()


def test_a_value_does_not_turn_round_the_sentence_of_its_change(tmp_path: Path) -> None:
    later = a_base(a_meeting(membership=None, present=None, excused=None, unexcused=None, venue="\u202etầng 2"))
    result = run(
        "diff", written(tmp_path / "a.xlsx", a_base()), written(tmp_path / "b.xlsx", later), "--format", "json"
    )
    (row,) = json.loads(result.stdout)
    assert "[U+202E]tầng 2" in row["text"]
    assert row["after"] == "\u202etầng 2", "the value itself stays as it is"


@pytest.mark.parametrize("content", [b"", bytes(range(200)), b"Ma,Ten\n1,2\n", b"PK\3\4" + bytes(90)])
def test_a_file_that_cannot_be_read_is_named_once(tmp_path: Path, content: bytes) -> None:
    good, bad = written(tmp_path / "a.xlsx", a_base()), tmp_path / "hỏng.xlsx"
    bad.write_bytes(content)
    refused = run("diff", good, str(bad))
    assert isinstance(refused.exception, ChiboError)
    assert str(refused.exception).count("hỏng.xlsx") == 1
