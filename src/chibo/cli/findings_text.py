"""Findings as rows and as tables by file, in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from chibo.cli.identical_copies import alike_by_book, named
from chibo.consolidation import BookOutcome
from chibo.definitions.language import Language
from chibo.definitions.messages import Catalogue
from chibo.findings import Crowd, Finding, Severity, few_of_each
from chibo.model import Place
from chibo.model.row_text import Row

COLUMNS = (
    "file",
    "sheet",
    "cell",
    "code",
    "severity",
    "message",
    "title",
    "meeting",
    "clause",
    "seen",
    "expected",
    "mend",
    "other",
)
"""What is told of a finding, in order; `other` are further places that it is about."""

WORDS = {
    Language.VIETNAMESE: {
        Severity.BLOCK: "phải sửa",
        Severity.WARN: "cần xem lại",
        Severity.NOTE: "để biết",
        "where": "Trang «{sheet}», ô {cell}: ",
        "sheet": "Trang «{sheet}»: ",
        "level": "Mức",
        "place": "Trang, ô",
        "what": "Điều thấy và cách sửa",
        "refused": "bị từ chối",
        "clean": "không có gì phải xem lại",
        "copies": "{count} bản sao giống hệt «{file}», không có gì khác để xem (muốn xem từng bản: thêm --format csv)",
        "more_alike": "… và {count} chỗ nữa như «{title}» ở trang này (muốn xem từng chỗ: thêm --format csv)",
        "books": "Đã đọc {total} sổ: {accepted} nhận được, {refused} bị từ chối.",
        "counts": "Tất cả: {block} chỗ phải sửa, {warn} chỗ cần xem lại, {note} chỗ để biết.",
        "of_origin": "Trong đó {count} điều về nguồn gốc của sổ, các lệnh tổng hợp không xét.",
    },
    Language.ENGLISH: {
        Severity.BLOCK: "must be mended",
        Severity.WARN: "worth a look",
        Severity.NOTE: "to know",
        "where": "Sheet «{sheet}», cell {cell}: ",
        "sheet": "Sheet «{sheet}»: ",
        "level": "Weight",
        "place": "Sheet, cell",
        "what": "What was seen and how to mend it",
        "refused": "refused",
        "clean": "nothing to look at",
        "copies": "{count} identical copies of «{file}» with nothing else to look at; each of them: add --format csv",
        "more_alike": "… and {count} more like «{title}» on this sheet; each of them: add --format csv",
        "books": "Read {total} workbooks: {accepted} accepted, {refused} refused.",
        "counts": "Altogether: {block} must be mended, {warn} worth a look, {note} to know.",
        "of_origin": "{count} of these tell where a book comes from; what consolidates does not look at that.",
    },
}

_MOST_ALIKE = 100
"""So many findings of one kind on one sheet are shown in a table: nobody reads thousands, nor mends them one by one."""
_STYLES = {Severity.BLOCK: "bold red", Severity.WARN: "yellow", Severity.NOTE: "dim"}


class FindingsText:
    """Puts findings into words of one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self._catalogue = catalogue.at_the_prompt
        self._language = language
        self.words = WORDS[language]

    def row(self, file: str, finding: Finding) -> Row:
        """One finding as a row; `file` is how the book is known in this run. The message says where, what and how."""
        said = self._catalogue.message(finding, self._language)
        return {
            "file": file,
            "sheet": finding.place.sheet,
            "cell": finding.place.address,
            "code": finding.code,
            "severity": finding.severity.value,
            "message": f"{self._where(finding.place)}{said}",
            "title": said.title,
            "meeting": str(finding.meeting or ""),
            "clause": finding.kind.clause,
            "seen": finding.seen,
            "expected": finding.expected,
            "mend": said.mend,
            "other": [_short(place) for place in finding.other_places],
        }

    def rows(self, outcomes: Iterable[BookOutcome], shown: Sequence[Severity]) -> Iterator[Row]:
        """The findings of these severities, book by book."""
        for outcome in outcomes:
            for finding in outcome.findings:
                if finding.severity in shown:
                    yield self.row(outcome.file, finding)

    def tables(self, outcomes: Sequence[BookOutcome], shown: Sequence[Severity]) -> Iterator[RenderableType]:
        """One heading for each book and under it a table of its findings of these severities.

        Copies of which nothing else is to be told are one heading together, after their book.
        """
        alike = alike_by_book(outcomes)
        told_together = {copy for copies in alike.values() for copy in copies}
        for outcome in outcomes:
            if outcome.file in told_together:
                continue
            found = [finding for finding in outcome.findings if finding.severity in shown]
            heading = self._heading(outcome)
            yield Group(heading, Padding(self._table(found), (0, 0, 1, 2))) if found else heading
            if copies := alike.get(outcome.file):
                said = self.words["copies"].format(count=len(copies), file=outcome.file)
                yield Text.assemble((named(copies), "bold"), " · ", said)

    def summary(self, outcomes: Sequence[BookOutcome]) -> Iterator[str]:
        """What became of the books, and how many findings there are of each weight."""
        refused = sum(not outcome.accepted for outcome in outcomes)
        yield self.words["books"].format(total=len(outcomes), accepted=len(outcomes) - refused, refused=refused)
        found = Counter(finding.severity for outcome in outcomes for finding in outcome.findings)
        yield self.words["counts"].format(**{severity.value: found[severity] for severity in Severity})

    def _heading(self, outcome: BookOutcome) -> Text:
        found = Counter(finding.severity for finding in outcome.findings)
        parts = [f"{found[severity]} {self.words[severity]}" for severity in Severity if found[severity]]
        if not outcome.accepted:
            parts.insert(0, self.words["refused"])
        told = ", ".join(parts) or self.words["clean"]
        return Text.assemble((outcome.file, "bold"), " · ", (told, "" if outcome.accepted else "red"))

    def _table(self, findings: Iterable[Finding]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="dim")
        table.add_column(self.words["level"], no_wrap=True)
        table.add_column(self.words["place"], overflow="fold", max_width=24)
        table.add_column(self.words["what"], overflow="fold", ratio=1)
        for told in few_of_each(findings, _MOST_ALIKE):
            level = Text(self.words[told.severity], style=_STYLES[told.severity])
            table.add_row(level, *(self._crowd(told) if isinstance(told, Crowd) else self._finding(told)))
        return table

    def _finding(self, finding: Finding) -> tuple[str, Text]:
        """Where it stands, and what is said of it."""
        said = self._catalogue.message(finding, self._language)
        words = ((f"{said.title}. ", "bold"), f"{said.text} ", (said.mend, "italic"), (f" {finding.code}", "dim"))
        return _short(finding.place) if finding.place.sheet else "", Text.assemble(*words)

    def _crowd(self, crowd: Crowd) -> tuple[str, str]:
        title = self._catalogue.message(crowd.one, self._language).title
        return crowd.one.place.sheet, self.words["more_alike"].format(count=crowd.count, title=title)

    def _where(self, place: Place) -> str:
        if not place.sheet:
            return ""
        return self.words["where" if place.address else "sheet"].format(sheet=place.sheet, cell=place.address)


def _short(place: Place) -> str:
    """`Sinh hoạt J5`; the file for a place outside any sheet."""
    return f"{place.sheet} {place.address}".strip() if place.sheet else place.file
