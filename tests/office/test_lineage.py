"""Where a workbook comes from: its seal survives other programs, and tells what happened to it since."""

from __future__ import annotations

import hmac
import json
import zipfile
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from builders import a_book, a_meeting, an_info, code, some_members
from chi_bo import FOREIGN_SHEETS
from chibo.cli.main import cli
from chibo.comparing import fingerprint_of
from chibo.definitions.folders import project_data
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.findings import Severity
from chibo.model import CellBook, Mark, RollCall
from chibo.office.desk.desk import Desk
from chibo.office.desk.opening import open_file
from chibo.office.lineage.branches import open_copy
from chibo.office.lineage.keeping import kept_copies
from chibo.office.lineage.provenance import Lineage, lineage_of
from chibo.office.lineage.sealing import KEY_FILE, make_key, office_key
from chibo.office.migrating import migrate
from chibo.office.returning import marked_copy
from chibo.workbook import read_book, write_book
from chibo.workbook.sealing import Seal, is_signed_by, read_seal, sealed
from chibo_widgets.cell.lineage_view import lineage_view
from chibo_widgets.cell.wording import Tongue
from desks import hand_out
from excel import convert
from handed_books import handed_over
from tables import xlsx

DAY = date(2026, 6, 1)
LIBRARY = Library()


def a_cell(**changes: object) -> CellBook:
    marks = RollCall({code("2026-03"): {"DV01": Mark.PRESENT, "DV02": Mark.EXCUSED}})
    meeting = a_meeting(membership=None, present=None, excused=None, unexcused=None)
    return evolve(a_book(meeting, members=some_members(2), roll_call=marks), **changes)


def blank(book: CellBook) -> bytes:
    return write_book(book, LIBRARY, DAY)


def an_office(folder: Path) -> Library:
    home = folder / "office"
    home.mkdir()
    return Library(home)


def read(data: bytes) -> CellBook:
    book = read_book(data, "so.xlsx", LIBRARY).book
    assert book is not None
    return book


def lineage(data: bytes, library: Library = LIBRARY) -> Lineage:
    return lineage_of(read_seal(data), "so.xlsx", read(data), library)


def codes(found: Lineage) -> list[str]:
    return [finding.code for finding in found.findings]


def edited(data: bytes, book: CellBook) -> bytes:
    """The workbook with the values of another book and the seal as it was, as if typed in Excel."""
    return with_marker_of(blank(book), data)


def with_marker_of(data: bytes, other: bytes) -> bytes:
    marker, stream = marker_part(data), BytesIO()
    with zipfile.ZipFile(BytesIO(other)) as package:
        seal = package.read(marker_part(other))
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(stream, "w") as out:
        for name in package.namelist():
            out.writestr(name, seal if name == marker else package.read(name))
    return stream.getvalue()


