"""`chibo inspect`: any workbook accepted or refused with a code, its place and what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from chibo.cli.main import cli
from tables import xlsx

LISTED = "| Mã hội viên | Họ và tên | Điểm |\n| HV01 | Nguyễn Văn Hùng | n:8 |\n| HV02 | Trần Thị Ánh | n:9 |"


def inspected(folder: Path, table: str) -> tuple[int, dict[str, Any]]:
    path = folder / "danh-sach.xlsx"
    path.write_bytes(xlsx({"Danh sách": table}))
    result = CliRunner().invoke(cli, ["inspect", str(path), "--format", "json"])
    return result.exit_code, json.loads(result.stdout)


def test_a_sound_workbook_is_accepted(tmp_path: Path) -> None:
    exit_code, told = inspected(tmp_path, LISTED)

    assert (exit_code, told["accepted"], told["findings"]) == (0, True, [])
    assert told["values"] == 9


def test_one_that_lost_letters_is_refused_at_the_first_of_them(tmp_path: Path) -> None:
    exit_code, told = inspected(tmp_path, LISTED.encode("cp1252", "replace").decode("cp1252"))

    assert (exit_code, told["accepted"], told["code"]) == (1, False, "TEXT_LOST")
    places = [(finding["sheet"], finding["cell"]) for finding in told["findings"]]
    assert places == [("Danh sách", "A1")]
