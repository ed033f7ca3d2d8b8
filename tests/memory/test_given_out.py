"""What is given out of the office as a file has its word in the log: who, what, the digest of that very file."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from acceptance.command_line import chibo
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory, remembering
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.sending_back import send_back
from chibo.office.memory.submitting import submit
from chibo.register import Role
from chibo.submissions import Reason
from memory.books_handed_in import a_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user

PEOPLE = (
    ("nop1", Role.SUBMITTER, "CB01"),
    ("xem", Role.REVIEWER, ""),
    ("quan", Role.ADMINISTRATOR, ""),
    ("tinh", Role.ANALYST, ""),
)
MARCH = Period(2026, 3, 3)
OF_MARCH = ("--period", "2026-03")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    memory, _ = an_office(tmp_path_factory.mktemp("o") / "vp", date(2026, 4, 3))
    open_period(memory, MARCH)
    submit(memory, find_uploads([("so.xlsx", a_book())]), MARCH)
    send_back(memory, "CB01", MARCH, reasons=[Reason(text="xem lại", sheet="Sinh hoạt", address="E2")])
    return memory


@pytest.mark.parametrize(
    ("words", "act", "subject"),
    [
        (["units", "export"], "register-given-out", "ra.xlsx"),
        (["consolidate", *OF_MARCH, "--return", "thang", "--out"], "return-made", "2026-03 · ra.xlsx"),
        (["history", "CB01", *OF_MARCH, "--reason", "đối chiếu", "--out"], "file-given-out", "2026-03 · CB01"),
        (["history", "CB01", *OF_MARCH, "--returned", "--out"], "file-given-out", "2026-03 · CB01"),
        (["backup"], "backed-up", "ra.xlsx"),
    ],
)
def test_a_file_of_the_office(office: Memory, tmp_path: Path, words: list[str], act: str, subject: str) -> None:
    written = tmp_path / "ra.xlsx"
    told = chibo(*words, written, "--home", office.library.office, "--as", "quan")
    assert written.exists(), told.err
    last = read_log(office, last=1)[0]
    assert (last.act, last.actor, last.subject) == (act, "quan", subject)
    assert last.after == hashlib.sha256(written.read_bytes()).hexdigest()


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Memory:
    """An office with somebody in each of four roles, whose cells have not handed in."""
    memory, _ = an_office(tmp_path / "vp", date(2026, 4, 3), a_register(people=PEOPLE))
    open_period(as_user(memory, "quan"), MARCH)
    monkeypatch.setattr(remembering, "now", Noon(date(2026, 4, 3)))
    return memory


def contacts(file: Path) -> dict[str, str]:
    rows = openpyxl.load_workbook(file)["Người"].iter_rows(min_row=4, values_only=True)
    return {str(row[2]): str(row[3]) for row in rows if row[0]}


def test_the_register_goes_out_with_the_contacts_that_its_reader_needs(people: Memory, tmp_path: Path) -> None:
    home, file = people.library.office, tmp_path / "ra.xlsx"
    for user, seen in (("tinh", {"tinh"}), ("xem", {"nop1", "xem"}), ("quan", {"nop1", "xem", "quan", "tinh"})):
        told = chibo("units", "export", file, "--force", "--home", home, "--as", user)
        assert told.exit_code == 0, told.err
        shown = contacts(file)
        assert {one for one, contact in shown.items() if contact == f"số máy của {one}"} == seen
        assert ("không có liên hệ" in told.err) is (len(seen) < len(shown))


def test_a_register_without_contacts_brought_in_again_takes_none_away(people: Memory, tmp_path: Path) -> None:
    home, file = people.library.office, tmp_path / "ra.xlsx"
    chibo("units", "export", file, "--home", home, "--as", "tinh")
    assert "Không có gì thay đổi" in chibo("units", "import", file, "--home", home, "--as", "quan").err


def test_an_analyst_sees_who_is_missing_and_not_how_to_reach_them(people: Memory) -> None:
    asked = ("who-is-missing", *OF_MARCH, "--home", people.library.office, "--format", "json")
    names = {
        user: {row["unit"]: row["contact"] for row in chibo(*asked, "--as", user).data()} for user in ("tinh", "xem")
    }
    assert names["xem"]["CB01"] == "Đồng chí nop1 số máy của nop1"
    assert names["tinh"]["CB01"] == "Đồng chí nop1"
