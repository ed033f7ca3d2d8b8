"""What is said of a new book as it comes onto the page: of its list of members, whatever was not taken as written."""

from __future__ import annotations

from chibo.office.desk.new import members_of_form
from chibo_widgets.cell.opening import Arrival
from chibo_widgets.cell.wording import Tongue

_MOST_NAMED = 6


def welcome_new(arrival: Arrival, tongue: Tongue) -> tuple[str, str]:
    """The tone and the sentence for a book made of the form."""
    book = arrival.work.desk.book
    listed = members_of_form(arrival.origin.form or {}, tongue.library)
    said = [tongue("said_new", cell=book.info.cell_name, year=book.info.year)]
    for key, texts in (("said_new_unknown", listed.unknown), ("said_new_renumbered", listed.renumbered)):
        if texts:
            rest = ["…"] if len(texts) > _MOST_NAMED else []
            said.append(tongue(key, what="; ".join([*texts[:_MOST_NAMED], *rest])))
    return ("warn" if len(said) > 1 else "good"), " ".join(said)
