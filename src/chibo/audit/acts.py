"""What can be done in an office, by the word that stands in its log. A word is never given another meaning."""

from __future__ import annotations

from enum import StrEnum


class AuditAct(StrEnum):
    """The acts that are logged."""

    STORE_MADE = "store-made"
    """The first entry of every log."""
    STORE_MIGRATED = "store-migrated"
    """The tables were brought to a newer form; the subject is its number."""
    UNIT_REGISTERED = "unit-registered"
    ALIAS_CONFIRMED = "alias-confirmed"
    PERSON_REGISTERED = "person-registered"
    ROLE_ASSIGNED = "role-assigned"
    """A record of the register was added, changed or taken out: the digests say which."""
    PERIOD_OPENED = "period-opened"
    PERIOD_CLOSED = "period-closed"
    PERIOD_REOPENED = "period-reopened"
    UNIT_EXCEPTED = "unit-excepted"
    """A unit owes nothing for a period, or has more time."""
    SUBMITTED = "submitted"
    SUBMISSION_RETURNED = "returned"
    SUBMISSION_VERIFIED = "verified"
    SUBMISSION_ACCEPTED = "accepted"
    SUBMISSION_LOCKED = "locked"
    SUBMISSION_REOPENED = "reopened"
    """What happened to a unit's book of a period; the digests are those of what it says of the period."""
    FILE_GIVEN_OUT = "file-given-out"
    """A file as it came in was given to somebody, with the reason that he gave."""
    PAGES_OPENED = "pages-opened"
    """The pages were served in the name of the actor; the subject is the user of the machine who did so."""
    DISCARDED = "discarded"
    BROUGHT_BACK = "brought-back"
    DESTROYED = "destroyed"
    """A file on which nothing rests any more was put into the trash, taken out, destroyed; the digest is its hash."""
    BACKED_UP = "backed-up"
    EXPORTED = "exported"
    """Everything was written out in open forms; the subject is the folder, the digest that of its list of hashes."""
    STORE_RESTORED = "store-restored"
    """A backup was written, or the office was made of one; the subject is the file."""
