"""A book that was judged before is not read again; one that has changed in any way is; nothing wrong with the memory
ever reaches a run."""

from __future__ import annotations

import json
import mmap
import os
import re
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.consolidation import Basis, BookOutcome
from chibo.definitions.library import Library
from chibo.engine.book_source import BookSource
from chibo.engine.in_process import InProcess
from chibo.engine.known_rules import KnownRules
from chibo.engine.local_workers import LocalWorkers
from chibo.engine.outcome_file import opened
from chibo.engine.outcome_store import FOLDER_VARIABLE, OutcomeStore
from chibo.engine.ports import Brief, Deliver
from chibo.engine.running import run_books
from chibo.engine.sources import find_sources, find_uploads
from chibo.errors import ChiboError
from chibo.office.home import init_home
from scored import LIBRARY
from tables import INFO, a_workbook

TODAY = date(2026, 4, 10)
BOOKS = {
    f"CB{number:02d}.xlsx": a_workbook({"Thông tin": INFO.replace("CB01", f"CB{number:02d}")}) for number in range(1, 5)
}
REFUSED = {"ảnh.xlsx": b"\x89PNG\r\n"}


class Counting:
    """Judges in this process and notes which books it was asked for; `before` is done before each."""

    def __init__(self, before: Callable[[BookSource], object] = lambda book: None) -> None:
        self.asked: list[str] = []
        self.before = before

    def run(self, books: Sequence[BookSource], brief: Brief, deliver: Deliver, cancelled: Callable[[], bool]) -> None:
        for index, book in enumerate(books):
            self.asked.append(book.label)
            self.before(book)
            InProcess().run([book], brief, lambda _, outcome, index=index: deliver(index, outcome), cancelled)


@pytest.fixture
def store(tmp_path: Path) -> OutcomeStore:
    return OutcomeStore(tmp_path / "cache")


def run(
    books: Mapping[str, bytes], store: OutcomeStore, engine: Counting | None = None, today: date = TODAY, **options
) -> tuple[list[str], object]:
    """The books that had to be judged, and the consolidation."""
    engine = engine or Counting()
    library = options.pop("library", LIBRARY)
    result = run_books(find_uploads(books.items()), library, today=today, engine=engine, cache=store, **options)
    return sorted(engine.asked), result.consolidation


def test_an_unchanged_book_is_not_read_again_and_comes_out_the_same(store):
    asked, first = run({**BOOKS, **REFUSED}, store)
    again, second = run({**BOOKS, **REFUSED}, store)
    assert (asked, again) == (sorted({**BOOKS, **REFUSED}), [])
    assert second == first == run_books(find_uploads({**BOOKS, **REFUSED}.items()), LIBRARY, today=TODAY).consolidation
    assert [dict(row.places) for row in second.facts] == [dict(row.places) for row in first.facts]


def test_only_what_is_new_is_read(store):
    run(BOOKS, store)
    changed = {**BOOKS, "CB02.xlsx": BOOKS["CB03.xlsx"], "mới.xlsx": BOOKS["CB01.xlsx"]}
    # A book under another name is read again: its findings name the file.
    assert run(changed, store)[0] == ["CB02.xlsx", "mới.xlsx"]


def test_another_folder_is_no_change(store, tmp_path):
    results = []
    for folder in ("tháng 3", "tháng 4"):
        (tmp_path / folder).mkdir()
        for name, data in BOOKS.items():
            (tmp_path / folder / name).write_bytes(data)
        engine = Counting()
        found = find_sources([tmp_path / folder, tmp_path / "không có gì.xlsx"])
        results.append(run_books(found, LIBRARY, today=TODAY, engine=engine, cache=store).consolidation)
    assert engine.asked == ["không có gì.xlsx"]
    assert [o.file for o in results[1].accepted] == [f"tháng 4/{name}" for name in BOOKS]


