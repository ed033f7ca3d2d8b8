"""Wrong usage: exit code 2, nothing on standard output, nothing written, and words that an office understands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import chibo
from small_books import small_book, workbook

from tables import xlsx

ENGLISH = re.compile(
    r"\b(usage|error|invalid|value|missing|option|argument|does not|exist|such|directory|file|try|for help|not|is an?|"
    r"range|match|format|formats|choose|command|traceback|exception|got|unexpected|requires)\b",
    re.IGNORECASE,
)


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CHIBO_LANG", raising=False)
    monkeypatch.delenv("CHIBO_HOME", raising=False)
    (tmp_path / "so.xlsx").write_bytes(workbook(small_book()))
    (tmp_path / "ds.xlsx").write_bytes(xlsx({"Danh sách": "Mã chi bộ | Họ và tên\nCB01 | An"}))
    (tmp_path / "thu-muc").mkdir()
    return tmp_path


MONTH = ("--period", "2026-03", "--return", "thang")
NEW = ("new", "--code", "CB01", "--name", "Chi bộ", "--kind", "Khác", "--out", "moi.xlsx")
CALLS = [
    ("check",),
    ("check", "khong-co.xlsx"),
    ("check", "so.xlsx", "--format", "xml"),
    ("check", "so.xlsx", "--date", "31/2/2026"),
    ("check", "so.xlsx", "--workers", "0"),
    ("check", "so.xlsx", "--workers", "hai"),
    ("check", "so.xlsx", "--home", "khong-co"),
    ("check", "so.xlsx", "--khong-co"),
    ("check", "so.xlsx", "--lang"),
    ("facts",),
    ("facts", "so.xlsx", "--period", "2026-13"),
    ("facts", "so.xlsx", "--period", "tháng 3"),
    ("facts", "so.xlsx", "--period", "0026-03"),
    ("facts", "so.xlsx", "--out", "khong-co/f.csv"),
    ("facts", "so.xlsx", "--format", "ods"),
    ("score", "so.xlsx"),
    ("score", "so.xlsx", "--meeting", "2026"),
    ("score", "thu-muc", "--meeting", "2026-03"),
    ("consolidate", "so.xlsx"),
    ("consolidate", "so.xlsx", *MONTH),
    ("consolidate", "so.xlsx", "--period", "2026-03", "--return", "la", "--out", "r.xlsx"),
    ("consolidate", "so.xlsx", "--period", "2026-Q1", "--return", "thang", "--out", "r.xlsx"),
    ("consolidate", "so.xlsx", *MONTH, "--out", "khong-co/r.xlsx"),
    ("consolidate", "so.xlsx", *MONTH, "--out", "thu-muc"),
    ("consolidate", "so.xlsx", *MONTH, "--out", "r.csv"),
    ("consolidate", "so.xlsx", *MONTH, "--out", "so.xlsx"),
    ("consolidate", "so.xlsx", *MONTH, "--out", "r.xlsx", "--level", "tinh"),
    ("consolidate", "so.xlsx", *MONTH, "--out", "r.xlsx", "--committee", "DB99"),
    ("consolidate", "thu-muc", *MONTH, "--out", "r.xlsx"),
    ("consolidate", "so.xlsx", *MONTH, "--expected", "ds.xlsx", "--out", "ds.xlsx"),
    ("frame", "show", "khung-la"),
    ("frame", "export", "khung-la", "--out", "k.xlsx"),
    ("frame", "check", "khong-co.toml"),
    ("frame", "import", "so.xlsx"),
    ("frame", "la"),
    ("demo", "moi", "--cells", "0"),
    ("demo", "moi", "thua"),
    ("init",),
    ("init", "so.xlsx"),
    NEW,
    (*NEW, "--year", "26"),
    (*NEW, "--year", "hai nghìn"),
    (*NEW, "--year", "2026", "--kind", "Không rõ"),
    (*NEW, "--year", "2026", "--members", "khong-co.csv"),
    (*NEW[:-1], "ds.xlsx", "--year", "2026", "--members", "ds.xlsx", "--force"),
    ("la",),
]


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_wrong_usage(here, call):
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    called = chibo(*call)
    assert (called.exit_code, called.out) == (2, b"")
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before
    last = called.err.strip().splitlines()[-1]
    said = re.sub(r"(?i:tệp|thư_mục|đường dẫn) |«[^»]*»|'[^']*'|--[\w-]+|\S*\.\w+|\(x>=1\)", "", last)
    assert not ENGLISH.search(said), last
    assert re.search(r"[ạảãâầấậẩẫăằắặẳẵêềếệểễịỉĩọỏõôồốộổỗơờớợởỡụủũưừứựửữỳýỵỷỹđáàéèíìóòúù]", last), last


def test_the_way_in_is_shown_in_vietnamese(here):
    assert chibo("facts").err.startswith("Cách dùng: chibo facts")


@pytest.mark.parametrize(
    ("typed", "meant"), [("chck", "check"), ("who-missing", "who-is-missing"), ("migarte", "migrate")]
)
def test_of_a_mistyped_command_the_nearest_is_told(here, typed, meant):
    called = chibo(typed, "so.xlsx")
    assert called.exit_code == 2
    assert re.search(rf"Không có lệnh «{typed}»\. Có phải .*'{meant}'", called.err)


def test_a_word_that_is_like_no_command_has_no_suggestion(here):
    assert chibo("la").err.endswith("Không có lệnh «la».\n")


def test_english_where_it_is_asked_for(here, asked_in):
    asked_in("en")
    assert "Missing argument" in chibo("facts").err


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_wrong_usage_in_english(here, call, asked_in):
    """All but names, and what the kinds of parameters are called: here they were made before English was asked for."""
    asked_in("en")
    called = chibo(*call)
    assert called.exit_code == 2
    last = called.err.strip().splitlines()[-1]
    said = re.sub(r"(?i:tệp|thư_mục|đường dẫn) |«[^»]*»|'[^']*'|\b[A-ZĐỆỤƯ_…]{2,}|none of: .*", "", last)
    assert said.isascii(), last


@pytest.mark.parametrize("command", ["check", "facts", "score", "consolidate", "new", "frame", "init", "demo", "serve"])
def test_help_everywhere(here, command):
    called = chibo(command, "--help")
    assert called.exit_code == 0
    text = called.out.decode("utf-8")
    assert text.startswith(f"Cách dùng: chibo {command}")
    assert not re.search(r"Usage|Options:|Show this|\[default|\[required|INTEGER|TEXT\b", text)


def test_a_terminal_sees_the_same_codes(here):
    """Through a process of its own, as a script calls it."""

    def code(*call: str) -> int:
        call = (sys.executable, "-m", "chibo", *call)
        return subprocess.run(call, cwd=here, capture_output=True, check=False).returncode

    (here / "hong.xlsx").write_bytes(b"%PDF-1.7")
    assert (code("facts", "so.xlsx"), code("facts", "hong.xlsx"), code("facts", "khong-co.xlsx")) == (0, 1, 2)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is an affair of Linux")
@pytest.mark.parametrize("command", ["check so.xlsx", "facts so.xlsx", "score so.xlsx --meeting 2026-01", "frame list"])
@pytest.mark.parametrize("out", ["/dev/full", "closed"])
def test_an_output_that_takes_nothing_is_told_in_one_line(here, command, out):
    call = (sys.executable, "-m", "chibo", *command.split())
    with Path(os.devnull if out == "closed" else out).open("wb") as stream:
        close = (lambda: os.close(1)) if out == "closed" else None
        called = subprocess.run(call, cwd=here, stdout=stream, stderr=subprocess.PIPE, preexec_fn=close, check=False)
    assert called.returncode == 1
    assert re.search(r"Không (thực hiện|ghi)", called.stderr.decode().strip().splitlines()[-1])
    assert "Traceback" not in called.stderr.decode()
    assert "Exception ignored" not in called.stderr.decode()


def test_a_closed_error_output_stops_nothing(here):
    call = (sys.executable, "-m", "chibo", "facts", "so.xlsx")
    called = subprocess.run(call, cwd=here, stdout=subprocess.PIPE, preexec_fn=lambda: os.close(2), check=False)
    assert called.returncode == 0
    assert called.stdout.startswith(b"committee_code,")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_file_without_rights_is_refused_by_name_and_stops_nothing(here):
    (here / "kin.xlsx").write_bytes((here / "so.xlsx").read_bytes())
    (here / "kin.xlsx").chmod(0)
    called = chibo("check", "kin.xlsx", "so.xlsx", "--format", "json")
    assert called.exit_code == 1
    assert ("kin.xlsx", "FILE_UNREADABLE") in [(row["file"], row["code"]) for row in called.data()]
