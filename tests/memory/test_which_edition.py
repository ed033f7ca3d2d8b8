"""Which edition is in use, with workbooks that Chibo wrote into, and how the other one is had: through the commands."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise, permutations
from pathlib import Path

import openpyxl
import pytest

from acceptance.command_line import Called, chibo
from chibo.definitions.library import Library
from chibo.model import Period
from chibo.office.lineage.sealing import seal_workbook
from chibo.office.memory import remembering
from chibo.office.memory.book_parts import look_at
from chibo.office.memory.history import history_of
from chibo.office.memory.periods import open_period
from chibo.office.memory.submitting import hand_in
from chibo.register import Role
from chibo.workbook import write_book
from chibo.workbook.saved_at import saved_at
from chibo.workbook.sealing import read_seal
from healthy import healthy_book, with_points
from memory.books_handed_in import SAVED, a_book, saved
from memory.offices_in_memory import Noon, a_register, an_office, as_user

MARCH = Period(2026, 3, 3)
DAY = max(date(2026, 4, 3), date.today()) + timedelta(days=1)
"""The office's day is later than that of the machine, on which `chibo fill` writes."""
CELL = healthy_book().info.cell_code
PEOPLE = (("nop1", Role.SUBMITTER, CELL), ("xem", Role.REVIEWER, "DB01"), ("ban", Role.BOARD, ""))


def run(home: Path, *arguments: object, user: str = "ban") -> Called:
    return chibo(*arguments, "--home", home, "--as", user)


def opened(home: Path) -> None:
    memory, _ = an_office(home, DAY, a_register((CELL, "CB07"), people=PEOPLE))
    open_period(as_user(memory, "ban"), MARCH, due_on=DAY + timedelta(days=9))
    memory.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with March open."""
    opened(tmp_path / "vp")
    monkeypatch.setattr(remembering, "now", Noon(DAY))
    return tmp_path / "vp"


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A sealed book; the same with another end of the meeting; that one with the end as it was: each made by Chibo."""
    folder = tmp_path_factory.mktemp("so")
    memory, _ = an_office(folder / "vp", DAY)
    book = saved(write_book(healthy_book(), memory.library), SAVED)
    first, second, third = (folder / f"{name}.xlsx" for name in ("mot", "hai", "ba"))
    first.write_bytes(seal_workbook(book, memory.library, at=SAVED))
    meeting = next(one for one in healthy_book().meetings if str(one.meeting_code) == "2026-03")
    for source, target, ends in ((first, second, "16:40"), (second, third, f"{meeting.ends_at:%H:%M}")):
        made = chibo("fill", source, "--meeting", "2026-03", "--set", f"ends_at={ends}", "--out", target)
        assert made.exit_code == 0, made.err
    memory.close()
    return [first, second, third]


def submit(home: Path, book: Path, *more: object, user: str = "nop1") -> dict[str, object]:
    (row,) = run(home, "submit", book, "--period", "2026-03", "--format", "json", *more, user=user).data()
    return row


def test_chibo_writes_without_moving_when_the_book_was_saved_and_the_seal_has_the_moment(line: list[Path]) -> None:
    data = [path.read_bytes() for path in line]
    assert len({saved_at(one) for one in data}) == 1
    moments = [seal.moment for one in data if (seal := read_seal(one)) is not None]
    assert len(moments) == 3
    assert all(before is not None and after is not None and before < after for before, after in pairwise(moments))


def test_a_clock_that_is_behind_makes_no_older_book(line: list[Path]) -> None:
    memory_of_machine = datetime(2020, 1, 1, tzinfo=SAVED.tzinfo)
    seal = read_seal(seal_workbook(line[0].read_bytes(), Library(), at=memory_of_machine))
    before = read_seal(line[0].read_bytes())
    assert seal is not None
    assert before is not None
    assert seal.moment is not None
    assert before.moment is not None
    assert seal.moment > before.moment


