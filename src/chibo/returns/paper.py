"""A return as a paper: the table with what an office puts around it, header blocks, title lines, signatures."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from chibo.definitions.issuer import Issuer, IssuerNames, Level
from chibo.errors import UnknownNameError
from chibo.returns.table import ReturnTable
from chibo.returns.words import day_in_words, period_in_words

_PREFIXES = ("đảng bộ", "đảng ủy", "đảng uỷ")


@frozen(kw_only=True)
class ReturnPaper:
    """Everything that stands on the paper. Empty texts are left out."""

    table: ReturnTable
    day: date
    superior: str
    issuer: str
    party: str
    date_line: str
    title: tuple[str, ...]
    """The kind of paper, then the subject with the period."""
    attached_to: str
    prepared_by: str
    authority: str
    position: str
    signer: str


def paper_of(
    table: ReturnTable,
    names: IssuerNames,
    day: date,
    *,
    level: Level | None = None,
    attached_to: str | None = None,
) -> ReturnPaper:
    """The paper of a return dated `day`, signed at `level` (the definition's where None).

    `attached_to` replaces the definition's italic line. Raises UnknownNameError where a base organisation's paper
    would hold cells of several.
    """
    definition = table.definition
    issuer = names.at(level or definition.signature.level)
    heading = definition.heading
    subject = heading.subject.replace("{period}", period_in_words(table.period))
    return ReturnPaper(
        table=table,
        day=day,
        superior=_named(issuer.superior, issuer, table),
        issuer=_named(issuer.issuer, issuer, table),
        party=names.party,
        date_line=f"{names.place}, {day_in_words(day)}",
        title=(heading.kind, subject.upper() if heading.capitals else subject),
        attached_to=heading.attached_to if attached_to is None else attached_to,
        prepared_by=definition.signature.prepared_by,
        authority=_named(issuer.authority, issuer, table),
        position=issuer.position,
        signer=issuer.signer,
    )


def _named(text: str, issuer: Issuer, table: ReturnTable) -> str:
    """The text with the base organisation's name, without "Đảng bộ", in capitals."""
    if "{committee}" not in text:
        return text
    if not table.committee_name:
        raise UnknownNameError(
            "Biểu do đảng ủy cơ sở ký chỉ gồm chi bộ của một đảng bộ cơ sở. Chọn một đảng bộ cơ sở, hoặc nhờ người "
            f"quản trị sửa tên cơ quan trong sheets/rules/issuer.toml (đang là «{issuer.issuer}»).",
            command="--committee MÃ",
        )
    name = table.committee_name
    for prefix in _PREFIXES:
        if name.casefold().startswith(f"{prefix} "):
            name = name[len(prefix) + 1 :]
    return text.replace("{committee}", name.upper())
