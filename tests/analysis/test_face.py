"""The analysts' face: `import chibo as cb`, over real workbooks in a folder."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import chibo as cb
from chibo.analysis import __all__ as face
from chibo.definitions.library import Library
from chibo.errors import ChiboError, DefinitionError, OutputError, UnknownNameError
from chibo.model import FACT_COLUMNS
from chibo.office.home import init_home
from chibo.scoring.what_if import with_thresholds
from chibo.store.places import DATA_FOLDER
from golden_office import golden_office

TODAY = date(2026, 4, 10)
LIBRARY = Library()
OWN_RETURN = """
schema = 1
id = "du-hop-quy"
title = "Tỷ lệ dự theo quý"
periods = ["quarter"]
heading = { subject = "tỷ lệ đảng viên dự sinh hoạt {period}" }
effective = { from = 2018-01-01 }
columns = [
  { code = "stt", label = "STT", figure = "ordinal" },
  { code = "chi_bo", label = "Tên đơn vị", figure = "cell_name" },
  { code = "ty_le", label = "Tỷ lệ dự (%)", aggregate = { kind = "ratio", of = "present", over = "owed" } },
]
"""


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The golden office's books, outside any office folder; GD08 is an empty file."""
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    folder = tmp_path / "so"
    folder.mkdir()
    for name, data in golden_office().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture
def good(books: Path) -> Path:
    """The same without the empty file."""
    (books / "GD08.xlsx").unlink()
    return books