def test_of_one_line_the_last_is_in_use_in_every_order_and_a_correction_back_counts(
    line: list[Path], tmp_path: Path
) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY, a_register((CELL,)))
    looked = [look_at(path.read_bytes(), path.name, memory.library, memory.today) for path in line]
    memory.close()
    for number, order in enumerate(permutations(range(3))):
        memory, _ = an_office(tmp_path / str(number), DAY, a_register((CELL,)))
        open_period(memory, MARCH, due_on=DAY)
        for index in order:
            hand_in(memory, line[index].name, looked[index], MARCH)
        submission = history_of(memory, CELL, MARCH)
        assert [one.file_name for one in submission.ordered] == [path.name for path in line], order
        assert submission.version == 2
        memory.close()


def test_the_file_in_use_is_named_and_another_one_is_chosen_by_handing_it_in_again(
    home: Path, line: list[Path]
) -> None:
    first, second, third = line
    assert submit(home, first)["in_use"] == 1
    assert (submit(home, second)["result"], submit(home, second)["result"]) == ("changed", "unchanged")
    told = submit(home, first)
    assert (told["result"], told["receipt"], told["in_use"]) == ("unchanged", 1, 2)
    assert "Đang dùng biên nhận 2 («hai.xlsx»" in str(told["why"])
    assert "--again" in str(told["why"])
    chosen = submit(home, first, "--again")
    assert (chosen["result"], chosen["receipt"], chosen["in_use"]) == ("chosen", 1, 1)
    assert "Thay cho biên nhận 2" in str(chosen["why"])
    assert submit(home, first, "--again")["result"] == "unchanged", "it is in use already"
    assert submit(home, second)["in_use"] == 1, "handing in again is no choice"
    rows = run(home, "history", CELL, "--period", "2026-03", "--format", "json").data()
    assert [row["what"] for row in rows] == ["nộp", "nộp", "chọn dùng lại"]
    assert [row["in_use"] for row in rows] == ["x", "", ""]
    log = run(home, "audit", "list", "--about", f"2026-03 · {CELL}", "--format", "json").data()
    assert [row["act"] for row in log] == ["submitted", "submitted", "edition-chosen"]
    held = run(home, "audit", "verify", user="van-phong")
    assert held.exit_code == 0, held.err
    later = submit(home, third)
    assert (later["result"], later["in_use"]) == ("unchanged", 1), "it says what the chosen one says"


def test_who_chose_does_not_verify(home: Path, line: list[Path]) -> None:
    submit(home, line[0])
    submit(home, line[1])
    assert submit(home, line[0], "--again", user="ban")["result"] == "chosen"
    assert run(home, "verify", CELL, "--period", "2026-03", user="xem").exit_code == 0
    assert "phải là người khác" in run(home, "accept", CELL, "--period", "2026-03", user="ban").err


def test_what_came_back_is_handed_in_as_it_is_only_where_somebody_says_so(home: Path, line: list[Path]) -> None:
    submit(home, line[0])
    run(home, "return", CELL, "--period", "2026-03", "--reason", "xem lại giờ", user="xem")
    told = submit(home, line[0])
    assert (told["result"], told["state"]) == ("unchanged", "returned")
    assert "Đây đúng là tệp đã bị trả lại" in str(told["why"])
    stood_by = submit(home, line[0], "--again")
    assert (stood_by["result"], stood_by["state"], stood_by["in_use"]) == ("chosen", "resubmitted", 1)
    assert "nguyên như đã bị trả lại" in str(stood_by["why"])


def test_a_mended_book_that_says_the_same_of_the_period_is_told_apart_from_the_file_that_came_back(
    home: Path, line: list[Path]
) -> None:
    submit(home, line[0])
    run(home, "return", CELL, "--period", "2026-03", "--reason", "xem lại tháng 2", user="xem")
    elsewhere = line[0].with_name("sua.xlsx")
    book = openpyxl.load_workbook(line[0])
    book["Thông tin"]["Z99"] = "x"
    book.save(elsewhere)
    told = submit(home, elsewhere)
    assert (told["result"], told["state"]) == ("unchanged", "returned")
    assert "phần của kỳ 2026-03 trong tệp này vẫn như bản đã bị trả lại" in str(told["why"])