def test_equal_directories_do_not_make_equal_books(store, tmp_path):
    """Other bytes under the same names, sizes and CRCs, as somebody could forge them."""
    honest = BOOKS["CB01.xlsx"]
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("x", honest)
    start = honest.rindex(b"PK\x01\x02", 0, honest.rindex(b"PK\x05\x06"))
    forged = bytes(honest[:200]) + bytes([honest[200] ^ 1]) + honest[201:]
    assert forged[start:] == honest[start:]
    run({"CB01.xlsx": honest}, store)
    asked, result = run({"CB01.xlsx": forged}, store)
    assert asked == ["CB01.xlsx"]
    assert result != run({"CB01.xlsx": honest}, store)[1]


def replaced(path: Path, data: bytes) -> None:
    other = path.with_suffix(".new")
    other.write_bytes(data)
    other.replace(path)


def mapped(path: Path, data: bytes) -> None:
    """Through a mapping that was written to before: on most systems neither size nor times tell of it."""
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        memory[:] = memory[:]
        path.stat()
        memory[:] = data


def linked(path: Path, data: bytes) -> None:
    """Through another name of the file."""
    other = path.with_name("tên khác")
    other.hardlink_to(path)
    other.write_bytes(data)


def test_a_file_that_lacks_a_table_is_made_anew(store):
    _, first = run(BOOKS, store)
    with closing(sqlite3.connect(store.path)) as file:
        file.execute("DROP TABLE outcome")
    assert run(BOOKS, store) == (sorted(BOOKS), first)
    run(BOOKS, store)  # the file was made anew, under another secret, in the middle of the run before
    assert run(BOOKS, store) == ([], first)


@pytest.mark.parametrize("change", [Path.write_bytes, replaced, mapped, linked])
def test_other_bytes_are_noticed_whatever_size_and_times_say(store, tmp_path, change):
    path = tmp_path / "CB01.xlsx"
    one, other = ((data + bytes(20_000 - len(data)))[:20_000] for data in (BOOKS["CB01.xlsx"], BOOKS["CB02.xlsx"]))

    def judged() -> tuple[list[str], object]:
        engine = Counting()
        run = run_books(find_sources([path]), LIBRARY, today=TODAY, engine=engine, cache=store)
        return engine.asked, run.consolidation

    path.write_bytes(one)
    before = path.stat()
    _, first = judged()
    change(path, other)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    asked, second = judged()
    assert asked == ["CB01.xlsx"]
    assert second != first
    replaced(path, one)
    assert judged() == ([], first)


def test_an_outcome_serves_on_other_days_only_as_long_as_it_holds(store):
    run(BOOKS, store)
    assert run(BOOKS, store, today=date(2026, 4, 11))[0] == []
    later = date(2026, 9, 1)
    asked, result = run(BOOKS, store, today=later)
    assert asked == sorted(BOOKS)
    assert result == run_books(find_uploads(BOOKS.items()), LIBRARY, today=later).consolidation
    assert run(BOOKS, store)[0] == run(BOOKS, store, today=later)[0] == []


def test_other_definitions_mean_reading_again(store, tmp_path):
    init_home(tmp_path)
    run(BOOKS, store)
    assert run(BOOKS, store, library=Library(tmp_path))[0] == [], "untouched copies are the shipped definitions"
    smaller(tmp_path / "sheets/rules/intake.toml")
    assert run(BOOKS, store, library=Library(tmp_path))[0] == sorted(BOOKS)
    assert run(BOOKS, store)[0] == []


def smaller(rules: Path) -> None:
    rules.write_text(rules.read_text("utf-8").replace("megabytes = 20 ", "megabytes = 19 "), "utf-8")


def test_definitions_that_were_loaded_hold_whatever_becomes_of_their_files(store, tmp_path):
    init_home(tmp_path)
    loaded = Library(tmp_path)
    run(BOOKS, store, library=loaded)
    smaller(tmp_path / "sheets/rules/intake.toml")
    assert run(BOOKS, store, library=loaded)[0] == []
    assert run(BOOKS, store, library=Library(tmp_path))[0] == sorted(BOOKS)


