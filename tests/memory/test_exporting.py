"""Leaving with everything: the folder is told whole by plain tools, on both databases, and what is lost is named."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from acceptance.command_line import chibo
from chibo.access import NotAllowedError
from chibo.engine.sources import find_uploads
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.export import export_office
from chibo.office.export.tables import LOG, TABLES
from chibo.office.memory import Memory
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import except_unit, open_period
from chibo.office.memory.reviewing import decide
from chibo.office.memory.sending_back import send_back
from chibo.office.memory.submitting import submit
from chibo.office.memory.units import confirm_alias, import_register
from chibo.periods import UnitException
from chibo.store.dumping import dumped_tables
from chibo.store.places import OfficeData
from chibo.store.whole_tables import TABLES as KEPT
from chibo.submissions import GivenPoints, Reason, StepKind
from memory.books_handed_in import a_book
from memory.offices_in_memory import a_register, an_office, as_user
from memory.test_submitting import PEOPLE

DAY, MARCH = date(2026, 3, 28), Period(2026, 3, 3)
FIRST, SECOND = a_book(ends="15:00"), a_book(hours=2)
OTHER = a_book("CB02")


@pytest.fixture
def office(tmp_path: Path, address: str) -> Iterator[Memory]:
    """An office with something of everything: two editions of CB01 (sent back, then verified), one of CB02."""
    memory, _ = an_office(tmp_path / "vp", DAY, a_register(people=PEOPLE), address)
    confirm_alias(as_user(memory, "quan"), "=Chi bộ 1", "CB01")
    open_period(as_user(memory, "ban"), MARCH)
    except_unit(as_user(memory, "ban"), MARCH, UnitException(unit_code="CB03", exempt=True, reason="mới lập"))
    for name, data in (("một.xlsx", FIRST), ("hai.xlsx", OTHER)):
        submit(as_user(memory, "ban"), find_uploads([(name, data)]), MARCH)
    why = [Reason(text="Ghi lại giờ", sheet="Sinh hoạt", address="E5")]
    send_back(as_user(memory, "xem"), "CB01", MARCH, note="xem lại", reasons=why)
    submit(as_user(memory, "nop1"), find_uploads([("một, sửa.xlsx", SECOND)]), MARCH)
    given = [GivenPoints(meeting="2026-03", criterion="2a", points=Decimal(3), reason="vắng một")]
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH, points=given)
    yield memory
    memory.close()


@pytest.fixture
def folder(office: Memory, tmp_path: Path) -> Path:
    """What the administrator of that office takes along."""
    account = export_office(as_user(office, "quan"), tmp_path / "ra", "đổi phần mềm")
    assert (account.files, account.missing) == (4, ())
    return tmp_path / "ra"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def objects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_the_list_of_hashes_names_every_file_and_holds(folder: Path) -> None:
    listed = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(listed) == set(there) - {"SHA256SUMS"}
    assert all(sha(there[name].read_bytes()) == digest for name, digest in listed.items())


def test_every_workbook_leaves_as_it_came_in(folder: Path) -> None:
    listed = rows(folder / "tep.csv")
    assert all(sha((folder / row["path"]).read_bytes()) == row["content_hash"] for row in listed)
    came = {row["content_hash"] for row in listed if row["came_in"] == "Có"}
    assert came == {sha(data) for data in (FIRST, SECOND, OTHER)}
    (returned,) = (row["content_hash"] for row in listed if row["came_in"] == "Không")
    assert returned == objects(folder / "so-nop" / "buoc.jsonl")[0]["sent_copy"]


def test_the_ladder_and_the_receipts_are_there(folder: Path, office: Memory) -> None:
    one, two = objects(folder / "so-nop" / "so-nop.jsonl")
    assert (one["unit_code"], one["state"], one["editions"], one["verifier"]) == ("CB01", "verified", 2, "xem")
    assert (two["unit_code"], two["state"], two["verified_hash"]) == ("CB02", "submitted", "")
    assert one["content_hash"] == one["verified_hash"] == sha(SECOND)
    steps = objects(folder / "so-nop" / "buoc.jsonl")
    assert [(step["kind"], step["actor"]) for step in steps] == [("returned", "xem"), ("verified", "xem")]
    assert steps[0]["reasons"] == [{"text": "Ghi lại giờ", "sheet": "Sinh hoạt", "address": "E5"}]
    assert objects(folder / "so-nop" / "diem-tham-dinh.jsonl") == [
        {
            "period": "2026-03",
            "unit_code": "CB01",
            "meeting": "2026-03",
            "criterion": "2a",
            "points": 3,
            "reason": "vắng một",
        }
    ]
    receipts = rows(folder / "so-nop" / "bien-nhan.csv")
    assert sorted(int(row["receipt"]) for row in receipts) == [1, 2, 3]
    log = {entry["number"]: entry["hash"] for entry in objects(folder / "nhat-ky.jsonl")}
    assert all(log[int(row["head_count"])] == row["head_hash"] for row in receipts)


def test_the_figures_are_there_for_every_edition_and_say_which_is_in_use(folder: Path) -> None:
    minutes = {row["content_hash"]: (row["minutes"], row["in_use"]) for row in rows(folder / "so-lieu" / "du-kien.csv")}
    assert minutes == {sha(FIRST): ("60", "Không"), sha(SECOND): ("90", "Có"), sha(OTHER): ("90", "Có")}
    points = {(row["unit_code"], row["criterion"]): row["own"] for row in rows(folder / "so-lieu" / "diem.csv")}
    assert points["CB01", "2a"] == "4"


def test_the_log_is_followed_with_nothing_but_what_the_page_says(folder: Path, office: Memory) -> None:
    previous = ""
    sealed = ("number", "at", "actor", "act", "subject", "before", "after", "reason", "previous")
    for entry in objects(folder / "nhat-ky.jsonl"):
        assert entry["previous"] == previous
        record = [entry["record"]] if entry["record"] else []
        said = json.dumps([*(entry[name] for name in sealed), *record], ensure_ascii=False)
        assert sha(said.encode()) == entry["hash"]
        previous = entry["hash"]
    last = read_log(as_user(office, "quan"), last=1)[0]
    assert (last.act, last.actor, last.subject, last.reason) == ("exported", "quan", "ra", "đổi phần mềm")
    assert (last.previous, last.after) == (previous, sha((folder / "SHA256SUMS").read_bytes()))


def test_no_cell_of_a_csv_is_a_formula_and_json_has_the_very_words(folder: Path) -> None:
    assert rows(folder / "danh-ba" / "ten-goi-khac.csv")[0]["alias"] == "'=Chi bộ 1"
    assert objects(folder / "danh-ba" / "ten-goi-khac.jsonl")[0]["alias"] == "=Chi bộ 1"


def test_the_register_is_read_again(folder: Path, office: Memory) -> None:
    data = (folder / "danh-ba.xlsx").read_bytes()
    again = import_register(as_user(office, "quan"), data, "danh-ba.xlsx", preview=True)
    assert (again.revisions, again.kept, again.blocked) == ((), (), False)


def test_the_page_counts_every_table_and_explains_every_column(folder: Path, office: Memory) -> None:
    page = (folder / "README.md").read_text(encoding="utf-8")
    for table in (*TABLES, LOG):
        count = len(objects(folder / f"{table.name}.jsonl") if table.exact else rows(folder / f"{table.name}.csv"))
        assert f"| {table.name} (" in page
        assert f") | {count} dòng | {table.about} |" in page
        assert all(meaning and f"| `{name}` | {meaning} |" in page for name, meaning in table.columns.items())
        if (folder / f"{table.name}.csv").exists():
            heading = (folder / f"{table.name}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
            assert heading.split(",") == list(table.columns)


def test_no_table_of_the_office_stays_behind(office: Memory) -> None:
    with office.store.reading() as reading:
        there = {table.name for table in dumped_tables(reading.connection)}
    assert there == {*KEPT, "parts"}
    names = {"so-nop/ban": "editions", "so-nop/bien-nhan": "editions", "so-nop/buoc": "steps", "nhat-ky": "audit"}
    names |= {"ky/ky-bao-cao": "periods", "danh-ba/nguoi": "persons", "danh-ba/phan-cong": "assignments"}
    for kept in set(names.values()):
        written = {name for table in (*TABLES, LOG) if names.get(table.name) == kept for name in table.columns}
        assert {column.name for column in KEPT[kept].columns} - {"key"} == written


def test_nothing_is_written_over_something_or_for_somebody_who_may_not(office: Memory, tmp_path: Path) -> None:
    (tmp_path / "ra").mkdir()
    (tmp_path / "ra" / "x").write_text("của ai đó")
    with pytest.raises(ChiboError, match="đã có nội dung"):
        export_office(as_user(office, "quan"), tmp_path / "ra")
    with pytest.raises(NotAllowedError):
        export_office(as_user(office, "ban"), tmp_path / "khac")
    assert {path.name for path in tmp_path.iterdir()} == {"vp", "ra"}
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["x"]
    assert read_log(as_user(office, "quan"), last=1)[0].act == "verified"


def test_a_lost_workbook_is_named_and_the_rest_leaves(office: Memory, tmp_path: Path) -> None:
    files = OfficeData(tmp_path / "vp").files
    lost, changed = (files / digest[:2] / digest for digest in (sha(FIRST), sha(OTHER)))
    lost.unlink()
    changed.write_bytes(b"something else")
    office.close()
    (tmp_path / "ra").mkdir()  # an empty folder may be filled
    told = chibo("export", tmp_path / "ra", "--home", tmp_path / "vp", "--as", "quan")
    assert told.exit_code == 1
    assert "Thiếu 2 tệp" in told.err
    gone = {row["content_hash"] for row in rows(tmp_path / "ra" / "tep.csv") if not row["path"]}
    assert gone == {sha(FIRST), sha(OTHER)}
    assert "không còn 2 tệp" in (tmp_path / "ra" / "README.md").read_text(encoding="utf-8")
    assert len(rows(tmp_path / "ra" / "so-nop" / "ban.csv")) == 3


def test_an_export_that_breaks_off_leaves_nothing(
    office: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_digest: str) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(office.store.files, "read", broken)
    with pytest.raises(KeyboardInterrupt):
        export_office(as_user(office, "quan"), tmp_path / "ra")
    assert {path.name for path in tmp_path.iterdir()} == {"vp"}
    assert read_log(as_user(office, "quan"), last=1)[0].act == "verified"
