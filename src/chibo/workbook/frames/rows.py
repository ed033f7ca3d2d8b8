"""A frame's document as the rows of its workbook's tables, and those rows put together to a document again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from chibo.workbook.frames.values import CRITERION_ROW, GROUP_ROW

Row = dict[str, Any]

_NESTED = {"levels", "fact"}
"""Keys of a criterion that have tables of their own."""


@frozen
class FrameRows:
    """All rows, by table. `info` holds the labelled values by dotted key."""

    info: Row
    tables: Mapping[str, list[Row]]


def rows_of(document: Mapping[str, Any]) -> FrameRows:
    """The rows of a frame's document."""
    tables: dict[str, list[Row]] = {
        key: list(document.get(key, ())) for key in ("sources", "grades", "gates", "yearly")
    }
    tables |= {key: [] for key in ("criteria", "levels", "facts", "bands", "sentences")}
    for group in document["groups"]:
        heading = {key: value for key, value in group.items() if key != "criteria"}
        tables["criteria"].append({"row": GROUP_ROW, **heading})
        for criterion in group["criteria"]:
            tables["criteria"].append({"row": CRITERION_ROW, **_without(criterion, *_NESTED)})
            code = criterion["code"]
            tables["levels"] += [{"criterion": code, **level} for level in criterion.get("levels", ())]
            if fact := criterion.get("fact"):
                _add_fact(tables, code, fact)
    info = {key: value for key, value in _flat(document) if key.partition(".")[0] not in {*tables, "groups"}}
    return FrameRows(info, tables)


def _flat(document: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in document.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _add_fact(tables: dict[str, list[Row]], code: str, fact: Mapping[str, Any]) -> None:
    nested = {"bands", "by_size", "caps", "reason", "date"}
    row = {key: value for key, value in fact.items() if key not in nested}
    if "date" in fact:
        row["column"] = fact["date"]
    tables["facts"].append({"criterion": code, **row})
    tables["bands"] += [{"criterion": code, **band} for band in fact.get("bands", ())]
    for size in fact.get("by_size", ()):
        below = size["membership_below"]
        tables["bands"] += [{"criterion": code, "membership_below": below, **band} for band in size["bands"]]
    tables["bands"] += [{"criterion": code, **cap} for cap in fact.get("caps", ())]
    reasons = fact.get("reason", {})
    tables["sentences"] += [{"criterion": code, "outcome": outcome, **words} for outcome, words in reasons.items()]


def document_of(rows: FrameRows) -> dict[str, Any]:
    """The document of a frame's rows. A criterion belongs to the group row above it.

    Raises KeyError with the code where a row speaks of a criterion that no row of the criteria names.
    """
    document: dict[str, Any] = {}
    for key, value in rows.info.items():
        head, dot, tail = key.partition(".")
        if dot:
            document.setdefault(head, {})[tail] = value
        else:
            document[key] = value
    document |= {key: rows.tables[key] for key in ("sources", "grades", "gates", "yearly")}
    document["groups"] = groups = []
    criteria: dict[str, dict[str, Any]] = {}
    for row in rows.tables["criteria"]:
        plain = {key: value for key, value in row.items() if key != "row"}
        if row["row"] == GROUP_ROW:
            groups.append({**plain, "criteria": []})
        else:
            groups[-1]["criteria"].append(plain)
            criteria[plain["code"]] = plain
    for row in rows.tables["levels"]:
        criteria[row["criterion"]].setdefault("levels", []).append(_without(row, "criterion"))
    for row in rows.tables["facts"]:
        criteria[row["criterion"]]["fact"] = _fact_of(row)
    for row in rows.tables["bands"]:
        _put_band(criteria[row["criterion"]]["fact"], _without(row, "criterion"))
    for row in rows.tables["sentences"]:
        words = {"vi": row["vi"], "en": row["en"]}
        criteria[row["criterion"]]["fact"]["reason"][row["outcome"]] = words
    return document


def _fact_of(row: Row) -> dict[str, Any]:
    fact = _without(row, "criterion")
    if fact["measure"] == "date_kept" and "column" in fact:
        fact["date"] = fact.pop("column")
    return {**fact, "reason": {}}


def _put_band(fact: dict[str, Any], band: Row) -> None:
    if "column" in band:
        fact.setdefault("caps", []).append(band)
        return
    below = band.pop("membership_below", None)
    if below is None:
        fact.setdefault("bands", []).append(band)
        return
    sizes = fact.setdefault("by_size", [])
    if not sizes or sizes[-1]["membership_below"] != below:
        sizes.append({"membership_below": below, "bands": []})
    sizes[-1]["bands"].append(band)


def _without(row: Mapping[str, Any], *keys: str) -> Row:
    return {key: value for key, value in row.items() if key not in keys}
