"""Migrations up and down, with data, on both databases; and what they make is what the code knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from chibo.store import Store
from chibo.store.audit_log import entries
from chibo.store.migrating import _SCRIPTS, LATEST, migrate, version_of
from chibo.store.schema import METADATA


def test_the_newest_migration_is_the_one_that_the_code_wants() -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == LATEST


def test_the_migrations_make_what_the_code_knows(store: Store) -> None:
    with store.reading() as reading:
        context = MigrationContext.configure(reading.connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_each_migration_can_be_taken_back_and_made_again(store: Store) -> None:
    with store.writing("an") as writing:
        for number in range(int(LATEST) - 1, 0, -1):
            migrate(writing.connection, f"{number:04d}")
            assert version_of(writing.connection) == f"{number:04d}"
            assert list(entries(writing.connection)), "the log is kept"
        migrate(writing.connection, "base")
        assert sa.inspect(writing.connection).get_table_names() in ([], ["alembic_version"])
        migrate(writing.connection)
        assert version_of(writing.connection) == LATEST
        writing.noted = True