def chibo(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chibo", *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_face_the_package_and_the_stub_name_the_same_things():
    stub = (Path(cb.__file__).parent / "__init__.pyi").read_text(encoding="utf-8")
    assert sorted(re.findall(r" as (\w+)$", stub, re.MULTILINE)) == sorted(face) == sorted(cb._FACE)
    for name in face:
        assert getattr(cb, name) is not None
        assert name in dir(cb)
    with pytest.raises(AttributeError):
        _ = cb.no_such_thing


def test_importing_chibo_costs_nothing_to_those_who_analyse_nothing():
    told = "import sys, chibo; print([name for name in ('pandas', 'pydantic', 'click') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_every_function_explains_itself_with_an_example():
    for name in face:
        explained = getattr(cb, name).__doc__
        assert explained, name
        if name.islower():
            assert ">>> " in explained, name


def test_facts_are_those_of_the_command(good: Path):
    table = cb.facts(good)
    rows = list(csv.DictReader(io.StringIO(chibo("facts", good, "--format", "csv").stdout)))
    assert tuple(table.columns) == FACT_COLUMNS
    assert len(table) == len(rows) > 0
    for line, row in zip(table.to_dict("records"), rows, strict=True):
        for name in FACT_COLUMNS:
            ours, theirs = line[name], row[name]
            if pd.isna(ours):
                assert theirs == "", name
            elif name == "thematic":
                assert theirs == ("Có" if ours else "Không")
            elif name == "held_on":
                assert theirs == f"{ours:%Y-%m-%d}"
            elif isinstance(ours, float):
                assert float(theirs) == ours, name
            else:
                assert theirs.removeprefix("'") == str(ours), name  # in a CSV no text may act as a formula


def test_a_period_selects_by_meeting_code(good: Path):
    march = cb.facts(good, "2026-03", today=TODAY)
    assert set(march["meeting_code"].str[:7]) == {"2026-03"}
    assert len(cb.facts(good, "2026-Q2", today=TODAY)) == 0
    with pytest.raises(UnknownNameError, match="không phải là kỳ"):
        cb.facts(good, "tháng 3")


def test_refused_books_are_named_in_a_warning_and_their_reasons_are_at_hand(books: Path):
    with pytest.warns(cb.RefusedBooksWarning, match=r"1 sổ bị từ chối: GD08\.xlsx"):
        table = cb.facts(books, today=TODAY)
    assert "GD08.xlsx" not in set(table["source"])
    read = cb.consolidate(books, today=TODAY)
    (refused,) = read.refused
    assert refused.file == "GD08.xlsx"
    assert refused.refusals
    found = cb.check(read)
    reasons = found[(found["severity"] == "block") & (found["file"] == "GD08.xlsx")]
    assert reasons["title"].str.len().gt(0).all()
    assert len(reasons) >= 1


def test_all_that_is_to_be_looked_at_is_a_table(books: Path):
    read = cb.consolidate(books, today=TODAY)
    found = cb.check(books, today=TODAY)
    pd.testing.assert_frame_equal(found, cb.check(read))
    assert len(found) == sum(len(book.findings) for book in read.settled)


def test_a_consolidation_is_shown_by_its_counts(books: Path):
    assert repr(cb.consolidate(books, today=TODAY)) == "<Consolidation of 8 books: 7 accepted, 0 copies, 1 refused>"


def test_what_was_read_once_can_be_used_again(good: Path):
    read = cb.consolidate(good, today=TODAY)
    pd.testing.assert_frame_equal(cb.facts(read), cb.facts(good, today=TODAY))


def test_a_missing_folder_is_said_in_vietnamese(tmp_path: Path):
    for call in (cb.facts, cb.consolidate, cb.open_book, cb.what_if):
        with pytest.raises(ChiboError, match="Không có tệp hoặc thư mục"):
            call(tmp_path / "khong-co")


def test_one_book_shows_its_meetings_and_its_findings_with_places(good: Path):
    book = cb.open_book(good / "GD01 Tổng hợp.xlsx", today=TODAY)
    assert repr(book).startswith("<Sổ GD01 «Chi bộ Phòng Tổng hợp» năm 2026")
    assert book.facts["meeting_code"].tolist() == ["2026-02", "2026-03", "2026-03-CĐ"]
    assert {"severity", "sheet", "cell", "code", "title", "mend"} <= set(book.findings.columns)
    assert (book.findings["title"] != "").all()


def test_a_refused_book_is_not_opened_and_says_why(books: Path):
    with pytest.raises(cb.BookRefusedError, match=r"«GD08\.xlsx» bị từ chối") as raised:
        cb.open_book(books / "GD08.xlsx")
    assert raised.value.findings


def test_a_score_lists_each_criterion_and_adds_up(good: Path):
    table = cb.score(good / "GD01 Tổng hợp.xlsx", "2026-03", today=TODAY)
    assert table["maximum"].sum() == 100
    assert table["self"].sum() == table.attrs["self_total"] == 96.5
    assert table.attrs["self_grade"] == "Tốt"
    decided = table[table["fact"].notna()]
    assert (decided["why"] != "").all()
    assert decided["fact"].sum() == table.attrs["fact_total"]


def test_a_score_says_which_meetings_and_frames_there_are(good: Path):
    book = good / "GD01 Tổng hợp.xlsx"
    with pytest.raises(UnknownNameError, match="2026-02, 2026-03, 2026-03-CĐ"):
        cb.score(book, "2026-09")
    with pytest.raises(UnknownNameError, match="hd42-thuong-ky"):
        cb.score(book, "2026-03", frame="khong-co")
    with pytest.raises(UnknownNameError, match="không có khung nào để chấm"):
        cb.score(book, "2026-03-CĐ")
    with pytest.raises(UnknownNameError, match="không phải mã kỳ"):
        cb.score(book, "tháng ba")


def test_another_threshold_lists_exactly_the_meetings_that_change(good: Path):
    graded = cb.what_if(good, thresholds={"Tốt": 90}, changed_only=False, today=TODAY)
    assert (graded["grade_before"] == graded["grade_after"]).all(), "90 is the threshold in force"
    changed = cb.what_if(good, thresholds={"Tốt": 97}, today=TODAY)
    expected = graded[(graded["total_before"] >= 90) & (graded["total_before"] < 97)]
    assert (
        changed[["cell_code", "meeting_code"]].values.tolist()
        == expected[["cell_code", "meeting_code"]].values.tolist()
    )
    assert ("GD01", "2026-03") in set(zip(changed["cell_code"], changed["meeting_code"], strict=True))
    assert set(changed["grade_before"]) == {"Tốt"}
    assert set(changed["grade_after"]) == {"Khá"}


def test_official_scores_are_looked_at_where_they_are_complete(good: Path):
    table = cb.what_if(good, thresholds={"Tốt": 90}, changed_only=False, period="2026-03", today=TODAY)
    reviewed = table.set_index("cell_code").loc["GD02"]
    assert (reviewed["score"], reviewed["total_before"], reviewed["grade_before"]) == ("official", 82.5, "Khá")


def test_other_weights_keep_each_points_share(good: Path):
    table = cb.what_if(good, frame="hd42-thuong-ky", maxima={"7": 20, "4b": 25}, changed_only=False, today=TODAY)
    book = cb.score(good / "GD01 Tổng hợp.xlsx", "2026-03", today=TODAY).set_index("criterion")["self"]
    expected = book.sum() - book["7"] - book["4b"] + book["7"] * 20 / 30 + book["4b"] * 25 / 15
    row = table[(table["cell_code"] == "GD01") & (table["meeting_code"] == "2026-03")].iloc[0]
    assert row["total_after"] == pytest.approx(expected, abs=0.005)


def test_weights_that_add_up_to_another_total_are_warned_of(good: Path):
    with pytest.warns(UserWarning, match="hd42-thuong-ky.*từ 100 thành 90"):
        cb.what_if(good, maxima={"7": 20}, today=TODAY)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cb.what_if(good, maxima={"7": 20, "4b": 25}, today=TODAY)
        cb.what_if(good, maxima={"7": 20}, thresholds={"Tốt": 81}, today=TODAY)


@pytest.mark.parametrize(
    "changes",
    [{"maxima": {"7": "x"}}, {"maxima": {"7": -1}}, {"thresholds": {"Tốt": "nhiều"}}, {"maxima": {"7": "NaN"}}],
)
def test_what_is_no_number_of_points_is_named(good: Path, changes: dict[str, dict[str, object]]):
    with pytest.raises(UnknownNameError, match="lớn hơn 0"):
        cb.what_if(good, today=TODAY, **changes)


def test_a_folder_is_no_book_and_a_folder_that_is_not_there_no_office(good: Path, tmp_path: Path):
    with pytest.raises(UnknownNameError, match="là thư mục"):
        cb.open_book(good)
    with pytest.raises(UnknownNameError, match="là thư mục"):
        cb.score(good, "2026-03")
    with pytest.raises(UnknownNameError, match="Không có thư mục văn phòng"):
        cb.open_office(tmp_path / "van-phogn")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda so: cb.what_if(so, maxima=[("7", 20)]), "maxima: cần bảng tên và điểm"),
        (lambda so: cb.what_if(so, thresholds=92), "thresholds: cần bảng tên và điểm"),
        (lambda so: cb.what_if(so, frame=["hd42-thuong-ky"]), "frame: cần mã của khung"),
        (lambda _so: cb.what_if(None), "source: cần đường dẫn"),
        (lambda _so: cb.facts(None), "source: cần đường dẫn"),
        (lambda _so: cb.facts(3), "source: cần đường dẫn"),
        (lambda so: cb.facts([so, None]), "source: cần đường dẫn"),
        (lambda so: cb.facts(so, period=3), "«3» không phải là kỳ"),
        (lambda so: cb.facts(so, today="10/04/2026"), "today: cần một ngày"),
        (lambda so: cb.facts(so, library="van-phong"), "library: cần định nghĩa"),
        (lambda so: cb.consolidate(so, workers="2"), "workers: cần số tiến trình"),
        (lambda so: cb.open_book([so / "GD02.xlsx", so / "GD03.xlsx"]), "path: cần một đường dẫn"),
        (lambda _so: cb.open_book(None), "path: cần một đường dẫn"),
        (lambda so: cb.score(so / "GD01 Tổng hợp.xlsx", 3), "«3» không phải mã kỳ"),
        (lambda so: cb.score(so / "GD01 Tổng hợp.xlsx", None), "«None» không phải mã kỳ"),
        (lambda so: cb.score(so / "GD01 Tổng hợp.xlsx", "2026-03", frame={}), "frame: cần mã của khung"),
        (lambda so: cb.write_return(so, 3, so / "b.xlsx"), "«3» không phải là kỳ"),
        (lambda so: cb.write_return(so, "2026-03", None), "out: cần một đường dẫn"),
        (lambda so: cb.write_return(so, "2026-03", so / "b.xlsx", name=["thang"]), "name: cần mã của biểu"),
        (lambda _so: cb.open_office(7), "home: cần một đường dẫn"),
        (lambda so: cb.open_office(so.parent).save_return({"id": "x"}), "definition: cần lời văn TOML"),
    ],
)
def test_a_value_of_the_wrong_kind_is_said_in_words(good: Path, call: Callable[[Path], object], said: str):
    with pytest.raises(ChiboError, match=said):
        call(good)


