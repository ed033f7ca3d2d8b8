"""Rows as they lie in the database: their digest, which the log has, and their values whatever somebody put there."""

from __future__ import annotations

import hashlib
from collections import namedtuple
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from chibo.store.columns import Packed, StrangeValueError, in_words, value_in
from chibo.store.schema import without_types

_NO_LIST = "[]"
_BATCH = 500
Digester = Callable[[Sequence[Any]], str]
"""Makes the digest of a row from its values."""


def row_digest(row: Mapping[str, Any]) -> str:
    """The digest of a row; what is empty is left out of it, so that a column that comes later changes no digest."""
    return digester(tuple(row))([*row.values()])


def digester(names: Sequence[str], without: Collection[str] = ()) -> Digester:
    """Makes the digests of rows whose values come in the order of these names, some of them passed over.

    The digest is that of a JSON object with its names in order. Prepared once for hundreds of thousands of rows.
    """
    order = sorted((index for index, name in enumerate(names) if name not in without), key=names.__getitem__)
    labelled = [(index, f"{encode_basestring(names[index])}: ") for index in order]

    def digest(values: Sequence[Any]) -> str:
        said = []
        for index, label in labelled:
            value = values[index]
            plain = value if value.__class__ is str else _plain(value)
            if plain and plain != _NO_LIST:
                said.append(label + (encode_basestring(plain) if plain.__class__ is str else str(plain)))
        return hashlib.sha256(f"{{{', '.join(said)}}}".encode("utf-8", "surrogatepass")).hexdigest()

    return digest


def raw_rows(connection: sa.Connection, table: sa.Table, order: str = "", **equal: str) -> Iterator[Any]:
    """The rows of a table as they lie there, in the order of a column if wished: also those that no type of ours knows.

    They are tuples with the names of the columns; all of them, or those where some columns are `equal` to a text. Bytes
    in a column of text, which SQLite takes, come as the text that says so.
    """
    row_kind = _row_kind(table)
    texts = [index for index, column in enumerate(table.columns) if not isinstance(column.type, Packed)]
    texts_of = itemgetter(*texts)
    bare = without_types(table)
    wanted = sa.select(bare).where(*(bare.c[name] == text for name, text in equal.items()))
    wanted = wanted.order_by(bare.c[order]) if order else wanted
    for row in connection.execute(wanted.execution_options(yield_per=_BATCH)):
        if bytes in map(type, texts_of(row)):
            yield row_kind._make(
                in_words(value) if index in texts and isinstance(value, bytes) else value
                for index, value in enumerate(row)
            )
        else:
            yield row_kind._make(row)


@cache
def _row_kind(table: sa.Table) -> Any:
    return namedtuple(table.name, [column.name for column in table.columns])


def typed_row(table: sa.Table, raw: Any) -> dict[str, Any] | None:
    """The values of a raw row as our types know them; None where one of them does not."""
    try:
        return {column.name: value_in(column, value) for column, value in zip(table.columns, raw, strict=True)}
    except StrangeValueError:
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    if value is None:
        return None
    return int(value) if isinstance(value, int) else str(value)  # a database may know no truth but 0 and 1