def test_what_is_accepted_is_not_changed_by_a_choice(home: Path, line: list[Path]) -> None:
    submit(home, line[0])
    submit(home, line[1])
    run(home, "verify", CELL, "--period", "2026-03", user="xem")
    run(home, "accept", CELL, "--period", "2026-03", user="ban")
    refused = submit(home, line[0], "--again")
    assert refused["result"] == "refused"
    assert "chibo reopen" in str(refused["why"])
    assert history(home) == ["hai.xlsx"]
    told = submit(home, line[0])
    assert told["result"] == "unchanged"
    assert "nhờ Ban Tổ chức mở lại" in str(told["why"])
    assert "--again" not in str(told["why"])


def history(home: Path) -> list[str]:
    rows = run(home, "history", CELL, "--period", "2026-03", "--format", "json").data()
    return [row["file"] for row in rows if row["in_use"]]


def test_two_files_that_say_nothing_of_when_they_were_saved_are_not_called_older_or_newer(
    home: Path, tmp_path: Path
) -> None:
    books = {"x.xlsx": a_book("CB07"), "y.xlsx": a_book("CB07", ends="15:40")}
    for name, data in books.items():
        (tmp_path / name).write_bytes(data)
    submit(home, tmp_path / "x.xlsx", user="ban")
    told = submit(home, tmp_path / "y.xlsx", user="ban")
    assert told["result"] in {"changed", "undecided"}
    assert "không cho biết tệp nào lưu sau" in str(told["why"])
    unused = "y.xlsx" if told["in_use"] == 1 else "x.xlsx"
    assert submit(home, tmp_path / unused, "--again", user="ban")["result"] == "chosen"


def test_an_older_file_is_kept_and_the_one_in_use_is_named_with_its_moment(home: Path, tmp_path: Path) -> None:
    for name, hours in (("moi", 2), ("cu", 1)):
        (tmp_path / f"{name}.xlsx").write_bytes(a_book("CB07", hours=hours, ends=f"15:{hours}0"))
    submit(home, tmp_path / "moi.xlsx", user="ban")
    told = submit(home, tmp_path / "cu.xlsx", user="ban")
    assert (told["result"], told["receipt"], told["in_use"]) == ("older", 2, 1)
    moment = (SAVED + timedelta(hours=2)).astimezone()
    assert f"lưu sau tệp này (lúc {moment:%H:%M:%S %d/%m/%Y})" in str(told["why"])
    assert submit(home, tmp_path / "cu.xlsx", "--again", user="ban")["in_use"] == 2


def test_a_file_from_the_future_is_told_and_loses_to_what_is_written_after_it_came(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    future, after = tmp_path / "sau.xlsx", tmp_path / "moi.xlsx"
    future.write_bytes(a_book("CB07", hours=24 * 365 * 70))
    assert "sau cả lúc nhận" in str(submit(home, future, user="ban")["why"])
    after.write_bytes(saved(a_book("CB07", ends="15:40"), Noon(DAY + timedelta(days=1))()))
    monkeypatch.setattr(remembering, "now", Noon(DAY + timedelta(days=2)))
    told = submit(home, after, user="ban")
    assert (told["result"], told["in_use"]) == ("changed", 2)


def test_a_book_with_a_blocked_value_is_known_as_what_another_was_made_from(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY)
    faulty = with_points("2026-03", **{"1": "99"})
    first, second = tmp_path / "mot.xlsx", tmp_path / "hai.xlsx"
    first.write_bytes(seal_workbook(write_book(faulty, memory.library), memory.library, at=SAVED))
    made = chibo("fill", first, "--meeting", "2026-03", "--set", "1=5", "--out", second)
    assert made.exit_code == 0, made.err

    looked = [look_at(path.read_bytes(), path.name, memory.library, DAY) for path in (first, second)]
    memory.close()
    assert "SCORE_OVER_MAXIMUM" in [finding.code for finding in looked[0].received.findings]
    assert (looked[0].values, looked[0].grown_from) == (read_seal(first.read_bytes()).digest, "")
    assert looked[1].grown_from == looked[0].values
