"""`chibo backup` and `chibo restore`: status is byte for byte the same in the office that came back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from acceptance.command_line import chibo
from chibo.engine.sources import find_uploads
from chibo.model import Period
from chibo.office.memory import remembering
from chibo.office.memory.periods import open_period
from chibo.office.memory.submitting import submit
from memory.books_handed_in import a_book
from memory.offices_in_memory import Noon, a_register, an_office
from memory.test_submitting import PEOPLE

DAY = date(2026, 3, 28)
STATUS = ("status", "--period", "2026-03", "--format", "json")


def test_the_office_that_came_back_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, again, file = tmp_path / "vp", tmp_path / "moi", tmp_path / "sao-luu.zip"
    memory, _ = an_office(home, DAY, a_register(people=PEOPLE[:3]))
    open_period(memory, Period(2026, 3, 3))
    submit(memory, find_uploads([("so.xlsx", a_book())]))
    memory.close()
    monkeypatch.setattr(remembering, "now", Noon(DAY))
    secret = tmp_path / "mat-khau.txt"
    secret.write_text("một câu dài\n")
    refused = chibo("backup", file, "--home", home, "--as", "nop1")
    assert (refused.exit_code, file.exists()) == (1, False)
    assert chibo("backup", file, "--home", home, "--passphrase-file", secret).exit_code == 0
    assert chibo("restore", file, "--home", again).exit_code == 1
    made = chibo("restore", file, "--home", again, "--passphrase-file", secret)
    assert made.exit_code == 0, made.err
    assert chibo(*STATUS, "--home", again).out == chibo(*STATUS, "--home", home).out
    assert chibo("audit", "verify", "--home", again).exit_code == 0
    assert chibo("audit", "verify", "--home", home).exit_code == 0
    assert chibo("restore", file, "--home", again, "--passphrase-file", secret).exit_code == 1


def test_a_passphrase_is_the_same_whatever_wrote_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notepad begins a file of UTF-8 with the sign U+FEFF, which nobody typed."""
    home, file = tmp_path / "van-phong", tmp_path / "sao-luu.zip"
    memory, _ = an_office(home, DAY, a_register(people=PEOPLE[:3]))
    memory.close()
    by_notepad, by_hand = tmp_path / "a.txt", tmp_path / "b.txt"
    by_notepad.write_bytes(b"\xef\xbb\xbf" + "một câu dài\r\n".encode())
    by_hand.write_bytes("một câu dài\n".encode())
    monkeypatch.setattr(remembering, "now", Noon(DAY))
    assert chibo("backup", file, "--home", home, "--passphrase-file", by_notepad).exit_code == 0
    assert chibo("restore", file, "--home", tmp_path / "moi", "--passphrase-file", by_hand).exit_code == 0


@pytest.mark.parametrize(("content", "told"), [(b"\xff\xfem\x00", "không phải văn bản UTF-8"), (b" \n", "trống")])
def test_a_file_that_holds_no_passphrase_is_wrong_usage(tmp_path: Path, content: bytes, told: str) -> None:
    secret = tmp_path / "mat-khau.txt"
    secret.write_bytes(content)
    refused = chibo("backup", tmp_path / "sao-luu.zip", "--home", tmp_path, "--passphrase-file", secret)
    assert (refused.exit_code, told in refused.err) == (2, True)
    assert list(tmp_path.iterdir()) == [secret]