def test_a_criterion_may_be_named_by_its_number(good: Path):
    with_numbers = cb.what_if(good, frame="hd42-thuong-ky", maxima={7: 20, "4b": 25}, today=TODAY)
    with_codes = cb.what_if(good, frame="hd42-thuong-ky", maxima={"7": 20, "4b": 25}, today=TODAY)
    pd.testing.assert_frame_equal(with_numbers, with_codes)


def test_a_library_may_be_named_by_text(good: Path):
    assert cb.Library(str(good.parent)).frames.keys() == LIBRARY.frames.keys()


def test_a_return_is_written_as_a_workbook_only(good: Path, tmp_path: Path):
    with pytest.raises(OutputError, match=r"\.xlsx"):
        cb.write_return(good, "2026-03", tmp_path / "bieu.csv", today=TODAY)
    assert not (tmp_path / "bieu.csv").exists()


def test_a_changed_frame_can_be_given_itself(good: Path):
    changed = with_thresholds(LIBRARY.frames["hd42-thuong-ky"], {"Tốt": 97})
    pd.testing.assert_frame_equal(
        cb.what_if(good, frame=changed, today=TODAY), cb.what_if(good, thresholds={"Tốt": 97}, today=TODAY)
    )


def test_an_open_book_can_be_supposed_about_alone(good: Path):
    book = cb.open_book(good / "GD01 Tổng hợp.xlsx", today=TODAY)
    assert set(cb.what_if(book, thresholds={"Tốt": 97}, today=TODAY)["cell_code"]) == {"GD01"}


