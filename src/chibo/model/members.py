"""Members of a cell, changes of membership and committee posts."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from chibo.model.places import Origin
from chibo.model.vocabulary import ChangeKind, MemberStatus, Post, Standing


@frozen(kw_only=True)
class Member:
    """One row of `Đảng viên`. `since`/`until` bound the status."""

    member_code: str
    full_name: str
    group: str = ""
    post: Post | None = None
    standing: Standing | None = None
    status: MemberStatus | None = None
    since: date | None = None
    until: date | None = None
    note: str = ""
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class MembershipChange:
    """One row of `Biến động đảng viên`."""

    member_code: str
    day: date
    change: ChangeKind
    decision_number: str = ""
    origin: Origin | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class CommitteePost:
    """One row of `Cấp ủy`; an empty name is a vacancy."""

    post: str
    full_name: str = ""
    since: date | None = None
    until: date | None = None
    decision_number: str = ""
    trained_on: date | None = None
    origin: Origin | None = field(default=None, eq=False, repr=False)
