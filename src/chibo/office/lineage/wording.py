"""Differences and merges in words, in Vietnamese or English: the labels are those of the layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from chibo.comparing import Change, Clash, Conflict, Difference, Removal, Side
from chibo.comparing.rows import GRID_KEY, HEADING, Row, is_blank
from chibo.definitions.language import Language
from chibo.definitions.layouts import Layout, LayoutField
from chibo.definitions.wording import without_turns
from chibo.model import CellBook, Place
from chibo.model.row_text import Row as TextRow
from chibo.workbook.reading.showing import show_whole

DIFFERENCE_COLUMNS = (
    "sheet",
    "row",
    "column",
    "change",
    "before",
    "after",
    "place_before",
    "place_after",
    "text",
)
MERGE_COLUMNS = (
    "result",
    "sheet",
    "row",
    "column",
    "base",
    "mine",
    "theirs",
    "place_base",
    "place_mine",
    "place_theirs",
    "text",
)

_ROW_NAMES: Mapping[str, tuple[str, ...]] = {
    "members": ("member_code", "full_name"),
    "changes": ("member_code", "day", "change"),
    "committee": ("post", "full_name"),
    "plan": ("no", "topic"),
    "meetings": ("meeting_code",),
    "tasks": ("meeting_code", "task"),
    "explanations": ("meeting_code", "criterion"),
    "dues": ("member_code",),
    "inspections": ("inspected_on", "authority", "kind"),
    "disseminations": ("document_number",),
    "assessment": ("term", "item", "text"),
    **{sheet: (key,) for sheet, key in GRID_KEY.items()},
}
"""The columns by which people know a row."""
_OF_MEMBERS = frozenset({"roll_call", "dues", "changes"})

NOTHING = "–"

_WORDS = {
    Language.VIETNAMESE: {
        Change.CHANGED: "{where}: {before} → {after}",
        Change.ADDED: "{where}: thêm dòng ({values})",
        Change.REMOVED: "{where}: bỏ dòng ({values})",
        "heading": "đầu cột",
        Clash.BOTH_CHANGED: "{where}: trước là {base}; sổ của mình ghi {mine}, sổ kia ghi {theirs}. Giữ như của mình.",
        Clash.MINE_REMOVED: "{where}: sổ của mình đã bỏ dòng này, sổ kia sửa thành ({values}). Vẫn để bỏ.",
        Clash.THEIRS_REMOVED: "{where}: sổ kia đã bỏ dòng này, sổ của mình có sửa ({values}). Vẫn giữ.",
        "row_gone": "{where}: dòng ({values}) không còn, {by} bỏ.",
        "value_gone": "{where}: {value} không còn, {by} bỏ.",
        Side.MINE: "sổ của mình",
        Side.THEIRS: "sổ kia",
        Side.BOTH: "cả hai sổ",
    },
    Language.ENGLISH: {
        Change.CHANGED: "{where}: {before} → {after}",
        Change.ADDED: "{where}: row added ({values})",
        Change.REMOVED: "{where}: row removed ({values})",
        "heading": "heading",
        Clash.BOTH_CHANGED: "{where}: it was {base}; mine has {mine}, theirs has {theirs}. Mine was kept.",
        Clash.MINE_REMOVED: "{where}: mine removed this row, theirs changed it ({values}). It stays removed.",
        Clash.THEIRS_REMOVED: "{where}: theirs removed this row, mine changed it ({values}). It was kept.",
        "row_gone": "{where}: the row ({values}) is gone, removed by {by}.",
        "value_gone": "{where}: {value} is gone, removed by {by}.",
        Side.MINE: "mine",
        Side.THEIRS: "theirs",
        Side.BOTH: "both",
    },
}


class ComparisonText:
    """Puts differences and merges into words of one language.

    `books` are those compared: rows that hold nothing but a member's code are named by the first that lists it.
    """

    def __init__(self, layout: Layout, language: Language, books: Iterable[CellBook]) -> None:
        self._layout = layout
        self._english = language is Language.ENGLISH
        self._words = _WORDS[language]
        self._members: dict[str, str] = {}
        for member in (member for book in books for member in book.members):
            self._members.setdefault(member.member_code, member.full_name)

    def difference(self, found: Difference) -> TextRow:
        """One difference as a row of text."""
        before, after = found.before, found.after
        if found.change is not Change.CHANGED:
            values = self.values(found.sheet, found.row)
            before, after = ("", values) if found.change is Change.ADDED else (values, "")
        return {
            "sheet": self.sheet(found.sheet),
            "row": self.row(found.sheet, found.row),
            "column": self.column(found.sheet, found.column),
            "change": found.change.value,
            "before": self._show(before),
            "after": self._show(after),
            "place_before": where(found.place_before),
            "place_after": where(found.place_after),
            "text": self.sentence(found),
        }

    def sentence(self, found: Difference) -> str:
        """One difference as a sentence."""
        sentence = self._words[found.change].format(
            where=self._where(found.sheet, found.row, found.column),
            before=self._quoted(found.before),
            after=self._quoted(found.after),
            values=self.values(found.sheet, found.row),
        )
        return without_turns(sentence)

    def conflict(self, found: Conflict) -> TextRow:
        """One conflict as a row of text; both values stand in it."""
        line = found.line
        changed = line.mine if found.clash is Clash.THEIRS_REMOVED else line.theirs
        values = self.values(found.sheet, changed)
        mine, theirs = (found.mine, found.theirs) if found.column else self._sides(found, values)
        row = line.mine or line.theirs or line.base
        sentence = self._words[found.clash].format(
            where=self._where(found.sheet, row, found.column),
            base=self._quoted(found.base),
            mine=self._quoted(found.mine),
            theirs=self._quoted(found.theirs),
            values=values,
        )
        return {
            "result": "conflict",
            "sheet": self.sheet(found.sheet),
            "row": self.row(found.sheet, row),
            "column": self.column(found.sheet, found.column),
            "base": self._show(found.base) if found.column else self.values(found.sheet, line.base),
            "mine": self._show(mine),
            "theirs": self._show(theirs),
            "place_mine": where(found.place_mine),
            "place_theirs": where(found.place_theirs),
            "text": without_turns(sentence),
        }

    def taken(self, found: Difference) -> TextRow:
        """What mine got from theirs, as a row of the report of a merge. There mine held what the base did."""
        row = self.difference(found)
        return {
            "result": "taken",
            **{name: row[name] for name in ("sheet", "row", "column", "text")},
            "base": row["before"],
            "mine": row["before"],
            "theirs": row["after"],
            "place_mine": row["place_before"],
            "place_theirs": row["place_after"] if found.change is Change.ADDED else "",
        }

    def removal(self, gone: Removal) -> TextRow:
        """What the merged book has no more, as a row of the report of a merge; empty where a book had it not."""
        rows = {"base": gone.row, "mine": gone.line.mine, "theirs": gone.line.theirs}
        values = self.values(gone.sheet, gone.row)
        sentence = self._words["value_gone" if gone.column else "row_gone"].format(
            where=self._where(gone.sheet, gone.row, gone.column),
            value=self._quoted(gone.value),
            values=values,
            by=self._words[gone.by],
        )
        return {
            "result": f"removed-by-{gone.by.value}",
            "sheet": self.sheet(gone.sheet),
            "row": self.row(gone.sheet, gone.row),
            "column": self.column(gone.sheet, gone.column),
            **{name: self._held(gone, row) for name, row in rows.items()},
            **{f"place_{name}": where(row.place(gone.column)) if row else "" for name, row in rows.items()},
            "text": without_turns(sentence),
        }

    def sheet(self, code: str) -> str:
        """The name of a sheet."""
        sheet = self._layout.sheet(code)
        return (self._english and sheet.english) or sheet.name

    def column(self, sheet: str, code: str) -> str:
        """The label of a column; a meeting code, or T1 … T12, is its own label."""
        if not code:
            return ""
        if sheet in GRID_KEY and code == HEADING:
            return self._words["heading"]
        of = self._layout.sheet(sheet)
        known: Mapping[str, LayoutField] = {field.code: field for field in (*of.labels, *of.columns)}
        if code not in known:
            return code
        return (self._english and known[code].english) or known[code].label

    def row(self, sheet: str, row: Row | None) -> str:
        """By what people know a row; nothing for the labels of a sheet."""
        names = _ROW_NAMES.get(sheet, ())
        if row is None or not set(names) <= set(row.values):
            return ""
        parts = [self._show(row.values[name]) for name in names]
        if sheet in _OF_MEMBERS and (full_name := self._members.get(row.values["member_code"])):
            parts.insert(1, full_name)
        return " · ".join(part for part in parts if part)

    def values(self, sheet: str, row: Row | None) -> str:
        """Everything recorded in a row besides what names it."""
        if row is None:
            return ""
        names = _ROW_NAMES.get(sheet, ())
        told = [
            f"{self.column(sheet, column)}: {self._show(value)}"
            for column, value in row.values.items()
            if column not in names and not is_blank(value)
        ]
        return "; ".join(told) or NOTHING

    def _held(self, gone: Removal, row: Row | None) -> str:
        if row is None or not gone.column:
            return self.values(gone.sheet, row)
        return self._show(row.values.get(gone.column))

    def _where(self, sheet: str, row: Row | None, column: str) -> str:
        parts = [self.sheet(sheet), self.row(sheet, row), column and f"«{self.column(sheet, column)}»"]
        return ", ".join(part for part in parts if part)

    def _show(self, value: object) -> str:
        """A value as it is read in this language: 8,5 in Vietnamese, 8.5 in English."""
        text = show_whole(value)
        return text.replace(",", ".") if self._english and isinstance(value, float | Decimal | Fraction) else text

    def _quoted(self, value: object) -> str:
        if is_blank(value):
            return NOTHING
        text = self._show(value)
        return f"«{text}»" if isinstance(value, str) and " " in text else text

    @staticmethod
    def _sides(found: Conflict, values: str) -> tuple[str, str]:
        return (values, "") if found.clash is Clash.THEIRS_REMOVED else ("", values)


def where(place: Place | None) -> str:
    """`Sinh hoạt!J5`; the sheet alone where the cell is not known, nothing where there is no place."""
    if place is None:
        return ""
    return "!".join(part for part in (place.sheet, place.address) if part)