def marker_part(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return max((n for n in package.namelist() if n.startswith("xl/worksheets/sheet")), key=lambda n: int(n[19:-4]))


def test_a_sealed_workbook_holds_the_same_book_and_says_whose_it_is():
    data = sealed(blank(a_cell()), LIBRARY, parent="ab" * 32)
    assert read(data) == a_cell()
    seal = read_seal(data)
    assert seal is not None
    assert (seal.cell_code, seal.year, seal.parent, seal.layout) == ("CB01", "2026", "ab" * 32, "so-sinh-hoat")
    assert seal.digest == fingerprint_of(a_cell())


def test_sealing_changes_the_marker_sheet_alone_and_is_repeatable():
    plain = blank(a_cell())
    data = sealed(plain, LIBRARY)
    assert data == sealed(plain, LIBRARY)
    with zipfile.ZipFile(BytesIO(plain)) as before, zipfile.ZipFile(BytesIO(data)) as after:
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
        assert before.namelist() == after.namelist()
    assert changed == [marker_part(plain)]


@pytest.mark.libreoffice
def test_saving_in_libreoffice_keeps_the_seal_and_its_values(tmp_path: Path):
    office = an_office(tmp_path)
    assert office.office is not None
    make_key(office.office)
    data = handed_over(blank(a_cell()), office)
    saved = convert(data, "xlsx", tmp_path / "lo").read_bytes()
    assert read_seal(saved) == read_seal(data)
    assert codes(lineage(saved, office)) == ["SEAL_INTACT"]


def test_moved_rows_leave_a_seal_intact():
    data = sealed(blank(a_cell()), LIBRARY)
    moved = edited(data, a_cell(members=some_members(2)[::-1]))
    assert codes(lineage(moved)) == ["SEAL_INTACT"]


def test_a_workbook_without_seal_is_said_to_have_none():
    assert codes(lineage(blank(a_cell()))) == ["SEAL_MISSING"]


def test_an_edit_is_known_by_the_seal_alone():
    later = a_cell(meetings=(evolve(a_cell().meetings[0], ends_at=time(16, 0)),))
    assert codes(lineage(edited(sealed(blank(a_cell()), LIBRARY), later))) == ["EDITED_OUTSIDE"]


def test_the_edited_cells_are_named_where_the_office_kept_a_copy(tmp_path: Path):
    office = an_office(tmp_path)
    later = a_cell(meetings=(evolve(a_cell().meetings[0], ends_at=time(16, 0)),))
    data = edited(handed_over(blank(a_cell()), office), later)
    found = lineage(data, office)
    assert codes(found) == ["EDITED_OUTSIDE_AT"]
    place = read(data).meetings[0].origin.place("ends_at")  # type: ignore[union-attr]
    assert found.findings[0].other_places == (place,)
    assert [(change.column, change.before, change.after) for change in found.changes] == [
        ("ends_at", time(15, 30), time(16, 0))
    ]


def test_a_workbook_filled_over_that_of_another_cell_is_known():
    data = edited(sealed(blank(a_cell()), LIBRARY), a_cell(info=an_info(cell_code="CB02")))
    assert codes(lineage(data)) == ["SEAL_OF_OTHER_UNIT"]


def gone_on(desk: Desk) -> Desk:
    """The desk after somebody wrote down where the meeting was."""
    return desk.with_book(evolve(desk.book, meetings=(evolve(desk.book.meetings[0], venue="Hội trường"),)))


def test_going_on_from_an_old_copy_is_told(tmp_path: Path):
    office = an_office(tmp_path)
    first = handed_over(blank(a_cell()), office)
    opened = open_file(first, "so.xlsx", office, DAY).desk
    assert opened is not None
    hand_out(gone_on(opened), office, DAY)
    other = edited(first, a_cell(members=some_members(4)))
    assert "STALE_BRANCH" in codes(lineage(other, office))


def test_an_unedited_old_copy_is_no_branch_but_its_newer_ones_are_noted(tmp_path: Path):
    office = an_office(tmp_path)
    first = handed_over(blank(a_cell()), office)
    opened = open_file(first, "so.xlsx", office, DAY).desk
    assert opened is not None
    hand_out(gone_on(opened), office, DAY)
    found = lineage(first, office)
    assert [(finding.code, finding.severity) for finding in found.findings] == [("OLDER_COPY", Severity.NOTE)]


def test_what_was_downloaded_of_the_same_work_is_no_newer_copy(tmp_path: Path):
    office = an_office(tmp_path)
    first = handed_over(blank(a_cell()), office)
    opened = open_file(first, "so.xlsx", office, DAY).desk
    assert opened is not None
    handed = hand_out(gone_on(opened), office, DAY)
    taken_up = open_file(first, "so.xlsx", office, DAY, [handed.digest]).desk
    assert taken_up is not None
    assert taken_up.lineage is not None
    assert codes(taken_up.lineage) == ["SEAL_INTACT"]
    other = open_file(handed.data, "so.xlsx", office, DAY).desk
    assert other is not None
    hand_out(other.with_book(evolve(other.book, members=some_members(3))), office, DAY)
    overtaken = open_file(first, "so.xlsx", office, DAY, [handed.digest]).desk
    assert overtaken is not None
    assert overtaken.lineage is not None
    assert codes(overtaken.lineage) == ["OLDER_COPY"]


def test_the_newest_copy_is_no_stale_branch(tmp_path: Path):
    office = an_office(tmp_path)
    opened = open_file(handed_over(blank(a_cell()), office), "so.xlsx", office, DAY).desk
    assert opened is not None
    newest = hand_out(gone_on(opened), office, DAY).data
    assert codes(lineage(newest, office)) == ["SEAL_INTACT"]


def test_a_second_download_comes_of_the_first(tmp_path: Path):
    office = an_office(tmp_path)
    opened = open_file(handed_over(blank(a_cell()), office), "so.xlsx", office, DAY).desk
    assert opened is not None
    first = hand_out(gone_on(opened), office, DAY)
    later = gone_on(opened).with_book(evolve(gone_on(opened).book, members=some_members(3)))
    second = hand_out(later, office, DAY, [first.digest])
    again = hand_out(later, office, DAY, [first.digest, second.digest])
    seals = [read_seal(handed.data) for handed in (first, second, again)]
    assert [seal and seal.parent for seal in seals] == [opened.origin, first.digest, first.digest]
    assert codes(lineage(first.data, office)) == ["OLDER_COPY"]
    assert codes(lineage(second.data, office)) == ["SEAL_INTACT"]


def test_a_return_to_what_was_said_before_is_no_older_copy(tmp_path: Path):
    office = an_office(tmp_path)
    opened = open_file(handed_over(blank(a_cell()), office), "so.xlsx", office, DAY).desk
    assert opened is not None
    first = hand_out(gone_on(opened), office, DAY)
    meeting = evolve(opened.book.meetings[0], venue="Phòng họp")
    later = opened.with_book(evolve(opened.book, meetings=(meeting,)))
    second = hand_out(later, office, DAY, [first.digest])
    back = hand_out(gone_on(opened), office, DAY, [first.digest, second.digest])
    assert (back.digest, back.parent, back.data == first.data) == (first.digest, second.digest, False)
    assert codes(lineage(back.data, office)) == ["SEAL_INTACT"]
    assert codes(lineage(second.data, office)) == ["OLDER_COPY"]
    assert codes(lineage(first.data, office)) == ["OLDER_COPY"]
    unchanged = hand_out(opened, office, DAY, [first.digest])
    assert (unchanged.parent, unchanged.data == opened.source) == (first.digest, False)


def test_what_was_signed_before_seals_had_a_moment_stays_signed():
    seal = Seal(cell_code="CB01", year="2026", digest="ab", layout="so-sinh-hoat", parent="cd")
    signature = hmac.new(b"key", b"CB01\nab\n\nso-sinh-hoat\n\ncd\n2026", "sha256").hexdigest()
    assert is_signed_by(evolve(seal, signature=signature), b"key")
    dated = evolve(seal, written_at="2026-03-05T08:00:00+00:00").signed(b"key")
    assert is_signed_by(dated, b"key")
    assert not is_signed_by(evolve(dated, written_at="2026-03-06T08:00:00+00:00"), b"key")


@pytest.mark.parametrize("text", ["", "hôm qua", "2026-03-05", "2026-03-05T08:00:00"])
def test_a_moment_that_is_none_of_ours_is_none(text: str):
    assert Seal(cell_code="CB01", year="2026", digest="ab", written_at=text).moment is None


def test_a_returned_copy_of_any_book_tells_where_it_comes_from(tmp_path: Path):
    office = an_office(tmp_path)
    assert office.office is not None
    make_key(office.office)
    for data in (xlsx(FOREIGN_SHEETS), blank(a_cell())):
        marked = marked_copy(data, "so.xlsx", office, DAY).data
        assert marked is not None
        desk = open_file(marked, "so.xlsx", office, DAY).desk
        assert desk is not None
        assert desk.lineage is not None
        assert [finding.code for finding in desk.lineage.findings] == ["SEAL_INTACT"]


def test_a_signature_holds_for_the_office_that_gave_it(tmp_path: Path):
    office = an_office(tmp_path)
    unsigned = handed_over(blank(a_cell()), office)
    assert office.office is not None
    make_key(office.office)
    assert codes(lineage(handed_over(blank(a_cell()), office), office)) == ["SEAL_INTACT"]
    assert codes(lineage(unsigned, office)) == ["SEAL_UNSIGNED", "SEAL_INTACT"]


def test_a_forged_seal_is_told(tmp_path: Path):
    office = an_office(tmp_path)
    assert office.office is not None
    make_key(office.office)
    forged = sealed(blank(a_cell()), LIBRARY, key=b"another office")
    assert codes(lineage(forged, office)) == ["SEAL_FORGED", "SEAL_INTACT"]


def test_the_key_is_for_its_owner_and_never_printed(tmp_path: Path):
    office = an_office(tmp_path)
    assert office.office is not None
    result = run("provenance", "--make-key", "--home", str(office.office))
    assert result.exit_code == 0
    path = office.office / KEY_FILE
    assert path.stat().st_mode & 0o077 == 0
    key = office_key(office.office)
    assert key is not None
    assert key.hex() not in result.output
    again = run("provenance", "--make-key", "--home", str(office.office))
    assert again.exception is not None
    assert key == office_key(office.office)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert key == office_key(office.office)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_the_command_tells_the_lineage_and_the_changes(tmp_path: Path):
    office = an_office(tmp_path)
    later = a_cell(meetings=(evolve(a_cell().meetings[0], ends_at=time(16, 0)),))
    path = tmp_path / "so.xlsx"
    path.write_bytes(edited(handed_over(blank(a_cell()), office), later))
    told = run("provenance", str(path), "--home", str(office.office), "--format", "json")
    assert told.exit_code == 0
    assert [row["code"] for row in json.loads(told.stdout)] == ["EDITED_OUTSIDE_AT"]
    changes = run("provenance", str(path), "--home", str(office.office), "--changes", "--format", "json")
    assert [(row["before"], row["after"]) for row in json.loads(changes.stdout)] == [("15:30", "16:00")]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_at_the_prompt_the_command_itself_is_named(tmp_path: Path, language: str):
    office = an_office(tmp_path)
    later = a_cell(meetings=(evolve(a_cell().meetings[0], ends_at=time(16, 0)),))
    path, home = tmp_path / "so.xlsx", ("--home", str(office.office))
    path.write_bytes(edited(handed_over(blank(a_cell()), office), later))
    asks, keeps = {"vi": ("quản trị", "Văn phòng không giữ"), "en": ("administrator", "The office keeps")}[language]
    for call in ("provenance --format table", "provenance --format json", "check --format json"):
        with_home = run(*call.split(), str(path), "--lang", language, *home).output
        assert "chibo provenance" in with_home
        assert asks not in with_home
    alone = run("provenance", str(path), "--lang", language).output
    assert "--home" in alone
    assert asks not in alone
    assert keeps not in alone


@pytest.mark.parametrize(
    ("language", "named", "first", "kept", "gone"),
    [
        ("vi", "chi bộ CB01, năm 2026", "Không lập từ bản nào trước.", "còn giữ bản ấy.", "không giữ bản ấy."),
        ("en", "cell CB01, year 2026", "made from no earlier copy.", "which the office keeps.", "does not keep."),
    ],
)
def test_the_command_tells_what_the_seal_names(
    tmp_path: Path, language: str, named: str, first: str, kept: str, gone: str
):
    office = an_office(tmp_path)
    new = tmp_path / "so.xlsx"
    new.write_bytes(handed_over(blank(a_cell()), office))
    digest = fingerprint_of(a_cell())
    for parent, told in (("", first), (digest, kept), ("ab" * 32, gone)):
        later = a_cell(meetings=(evolve(a_cell().meetings[0], ends_at=time(16, 0)),)) if parent else a_cell()
        new.write_bytes(sealed(blank(later), LIBRARY, parent=parent, at=datetime(2026, 7, 5, 9, tzinfo=UTC)))
        line = run("provenance", str(new), "--home", str(office.office), "--lang", language).stdout.splitlines()[0]
        assert named in line
        assert "05/07/2026" in line
        assert fingerprint_of(later)[:24] in line
        assert parent[:24] in line
        assert line.endswith(told)
        (row,) = json.loads(run("provenance", str(new), "--lang", language, "--format", "json").stdout)
        assert (row["seal_cell"], row["seal_year"], row["seal_parent"]) == ("CB01", "2026", parent)
        assert (row["seal_digest"], row["seal_written_at"]) == (fingerprint_of(later), "2026-07-05T09:00:00+00:00")


def test_a_workbook_without_seal_names_nothing(tmp_path: Path):
    (tmp_path / "so.xlsx").write_bytes(blank(a_cell()))
    told = run("provenance", str(tmp_path / "so.xlsx"))
    assert told.stdout.startswith("Sổ chưa có dấu nguồn gốc")
    (row,) = json.loads(run("provenance", str(tmp_path / "so.xlsx"), "--format", "json").stdout)
    assert {row[name] for name in ("seal_cell", "seal_year", "seal_parent", "seal_digest")} == {""}


def test_checking_tells_what_was_edited_and_whose_book_it_is_but_not_that_all_is_well(tmp_path: Path):
    office = an_office(tmp_path)
    later = a_cell(meetings=(evolve(a_cell().meetings[0], ends_at=time(16, 0)),))
    data = handed_over(blank(a_cell()), office)
    books = {
        "nguyen.xlsx": data,
        "sua.xlsx": edited(data, later),
        "khac.xlsx": edited(data, a_cell(info=an_info(cell_code="CB02"))),
    }
    for name, content in books.items():
        (tmp_path / name).write_bytes(content)
    told = run("check", *(str(tmp_path / name) for name in books), "--home", str(office.office), "--format", "json")
    rows = [(row["file"], row["code"]) for row in json.loads(told.stdout)]
    seals = [row for row in rows if row[1].startswith(("SEAL", "EDITED", "STALE"))]
    assert sorted(seals) == [("khac.xlsx", "SEAL_OF_OTHER_UNIT"), ("sua.xlsx", "EDITED_OUTSIDE_AT")]
    assert "Trong đó 2 điều về nguồn gốc của sổ, các lệnh tổng hợp không xét." in told.stderr


@pytest.mark.parametrize("form", ["table", "json"])
def test_changes_that_cannot_be_listed_are_not_told_as_none(tmp_path: Path, form: str):
    path = tmp_path / "so.xlsx"
    later = a_cell(meetings=(evolve(a_cell().meetings[0], ends_at=time(16, 0)),))
    path.write_bytes(edited(sealed(blank(a_cell()), LIBRARY), later))
    told = run("provenance", str(path), "--changes", "--format", form)
    assert "đã được sửa thêm sau đó" in told.stderr
    assert told.stdout == ("" if form == "table" else "[]\n")


def test_the_page_tells_what_was_edited_in_one_line_with_the_changes(tmp_path: Path):
    office = an_office(tmp_path)
    later = a_cell(meetings=(evolve(a_cell().meetings[0], ends_at=time(16, 0)),))
    desk = open_file(edited(handed_over(blank(a_cell()), office), later), "so.xlsx", office, DAY).desk
    assert desk is not None
    view = lineage_view(desk, Tongue(Language.VIETNAMESE, office))
    assert view is not None
    assert "\n" not in view["line"]
    assert not view["warn"]
    assert len(view["changes"]) == 1
    assert "15:30 → 16:00" in view["changes"][0]


def test_the_page_is_silent_on_a_workbook_without_seal():
    desk = open_file(blank(a_cell()), "so.xlsx", LIBRARY, DAY).desk
    assert desk is not None
    assert lineage_view(desk, Tongue(Language.VIETNAMESE, LIBRARY)) is None


def in_another_layout(folder: Path) -> Library:
    """The same office after its form was changed: a column is gone, and the old form is told of as an earlier one."""
    shipped = project_data("sheets") / "layouts" / "so-sinh-hoat.toml"
    text = shipped.read_text(encoding="utf-8").replace('version = "1"\ntitle', 'version = "2"\ntitle', 1)
    lines = [line for line in text.split("\n") if 'code = "venue"' not in line]
    assert len(lines) == text.count("\n")
    own = folder / "sheets" / "layouts" / shipped.name
    own.parent.mkdir(parents=True)
    earlier = '[[earlier]]\nversion = "1"\n\n[lists]'
    own.write_text("\n".join(lines).replace("[lists]", earlier, 1), encoding="utf-8")
    return Library(folder)


def of_the_new_layout(data: bytes, library: Library) -> Lineage:
    book = read_book(data, "so.xlsx", library).book
    assert book is not None
    return lineage_of(read_seal(data), "so.xlsx", book, library)


def test_a_book_of_the_old_layout_is_not_called_edited(tmp_path: Path):
    data = sealed(blank(at_a_venue()), LIBRARY)
    later = in_another_layout(tmp_path / "office")
    assert codes(of_the_new_layout(data, later)) == ["SEAL_OF_OTHER_LAYOUT"]
    path = tmp_path / "so.xlsx"
    path.write_bytes(data)
    told = run("check", str(path), "--home", str(later.office), "--format", "json").stdout
    assert "EDITED_OUTSIDE" not in told


def test_the_copy_that_the_office_kept_tells_of_a_book_of_the_old_layout(tmp_path: Path):
    office = an_office(tmp_path)
    assert office.office is not None
    data = handed_over(blank(at_a_venue()), office)
    meeting = evolve(at_a_venue().meetings[0], ends_at=time(16, 0))
    later = in_another_layout(office.office)
    assert codes(of_the_new_layout(data, later)) == ["SEAL_INTACT"]
    found = of_the_new_layout(edited(data, a_cell(meetings=(meeting,))), later)
    assert codes(found) == ["EDITED_OUTSIDE_AT"]
    assert [change.column for change in found.changes] == ["ends_at"]
    (copy,) = kept_copies(office.office, "CB01", 2026)
    assert open_copy(copy, later).book.meetings[0].venue == ""


def at_a_venue() -> CellBook:
    return a_cell(meetings=(evolve(a_cell().meetings[0], venue="Hội trường"),))


def test_what_is_made_of_a_book_of_the_old_layout_goes_on_in_its_line(tmp_path: Path):
    office = an_office(tmp_path)
    assert office.office is not None
    base = handed_over(blank(at_a_venue()), office)
    parent = seal_of(base).digest
    mine, theirs = (
        handed_over(blank(evolve(at_a_venue(), members=some_members(count))), office, parent=parent) for count in (3, 4)
    )
    later = in_another_layout(office.office)
    assert seal_of(migrate(mine, "so.xlsx", later, DAY).data).parent == seal_of(mine).digest
    paths = [tmp_path / name for name in ("goc.xlsx", "minh.xlsx", "kia.xlsx", "gop.xlsx")]
    for path, data in zip(paths, (base, mine, theirs), strict=False):
        path.write_bytes(data)
    done = run("merge", *map(str, paths[:3]), "--out", str(paths[3]), "--home", str(office.office))
    assert done.exit_code == 0, done.output
    assert seal_of(paths[3].read_bytes()).parent == seal_of(mine).digest
    for grown in (mine, theirs):
        assert codes(of_the_new_layout(grown, later)) == ["OLDER_COPY"]


def seal_of(data: bytes) -> Seal:
    seal = read_seal(data)
    assert seal is not None
    return seal
