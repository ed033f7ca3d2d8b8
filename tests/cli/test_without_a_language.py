"""A machine without a language, whose Python takes all text for ASCII unless it is told otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from chibo.workbook import read_book
from tables import LIBRARY, a_workbook


def test_vietnamese_is_understood_and_files_have_their_names(tmp_path: Path) -> None:
    (tmp_path / "sổ.xlsx").write_bytes(a_workbook())
    words = ["fill", "sổ.xlsx", "--meeting", "2026-03", "--set", "Có mặt=3", "--out", "đã ghi.xlsx"]
    filled = subprocess.run(
        [sys.executable, "-m", "chibo", *words],
        cwd=tmp_path,
        env={**os.environ, "LC_ALL": "POSIX", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )

    assert filled.returncode == 0, filled.stderr
    assert "«đã ghi.xlsx»" in filled.stderr.decode("utf-8")
    (meeting,) = read_book((tmp_path / "đã ghi.xlsx").read_bytes(), "đã ghi.xlsx", LIBRARY).book.meetings
    assert meeting.present == 3
