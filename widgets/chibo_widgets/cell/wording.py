"""How the page writes meetings, days, times and numbers, in the language it is shown in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from attrs import field, frozen

from chibo.definitions.frames.edges import plain_decimal
from chibo.definitions.language import Language
from chibo.definitions.layouts import Layout
from chibo.definitions.library import Library
from chibo.model import CellBook, Meeting, MeetingCode, MeetingSeries
from chibo.model.vocabulary import MeetingKind
from chibo_widgets.texts import fill, load_texts

_KIND_KEYS = {
    MeetingKind.REGULAR: "kind_regular",
    MeetingKind.THEMATIC: "kind_thematic",
    MeetingKind.COMBINED: "kind_combined",
    MeetingKind.EXTRAORDINARY: "kind_extraordinary",
}


@frozen
class Tongue:
    """The words of the page in one language."""

    language: Language
    library: Library
    texts: Mapping[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "texts", load_texts("shared", "cell_page", language=self.language))

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its blanks filled; KeyError for a key that the catalogue lacks."""
        return fill(self.texts[key], **values)

    @property
    def layout(self) -> Layout:
        """The layout that names sheets and columns."""
        return self.library.layout

    def number(self, value: Decimal | int | str | None) -> str:
        """A number with a decimal comma in Vietnamese, a decimal point in English; a dash for an unknown one."""
        if value is None:
            return "–"
        text = plain_decimal(value) if isinstance(value, Decimal) else str(value)
        return text.replace(".", ",") if self.language is Language.VIETNAMESE else text

    def grade(self, grade: str) -> str:
        """A grade in words. Grades are names of the regulation; English gets their meaning beside it."""
        return self("grade_" + {"Tốt": "good", "Khá": "fair", "Trung bình": "average", "Kém": "poor"}[grade])

    def listed(self, name: str, value: str) -> str:
        """A value of a closed list as it is shown."""
        if self.language is Language.ENGLISH:
            for entry in self.layout.lists[name]:
                if entry.value == value and entry.english:
                    return entry.english
        return value

    def kind(self, kind: MeetingKind) -> str:
        """A kind of meeting, as the middle of a sentence."""
        return self(_KIND_KEYS[kind])

    def meeting(self, meeting: Meeting) -> str:
        """A meeting's name: its kind and month."""
        code = meeting.meeting_code
        name = self("meeting_name", kind=self.kind(meeting.kind), month=code.month.number, year=code.month.year)
        return f"{name} ({self('meeting_ordinal', n=code.ordinal)})" if code.ordinal > 1 else name

    def tab(self, meeting: Meeting) -> str:
        """A meeting's short name among those of its month."""
        code = meeting.meeting_code
        kind = self.listed("meeting_kind", meeting.kind.value)
        return f"{kind} {code.ordinal}" if code.ordinal > 1 else kind

    def short(self, code: MeetingCode) -> str:
        """The few letters that stand for a meeting beside its month."""
        if code.series is MeetingSeries.REGULAR:
            return ""
        return f"{self(f'series_{code.series.name.lower()}')}{code.ordinal or ''}"

    def unit(self, book: CellBook) -> str:
        """The cell, its base organisation and the year."""
        parts = (book.info.cell_name, book.info.committee_name, str(book.info.year))
        return " · ".join(part for part in parts if part)


def first_up(text: str) -> str:
    """The text as the beginning of a line: its first letter in upper case."""
    return text[:1].upper() + text[1:]


def show_day(day: date | None) -> str:
    """dd/mm/yyyy, empty for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def show_time(moment: time | None) -> str:
    """hh:mm, empty for none."""
    return f"{moment:%H:%M}" if moment else ""


def show_span(meeting: Meeting) -> str:
    """From when to when, as far as it is known."""
    return "–".join(filter(None, (show_time(meeting.starts_at), show_time(meeting.ends_at))))
