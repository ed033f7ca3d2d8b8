"""Old books in new workbooks: the same data, and a list of what could not be moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from chibo.cli.main import cli
from chibo.definitions.language import Language
from chibo.errors import ChiboError, DefinitionError
from chibo.legacy_text import Encoding
from chibo.office.demo import demo_book, demo_cells
from chibo.office.migrating import migrate
from chibo.office.returning import marked_copy
from chibo.workbook import read_book, write_book
from old_excel import xls
from old_layout import OLD_BOOK, OLD_MEETINGS, OLD_MEMBERS, with_earlier
from old_text import typed
from tables import INFO, LIBRARY, MEETINGS, MEMBERS, a_workbook, xlsx

TODAY = date(2026, 11, 28)


def test_an_old_layout_is_recognised_and_read_by_its_names(tmp_path: Path) -> None:
    reading = read_book(xlsx(OLD_BOOK), "so.xlsx", with_earlier(tmp_path))

    assert ("LAYOUT_OLD", "0", "1") in [(f.code, f.seen, f.expected) for f in reading.findings]
    assert reading.book is not None
    assert [member.full_name for member in reading.book.members] == ["Người Một", "Người Hai"]
    assert reading.book.members[1].status == "Miễn sinh hoạt"
    assert reading.book.meetings[0].held_on == date(2026, 3, 5)


def test_the_present_layout_is_not_taken_for_the_old_one(tmp_path: Path) -> None:
    assert read_book(a_workbook(), "so.xlsx", with_earlier(tmp_path)).findings == ()


def test_labels_alone_tell_the_version(tmp_path: Path) -> None:
    data = a_workbook({"Đảng viên": OLD_MEMBERS, "Sinh hoạt": OLD_MEETINGS})
    reading = read_book(data, "so.xlsx", with_earlier(tmp_path))

    assert "LAYOUT_OLD" in [finding.code for finding in reading.findings]
    assert reading.book is not None
    assert len(reading.book.members) == 2


@pytest.mark.parametrize(("version", "code"), [("0", "LAYOUT_OLD"), ("7", "LAYOUT_OTHER"), ("1", None)])
def test_the_version_that_a_book_gives_is_compared(tmp_path: Path, version: str, code: str | None) -> None:
    data = a_workbook({"Thông tin": INFO + f"    | Phiên bản mẫu | {version} |"})

    found = [finding.code for finding in read_book(data, "so.xlsx", with_earlier(tmp_path)).findings]

    assert found == ([code] if code else [])


def test_an_old_book_comes_out_in_the_new_workbook_with_a_list_of_what_was_left(tmp_path: Path) -> None:
    library = with_earlier(tmp_path)
    moved = migrate(xlsx(OLD_BOOK), "so.xlsx", library, TODAY)
    again = read_book(moved.data, "moi.xlsx", library)

    assert again.book is not None
    assert (again.book.info, again.book.members) == (moved.book.info, moved.book.members)
    assert [(m.meeting_code, m.kind, m.held_on, m.starts_at) for m in again.book.meetings] == [
        (m.meeting_code, m.kind, m.held_on, m.starts_at) for m in moved.book.meetings
    ]
    assert [f.code for f in again.findings if f.code.startswith("LAYOUT")] == []
    assert moved.book.info.layout_version == "1"
    assert {(left.place.sheet, left.place.address, left.value) for left in moved.left} == {
        ("Danh sách", "F2", "Quê quán"),
        ("Danh sách", "F3", "Xã Hạ"),
        ("Danh sách", "F4", "Xã Thượng"),
        ("Danh sách", "F5", "nhớ hỏi lại"),
        ("Buổi họp", "C3", "hôm ấy"),
        ("Nháp", "", "2"),
    }


@pytest.mark.parametrize("encoding", Encoding)
def test_an_xls_in_old_text_comes_out_as_a_new_workbook(encoding: Encoding) -> None:
    sheets = {"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": MEETINGS}
    data = xls(sheets, font=".VnTime", write=lambda text: typed(text, encoding))
    moved = migrate(data, "so.xls", LIBRARY, TODAY)

    assert moved.left == ()
    assert read_book(moved.data, "moi.xlsx", LIBRARY).findings == ()
    assert [member.full_name for member in moved.book.members] == ["Người Một", "Người Hai", "Người Ba"]


def test_what_is_no_book_is_refused_with_the_reason() -> None:
    with pytest.raises(ChiboError, match="không phải sổ Excel"):
        migrate(b"%PDF-1.7", "so.xls", LIBRARY, TODAY)


@pytest.mark.parametrize(
    ("earlier", "problem"),
    [
        ('[[earlier]]\nversion = "0"\nsheets = { khac = ["X"] }\n', "khac"),
        ('[[earlier]]\nversion = "0"\nlabels = { "members.khac" = ["X"] }\n', "members.khac"),
        ('[[earlier]]\nversion = "0"\nvalues = { khac = { "x" = "y" } }\n', "khac"),
        ('[[earlier]]\nversion = "1"\n', "phiên bản trùng nhau"),
    ],
)
def test_a_wrong_map_is_refused(tmp_path: Path, earlier: str, problem: str) -> None:
    with pytest.raises(DefinitionError, match=problem):
        _ = with_earlier(tmp_path, earlier).layouts


def test_the_command_writes_the_new_book_and_lists_what_was_left(tmp_path: Path) -> None:
    library_home = tmp_path / "office"
    with_earlier(library_home)
    old, new = tmp_path / "cu.xlsx", tmp_path / "moi.xlsx"
    old.write_bytes(xlsx(OLD_BOOK))
    before = old.read_bytes()

    done = CliRunner().invoke(cli, ["migrate", str(old), "--out", str(new), "--home", str(library_home)])

    assert done.exit_code == 0, done.output
    assert "ô F3: «Xã Hạ»" in done.stdout
    assert old.read_bytes() == before
    assert "Đảng viên" in load_workbook(new).sheetnames
    assert CliRunner().invoke(cli, ["migrate", str(old), "--out", str(new)]).exit_code == 2


def test_wrong_books_are_named() -> None:
    other = xlsx({"Khung tiêu chí": "| x |"})
    (finding,) = read_book(other, "khung.xlsx", LIBRARY).findings

    assert (finding.code, finding.seen) == ("WRONG_BOOK", "khung tiêu chí")
    assert "khung tiêu chí" in LIBRARY.catalogue.message(finding, Language.VIETNAMESE).text


OWN_COLUMN = """
    | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Chủ trì   | Người dẫn chương trình |
    | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | Người Một | Người Một              |
