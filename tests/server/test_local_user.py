"""In whose name the pages act: the account named at the start, as far as its rights go, and the log says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest

from acceptance.command_line import chibo
from chibo.definitions.library import Library
from chibo.errors import ChiboError
from chibo.office.memory import local_user, open_memory
from chibo.office.memory.local_memory import log_pages_opened
from chibo.office.memory.log import read_log
from chibo.register import Role
from memory.offices_in_memory import a_register, an_office
from serving import start_server
from trial_notebook import write_notebook

PEOPLE = [("quan-tri", Role.ADMINISTRATOR, ""), ("nop1", Role.SUBMITTER, "CB01")]
A_PAGE = """
from chibo.errors import ChiboError
from chibo.office.memory import open_local_memory
from chibo.office.memory.units import confirm_alias
memory = open_local_memory()
try:
    print(memory.user, "->", confirm_alias(memory, "phòng một", "CB01").code)
except ChiboError as error:
    print("refused:", error)
"""


@pytest.mark.parametrize(("user", "may"), [("quan-tri", True), ("nop1", False)])
def test_the_pages_act_as_the_user_named_at_the_start(tmp_path: Path, user: str, may: bool) -> None:
    home = tmp_path / "vp"
    memory, _ = an_office(home, date(2026, 3, 28), a_register(people=PEOPLE))
    memory.close()
    write_notebook(home / "notebooks" / "thu.ipynb", A_PAGE)
    server = start_server(home, "--as", user)
    try:
        with urlopen(server.url) as answer:
            assert f"Làm việc với tài khoản: <code>{user}</code>" in answer.read().decode()
        with urlopen(server.page("thu"), timeout=120) as answer:
            html = answer.read().decode()
    finally:
        server.stop()
    assert (f"{user} -&gt; CB01" in html) is may
    assert (f"refused: «{user}»" in html) is not may
    memory = open_memory(Library(home), "quan-tri")
    said = [(entry.act, entry.actor) for entry in read_log(memory, last=2)]
    assert (("alias-confirmed", user) in said) is may
    assert ("pages-opened", user) in said
    memory.close()


def test_without_a_name_it_is_the_user_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHIBO_USER", raising=False)
    monkeypatch.setenv("LOGNAME", "may-nay")
    assert local_user() == "may-nay"
    monkeypatch.setenv("CHIBO_USER", "ban-to-chuc")
    assert local_user() == "ban-to-chuc"


def test_an_account_that_may_do_nothing_is_told_at_the_start(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", date(2026, 3, 28), a_register(people=PEOPLE))
    assert log_pages_opened(memory.library, "nop1")
    assert not log_pages_opened(memory.library, "ai-do")
    memory.close()


def test_a_machine_without_names_asks_for_an_account(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CHIBO_USER", "LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000)
    with pytest.raises(ChiboError, match="--as"):
        local_user()


def test_a_memory_that_cannot_be_written_is_told_and_nothing_is_served(tmp_path: Path) -> None:
    memory, _ = an_office(tmp_path / "vp", date(2026, 3, 28))
    memory.close()
    (tmp_path / "vp" / ".chibo-data" / "office.db").write_bytes(b"not a database" * 1000)
    told = chibo("serve", "--home", tmp_path / "vp", "--port", "0", "--no-browser", "--as", "an")
    assert told.exit_code == 1
    assert "bị hỏng" in told.err
