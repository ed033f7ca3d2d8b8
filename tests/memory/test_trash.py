"""Keeping and letting go, on both databases: only what nothing rests on goes, by the rules, and its traces stay."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from acceptance.command_line import chibo
from chibo.access import NotAllowedError
from chibo.errors import ChiboError
from chibo.model import Period
from chibo.office.export import export_office
from chibo.office.memory import Memory, remembering, submitting
from chibo.office.memory.backup import back_up, restore
from chibo.office.memory.book_parts import LookedAt, look_at
from chibo.office.memory.consolidating import from_office
from chibo.office.memory.history import history_of, last_changes
from chibo.office.memory.log import check_log, read_log
from chibo.office.memory.periods import except_unit, open_period
from chibo.office.memory.retention import DueKind, discard, due_files
from chibo.office.memory.reviewing import decide
from chibo.office.memory.sending_back import send_back, sent_copy
from chibo.office.memory.status import period_status
from chibo.office.memory.trash import empty_trash, list_trash, restore_from_trash
from chibo.periods import UnitException
from chibo.store import open_store
from chibo.store.files import KeptFiles
from chibo.submissions import Edition, StepKind
from memory.books_handed_in import SAVED, a_book, saved
from memory.offices_in_memory import Noon, a_register, an_office, as_user
from memory.test_submitting import PEOPLE
from scored import LIBRARY

MARCH, YEAR = Period(2026, 3, 3), Period(2026, 1, 12)
FIRST, SECOND = a_book(ends="15:00"), a_book(hours=2)
KEPT_UNTIL = date(2031, 5, 5)
"""March 2026 was due on 5 April and locked 30 days later; by the shipped rules five years are kept from then on."""
DUE, EMPTIES = KEPT_UNTIL + timedelta(days=1), KEPT_UNTIL + timedelta(days=31)


@pytest.fixture
def office(tmp_path: Path, address: str) -> Iterator[tuple[Memory, Noon]]:
    """CB01 was sent back and came again, CB02 was verified twice; then years pass, and the first files may go."""
    memory, clock = an_office(tmp_path / "vp", date(2026, 3, 28), a_register(people=PEOPLE), address)
    open_period(as_user(memory, "ban"), MARCH)
    hand_in(memory, "nop1", FIRST)
    send_back(as_user(memory, "xem"), "CB01", MARCH, note="ghi lại giờ")
    hand_in(memory, "nop1", SECOND)
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    for hours, ends in ((0, "15:10"), (1, "15:20")):
        hand_in(memory, "nop2", a_book("CB02", hours=hours, ends=ends))
        decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB02", MARCH)
    clock.day = DUE
    yield as_user(memory, "ban"), clock
    memory.close()


def hand_in(memory: Memory, user: str, book: bytes, period: Period = MARCH) -> None:
    (one,) = submitting.hand_in(as_user(memory, user), "so.xlsx", looked_at(book), period)
    assert one.edition is not None, one.why


@cache
def looked_at(book: bytes) -> LookedAt:
    """The book as it was found to be in March 2026: read once for all tests."""
    return look_at(book, "so.xlsx", LIBRARY, date(2026, 3, 28))


def first_edition(memory: Memory) -> Edition:
    return next(one for one in history_of(memory, "CB01", MARCH).editions if one.receipt == 1)


def in_trash(memory: Memory) -> list[str]:
    return [one.content_hash for one in list_trash(memory) if one.discarded.destroyed_on is None]


def said(memory: Memory, last: int) -> list[tuple[str, str, str]]:
    return [(one.act, one.actor, one.subject) for one in read_log(as_user(memory, "quan"), last=last)]


def test_only_what_nothing_rests_on_may_go_and_only_when_its_years_are_over(office: tuple[Memory, Noon]) -> None:
    memory, clock = office
    found = {one.kind: one for one in due_files(memory)}
    assert set(found) == {DueKind.SUPERSEDED, DueKind.SENT_COPY}
    assert [one.receipt for one in found[DueKind.SUPERSEDED].namings] == [1]
    assert {one.until for one in found.values()} == {KEPT_UNTIL}
    clock.day = KEPT_UNTIL
    assert due_files(memory) == ()


@pytest.mark.parametrize("receipt", ["2", "3", "4", "99"])
def test_what_is_in_use_or_was_verified_is_refused(office: tuple[Memory, Noon], receipt: str) -> None:
    memory, clock = office
    clock.day = DUE + timedelta(days=9_999)
    with pytest.raises(ChiboError, match="chưa bỏ được"):
        discard(memory, [receipt], "hết hạn")
    assert list_trash(memory) == ()


def test_the_board_fills_the_trash_and_the_administrator_empties_it(office: tuple[Memory, Noon]) -> None:
    memory, clock = office
    for user in ("quan", "xem", "nop1"):
        with pytest.raises(NotAllowedError):
            discard(as_user(memory, user), ["1"], "hết hạn")
    with pytest.raises(ChiboError, match="lý do"):
        discard(memory, ["1"], " ")
    discard(memory, ["1"], "hết hạn")
    clock.day = EMPTIES
    with pytest.raises(NotAllowedError):
        empty_trash(memory)
    assert len(empty_trash(as_user(memory, "quan"))) == 1
    assert said(memory, 2) == [("discarded", "ban", "2026-03 · CB01"), ("destroyed", "quan", "2026-03 · CB01")]


def test_what_is_in_the_trash_comes_back_as_it_was(office: tuple[Memory, Noon]) -> None:
    memory, _ = office
    submission = history_of(memory, "CB01", MARCH)
    digest = first_edition(memory).content_hash
    discard(memory, ["1"], "hết hạn giữ")
    assert in_trash(memory) == [digest]
    with pytest.raises(ChiboError, match="thùng rác") as refused:
        last_changes(memory, submission, "xem")
    assert refused.value.at_the_prompt.endswith(f"Lệnh: chibo trash restore {digest[:12]}")
    (back,) = restore_from_trash(memory, [digest[:12]], "còn kiểm tra")
    assert back.content_hash == digest
    assert in_trash(memory) == []
    comparison = last_changes(memory, submission, "xem")
    assert comparison is not None
    assert comparison.found
    assert ("brought-back", "ban", "2026-03 · CB01") in said(memory, 4)
    with pytest.raises(ChiboError, match="không có trong thùng rác"):
        restore_from_trash(memory, ["1"])


def test_the_trash_is_emptied_after_its_days_and_the_traces_stay(office: tuple[Memory, Noon], tmp_path: Path) -> None:
    memory, clock = office
    quan = as_user(memory, "quan")
    before = (history_of(memory, "CB01", MARCH), period_status(memory, MARCH), from_office(memory, MARCH))
    gone = [one.content_hash for one in discard(memory, [], "hết hạn giữ")]
    assert len(gone) == 2
    clock.day = EMPTIES - timedelta(days=1)
    assert empty_trash(quan) == ()
    assert all(memory.store.files.has(digest) for digest in gone)
    clock.day = EMPTIES
    assert sorted(one.content_hash for one in empty_trash(quan)) == sorted(gone)
    assert not any(memory.store.files.has(digest) for digest in gone)
    assert empty_trash(quan) == ()
    after = (history_of(memory, "CB01", MARCH), period_status(memory, MARCH), from_office(memory, MARCH))
    assert after == before
    assert first_edition(memory).content_hash in gone
    assert check_log(quan).fault is None
    with pytest.raises(ChiboError, match="đã hủy ngày 05/06/2031"):
        last_changes(memory, before[0], "xem")
    with pytest.raises(ChiboError, match="đã hủy"):
        sent_copy(memory, "CB01", MARCH, "xem")
    with pytest.raises(ChiboError, match="không có trong thùng rác"):
        restore_from_trash(memory, ["1"])
    account = export_office(quan, tmp_path / "ra")
    assert (account.files, account.missing) == (3, ())
    assert account.rows["so-lieu/du-kien"] == 3
    assert f"{gone[0]},,," in (tmp_path / "ra" / "tep.csv").read_text(encoding="utf-8")


def test_a_backup_has_the_trash_and_not_what_is_destroyed(office: tuple[Memory, Noon], tmp_path: Path) -> None:
    memory, clock = office
    quan = as_user(memory, "quan")
    discard(memory, ["1"], "hết hạn giữ")
    clock.day = EMPTIES
    empty_trash(quan)
    (copy,) = discard(memory, [], "hết hạn giữ")
    assert back_up(quan, tmp_path / "sao-luu.zip").files == 4
    restore(tmp_path / "sao-luu.zip", tmp_path / "moi", "quan")
    again = Memory(memory.library, open_store(tmp_path / "moi", "quan", clock), "ban")
    restore_from_trash(again, [copy.content_hash])
    assert sent_copy(again, "CB01", MARCH, "xem")
    assert check_log(again).fault is None
    again.close()


@pytest.mark.parametrize("what", ["backup", "export"])
def test_the_trash_may_be_emptied_while_the_office_is_written_out(
    office: tuple[Memory, Noon], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """What is written out is of the moment before: it names files that are gone when their turn comes."""
    memory, clock = office
    quan, read = as_user(memory, "quan"), KeptFiles.read
    discard(memory, [], "hết hạn giữ")
    clock.day = EMPTIES

    def emptied_meanwhile(files: KeptFiles, digest: str) -> bytes:
        monkeypatch.setattr(KeptFiles, "read", read)
        assert len(empty_trash(quan)) == 2
        return read(files, digest)

    monkeypatch.setattr(KeptFiles, "read", emptied_meanwhile)
    if what == "backup":
        assert back_up(quan, tmp_path / "sao-luu.zip").files == 3
        restore(tmp_path / "sao-luu.zip", tmp_path / "moi", "quan")
    else:
        account = export_office(quan, tmp_path / "ra")
        assert (account.files, account.missing) == (3, ())


def test_a_file_that_another_period_still_keeps_stays(office: tuple[Memory, Noon]) -> None:
    memory, clock = office
    clock.day = date(2026, 12, 20)
    open_period(memory, YEAR)
    for book in (FIRST, SECOND):
        hand_in(memory, "nop1", book, YEAR)
    clock.day = DUE
    assert {one.kind for one in due_files(memory)} == {DueKind.SENT_COPY}
    clock.day = DUE + timedelta(days=366)
    (one,) = (one for one in due_files(memory) if one.kind is DueKind.SUPERSEDED)
    assert [str(naming.period) for naming in one.namings] == ["2026-03", "2026"]
    discard(memory, ["1"], "hết hạn giữ")
    assert said(memory, 2) == [("discarded", "ban", "2026-03 · CB01"), ("discarded", "ban", "2026 · CB01")]


def test_what_something_rests_on_again_is_not_destroyed(office: tuple[Memory, Noon]) -> None:
    """The unit comes back to what it had said first, and that is verified: the first file says it too."""
    memory, clock = office
    discard(memory, ["1"], "hết hạn giữ")
    except_unit(memory, MARCH, UnitException(unit_code="CB01", until=EMPTIES, reason="rà lại"))
    hand_in(memory, "nop1", saved(FIRST, SAVED + timedelta(hours=3)))
    decide(as_user(memory, "xem"), StepKind.VERIFIED, "CB01", MARCH)
    clock.day = EMPTIES
    assert empty_trash(as_user(memory, "quan")) == ()
    assert in_trash(memory) == []
    assert memory.store.files.read(first_edition(memory).content_hash) == FIRST


def test_a_destroyed_file_that_is_handed_in_again_is_kept_again(office: tuple[Memory, Noon]) -> None:
    memory, clock = office
    discard(memory, ["1"], "hết hạn giữ")
    clock.day = EMPTIES
    empty_trash(as_user(memory, "quan"))
    open_period(memory, YEAR, due_on=EMPTIES)
    hand_in(memory, "nop1", FIRST, YEAR)
    assert list_trash(memory) == ()
    empty_trash(as_user(memory, "quan"))
    assert memory.store.files.read(first_edition(memory).content_hash) == FIRST


def test_an_edition_in_the_trash_comes_back_when_it_is_chosen_and_a_destroyed_one_cannot_be(
    office: tuple[Memory, Noon],
) -> None:
    memory, clock = office
    except_unit(memory, MARCH, UnitException(unit_code="CB01", until=EMPTIES, reason="rà lại"))
    discard(memory, ["1"], "hết hạn giữ")
    (one,) = submitting.hand_in(as_user(memory, "nop1"), "so.xlsx", looked_at(FIRST), MARCH, again=True)
    assert (one.result.value, one.used, in_trash(memory)) == ("chosen", first_edition(memory), [])
    (one,) = submitting.hand_in(as_user(memory, "nop1"), "so.xlsx", looked_at(SECOND), MARCH, again=True)
    assert one.result.value == "chosen"
    discard(memory, ["1"], "hết hạn giữ")
    clock.day = EMPTIES
    empty_trash(as_user(memory, "quan"))
    (one,) = submitting.hand_in(as_user(memory, "nop1"), "so.xlsx", looked_at(FIRST), MARCH, again=True)
    assert (one.result.value, "nộp như bản mới" in one.why) == ("refused", True)
    assert check_log(memory).fault is None


def test_files_that_no_submission_names_go_too_when_they_are_old(office: tuple[Memory, Noon], tmp_path: Path) -> None:
    memory, clock = office
    old, young = (memory.store.files.keep(data) for data in (b"refused once", b"being handed in"))
    folder = tmp_path / "vp" / ".chibo-data" / "files"
    for digest, days in ((old, 31), (young, 29)):
        moment = (clock() - timedelta(days=days)).timestamp()
        os.utime(folder / digest[:2] / digest, (moment, moment))
    unnamed = [one.content_hash for one in due_files(memory) if one.kind is DueKind.UNNAMED]
    assert unnamed == [old]
    discard(memory, [old], "sổ bị từ chối")
    assert said(memory, 1) == [("discarded", "ban", old)]
    clock.day = EMPTIES
    empty_trash(as_user(memory, "quan"))
    assert (memory.store.files.has(old), memory.store.files.has(young)) == (False, True)


def test_what_a_crash_leaves_of_a_destroyed_file_is_swept_next_time(
    office: tuple[Memory, Noon], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, clock = office
    (one,) = discard(memory, ["1"], "hết hạn giữ")
    clock.day = EMPTIES

    def broken(_files: KeptFiles, _digest: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(KeptFiles, "destroy", broken)
        with pytest.raises(KeyboardInterrupt):
            empty_trash(as_user(memory, "quan"))
    assert memory.store.files.has(one.content_hash)
    empty_trash(as_user(memory, "quan"))
    assert not memory.store.files.has(one.content_hash)


def test_an_office_that_keeps_for_good_lets_nothing_go(office: tuple[Memory, Noon], tmp_path: Path) -> None:
    memory, _ = office
    rules = tmp_path / "vp" / "sheets" / "rules" / "retention.toml"
    text = rules.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("superseded_years", "unnamed_days"))]
    rules.write_text("\n".join(kept), encoding="utf-8")
    assert due_files(as_user(Memory(remembering.Library(tmp_path / "vp"), memory.store, "ban"), "ban")) == ()


def test_the_commands_say_what_goes_and_how_it_comes_back(
    office: tuple[Memory, Noon], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory, clock = office
    memory.close()
    monkeypatch.setattr(remembering, "now", clock)
    board, quan = (("--home", tmp_path / "vp", "--as", user) for user in ("ban", "quan"))
    due = chibo("trash", "due", *board, "--format", "json")
    assert {(one["receipt"], one["what"], one["until"]) for one in due.data()} == {
        ("1", "superseded", "2031-05-05"),
        ("", "sent-copy", "2031-05-05"),
    }
    assert chibo("trash", "put", *board, "--reason", "hết hạn").exit_code == 2
    assert "2 tệp" in chibo("trash", "put", "--all", "--reason", "hết hạn", *board).err
    history = chibo("history", "CB01", "--period", "2026-03", "--format", "json", *board).data()
    assert "tệp trong thùng rác, hủy từ 05/06/2031" in {one["reason"] for one in history}
    listed = chibo("trash", "list", "--format", "json", *quan).data()
    told = {(one["actor"], one["reason"], one["empties_on"]) for one in listed}
    assert (len(listed), told) == (2, {("ban", "hết hạn", "2031-06-05")})
    assert "Đã lấy lại 1 tệp" in chibo("trash", "restore", "1", *board).err
    clock.day = EMPTIES
    assert "Đã hủy 1 tệp" in chibo("trash", "empty", *quan).err
    assert chibo("trash", "list", "--format", "json", *quan).data() == []
    destroyed = chibo("trash", "list", "--destroyed", "--format", "json", *quan).data()
    assert [one["destroyed_on"] for one in destroyed] == ["2031-06-05"]
    assert chibo("audit", "verify", *quan).exit_code == 0