def test_definitions_that_change_while_they_are_loaded_are_not_taken_for_what_they_were(store, tmp_path):
    init_home(tmp_path)
    rules = tmp_path / "sheets/rules/intake.toml"
    before = rules.read_bytes()

    class Changing(OutcomeStore):
        """The file is changed between the look at its bytes and the loading."""

        def recall_rules(self, sources):
            smaller(rules)
            return super().recall_rules(sources)

    run(BOOKS, Changing(store.folder), library=Library(tmp_path))
    rules.write_bytes(before)
    assert run(BOOKS, store, library=Library(tmp_path))[0] == sorted(BOOKS)


def test_what_is_known_of_a_library_holds_for_it(store, tmp_path):
    init_home(tmp_path)
    run(BOOKS, store, library=Library(tmp_path))
    known = Library(tmp_path)
    assert run(BOOKS, store, library=known)[0] == []
    smaller(tmp_path / "sheets/rules/intake.toml")
    assert run(BOOKS, store, library=known)[0] == []
    with pytest.raises(ChiboError, match="làm lại"):
        run({**BOOKS, "mới.xlsx": BOOKS["CB01.xlsx"]}, store, library=known)


def test_no_run_mixes_rules_that_change_between_the_looking_up_and_the_judging(store, tmp_path):
    init_home(tmp_path)
    run(BOOKS, store, library=Library(tmp_path))

    class Changing(OutcomeStore):
        """The definitions are changed once the known books are looked up."""

        def recall(self, asked, day):
            smaller(tmp_path / "sheets/rules/intake.toml")
            return super().recall(asked, day)

    with pytest.raises(ChiboError, match="làm lại"):
        run({**BOOKS, "mới.xlsx": BOOKS["CB01.xlsx"]}, Changing(store.folder), library=Library(tmp_path))
    assert store.count == len(BOOKS)


def test_how_large_a_file_may_be_is_known_with_the_rules(store, tmp_path):
    init_home(tmp_path)
    rules = tmp_path / "sheets/rules/intake.toml"
    rules.write_text(rules.read_text("utf-8").replace("megabytes = 20 ", "megabytes = 1 "), "utf-8")
    large = tmp_path / "CB01.xlsx"
    large.write_bytes(BOOKS["CB01.xlsx"] + bytes(1 << 20))
    for _ in range(2):
        library, engine = Library(tmp_path), Counting()
        result = run_books(find_sources([large]), library, today=TODAY, engine=engine, cache=store).consolidation
        assert [outcome.refusals[0].code for outcome in result.refused] == ["FILE_TOO_BIG"]
        assert engine.asked == ["CB01.xlsx"]


def test_of_many_definitions_the_last_ones_are_known(store):
    for number in range(100):
        store.keep_rules(bytes([number]), KnownRules(str(number), number + 1))
    known = [store.recall_rules(bytes([number])) for number in range(100)]
    assert known == [None] * 36 + [KnownRules(str(number), number + 1) for number in range(36, 100)]


def test_a_file_that_changes_while_it_is_read_is_not_remembered(store, tmp_path):
    path = tmp_path / "CB01.xlsx"
    path.write_bytes(BOOKS["CB01.xlsx"])

    def judge(engine: Counting) -> object:
        return run_books(find_sources([path]), LIBRARY, today=TODAY, engine=engine, cache=store).consolidation

    judge(Counting(before=lambda book: path.write_bytes(BOOKS["CB02.xlsx"])))
    path.write_bytes(BOOKS["CB01.xlsx"])
    engine = Counting()
    (facts,) = judge(engine).facts
    assert (engine.asked, facts.cell_code) == (["CB01.xlsx"], "CB01")


def test_what_a_worker_says_of_other_bytes_is_not_remembered(store):
    class Lying(Counting):
        """Says of each book what is true of the first one, and that this rests on the second one's bytes."""

        def run(self, books, brief, deliver, cancelled):
            outcomes: list[BookOutcome] = []
            InProcess().run(books, brief, lambda _, outcome: outcomes.append(outcome), cancelled)
            deliver(0, evolve(outcomes[0], basis=outcomes[1].basis))

    run({name: BOOKS[name] for name in ("CB01.xlsx", "CB02.xlsx")}, store, Lying())
    assert store.count == 0


