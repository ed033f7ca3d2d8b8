"""Converting the text of one sheet: the sheet decides, in a mixed sheet each column, in a mixed column word by word.

Fonts only break ties. Text in Unicode is never touched: where nothing tells of an old encoding, nothing changes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from attrs import Factory, define

from chibo.legacy_text.capitals import with_capitals
from chibo.legacy_text.encodings import Encoding, convert, font_encoding, is_capital_font
from chibo.legacy_text.evidence import LEAST_WORDS, Evidence, Verdict, weigh
from chibo.legacy_text.text_cells import Answer, TextCell
from chibo.legacy_text.words import pieces_of, reading_of, words_of


@define
class Converted:
    """What came of the text of a sheet."""

    encoding: Encoding
    changed: dict[tuple[int, int], str] = Factory(dict)
    """The new text of the cells (row, column) that were converted."""
    undecided: list[TextCell] = Factory(list)
    """Cells that may be in an old encoding and stand as they were."""


def evidence_of(cells: Iterable[TextCell]) -> Evidence:
    """The verdict on these cells together."""
    words: list[str] = []
    fonts: Counter[Encoding | None] = Counter()
    for cell in cells:
        for run in cell.runs:
            found = list(words_of(run.text))
            words += found
            fonts[font_encoding(run.font)] += len(found)
    return weigh(words, fonts.most_common(1)[0][0] if fonts else None)


def convert_cells(cells: Sequence[TextCell], book: Evidence, answer: Answer | None = None) -> Converted:
    """The text of a sheet's cells converted; `book` is the verdict on the whole workbook, for sheets with little text.

    An `answer` settles what would be left undecided; the answer that all is Unicode leaves everything as it is.
    """
    evidence = evidence_of(cells)
    if answer is Answer.UNICODE:
        return Converted(evidence.encoding)
    if evidence.verdict is not Verdict.MIXED and book.verdict is Verdict.LEGACY:
        evidence = book
    if answer is not None and answer.encoding and evidence.verdict is Verdict.UNDECIDED:
        evidence = Evidence(Verdict.MIXED, answer.encoding, evidence.by_font)
    done = Converted(evidence.encoding)
    if evidence.verdict is Verdict.LEGACY:
        _convert_all(cells, done, evidence.by_font)
    elif evidence.verdict is Verdict.MIXED:
        _convert_by_column(cells, done, answered=answer is not None)
    elif evidence.verdict is Verdict.UNDECIDED:
        done.undecided += [cell for cell in cells if _telling(cell, evidence.encoding)]
    return done


def _convert_all(cells: Iterable[TextCell], done: Converted, by_font: bool) -> None:
    """Cells of a sheet in the old encoding; one in a Unicode font is left alone where its words give no reason.

    Where the others stand in fonts of that encoding, the reason must be words that make no sense as they are.
    """
    for cell in cells:
        foreign = all(run.font and font_encoding(run.font) is not done.encoding for run in cell.runs)
        if foreign and not (_telling(cell, done.encoding) if by_font else _reads(cell, done.encoding)):
            continue
        _put(cell, _converted(cell, done.encoding), done)


def _convert_by_column(cells: Iterable[TextCell], done: Converted, answered: bool) -> None:
    columns: defaultdict[int, list[TextCell]] = defaultdict(list)
    for cell in cells:
        columns[cell.column].append(cell)
    for column in columns.values():
        evidence = evidence_of(column)
        if evidence.verdict is Verdict.LEGACY and evidence.encoding is done.encoding:
            _convert_all(column, done, evidence.by_font)
            continue
        strong = answered or len(_telling_words(column, done.encoding)) >= LEAST_WORDS
        for cell in column:
            _convert_mixed(cell, strong, done)


def _convert_mixed(cell: TextCell, strong: bool, done: Converted) -> None:
    """One cell among Unicode and old text: its own words decide, then its font; what stays open is asked."""
    encoding = done.encoding
    telling, unicode = _telling(cell, encoding), _telling_unicode(cell)
    by_font = any(font_encoding(run.font) is encoding for run in cell.runs)
    no_font = not any(run.font for run in cell.runs)
    if unicode:
        _put(cell, _word_by_word(cell, encoding), done)
    elif by_font or telling > 1 or (telling and (strong or no_font)):
        _put(cell, _converted(cell, encoding), done)
    elif telling:
        done.undecided.append(cell)


def _put(cell: TextCell, text: str, done: Converted) -> None:
    if text != cell.text:
        done.changed[cell.row, cell.column] = text


def _converted(cell: TextCell, encoding: Encoding) -> str:
    """The whole cell, run by run."""
    texts = [convert(run.text, encoding) for run in cell.runs]
    whole = "".join(texts)
    if encoding is Encoding.VNI:
        return whole
    if any(is_capital_font(run.font) for run in cell.runs):
        shown = (t.upper() if is_capital_font(run.font) else t for run, t in zip(cell.runs, texts, strict=True))
        return "".join(shown)
    return with_capitals(whole, cell.text)


def _word_by_word(cell: TextCell, encoding: Encoding) -> str:
    """Only the words that make sense in the old encoding alone, and in its fonts those that may be in it."""
    return "".join(
        convert(piece, encoding) if _is_old(piece, encoding, font_encoding(run.font) is encoding) else piece
        for run in cell.runs
        for piece in pieces_of(run.text)
    )


def _is_old(piece: str, encoding: Encoding, by_font: bool) -> bool:
    if piece.isascii():
        return False
    reading = reading_of(piece)
    return reading.tells(encoding) or (by_font and not reading.tells_unicode)


def _telling(cell: TextCell, encoding: Encoding) -> int:
    return len(_telling_words([cell], encoding))


def _telling_words(cells: Iterable[TextCell], encoding: Encoding) -> set[str]:
    return {word for cell in cells for word in words_of(cell.text) if reading_of(word).tells(encoding)}


def _telling_unicode(cell: TextCell) -> bool:
    return any(reading_of(word).tells_unicode for word in words_of(cell.text))


def _reads(cell: TextCell, encoding: Encoding) -> bool:
    return any(encoding in reading_of(word).as_legacy for word in words_of(cell.text))
