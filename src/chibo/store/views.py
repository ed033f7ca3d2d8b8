"""The views of analysts, `tidy_facts` and `tidy_scores`: what each asks, in the words of both databases.

The migration that made them takes them from here, and `chibo audit verify` holds those in the database against it. A
view that is to show something else gets a name and a migration of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

_WHOLE = [
    "year",
    "minutes",
    "membership",
    "exempt",
    "transferred",
    "special_duty",
    "present",
    "excused",
    "unexcused",
    "speakers",
    "opinions",
    "findings",
]
_POINTS = ["attendance_rate", "self_total", "fact_total", "official_total"]
_WORDS = [
    "committee_code",
    "cell_code",
    "cell_name",
    "meeting_code",
    "kind",
    "held_on",
    "frame",
    "self_grade",
    "official_grade",
    "source",
]


def tidy_queries(dialect: str) -> Mapping[str, str]:
    """The query of each view by its name; `dialect` is SQLAlchemy's name of the database."""
    is_sqlite = dialect == "sqlite"
    return {"tidy_facts": _facts(is_sqlite), "tidy_scores": _scores(is_sqlite)}


def view_of(name: str, query: str) -> str:
    """The statement that makes a view."""
    return f"CREATE VIEW {name} AS {query}"


def views_there(connection: sa.Connection) -> Mapping[str, str]:
    """The views in the database by name, each as the database has kept it."""
    kept = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'view'"
        if connection.dialect.name == "sqlite"
        else "SELECT viewname, definition FROM pg_views WHERE schemaname = current_schema()"
    )
    return {row[0]: row[1] for row in connection.exec_driver_sql(kept)}


def as_kept(connection: sa.Connection, name: str, query: str) -> str | None:
    """How the database keeps a view of this query: SQLite the statement itself, PostgreSQL in words of its own.

    So PostgreSQL is given one of another name, asked, and has it taken away again before anybody sees it; None where
    our user may not make one there.
    """
    if connection.dialect.name == "sqlite":
        return view_of(name, query)
    passing = f"{name}_as_made"
    attempt = connection.begin_nested()
    try:
        connection.exec_driver_sql(view_of(passing, query))
        return views_there(connection)[passing]
    except sa.exc.ProgrammingError:
        return None
    finally:
        attempt.rollback()


def _facts(is_sqlite: bool) -> str:
    columns = [
        *(_member("f.value", name, "TEXT", is_sqlite) for name in _WORDS),
        *(_member("f.value", name, "INTEGER", is_sqlite) for name in _WHOLE),
        *(_member("f.value", name, "REAL", is_sqlite) for name in _POINTS),
    ]
    rows = "json_each(p.facts)" if is_sqlite else "json_array_elements(p.facts::json)"
    return (
        f"SELECT e.unit_code, e.period, {', '.join(columns)} "  # noqa: S608 - words of this file
        f"FROM editions e JOIN parts p USING (unit_code, period, content_hash) CROSS JOIN {rows} AS f WHERE e.in_use"
    )


def _scores(is_sqlite: bool) -> str:
    kinds = enumerate(("own", "official", "fact"))
    columns = [f'CAST({_item("c.value", index, is_sqlite)} AS REAL) AS "{name}"' for index, name in kinds]
    meetings = "json_each(p.scores)" if is_sqlite else "json_each(p.scores::json)"
    return (
        f"SELECT e.unit_code, e.period, m.key AS meeting_code, c.key AS criterion, {', '.join(columns)} "  # noqa: S608
        "FROM editions e JOIN parts p USING (unit_code, period, content_hash) "
        f"CROSS JOIN {meetings} AS m CROSS JOIN json_each(m.value) AS c WHERE e.in_use"
    )


def _member(value: str, name: str, kind: str, is_sqlite: bool) -> str:
    found = f"json_extract({value}, '$.{name}')" if is_sqlite else f"({value} ->> '{name}')"
    return f'CAST({found} AS {kind}) AS "{name}"'


def _item(value: str, index: int, is_sqlite: bool) -> str:
    return f"json_extract({value}, '$[{index}]')" if is_sqlite else f"({value} ->> {index})"