@pytest.mark.parametrize("what", ["os._exit(3)", "raise MemoryError", "threading.Event().wait()"])
def test_what_a_limit_decided_is_not_remembered(store, what):
    tampered = f"""
import os, threading
import chibo.engine.receiving as receiving
import chibo.engine.worker as worker
def broken(*_):
    {what}
receiving.read_book = broken
worker.main()
"""
    engine = LocalWorkers(1, 1.0, command=(sys.executable, "-c", tampered))
    book = {"CB01.xlsx": BOOKS["CB01.xlsx"]}
    refused = run_books(find_uploads(book.items()), LIBRARY, today=TODAY, engine=engine, cache=store).consolidation
    assert [outcome.refusals[0].code for outcome in refused.refused] in (["READER_CRASH"], ["MEMORY"], ["TIMEOUT"])
    assert run(book, store)[0] == ["CB01.xlsx"]


def test_a_cancelled_run_keeps_what_it_had(store):
    done: list[str] = []
    run(BOOKS, store, on_done=lambda *args: done.append(args[2].file), cancelled=lambda: len(done) >= 2)
    assert run(BOOKS, store)[0] == sorted(set(BOOKS) - set(done))


def test_it_may_be_deleted_at_any_time(store):
    run(BOOKS, store)
    store.clear()
    assert (store.count, store.size) == (0, 0)
    assert run(BOOKS, store)[0] == sorted(BOOKS)


def spoil_whole(path: Path) -> None:
    path.write_bytes(b"no database")


def spoil_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = os.urandom(3996)
    path.write_bytes(data)


def of_another_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE outcome (name TEXT)")
    file.close()


def of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()


@pytest.mark.parametrize("spoil", [spoil_whole, spoil_page, of_another_program, of_another_version])
def test_a_damaged_or_foreign_file_is_made_anew(store, spoil):
    _, first = run(BOOKS, store)
    spoil(store.path)
    asked, result = run(BOOKS, store)
    assert (asked, result) == (sorted(BOOKS), first)
    assert run(BOOKS, store)[0] == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE outcome SET value = substr(value, 1, length(value) - 1) || x'00'",
        "UPDATE outcome SET value = (SELECT max(value) FROM outcome)",
        "UPDATE outcome SET value = 'chữ'",
        "UPDATE outcome SET value = NULL, used = 'chữ'",
    ],
)
def test_a_changed_value_is_noticed(store, change):
    _, first = run(BOOKS, store)
    with sqlite3.connect(store.path) as file:
        file.execute(change)
    file.close()
    asked, result = run(BOOKS, store)
    assert len(asked) >= len(BOOKS) - 1
    assert result == first


@pytest.mark.parametrize("value", ["substr(value, 1, length(value) - 1) || x'00'", "'chữ'", "NULL"])
def test_changed_rules_are_noticed(store, value):
    _, first = run(BOOKS, store, library=Library())
    with sqlite3.connect(store.path) as file:
        assert file.execute(f"UPDATE rules SET value = {value}").rowcount == 1
    file.close()
    assert run(BOOKS, store, library=Library()) == ([], first)


def test_the_secret_is_as_old_as_the_file_and_nobody_elses(tmp_path):
    secret = OutcomeStore(tmp_path / "một").secret()
    assert OutcomeStore(tmp_path / "một").secret() == secret
    assert OutcomeStore(tmp_path / "hai").secret() != secret
    OutcomeStore(tmp_path / "một").clear()
    assert OutcomeStore(tmp_path / "một").secret() != secret
    (tmp_path / "ba").write_text("a file in the way")
    assert OutcomeStore(tmp_path / "ba").secret() != OutcomeStore(tmp_path / "ba").secret()


@pytest.mark.skipif(os.name == "nt", reason="rights of Windows are those of the folder")
def test_nobody_else_may_read_what_is_remembered(tmp_path):
    tmp_path.chmod(0o777)
    store = OutcomeStore(tmp_path)
    run(BOOKS, store)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


