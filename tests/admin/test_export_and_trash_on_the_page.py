"""The page `quan-tri`: everything taken away in open forms, and the trash with what is taken back from it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from chibo.audit import AuditAct
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import Memory
from chibo.office.memory.log import read_log
from chibo.office.memory.periods import open_period
from chibo.office.memory.retention import discard
from chibo.office.memory.submitting import submit
from chibo.office.memory.trash import list_trash
from chibo.register import Role
from chibo_widgets.admin import AdminPage
from memory.books_handed_in import a_book
from memory.offices_in_memory import Noon, a_register, an_office, as_user

MARCH = Period(2026, 3, 3)
PEOPLE = (("quan", Role.ADMINISTRATOR, ""), ("ban", Role.BOARD, ""), ("nop1", Role.SUBMITTER, "CB01"))
DUE = date(2031, 5, 6)
"""The day after the five years for which the replaced book of March 2026 is kept by the shipped rules."""


@pytest.fixture
def office(tmp_path: Path) -> tuple[Memory, Noon]:
    """CB01 handed in twice; years later the first of the two may go."""
    memory, clock = an_office(tmp_path / "vp", date(2026, 3, 28), a_register(people=PEOPLE))
    open_period(as_user(memory, "ban"), MARCH)
    for hours, ends in ((0, "15:00"), (2, "15:30")):
        book = a_book(hours=hours, ends=ends)
        submit(as_user(memory, "nop1"), find_uploads([("so.xlsx", book)]), MARCH)
    clock.day = DUE
    return memory, clock


def page_of(memory: Memory, user: str) -> tuple[AdminPage, list[tuple[str, bytes]]]:
    """The page at its part about the machine, and what it hands out."""
    own = as_user(memory, user)
    page = AdminPage(own.library, memory=lambda: own)
    handed: list[tuple[str, bytes]] = []
    page.sections["health"].widget.send = lambda content, buffers=(): handed.append(
        (content["download"]["name"], bytes(buffers[0]))
    )
    page.head.received({"go": {"tab": "health"}}, [])
    return page, handed


def do(page: AdminPage, **message: Any) -> dict[str, Any]:
    page.sections["health"].widget.received({"act": message}, [])
    return page.sections["health"].widget.view


def test_everything_is_handed_out_as_one_archive_with_a_word_in_the_log(office: tuple[Memory, Noon]) -> None:
    page, handed = page_of(office[0], "quan")
    assert page.sections["health"].widget.view["exports"]
    said = do(page, export_office=True, reason="bàn giao")
    assert (said["tone"], "2 tệp sổ" in said["said"]) == ("good", True)
    [(name, data)] = handed
    assert name == "chibo-xuat-2031-05-06.zip"
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS"}
    assert all(hashlib.sha256(files[name]).hexdigest() == digest for name, digest in sums.items())
    last = read_log(as_user(office[0], "quan"))[-1]
    assert (last.act, last.subject, last.reason) == (AuditAct.EXPORTED, "chibo-xuat-2031-05-06", "bàn giao")
    assert last.after == hashlib.sha256(files["SHA256SUMS"]).hexdigest()


@pytest.mark.parametrize("user", ["ban", "nop1"])
def test_who_may_not_export_is_not_offered_it_and_refused(office: tuple[Memory, Noon], user: str) -> None:
    page, handed = page_of(office[0], user)
    assert not page.sections["health"].widget.view["exports"]
    said = do(page, export_office=True, reason="")
    assert (said["tone"], "xuất toàn bộ dữ liệu" in said["said"]) == ("warn", True)
    assert handed == []


def test_what_lies_in_the_trash_is_shown_and_taken_back_by_the_board(office: tuple[Memory, Noon]) -> None:
    memory, _ = office
    discard(as_user(memory, "ban"), [], "hết hạn giữ")
    page, _ = page_of(memory, "ban")
    trash = page.sections["health"].widget.view["trash"]
    [row] = trash["rows"]
    assert trash["takes_back"]
    shown = [row[name] for name in ("file", "unit", "period", "put", "reason", "until")]
    empties = f"{DUE + timedelta(days=30):%d/%m/%Y}"
    assert shown == ["so.xlsx", "CB01", "Tháng 3/2026", "06/05/2031, ban", "hết hạn giữ", empties]
    said = do(page, take_back=row["hash"], reason="còn kiểm tra")
    assert said["said"] == "Đã lấy lại so.xlsx · CB01 · Tháng 3/2026."
    assert said["trash"]["rows"] == []
    assert list_trash(as_user(memory, "ban")) == ()
    last = read_log(as_user(memory, "ban"))[-1]
    assert (last.act, last.subject, last.reason) == (AuditAct.BROUGHT_BACK, "2026-03 · CB01", "còn kiểm tra")
    assert "không có trong thùng rác" in do(page, take_back=row["hash"], reason="")["said"]


def test_the_administrator_sees_the_trash_and_does_not_take_back(office: tuple[Memory, Noon]) -> None:
    memory, _ = office
    discard(as_user(memory, "ban"), [], "hết hạn giữ")
    page, _ = page_of(memory, "quan")
    trash = page.sections["health"].widget.view["trash"]
    assert (trash["takes_back"], len(trash["rows"])) == (False, 1)
    assert do(page, take_back=trash["rows"][0]["hash"], reason="")["tone"] == "warn"
    assert len(list_trash(as_user(memory, "ban"))) == 1
    assert page_of(memory, "nop1")[0].sections["health"].widget.view["trash"] is None


@pytest.mark.parametrize("sent", ["1", "x" * 64, "a" * 63, ""])
def test_only_a_whole_hash_is_taken_from_the_browser(office: tuple[Memory, Noon], sent: str) -> None:
    page, _ = page_of(office[0], "ban")
    discard(as_user(office[0], "ban"), [], "hết hạn giữ")
    do(page, take_back=sent, reason="")
    assert len(list_trash(as_user(office[0], "ban"))) == 1
