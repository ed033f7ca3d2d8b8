"""What somebody does in the step that hands the book in, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chibo_widgets.cell import acts, goes
from chibo_widgets.cell.handing import Handover
from chibo_widgets.cell.looking import Looking
from chibo_widgets.cell.wording import Tongue
from chibo_widgets.cell.work import Work
from chibo_widgets.period_words import period_inside

if TYPE_CHECKING:
    from chibo.office.memory.handed import Handing


def hear_handing(go: goes.GoHanding, handover: Handover, work: Work, looking: Looking) -> bool:
    """Do it; whether the book was handed in by it. Raises ChiboError."""
    tongue = looking.tongue
    match go:
        case goes.GoPeriod():
            handover.choose(go.period)
        case goes.GoCompare(off=True):
            handover.comparison = None
        case goes.GoCompare():
            handover.compare(tongue("handing_compare_reason"))
        case goes.GoReceipt():
            handover.show_receipt(go.number)
            looking.printing = handover.paper is not None
        case goes.GoHandIn() if handover.offer is not None and str(handover.offer.period.period) == go.period:
            handing = handover.hand_in(work, again=go.again)
            looking.say(*_sentence(handing, tongue) if handing else ("warn", tongue("handing_meanwhile")))
            return handing is not None and handing.edition is not None
    return False


def act_of_merge(go: goes.GoMerge, handover: Handover) -> acts.Merge | None:
    """The act that joins the version in use into the book; None where the period looked at offers none."""
    offer = handover.offer
    if offer is None or offer.branch is None or str(offer.period.period) != go.period:
        return None
    return acts.Merge(act="merge", period=go.period, theirs=offer.branch.theirs.content_hash, base=offer.branch.base)


def _sentence(handing: Handing, tongue: Tongue) -> tuple[str, str]:
    """The tone and the words for what became of the book."""
    edition = handing.edition
    if edition is None or handing.period is None:
        return "warn", tongue("handing_refused", why=handing.why)
    if handing.is_unused and handing.used is not None:
        return "warn", tongue("handing_done_unused", n=edition.receipt, used=handing.used.receipt)
    at = f"{edition.at.astimezone():%H:%M %d/%m/%Y}"
    name = period_inside(handing.period, tongue)
    done = "handing_done_chosen" if handing.result.value == "chosen" else "handing_done"
    if handing.result.value == "unchanged" and handing.is_kept_now:
        done = "handing_done_same"
    return "good", tongue(done, period=name, n=edition.receipt, at=at)
