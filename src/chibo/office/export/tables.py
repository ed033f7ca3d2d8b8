"""The tables of an export: what each is, what its columns mean, and its rows one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from attrs import asdict, frozen

from chibo.model import FACT_COLUMNS
from chibo.model.row_text import Row
from chibo.office.export import words
from chibo.store import Reading
from chibo.store.packing import plain_of_text
from chibo.store.periods import read_periods
from chibo.store.submissions import read_submissions
from chibo.store.whole_tables import rows_of, said_of_periods
from chibo.submissions import Submission

_LISTS = {"reasons", "points", "touched"}


@frozen(kw_only=True)
class ExportTable:
    """A table: its file without the ending, what it is, what its columns mean; `exact` where it comes as JSON too."""

    name: str
    about: str
    columns: Mapping[str, str]
    rows: Callable[[Reading], Iterator[Row]]
    exact: bool = True


def _kept(name: str, table: str, about: str, columns: Mapping[str, str]) -> ExportTable:
    """A table of the store as it stands there."""

    def rows(reading: Reading) -> Iterator[Row]:
        for row in rows_of(reading, table):
            yield {column: _plain(column, row[column]) for column in columns}

    return ExportTable(name=name, about=about, columns=columns, rows=rows)


def _submissions(reading: Reading) -> Iterator[Row]:
    """Where each submission stands, a period at a time."""
    for period in read_periods(reading):
        for submission in read_submissions(reading, period.period).values():
            yield _standing(submission)


def _standing(one: Submission) -> Row:
    current, verified = one.current, one.verified
    return {
        "period": one.period,
        "unit_code": one.unit_code,
        "state": one.state.value,
        "editions": len(one.editions),
        "version": one.version,
        "version_in_use": one.version_in_use,
        "modifications": one.modifications,
        "first_on": one.first_on,
        "receipt": current.receipt if current else None,
        "content_hash": current.content_hash if current else "",
        "content": current.content.value if current else "",
        "submitted_by": current.submitted_by if current else "",
        "verifier": one.verifier,
        "verified_hash": verified.content_hash if verified else "",
    }


def _official(reading: Reading) -> Iterator[Row]:
    """The official points that hold, a period at a time."""
    for period in read_periods(reading):
        for one in read_submissions(reading, period.period).values():
            edition = {"period": period.period, "unit_code": one.unit_code}
            for given in one.official.values():
                yield {**edition, **asdict(given)}


def _facts(reading: Reading) -> Iterator[Row]:
    for said in said_of_periods(reading):
        for facts in said.facts:
            yield {**_edition(said.unit_code, said.period, said.content_hash, said.in_use), **facts}


def _scores(reading: Reading) -> Iterator[Row]:
    for said in said_of_periods(reading):
        edition = _edition(said.unit_code, said.period, said.content_hash, said.in_use)
        for meeting, points in said.scores.items():
            for criterion, (own, official, fact) in points.items():
                given = {"own": own, "official": official, "fact": fact}
                yield {**edition, "meeting_code": meeting, "criterion": criterion, **given}


def _edition(unit_code: str, period: object, content_hash: str, in_use: bool) -> dict[str, object]:
    return {"unit_code": unit_code, "period": str(period), "content_hash": content_hash, "in_use": in_use}


def _plain(column: str, value: object) -> object:
    """Moments to the last digit, since the log is sealed with them; what is kept as JSON taken apart."""
    if column in _LISTS:
        return plain_of_text(str(value))
    return value.isoformat() if isinstance(value, datetime) else value


TABLES: tuple[ExportTable, ...] = (
    _kept("danh-ba/don-vi", "unit_changes", words.UNITS_ABOUT, words.UNITS),
    _kept("danh-ba/ten-goi-khac", "unit_aliases", words.ALIASES_ABOUT, words.ALIASES),
    _kept("danh-ba/nguoi", "persons", words.PERSONS_ABOUT, words.PERSONS),
    _kept("danh-ba/phan-cong", "assignments", words.ASSIGNMENTS_ABOUT, words.ASSIGNMENTS),
    _kept("ky/ky-bao-cao", "periods", words.PERIODS_ABOUT, words.PERIODS),
    _kept("ky/phai-bao-cao", "expected_units", words.EXPECTED_ABOUT, words.EXPECTED),
    _kept("ky/mien-gia-han", "unit_exceptions", words.EXCEPTIONS_ABOUT, words.EXCEPTIONS),
    ExportTable(name="so-nop/so-nop", about=words.SUBMISSIONS_ABOUT, columns=words.SUBMISSIONS, rows=_submissions),
    _kept("so-nop/ban", "editions", words.EDITIONS_ABOUT, words.EDITIONS),
    _kept("so-nop/bien-nhan", "editions", words.RECEIPTS_ABOUT, words.RECEIPTS),
    _kept("so-nop/buoc", "steps", words.STEPS_ABOUT, words.STEPS),
    _kept("so-nop/thung-rac", "trash", words.TRASH_ABOUT, words.TRASH),
    ExportTable(name="so-nop/diem-tham-dinh", about=words.OFFICIAL_ABOUT, columns=words.OFFICIAL, rows=_official),
    ExportTable(
        name="so-lieu/du-kien",
        about=words.FACTS_ABOUT,
        columns={**words.EDITION, **{name: words.FACTS.get(name, "") for name in FACT_COLUMNS}},
        rows=_facts,
        exact=False,
    ),
    ExportTable(
        name="so-lieu/diem",
        about=words.SCORES_ABOUT,
        columns={**words.EDITION, **words.SCORES},
        rows=_scores,
        exact=False,
    ),
)
LOG = _kept("nhat-ky", "audit", words.LOG_ABOUT, words.LOG)
"""The log, as lines of JSON alone: another form would break its seals."""
