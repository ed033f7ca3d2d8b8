"""Migrations up and down, with data, on both databases; and what they make is what the code knows."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from chibo.audit import first_fault
from chibo.model import Period
from chibo.store import Store, open_store
from chibo.store.audit_log import entries
from chibo.store.dumping import dumped_rows, dumped_tables
from chibo.store.migrating import _SCRIPTS, LATEST, migrate, version_of
from chibo.store.schema import METADATA
from chibo.store.submissions import add_step, read_submission
from chibo.submissions import StepKind
from store.conftest import MARCH, a_step
from stores import reseal_without_records

Rows = dict[str, list[dict[str, object]]]


def test_the_newest_migration_is_the_one_that_the_code_wants() -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == LATEST


def test_the_migrations_make_what_the_code_knows(store: Store) -> None:
    with store.reading() as reading:
        context = MigrationContext.configure(reading.connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def rows_of(connection: sa.Connection) -> dict[str, list[dict[str, object]]]:
    return {t.name: [json.loads(row) for row in dumped_rows(connection, t)] for t in dumped_tables(connection)}


def narrowed(rows: Rows, to: Rows) -> Rows:
    """The rows as far as another form of the tables has room for them."""
    return {
        name: [{key: row[key] for key in to[name][0]} for row in found] for name, found in rows.items() if name in to
    }


@pytest.mark.parametrize("number", range(1, int(LATEST)))
def test_what_an_older_form_has_room_for_stays_when_migrations_are_taken_back(filled: Store, number: int) -> None:
    with filled.writing("an") as writing:
        connection, writing.noted = writing.connection, True
        before = rows_of(connection)
        assert all(before.values()), "something stands in every table"
        for lower in range(int(LATEST) - 1, number - 1, -1):
            migrate(connection, f"{lower:04d}")
            assert version_of(connection) == f"{lower:04d}"
        older = rows_of(connection)
        assert older == narrowed(before, older)
        migrate(connection)
        again = rows_of(connection)
        assert list(again) == list(before)
        assert narrowed(again, older) == older, "nothing that was there is lost on the way up"
        assert not any(again[name] for name in again if name not in older)
    if number == 4:  # the form without what a decision carries
        with filled.reading() as reading:
            (back, verified) = read_submission(reading, "CB01", Period(2026, 3, 3)).steps
            assert (back.sent_copy, verified.points, verified.touched) == ("", (), ())
            assert back.reasons


def test_an_older_form_knows_what_was_unlocked_as_reopened(filled: Store) -> None:
    with filled.writing("an") as writing:
        connection, writing.noted = writing.connection, True
        submission = read_submission(writing, "CB01", MARCH)
        for kind in (StepKind.LOCKED, StepKind.UNLOCKED):
            add_step(writing, submission, a_step(kind, writing.at, part=submission.ordered[-1].part, note="bổ sung"))
        before = [row["kind"] for row in rows_of(connection)["steps"]]
        assert before == ["returned", "verified", "locked", "unlocked"]
        migrate(connection, "0006")
        older = rows_of(connection)["steps"]
        assert [row["kind"] for row in older] == ["returned", "verified", "locked", "reopened"]
        assert older[-1]["note"] == "bổ sung"
        migrate(connection)
        assert rows_of(connection)["steps"] == older


def test_an_office_is_taken_apart_and_made_again(filled: Store) -> None:
    with filled.writing("an") as writing:
        connection, writing.noted = writing.connection, True
        migrate(connection, "base")
        assert sa.inspect(connection).get_table_names() in ([], ["alembic_version"])
        assert sa.inspect(connection).get_view_names() == []
        migrate(connection)
        assert version_of(connection) == LATEST
        assert not any(rows_of(connection).values())


@pytest.mark.parametrize("number", range(1, int(LATEST)))
def test_opening_an_older_store_brings_it_up_to_date_with_a_word_in_the_log(filled: Store, number: int) -> None:
    reseal_without_records(filled)
    with filled.writing("an") as writing:
        migrate(writing.connection, f"{number:04d}")
        writing.noted = True
        older = rows_of(writing.connection)
    home = filled.files._folder.parent.parent
    again = open_store(home, "mở lại")
    with again.reading() as reading:
        now = rows_of(reading.connection)
        *before, last = now.pop("audit")
        assert (last["act"], last["subject"], last["actor"]) == ("store-migrated", LATEST, "mở lại")
        assert [one.pop("record") for one in before] == [""] * len(before), "what is sealed stays as it was sealed"
        assert before == older.pop("audit")
        assert narrowed(now, older) == older
        assert first_fault(entries(reading.connection), again.heads()) is None
    again.close()
