"""A definition put in force, or taken out: killed at any step, it is the old or the new one, as the log says."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from chibo.audit import AuditAct, How
from chibo.definitions.library import Library
from chibo.errors import OutputError
from chibo.office.memory import Memory, open_memory
from chibo.office.memory.log import check_log, read_log
from chibo.office.memory.pending import finish_pending, lay_ready
from chibo.office.memory.publishing import publish, try_new, withdraw
from memory.offices_in_memory import Noon, an_office

INSIDE = "sheets/rules/calendar.toml"
DAY = date(2026, 4, 3)
_STEPS = ("open", "os.", "shutil.", "sqlite3.")


def opened(home: Path) -> Memory:
    return open_memory(Library(home), "van-phong", Noon(DAY))


def new_content(home: Path) -> bytes:
    return (home / INSIDE).read_bytes() + "# sửa theo công văn\n".encode()


def publish_new(home: Path) -> None:
    memory = opened(home)
    publish(memory, try_new(memory, "calendar.toml", new_content(home)), "công văn 1")


def take_out(home: Path) -> None:
    withdraw(opened(home), INSIDE, "công văn 2")


def killed_at(number: int, work: Callable[[Path], None], home: Path) -> None:
    """Do the work, and die at this step of those that touch the office, from where the new content is laid ready."""
    left, begun = number, False

    def die(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left, begun
        touched = str(arguments[0]) if arguments else ""
        begun = begun or (event == "os.mkdir" and touched.endswith("publishing"))
        if begun and event.startswith(_STEPS) and str(home) in touched:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    work(home)
    os._exit(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts no process by fork")
@pytest.mark.parametrize("work", [publish_new, take_out])
def test_killed_at_each_step(tmp_path: Path, work: Callable[[Path], None]) -> None:
    whole = tmp_path / "vp"
    an_office(whole, DAY)[0].close()
    if work is take_out:
        publish_new(whole)
    old, new = (whole / INSIDE).read_bytes(), new_content(whole) if work is publish_new else None
    seen, number, ended = set(), 0, False
    while not ended:
        number += 1
        home = tmp_path / f"vp-{number}"
        shutil.copytree(whole, home)
        process = multiprocessing.get_context("fork").Process(target=killed_at, args=(number, work, home))
        process.start()
        process.join()
        ended = process.exitcode == 0
        memory = opened(home)
        now = (home / INSIDE).read_bytes() if (home / INSIDE).exists() else None
        assert now in (old, new)
        assert check_log(memory).is_whole, check_log(memory)
        logged = [entry.reason for entry in read_log(memory) if entry.subject == INSIDE]
        assert (now == new) == (logged[-1:] == ["công văn 1" if work is publish_new else "công văn 2"])
        assert not [*(home / ".chibo-data" / "publishing").glob("*.json")]
        memory.close()
        shutil.rmtree(home)
        seen.add(now == new)
    assert seen == {True, False}, "some kills came before, some after"
    assert number > 5


def test_what_cannot_be_written_now_is_told_stops_nothing_and_is_finished_later(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY)
    home, inside = tmp_path / "vp", "sheets/moi/mot.toml"
    in_the_way = home / "sheets" / "moi"
    in_the_way.touch()
    with memory.writing() as (writing, _):
        writing.note(AuditAct.DEFINITION_PUBLISHED, inside, after=lay_ready(home, inside, b"schema = 1\n"))
    with pytest.raises(OutputError):
        finish_pending(memory.store, home, "van-phong")
    opened(home).close()
    assert [(one.subject, one.how) for one in check_log(memory).differences] == [(inside, How.MISSING)]
    in_the_way.unlink()
    again = opened(home)
    assert (home / inside).read_bytes() == b"schema = 1\n"
    assert check_log(again).is_whole


def test_what_never_came_to_stand_in_the_log_is_thrown_away(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY)
    before = (tmp_path / "vp" / INSIDE).read_bytes()
    lay_ready(tmp_path / "vp", INSIDE, b"schema = 1\n")
    again = opened(tmp_path / "vp")
    assert (tmp_path / "vp" / INSIDE).read_bytes() == before
    assert check_log(again).is_whole
    assert memory.library.calendar


def test_a_definition_changed_by_hand_after_it_was_published_is_told(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", DAY)
    publish_new(tmp_path / "vp")
    (tmp_path / "vp" / INSIDE).write_bytes(new_content(tmp_path / "vp"))
    (difference,) = check_log(memory).differences
    assert (difference.subject, difference.entry.reason) == (INSIDE, "công văn 1")