"""


def test_a_column_of_its_own_is_left_even_where_its_words_stand_elsewhere_too() -> None:
    moved = migrate(a_workbook({"Sinh hoạt": OWN_COLUMN}), "so.xlsx", LIBRARY, TODAY)
    assert [(left.place.address, left.value) for left in moved.left] == [
        ("G1", "Người dẫn chương trình"),
        ("G2", "Người Một"),
    ]


def test_what_is_left_stands_in_the_order_of_sheets_rows_and_columns() -> None:
    def scatter(book: Workbook) -> None:
        for sheet, address in [("Sinh hoạt", "AD6"), ("Đảng viên", "AA9"), ("Sinh hoạt", "AH4"), ("Sinh hoạt", "Z6")]:
            book[sheet][address] = f"lời ghi {address}"
        book["Sinh hoạt"]["C2"] = "=DATE(2026,3,5)"
        book.create_sheet("Riêng", 0)["A1"] = "của chi bộ"

    left = migrate(edited(scatter), "so.xlsx", LIBRARY, TODAY).left
    assert [one.place.address or one.place.sheet for one in left] == ["AA9", "C2", "AH4", "Z6", "AD6", "Riêng"]


@pytest.mark.parametrize(("language", "said"), [("vi", "không có gì phải chuyển"), ("en", "there was nothing to move")])
def test_of_a_book_of_the_present_layout_it_is_told_that_nothing_had_to_be_moved(
    tmp_path: Path, language: str, said: str
) -> None:
    def told(name: str, data: bytes, *more: str) -> str:
        (tmp_path / name).write_bytes(data)
        call = ["migrate", str(tmp_path / name), "--out", str(tmp_path / f"moi-{name}.xlsx"), "--lang", language, *more]
        done = CliRunner().invoke(cli, call)
        assert done.exit_code == 0, done.output
        return done.stderr

    home = tmp_path / "office"
    with_earlier(home)
    assert said in told("so.xlsx", a_workbook())
    assert said not in told("cu.xlsx", xlsx(OLD_BOOK), "--home", str(home))
    assert said not in told("so.xls", xls({"Thông tin": INFO, "Đảng viên": MEMBERS, "Sinh hoạt": MEETINGS}))


def edited(change: Callable[[Workbook], object]) -> bytes:
    book, stream = load_workbook(BytesIO(a_workbook())), BytesIO()
    change(book)
    book.save(stream)
    return stream.getvalue()


def test_a_formula_that_was_never_calculated_is_left() -> None:
    data = edited(lambda book: book["Sinh hoạt"].__setitem__("C2", "=DATE(2026,3,5)"))
    moved = migrate(data, "so.xlsx", LIBRARY, TODAY)
    assert ("C2", "=DATE(2026,3,5)") in [(left.place.address, left.value) for left in moved.left]


def test_notes_on_cells_are_left_and_told(tmp_path: Path) -> None:
    old, new = tmp_path / "old.xlsx", tmp_path / "new.xlsx"
    old.write_bytes(edited(lambda book: setattr(book["Sinh hoạt"]["A2"], "comment", Comment("Hỏi lại", "A"))))
    result = CliRunner().invoke(cli, ["migrate", str(old), "--out", str(new)])
    assert result.exit_code == 0, result.output
    assert "- Ghi chú riêng gắn vào các ô." in result.output


def test_marks_of_a_returned_copy_are_nothing_that_is_left() -> None:
    faulty = edited(lambda book: setattr(book["Sinh hoạt"]["E2"], "value", "13:00"))
    marked = marked_copy(faulty, "so.xlsx", LIBRARY, TODAY)
    assert marked.marks > 0
    assert marked.data is not None
    moved = migrate(marked.data, "so.xlsx", LIBRARY, TODAY)
    assert (moved.left, moved.lost) == ((), ())


def of_the_demo(change: Callable[[Workbook], object] = lambda book: None) -> tuple[tuple[str, str], ...]:
    """What `migrate` leaves of a sample book after a change: addresses and values, whole sheets by their names."""
    data = write_book(demo_book(demo_cells(1)[0], 1, 2026, LIBRARY), LIBRARY, TODAY)
    book, stream = load_workbook(BytesIO(data)), BytesIO()
    change(book)
    book.save(stream)
    left = migrate(stream.getvalue(), "so.xlsx", LIBRARY, TODAY).left
    return tuple((one.place.address or one.place.sheet, one.value) for one in left)


def test_a_book_of_the_present_form_leaves_nothing() -> None:
    assert of_the_demo() == ()


def test_another_meeting_on_the_score_sheet_to_print_is_nothing_that_is_left() -> None:
    assert of_the_demo(lambda book: book["Phiếu đánh giá"].__setitem__("H2", "2026-03")) == ()


def test_what_is_typed_on_the_score_sheet_to_print_is_left() -> None:
    def typed_over(book: Workbook) -> None:
        slip = book["Phiếu đánh giá"]
        slip["D12"], slip["H9"] = 4.25, "đồng chí Hai ký thay"

    assert of_the_demo(typed_over) == (("H9", "đồng chí Hai ký thay"), ("D12", "4.25"))


def test_sheets_that_only_look_like_ours_are_left() -> None:
    def added(book: Workbook) -> None:
        book.create_sheet("Phiếu đánh giá năm ngoái")["A1"] = "x"
        book.create_sheet("_nháp")["A1"] = "y"

    assert of_the_demo(added) == (("Phiếu đánh giá năm ngoái", "1"), ("_nháp", "1"))


def test_a_score_sheet_in_a_book_that_is_not_ours_is_left() -> None:
    data = a_workbook({"Phiếu đánh giá": "| Tổng điểm | n:95 |"})
    left = migrate(data, "so.xlsx", LIBRARY, TODAY).left
    assert [(one.place.sheet, one.value) for one in left] == [("Phiếu đánh giá", "2")]
