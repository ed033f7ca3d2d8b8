"""A receipt on paper: Vietnamese whatever the language of the page."""

from __future__ import annotations

from typing import Any

from chibo.definitions.language import Language
from chibo_widgets.cell.handing import Receipt
from chibo_widgets.cell.wording import Tongue
from chibo_widgets.period_words import period_name


def receipt_view(receipt: Receipt, tongue: Tongue) -> dict[str, Any]:
    """Number, unit, period, moment, file and its hash, and the entry of the log that proves it."""
    paper, edition, head = Tongue(Language.VIETNAMESE, tongue.library), receipt.edition, receipt.head
    unit = f"{receipt.unit_code} {receipt.unit_name}".strip()
    rows = {
        "receipt_unit": unit,
        "receipt_period": period_name(receipt.period, paper),
        "receipt_who": edition.submitted_by,
        "receipt_at": f"{edition.at.astimezone():%H:%M:%S, %d/%m/%Y}",
        "receipt_file": edition.file_name,
        "receipt_hash": edition.content_hash,
        "receipt_log": paper("receipt_log_entry", n=head.count, hash=head.hash) if head else "",
    }
    return {
        "title": paper("receipt_title"),
        "number": paper("receipt_number", n=edition.receipt),
        "party": paper("sheet_party"),
        "rows": [{"label": paper(key), "value": value} for key, value in rows.items() if value],
        "note": paper("receipt_note"),
        "file": paper("receipt_name", n=edition.receipt, unit=receipt.unit_code),
        "token": f"receipt-{edition.receipt}",
    }
