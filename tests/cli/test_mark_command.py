"""`chibo mark` and `chibo unmark` write copies; the original stays."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from chi_bo import foreign_file
from chibo.cli.main import cli
from chibo.workbook.intake.package import open_package
from chibo.workbook.marking.marks import INDEX_SHEET


def names(file: Path) -> list[str]:
    return [part.name for part in open_package(file.read_bytes()).sheets]


def test_a_copy_is_marked_and_freed_again(tmp_path: Path) -> None:
    file = foreign_file(tmp_path)
    before = file.read_bytes()
    marked, clean = tmp_path / "trả lại.xlsx", tmp_path / "sạch.xlsx"
    result = CliRunner().invoke(cli, ["mark", str(file), "--out", str(marked)])
    assert result.exit_code == 0, result.output
    assert INDEX_SHEET in names(marked)
    result = CliRunner().invoke(cli, ["unmark", str(marked), "--out", str(clean)])
    assert result.exit_code == 0, result.output
    assert names(clean) == names(file)
    assert file.read_bytes() == before


def test_a_copy_may_not_be_the_original_or_of_another_kind(tmp_path: Path) -> None:
    file = foreign_file(tmp_path)
    for out in (file, file.with_suffix(".xlsm")):
        assert CliRunner().invoke(cli, ["mark", str(file), "--out", str(out)]).exit_code == 2
