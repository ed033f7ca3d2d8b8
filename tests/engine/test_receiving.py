"""Receiving one book: findings in order, blocked rows out, and nothing that goes wrong in it reaches the others."""

from __future__ import annotations

import logging
import zipfile
from datetime import date

import pytest

from chibo.engine import receiving
from chibo.engine.in_process import InProcess
from chibo.engine.receiving import receive_book
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources, find_uploads
from chibo.errors import DefinitionError
from chibo.findings import Severity
from scored import LIBRARY
from tables import INFO, MEETINGS, a_workbook

TODAY = date(2026, 4, 10)

TWO_MEETINGS = """
    | Mã kỳ   | Loại      | Ngày sinh hoạt | Giờ bắt đầu | Giờ kết thúc | Đảng số | Có mặt |
    | 2026-02 | Thường kỳ | 05/02/2026     | 14h         | 15h30        | n:3     | n:4    |
    | 2026-03 | Thường kỳ | d:2026-03-05   | t:14:00     | t:15:30      | n:3     | n:3    |
"""


class _Panic(BaseException):
    """What a reader written in another language raises when it breaks: no Exception."""


def test_a_book_is_read_checked_and_given_back_without_what_is_blocked():
    data = a_workbook({"Sinh hoạt": TWO_MEETINGS})

    received = receive_book(data, "so.xlsx", LIBRARY, TODAY)

    assert received.accepted
    assert not received.refused
    assert [str(meeting.meeting_code) for meeting in received.book.meetings] == ["2026-03"]
    block = received.findings[0]
    assert (block.code, block.place.sheet, block.place.address) == ("PRESENT_OVER_MEMBERSHIP", "Sinh hoạt", "G2")


def test_findings_of_reading_and_checks_stand_by_weight_then_by_place():
    received = receive_book(a_workbook({"Sinh hoạt": TWO_MEETINGS}), "so.xlsx", LIBRARY, TODAY)

    weights = [(Severity.BLOCK, Severity.WARN, Severity.NOTE).index(finding.severity) for finding in received.findings]
    assert weights == sorted(weights)
    assert set(weights) == {0, 1, 2}
    repaired = [f.place.address for f in received.findings if f.code == "VALUE_REPAIRED"]
    assert repaired == ["D2", "E2"]


def test_places_stand_in_the_order_of_rows_not_of_their_letters():
    rows = "\n".join(
        f"    | 2026-{month:02d} | Thường kỳ | {day}/{month:02d}/2026 | 14h | 15h30 |"
        for month, day in [(m, 5) for m in range(1, 13)]
    )
    meetings = MEETINGS.split("\n")[1] + "\n" + rows

    received = receive_book(a_workbook({"Sinh hoạt": meetings}), "so.xlsx", LIBRARY, date(2027, 1, 20))

    repaired = [f.place.row_and_column[0] for f in received.findings if f.code == "VALUE_REPAIRED"]
    assert repaired == sorted(repaired)
    assert repaired[-1] == 13


def test_a_file_that_is_no_workbook_is_refused_with_its_reason():
    received = receive_book(b"%PDF-1.7", "so.xlsx", LIBRARY, TODAY)

    assert received.refused
    assert received.book is None
    assert [finding.code for finding in received.findings] == ["NOT_XLSX"]


def test_a_book_without_identity_is_refused_but_checked_as_far_as_it_goes():
    received = receive_book(a_workbook({"Thông tin": INFO.replace("| CB01 |", "|  |")}), "so.xlsx", LIBRARY, TODAY)

    assert received.refused
    assert any(finding.of_book and finding.severity is Severity.BLOCK for finding in received.findings)


@pytest.mark.parametrize("error", [ValueError("x"), MemoryError(), RecursionError(), _Panic("x")])
@pytest.mark.parametrize("broken", ["read_book", "look_over"])
def test_whatever_breaks_over_a_book_refuses_that_book_and_goes_to_the_log(monkeypatch, caplog, broken, error):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr(receiving, broken, fail)
    with caplog.at_level(logging.ERROR):
        received = receive_book(a_workbook(), "so.xlsx", LIBRARY, TODAY)

    assert received.refused
    assert [(finding.code, finding.seen, finding.of_book) for finding in received.findings] == [
        ("MEMORY", "", True) if isinstance(error, MemoryError) else ("READER_CRASH", type(error).__name__, True)
    ]
    assert caplog.records[0].exc_info[1] is error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(), DefinitionError("khung.toml", "id", "sai")])
def test_interruptions_and_wrong_definitions_are_not_swallowed(monkeypatch, error):
    def fail(*_arguments):
        raise error

    monkeypatch.setattr(receiving, "look_over", fail)

    with pytest.raises(type(error)):
        receive_book(a_workbook(), "so.xlsx", LIBRARY, TODAY)


@pytest.mark.parametrize("way", ["file", "archive", "upload"])
def test_a_book_that_is_too_big_is_refused_with_its_true_size(tmp_path, way):
    name, size = "to.xlsx", 73 * 2**20
    if way == "file":
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size)
        found = find_sources([tmp_path / name])
    else:
        with zipfile.ZipFile(tmp_path / "gói.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(name, bytes(size))
        packed = tmp_path / "gói.zip"
        found = find_sources([packed]) if way == "archive" else find_uploads([(packed.name, packed.read_bytes())])
    (outcome,) = run_books(found, LIBRARY, today=date(2026, 4, 10), engine=InProcess()).consolidation.refused
    (finding,) = outcome.refusals
    assert (finding.code, finding.seen, finding.expected) == ("FILE_TOO_BIG", "73 MB", "20 MB")