@pytest.mark.parametrize(
    ("supposed", "said"),
    [
        ({"thresholds": {"Xuất sắc": 95}}, "Không có mức xếp loại «Xuất sắc»"),
        ({"maxima": {"99": 5}}, "tiêu chí 99"),
        ({"frame": "khong-co", "thresholds": {"Tốt": 95}}, "Không có khung «khong-co»"),
    ],
)
def test_what_cannot_be_supposed_is_said(good: Path, supposed: dict[str, object], said: str):
    with pytest.raises(UnknownNameError, match=said):
        cb.what_if(good, today=TODAY, **supposed)


def test_thresholds_that_do_not_hang_together_are_refused(good: Path):
    with pytest.raises(DefinitionError):
        cb.what_if(good, thresholds={"Khá": 95}, today=TODAY)


def cells_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: [tuple(cell.value for cell in line) for line in sheet.iter_rows()] for sheet in book}


def test_the_return_is_the_one_that_the_command_makes(good: Path, tmp_path: Path):
    ours = cb.write_return(good, "2026-03", tmp_path / "cua-minh.xlsx", today=TODAY)
    theirs = tmp_path / "cua-lenh.xlsx"
    options = ("--period", "2026-03", "--return", "thang", "--date", "2026-04-10")
    chibo("consolidate", good, *options, "--out", theirs)
    assert cells_of(ours) == cells_of(theirs)


def test_only_a_return_of_ours_is_replaced_unasked(good: Path, tmp_path: Path):
    out = tmp_path / "biểu.xlsx"
    out.write_bytes(b"somebody's")
    with pytest.raises(OutputError, match="force=True"):
        cb.write_return(good, "2026-03", out, today=TODAY)
    assert out.read_bytes() == b"somebody's"
    assert cb.write_return(good, "2026-03", out, today=TODAY, force=True) == out
    assert cb.write_return(good, "2026-03", out, today=TODAY) == out


@pytest.mark.parametrize(
    ("period", "name", "said"),
    [("2026-03", "khong-co", "Hiện có: thang"), ("2026-Q1", "thang", "tháng"), ("", "thang", "không phải là kỳ")],
)
def test_a_return_that_cannot_be_made_is_said(good: Path, tmp_path: Path, period: str, name: str, said: str):
    with pytest.raises(UnknownNameError, match=said):
        cb.write_return(good, period, tmp_path / "x.xlsx", name=name)
    assert not (tmp_path / "x.xlsx").exists()


