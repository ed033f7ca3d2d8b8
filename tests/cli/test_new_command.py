"""`chibo new` as it is typed."""

from datetime import date

import pytest
from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.definitions.library import Library
from chibo.engine.receiving import receive_book
from chibo.workbook import read_book

ARGUMENTS = ["--code", "CB07", "--name", "Chi bộ Bảy", "--kind", "Trường học", "--year", "2026"]


@pytest.fixture
def run(tmp_path):
    def run(*arguments, out="so.xlsx"):
        result = CliRunner().invoke(cli, ["new", *ARGUMENTS, *arguments, "--out", str(tmp_path / out)])
        return result, tmp_path / out

    return run


def read(path):
    return read_book(path.read_bytes(), path.name, Library()).book


def test_a_new_book_reads_back_as_typed(run, tmp_path):
    (tmp_path / "ds.csv").write_text("Họ và tên\nNgười Một\nNgười Hai\n", encoding="utf-8")
    result, out = run("--members", str(tmp_path / "ds.csv"), "--has-committee", "có")
    assert (result.exit_code, result.stdout) == (0, "")
    book = read(out)
    assert (book.info.cell_code, book.info.year, book.info.has_committee) == ("CB07", 2026, True)
    assert [member.full_name for member in book.members] == ["Người Một", "Người Hai"]


def test_a_new_book_is_taken_in(run):
    _, out = run()
    assert receive_book(out.read_bytes(), out.name, Library(), date(2026, 1, 5)).accepted


def test_a_file_that_is_there_is_not_written_over_unless_asked(run):
    _, out = run()
    before = out.read_bytes()
    refused, _ = run("--name", "Khác")
    assert (refused.exit_code, out.read_bytes()) == (2, before)
    assert "--force" in refused.stderr
    forced, _ = run("--name", "Khác", "--force")
    assert (forced.exit_code, read(out).info.cell_name) == (0, "Khác")


def test_a_wrong_kind_is_wrong_usage_that_lists_the_kinds(run):
    result, out = run("--kind", "Hội")
    assert (result.exit_code, out.exists()) == (2, False)
    assert "Cơ quan hành chính" in result.stderr


def test_the_next_year_starts_from_this_one(run, tmp_path):
    _, this_year = run("--secretary", "Người Một")
    following = tmp_path / "sau.xlsx"
    result = CliRunner().invoke(cli, ["new", "--year", "2027", "--from", str(this_year), "--out", str(following)])
    assert result.exit_code == 0, result.output
    assert (read(following).info.cell_code, read(following).info.secretary) == ("CB07", "Người Một")


def test_members_numbered_anew_are_named(tmp_path):
    (tmp_path / "ds.csv").write_text("Mã đảng viên,Họ và tên\nDV01,Người Một\nDV01,Người Hai\n", encoding="utf-8")
    arguments = ["new", "--code", "CB01", "--name", "Chi bộ Một", "--kind", "Cơ quan hành chính", "--year", "2026"]
    arguments += ["--members", str(tmp_path / "ds.csv"), "--out", str(tmp_path / "so.xlsx")]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    assert "Người Hai: DV01 → DV02" in result.stderr
