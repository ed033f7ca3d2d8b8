"""`chibo history`: the editions of a unit's book in a period, the decisions about it, and what an edition changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import click

from chibo.cli.asked_language import worded
from chibo.cli.comparing_text import WORDS
from chibo.cli.decisions import decision_arguments, points_text
from chibo.cli.disk_file import NewFile
from chibo.cli.options import check_free, force_option, format_option
from chibo.cli.output import print_rows, say
from chibo.cli.typed_text import TypedText
from chibo.definitions.language import Language
from chibo.model import Period
from chibo.model.row_text import Row
from chibo.office.edition_names import version_words
from chibo.office.lineage.wording import DIFFERENCE_COLUMNS, ComparisonText
from chibo.office.memory import Memory
from chibo.office.memory.history import history_of, last_changes, original_file
from chibo.office.memory.sending_back import sent_copy
from chibo.office.memory.trash import discarded_of
from chibo.office.moments import local_moment
from chibo.submissions import Step, StepKind, Submission
from chibo.submissions.retention import Discarded
from chibo.submissions.states import STATE_WORDS, STEP_WORDS
from chibo.workbook.saving import save_atomically

_COLUMNS = {
    "at": "Lúc",
    "what": "Việc",
    "who": "Ai",
    "file": "Tệp",
    "receipt": "Biên nhận",
    "in_use": "Đang dùng",
    "reason": "Lý do, ghi chú",
}
_SHOWN = ("sheet", "row", "column", "before", "after")


@click.command("history")
@click.option("--changes", is_flag=True, help="Nêu từng ô mà bản đang dùng khác với bản trước.")
@click.option("--out", type=NewFile(), help="Lấy tệp đang dùng ra, đúng như lúc nộp.")
@click.option("--returned", is_flag=True, help="Với --out: lấy bản có đánh dấu đã trả lại lần cuối.")
@click.option("--reason", type=TypedText(), default="", help="Lý do mở tệp, với --changes và --out; vào nhật ký.")
@force_option
@format_option("table", "json", "csv")
@decision_arguments
def command(  # noqa: PLR0917 - one parameter for each option
    memory: Memory,
    unit: str,
    period: Period,
    changes: bool,
    out: Path | None,
    returned: bool,
    reason: str,
    force: bool,
    output_format: str,
) -> None:
    """Lịch sử sổ của đơn vị trong kỳ: mọi bản đã nộp, mọi bước; bản nào đang dùng, bản mới khác bản trước ở ô nào."""
    if out is not None:
        check_free(out, force=force)
    submission = history_of(memory, unit, period)
    if returned:
        _take_returned(memory, submission, out, reason)
        return
    if (changes or out) and not reason.strip():
        raise click.UsageError(
            worded(
                "Mở tệp đã nộp thì nêu lý do: --reason «…».", "Opening a file handed in needs a reason: --reason «…»."
            )
        )
    if out is not None:
        edition, data = original_file(memory, unit, period, reason)
        save_atomically(out, data)
        say(f"Đã lấy «{edition.file_name}» (biên nhận {edition.receipt}) ra «{out}».")
    elif changes:
        _show_changes(memory, submission, reason, output_format)
    else:
        rows = _rows(submission, discarded_of(memory, submission))
        if output_format == "table":
            rows = [{**row, "at": local_moment(at)} for row in rows if isinstance(at := row["at"], datetime)]
        print_rows(rows, list(_COLUMNS), output_format, headings=_COLUMNS)
        said = ", ".join(filter(None, (STATE_WORDS[submission.state], version_words(submission))))
        say(f"{submission.unit_code}, kỳ {period}: {said}.")


def _rows(submission: Submission, discarded: Mapping[str, Discarded]) -> list[Row]:
    current = submission.current
    editions: list[Row] = [
        {
            "at": one.at,
            "what": "nộp",
            "who": one.submitted_by,
            "file": one.file_name,
            "receipt": one.receipt,
            "in_use": "x" if one == current else "",
            "reason": _where(discarded.get(one.content_hash)),
        }
        for one in submission.editions
    ]
    steps: list[Row] = [
        {
            "at": step.at,
            "what": STEP_WORDS[step.kind],
            "who": step.actor,
            "file": about.file_name if (about := submission.has(step.content_hash)) and _chose(step) else "",
            "receipt": about.receipt if about else None,
            "in_use": "",
            "reason": "; ".join(_said(step)),
        }
        for step in submission.steps
    ]
    return sorted([*editions, *steps], key=lambda row: str(row["at"]))


def _chose(step: Step) -> bool:
    """Whether the step says which file is used; of a decision the number of the receipt it is about is enough."""
    return step.kind is StepKind.CHOSEN


def _where(discarded: Discarded | None) -> str:
    """Where the file of an edition is, if the office does not simply have it."""
    if discarded is None:
        return ""
    if discarded.destroyed_on is None:
        return f"tệp trong thùng rác, hủy từ {discarded.empties_on:%d/%m/%Y}"
    return f"tệp đã hủy ngày {discarded.destroyed_on:%d/%m/%Y}"


def _said(step: Step) -> Iterator[str]:
    """What a decision says: its note, the reasons at their places, the official points."""
    if step.note:
        yield step.note
    for one in step.reasons:
        place = "!".join(filter(None, (one.sheet, one.address)))
        yield f"{place}: {one.text}" if place else one.text
    for given in step.points:
        yield f"điểm thẩm định {points_text(given)}"


def _take_returned(memory: Memory, submission: Submission, out: Path | None, reason: str) -> None:
    """Write the marked copy that was sent back; the unit needs no other reason to take it than that."""
    if out is None:
        raise click.UsageError(
            worded(
                "Nêu tệp sẽ ghi bản trả lại ra: --out TỆP.xlsx.",
                "Name the file to write the returned copy to: --out TỆP.xlsx.",
            )
        )
    data = sent_copy(memory, submission.unit_code, submission.period, reason.strip() or "lấy bản trả lại")
    save_atomically(out, data)
    say(f"Đã lấy bản trả lại của {submission.unit_code}, kỳ {submission.period}, ra «{out}».")


def _show_changes(memory: Memory, submission: Submission, reason: str, output_format: str) -> None:
    comparison = last_changes(memory, submission, reason)
    if comparison is None:
        say("Chưa có bản nào khác để so.")
        return
    text = ComparisonText(memory.library.layout, Language.VIETNAMESE, (comparison.before.book, comparison.after.book))
    columns = DIFFERENCE_COLUMNS if output_format != "table" else _SHOWN
    headings = WORDS[Language.VIETNAMESE]["headings"]
    print_rows(map(text.difference, comparison.found), columns, output_format, headings=headings)
    say(f"Bản đang dùng «{comparison.after.file}» khác bản trước ở {len(comparison.found)} chỗ.")