@pytest.mark.parametrize("change", ["DELETE FROM secret", "UPDATE secret SET value = 'chữ'"])
def test_a_file_without_its_secret_is_made_anew(store, change):
    _, first = run(BOOKS, store)
    with sqlite3.connect(store.path) as file:
        file.execute(change)
    file.close()
    assert run(BOOKS, store) == (sorted(BOOKS), first)
    assert run(BOOKS, store)[0] == []


def test_under_another_secret_nothing_is_known(store):
    _, first = run(BOOKS, store)
    with sqlite3.connect(store.path) as file:
        file.execute("UPDATE secret SET value = ?", (bytes(32),))
    file.close()
    assert run(BOOKS, store) == (sorted(BOOKS), first)
    assert run(BOOKS, store)[0] == []


def test_a_book_longer_than_a_digest_can_be_made_of_is_read_each_time(store, monkeypatch):
    monkeypatch.setattr("chibo.engine.remembering.LONGEST", len(BOOKS["CB01.xlsx"]) - 1)
    for _ in range(2):
        assert run({"CB01.xlsx": BOOKS["CB01.xlsx"]}, store)[0] == ["CB01.xlsx"]


def test_where_nothing_can_be_kept_the_books_are_read(tmp_path):
    (tmp_path / "cache").write_text("a file in the way")
    blocked = OutcomeStore(tmp_path / "cache")
    assert run(BOOKS, blocked)[0] == run(BOOKS, blocked)[0] == sorted(BOOKS)
    (tmp_path / "other" / "outcomes.sqlite").mkdir(parents=True)
    assert run(BOOKS, OutcomeStore(tmp_path / "other"))[0] == sorted(BOOKS)


def some_outcomes(start: int, count: int) -> dict[bytes, BookOutcome]:
    return {
        number.to_bytes(32, "big"): BookOutcome(
            file="", accepted=True, digest=os.urandom(2048).hex(), basis=Basis("", "", date.min, date.max)
        )
        for number in range(start, start + count)
    }


def test_a_file_that_another_program_holds_for_long_is_waited_for_once(store, monkeypatch):
    assert run(BOOKS, store)[0] == sorted(BOOKS)
    monkeypatch.setattr("chibo.engine.outcome_file._SECONDS_TO_WAIT", 0.01)
    asked: list[Path] = []

    def counted(path: Path):
        asked.append(path)
        return opened(path)

    monkeypatch.setattr("chibo.engine.outcome_store.opened", counted)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert run(BOOKS, store)[0] == sorted(BOOKS)
        assert len(asked) == 1
        other.execute("ROLLBACK")
    assert run(BOOKS, OutcomeStore(store.folder))[0] == []


def test_the_longest_unused_are_dropped(tmp_path):
    store = OutcomeStore(tmp_path, most_bytes=200_000)
    first = some_outcomes(0, 1)
    store.keep(first)
    for number in range(1, 40):
        store.keep(some_outcomes(number * 10, 10))
    assert store.size < 400_000
    assert 20 < store.count < 120
    assert store.recall([(key, "") for key in first], TODAY) == [None]


WRITER = """
import os, sys
from datetime import date
from pathlib import Path
from chibo.engine import outcome_file
from chibo.engine.outcome_file import OutcomeFile
from chibo.engine.outcome_store import OutcomeStore
from chibo.consolidation import Basis, BookOutcome
outcome_file._SECONDS_TO_WAIT = 100.0  # for each other, however slow the disk is
store, start = OutcomeStore(Path(sys.argv[1])), int(sys.argv[2])
def some(number):
    basis = Basis("", "", date.min, date.max)
    return {number.to_bytes(32, "big"): BookOutcome(file="", accepted=True, digest=str(number), basis=basis)}
for number in range(start, start + 20):
    store.keep(some(number))
    asked = [(key, "") for key in some(number)]
    assert store.recall(asked, date.today()) == list(some(number).values())
if len(sys.argv) > 3:
    OutcomeFile.drop_above = lambda *_: os.abort()  # in the middle of a transaction
    store.keep(some(10_000))
"""


