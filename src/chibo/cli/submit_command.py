"""`chibo submit`: workbooks handed in to the office, a receipt for each period."""

from __future__ import annotations

from pathlib import Path

import click

from chibo.cli.findings_said import say_findings, typed_on_list
from chibo.cli.handed_text import Told, other_names, result_words, told_together, why
from chibo.cli.many_books import paths_argument
from chibo.cli.memory_options import memory_options
from chibo.cli.options import PeriodType, format_option, language_option
from chibo.cli.output import print_rows, say
from chibo.cli.passed_over import tell_passed_over
from chibo.cli.receipts import receipt_lines
from chibo.cli.text_option import TextAnswers, text_option
from chibo.definitions.language import Language
from chibo.engine.sources import find_sources
from chibo.findings import Severity
from chibo.model import Period
from chibo.model.row_text import Row
from chibo.office.memory import Memory
from chibo.office.memory.handed import HandedIn, Handing
from chibo.office.memory.submitting import submit
from chibo.submissions.states import EMPTY_WORDS, STATE_WORDS, State

_COLUMNS = {
    "file": "Tệp",
    "result": "Kết quả",
    "unit": "Đơn vị",
    "period": "Kỳ",
    "state": "Tình trạng",
    "receipt": "Biên nhận",
    "in_use": "Đang dùng",
    "why": "Vì sao",
}


@click.command("submit")
@paths_argument
@click.option("--period", type=PeriodType(), help="Kỳ nộp; mặc định là mọi kỳ đang mở mà sổ có ghi.")
@text_option
@click.option("--again", is_flag=True, help="Dùng tệp này, dù đang dùng bản khác hoặc nó vừa bị trả lại; vào nhật ký.")
@click.option("--receipts", is_flag=True, help="In cả biên nhận đầy đủ: số, lúc nhận, dấu của tệp.")
@format_option("table", "json", "csv")
@language_option
@memory_options
def command(  # noqa: PLR0917 - one parameter for each option
    memory: Memory,
    paths: tuple[Path, ...],
    period: Period | None,
    text: TextAnswers,
    again: bool,
    receipts: bool,
    output_format: str,
    language: Language,
) -> None:
    """Nộp sổ (tệp, thư mục hoặc gói .zip) vào văn phòng; mỗi kỳ một biên nhận.

    Tệp được giữ nguyên như lúc nộp. Nộp lại đúng tệp ấy thì không có gì thay đổi. Bản nào lưu sau thì được dùng, dù
    nộp trước hay sau; mọi bản đều được giữ. Muốn dùng bản khác, nộp lại chính bản ấy với --again. Cột «Đang dùng» là
    số biên nhận của bản đang dùng. Mã thoát 1 khi có sổ không nhận.
    """
    sources = find_sources(paths)
    found = submit(memory, text.on(sources), period, again=again)
    if output_format == "table":
        rows = [_shown_row(one) for one in told_together(found)]
    else:
        rows = [_row(one) for one in found]
    print_rows(rows, list(_COLUMNS), output_format, headings=_COLUMNS)
    tell_passed_over(sources, language)
    for line in other_names(found):
        say(line)
    for file, findings in {one.file: one.findings for one in found}.items():  # the same for each period of a file
        told = [finding for finding in findings if finding.severity is Severity.BLOCK] + typed_on_list(findings)
        if told:
            say(f"{file}:")
            say_findings(told, memory.library, language)
    if receipts:
        for one in found:
            say("\n".join(receipt_lines(one)))
    if any(one.result is HandedIn.REFUSED for one in found):
        raise SystemExit(1)


def _shown_row(told: Told) -> Row:
    """What people see; one row for all periods that are refused for the same reason."""
    one = told.first
    shown = {"result": result_words(one), "period": ", ".join(told.periods), "why": told.why}
    return {**_row(one), **shown, "state": _state_words(one)}


def _state_words(one: Handing) -> str:
    """Where the submission stands; a book that says nothing of the period waits for no review."""
    if one.submission is None:
        return ""
    waits = one.submission.state in {State.SUBMITTED, State.RESUBMITTED}
    return EMPTY_WORDS if waits and one.says_nothing else STATE_WORDS[one.submission.state]


def _row(one: Handing) -> Row:
    return {
        "file": one.file,
        "result": one.result.value,
        "unit": one.unit_code,
        "period": str(one.period or ""),
        "state": one.submission.state.value if one.submission else "",
        "receipt": one.edition.receipt if one.edition else None,
        "in_use": one.used.receipt if one.used else None,
        "why": why(one),
    }
