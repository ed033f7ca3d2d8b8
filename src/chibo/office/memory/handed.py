"""What became of a file that was handed in: taken or not, in use or kept beside, and what says so."""

from __future__ import annotations

from enum import StrEnum

from attrs import evolve, frozen

from chibo.audit import Head
from chibo.definitions.wording import normal_label
from chibo.findings import Finding
from chibo.model import Period
from chibo.periods import Content
from chibo.submissions import Edition, State, Submission


class HandedIn(StrEnum):
    """What became of a file for one period."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """The very file came in before, or it says the same of the period as the edition in use, which need not be it."""
    OLDER = "older"
    """It is kept; a newer one is in use."""
    UNDECIDED = "undecided"
    """It is kept; nothing says which is newer, it or the one in use."""
    CHOSEN = "chosen"
    """Whoever handed it in wants it in use, and it is."""
    REFUSED = "refused"


@frozen(kw_only=True)
class Handing:
    """What became of one file for one period; `why` says it where it was refused, with `findings` of the book.

    Where the file is not in use and cannot be chosen, `why` says what hinders. `command` is what somebody at a prompt
    may type to mend that. `unit_name` is the unit's registered name, `name_in_book` the one that its book bears.
    `edition` is this file, known by its `content_hash`; where the period takes no other file, it is the one in use
    that says the same (`is_other_file`). `used` is the edition in use afterwards and `replaced` the one before; both
    may be the same. `told_apart` is whether the files say which of the two is newer. `head` is the head of the log that
    stands on the receipt of `edition`.
    """

    file: str
    result: HandedIn
    content_hash: str = ""
    unit_code: str = ""
    unit_name: str = ""
    name_in_book: str = ""
    period: Period | None = None
    submission: Submission | None = None
    edition: Edition | None = None
    used: Edition | None = None
    replaced: Edition | None = None
    told_apart: bool = True
    head: Head | None = None
    is_kept_now: bool = False
    """Whether the office has the file since this very handing, with a receipt of its own."""
    why: str = ""
    command: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def bears_other_name(self) -> bool:
        """Whether the unit of its code is registered under another name: the code may be another unit's."""
        return bool(self.unit_name) and normal_label(self.unit_name) != normal_label(self.name_in_book)

    @property
    def is_unused(self) -> bool:
        """Whether it was taken in, and something else is in use."""
        return self.edition is not None and self.used is not None and self.edition.part != self.used.part

    @property
    def is_other_file(self) -> bool:
        """Whether the edition is not this file, but one that says the same of the period."""
        return self.edition is not None and self.edition.content_hash != self.content_hash

    @property
    def says_nothing(self) -> bool:
        """Whether what is in use then is this file, and it says nothing of the period."""
        return self.edition is not None and not self.is_unused and self.edition.content is Content.EMPTY

    @property
    def came_back(self) -> bool:
        """Whether it says what was sent back."""
        returned = self.submission is not None and self.submission.state is State.RETURNED
        return returned and self.edition is not None and not self.is_unused

    @property
    def is_what_came_back(self) -> bool:
        """Whether it is the very file that was sent back, and not another one that says the same."""
        sent_back = self.submission.last_decision if self.submission else None
        return self.came_back and sent_back is not None and sent_back.content_hash in {"", self.content_hash}


def told_of(told: Handing, after: Submission, edition: Edition) -> Handing:
    """What becomes of an edition that the submission has `after` it came in; `told.replaced` was in use before."""
    used, replaced = after.current, told.replaced
    rival = replaced if edition == used else used
    apart = rival is None or rival.part == edition.part or after.can_be_told_apart(edition, rival)
    if replaced is None:
        result = HandedIn.NEW
    elif replaced.part == edition.part:
        result = HandedIn.UNCHANGED
    elif used == edition:
        result = HandedIn.CHANGED
    else:
        result = HandedIn.OLDER if apart else HandedIn.UNDECIDED
    return evolve(told, result=result, edition=edition, used=used, told_apart=apart)