def writer(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder), *arguments], stderr=subprocess.DEVNULL)


def test_processes_share_the_file_and_a_crash_costs_only_what_was_not_yet_kept(tmp_path):
    processes = [writer(tmp_path, "0"), writer(tmp_path, "100"), writer(tmp_path, "200", "and crash")]
    returned = [process.wait(120) for process in processes]
    assert returned[:2] == [0, 0]
    assert returned[2] != 0
    store = OutcomeStore(tmp_path)
    assert store.count == 60
    store.keep(some_outcomes(300, 10))
    assert store.count == 70


# The commands


LOADED = """
import sys
from chibo.cli.main import cli
cli(sys.argv[1:], standalone_mode=False)
heavy = ("chibo.engine.judging", "chibo.workbook.reading", "chibo.checks", "pydantic", "xlsxwriter")
print([name for name in heavy if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("command", "needed"),
    [
        (["facts", "--out", "du-kien.csv"], []),
        (
            ["consolidate", "--period", "2026-03", "--return", "thang", "--out", "thang.xlsx"],
            ["pydantic", "xlsxwriter"],
        ),
    ],
)
def test_what_judges_is_not_loaded_where_every_book_is_known(tmp_path, command, needed):
    (tmp_path / "CB01.xlsx").write_bytes(BOOKS["CB01.xlsx"])

    def loaded() -> str:
        run = [sys.executable, "-c", LOADED, command[0], "CB01.xlsx", *command[1:]]
        return subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.splitlines()[-1]

    assert "chibo.engine.judging" in loaded()
    assert loaded() == f"{needed}"


def test_the_commands_remember_and_no_cache_does_not(tmp_path):
    (tmp_path / "CB01.xlsx").write_bytes(BOOKS["CB01.xlsx"])
    runner = CliRunner()

    def remembered() -> int:
        return json.loads(runner.invoke(cli, ["doctor", "--format", "json"]).stdout)["cache"]["outcomes"]

    def rows(*options: str) -> str:
        return runner.invoke(cli, ["facts", str(tmp_path), *options]).stdout

    plain = rows("--no-cache")
    assert remembered() == 0
    assert rows() == rows() == rows("--no-cache") == plain
    assert remembered() == 1
    assert OutcomeStore().path.name in runner.invoke(cli, ["doctor"]).stderr
    assert runner.invoke(cli, ["doctor", "--clear-cache"]).exit_code == 0
    assert remembered() == 0


def test_doctor_says_where_nothing_can_be_remembered_and_why(tmp_path):
    in_the_way = tmp_path / "tep"
    in_the_way.write_bytes(b"x")
    for folder in (in_the_way, in_the_way / "nho"):
        asked = CliRunner(env={FOLDER_VARIABLE: str(folder)})
        assert (
            f"Không nhớ được kết quả đọc ở «{folder}»: trong đường dẫn có một tệp"
            in asked.invoke(cli, ["doctor"]).stderr
        )
        assert f"in «{folder}» (ENOTDIR)" in asked.invoke(cli, ["doctor", "--lang", "en"]).stderr
        report = json.loads(asked.invoke(cli, ["doctor", "--format", "json"]).stdout)["cache"]
        assert (report["refused"], report["outcomes"]) == ("ENOTDIR", 0)
    assert in_the_way.read_bytes() == b"x"


def test_doctor_writes_sizes_the_way_of_the_language(tmp_path):
    asked = CliRunner(env={FOLDER_VARIABLE: str(tmp_path / "nho")})
    assert re.search(r"\(\d+(,\d)? MB", asked.invoke(cli, ["doctor"]).stderr)
    assert re.search(r"\(\d+\.\d MB", asked.invoke(cli, ["doctor", "--lang", "en"]).stderr)


def test_a_damaged_file_is_no_reason_not_to_remember(tmp_path):
    store = OutcomeStore(tmp_path)
    store.path.write_bytes(b"no database at all" * 100)
    assert store.refusal() is None