def test_a_return_of_ones_own_is_saved_where_the_command_finds_it(good: Path, tmp_path: Path):
    office = cb.open_office(good.parent)
    assert (office.books, office.is_sample) == (good, False)
    saved = office.save_return(OWN_RETURN)
    assert saved == good.parent / "sheets" / "returns" / "du-hop-quy.toml"
    out = tmp_path / "quy.xlsx"
    options = ("--home", good.parent, "--period", "2026-Q1", "--return", "du-hop-quy", "--out", out)
    assert chibo("consolidate", good, *options).returncode in {0, 1}
    ours = cb.write_return(good, "2026-Q1", tmp_path / "q.xlsx", name="du-hop-quy", library=office.library)
    assert cells_of(ours) == cells_of(out)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [(OWN_RETURN.replace("title =", "titel ="), "titel|title"), (OWN_RETURN + "schema = 1", "cú pháp TOML")],
)
def test_a_wrong_definition_is_said_and_not_saved(good: Path, wrong: str, said: str):
    with pytest.raises(DefinitionError, match=said):
        cb.open_office(good.parent).save_return(wrong)
    assert not (good.parent / "sheets").exists()


def test_without_an_office_a_sample_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.warns(cb.SampleBooksWarning, match="Không thấy văn phòng nào"):
        sample = cb.open_office()
    assert sample.is_sample
    assert "bịa ra" in repr(sample)
    assert len(cb.facts(sample.books, "2026-03", today=TODAY)) > 0
    monkeypatch.setenv("CHIBO_HOME", str(tmp_path))
    with pytest.warns(cb.SampleBooksWarning, match="chưa có sổ nào"):
        own = cb.open_office()
    assert (own.home, own.is_sample) == (tmp_path, True)
    assert repr(own).startswith(f"<Văn phòng: {tmp_path}, chưa có sổ trong {tmp_path / 'so'}; tạm dùng 12 sổ mẫu")
    assert {book.name for book in own.books.iterdir()} == {book.name for book in sample.books.iterdir()}


@pytest.mark.parametrize("file", ["so/DB01/CB01.xlsx", "so/CB01.xls"])
def test_books_of_ones_own_are_found_below_and_of_any_kind(tmp_path: Path, file: str):
    book = tmp_path / file
    book.parent.mkdir(parents=True)
    book.write_bytes(b"a book")
    office = cb.open_office(tmp_path)
    assert (office.books, office.is_sample) == (tmp_path / "so", False)
    assert repr(office) == f"<Văn phòng: {tmp_path}, 1 sổ trong {tmp_path / 'so'}>"


def test_a_return_is_not_written_into_what_an_office_keeps(good: Path, tmp_path: Path):
    kept = tmp_path / DATA_FOLDER
    kept.mkdir()
    for out in (kept / "files" / "bieu.xlsx", tmp_path / f"{DATA_FOLDER}.xlsx"):
        with pytest.raises(OutputError, match=f"«{re.escape(str(tmp_path / 'bieu.xlsx'))}»"):
            cb.write_return(good, "2026-03", out, today=TODAY, force=True)
    assert not list(kept.iterdir())


def test_a_return_saved_over_the_samples_books_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An office without books of its own, as `chibo init` makes it, worked in from one of its folders."""
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    init_home(tmp_path)
    monkeypatch.chdir(tmp_path / "notebooks")
    with pytest.warns(cb.SampleBooksWarning):
        office = cb.open_office()
    office.save_return(OWN_RETURN)
    made = cb.write_return(office.books, "2026-Q1", tmp_path / "q.xlsx", name="du-hop-quy", today=TODAY)
    assert office.home == tmp_path
    assert "Chi bộ Văn phòng" in str(cells_of(made))


def test_an_id_that_no_file_can_carry_is_said(good: Path):
    with pytest.raises(ChiboError, match="64"):
        cb.open_office(good.parent).save_return(OWN_RETURN.replace("du-hop-quy", "a" * 300))


def test_a_return_that_is_there_is_replaced_only_on_demand(good: Path):
    office = cb.open_office(good.parent)
    taken = OWN_RETURN.replace("du-hop-quy", "thang")
    with pytest.raises(ChiboError, match="replace=True"):
        office.save_return(taken)
    assert not (good.parent / "sheets").exists()
    saved = office.save_return(taken, replace=True)
    assert saved.read_text(encoding="utf-8") == taken
    assert office.save_return(taken) == saved  # a notebook that runs once more


def test_another_wrong_return_is_a_warning(good: Path, tmp_path: Path):
    office = cb.open_office(good.parent)
    saved = office.save_return(OWN_RETURN)
    saved.write_text(OWN_RETURN.replace("title =", "titel ="), encoding="utf-8")
    with pytest.warns(UserWarning, match=r"du-hop-quy\.toml"):
        cb.write_return(good, "2026-03", tmp_path / "x.xlsx", library=office.library)
