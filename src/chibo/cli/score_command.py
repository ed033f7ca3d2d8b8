"""`chibo score`: the scores of one meeting, each point explained by the fact, the band and the place in the book."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from chibo.cli.disk_file import DiskFile, content_of, name_of
from chibo.cli.options import MeetingCodeType, format_option, home_option, language_option, unknown_name
from chibo.cli.output import print_rows, print_text, say
from chibo.cli.score_text import COLUMNS, HEADINGS, ScoreText
from chibo.cli.text_option import TextAnswers, text_option
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.engine.receiving import ReceivedBook
from chibo.engine.single_book import receive_one
from chibo.errors import ChiboError
from chibo.findings import Severity
from chibo.legacy_text import Answer
from chibo.model import CellBook, Meeting, MeetingCode
from chibo.scoring import choose_frame, score_meeting
from chibo.scoring.form import scored_form


@click.command("score")
@click.argument("file", metavar="TỆP", type=DiskFile())
@click.option("--meeting", "code", type=MeetingCodeType(), required=True, help="Mã kỳ sinh hoạt, như 2026-03.")
@click.option(
    "--last-year",
    type=DiskFile(),
    help="Sổ năm trước của chi bộ, cho khung xét 12 tháng liền trước.",
)
@text_option
@home_option
@language_option
@format_option("table", "json")
def command(  # noqa: PLR0917 - one parameter for each option
    file: Path,
    code: MeetingCode,
    last_year: Path | None,
    text: TextAnswers,
    library: Library,
    language: Language,
    output_format: str,
) -> None:
    """Giải thích điểm của một buổi sinh hoạt: từng tiêu chí theo dữ kiện nào, bậc nào, ghi ở ô nào.

    Mã thoát 1 khi sổ bị từ chối hoặc không có buổi ấy.
    """
    today = date.today()
    answers = text.for_files(file, *([last_year] if last_year else []))
    received = _receive(file, library, today, answers[0])
    _tell(received, code, library, language)
    if received.book is None or received.refused:
        raise SystemExit(1)
    book = received.book
    meeting = _meeting(received, book, code)
    earlier = _receive(last_year, library, today, answers[-1]).book if last_year else None
    told = ScoreText(language)
    choice = choose_frame(meeting, book, library)
    if choice.frame is None or not meeting.is_held:
        sentence = told.absence(choice) if choice.frame is None and choice.absence else told.not_held(code)
        if output_format == "json":
            _print_json({"meeting": str(code), "frame": None, "held": meeting.is_held, "reason": sentence})
        else:
            print_text(f"{sentence}\n")
        return
    score = score_meeting(book, meeting, choice.frame, today, earlier)
    if output_format == "json":
        _print_json({"file": book.file, "cell_code": book.info.cell_code, **scored_form(score, language)})
        return
    print_text(f"{told.title(book, score)}\n")
    print_rows(told.rows(score), COLUMNS, "table", headings=HEADINGS[language])
    print_text("".join(f"{line}\n" for line in told.below(score)))


def _receive(file: Path, library: Library, today: date, answer: Answer | None) -> ReceivedBook:
    return receive_one(content_of(file), name_of(file), library, today, answer)


def _tell(received: ReceivedBook, code: MeetingCode, library: Library, language: Language) -> None:
    """Findings that bear on the score: those on the meeting, and whatever refuses the book; notes are left out."""
    for finding in received.findings:
        of_meeting = finding.meeting == code and finding.severity is not Severity.NOTE
        if of_meeting or (received.refused and finding.severity is Severity.BLOCK):
            say(f"{finding.place}: {library.catalogue.message(finding, language)}")


def _meeting(received: ReceivedBook, book: CellBook, code: MeetingCode) -> Meeting:
    meeting = book.meeting(code)
    if meeting is None:
        if any(finding.meeting == code and finding.severity is Severity.BLOCK for finding in received.findings):
            raise ChiboError(
                f"Buổi «{code}» chỉ được tính khi đã sửa xong lỗi nêu trên.",
                english=f"The meeting «{code}» counts once the error named above is mended.",
            )
        raise unknown_name("buổi sinh hoạt", "meeting", str(code), [str(row.meeting_code) for row in book.meetings])
    return meeting


def _print_json(document: dict[str, Any]) -> None:
    print_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
