"""The members of a sample cell, named after clouds, leaves and stones so that nobody real can be meant."""

from __future__ import annotations

from datetime import date
from random import Random

from attrs import evolve

from chibo.model import CommitteePost, Member, MembershipChange
from chibo.model.vocabulary import ChangeKind, MemberStatus, Post, Standing
from chibo.office.demo.cells import DemoCell

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
_GIVEN = (
    "Mây Trắng", "Lá Biếc", "Đá Cuội", "Sông Dài", "Núi Lam", "Nắng Sớm", "Mưa Rào", "Gió Lành", "Hạt Thóc",
    "Cỏ Mật", "Tre Ngà", "Sao Mai", "Trăng Rằm", "Suối Trong", "Cát Vàng", "Sương Mai", "Hoa Mua", "Rừng Thưa",
    "Bến Lở", "Thuyền Nan", "Đồng Xanh", "Lúa Chín", "Diều Giấy", "Ong Mật", "Cầu Vồng",
)  # fmt: skip
_FEWEST, _MOST = 6, 34
_WITH_COMMITTEE = 9
"""From this many members on a sample cell has elected a committee; smaller ones have a secretary and a deputy."""
_COMMITTEE_SIZE = 3


def members_of(cell: DemoCell, chance: Random, year: int) -> tuple[Member, ...]:
    """The members as they are listed at the end of the year's records."""
    count = chance.randint(_FEWEST, _MOST)
    family = chance.randrange(len(_FAMILIES))
    given = chance.sample(_GIVEN, len(_GIVEN))
    members = []
    for index in range(count):
        turn, place = divmod(index, len(given))
        members.append(
            Member(
                member_code=f"DV{cell.number:02d}{index + 1:02d}",
                full_name=f"{_FAMILIES[(family + index + turn * 3) % len(_FAMILIES)]} {given[place]}",
                post=_post(index, count),
                standing=Standing.OFFICIAL,
                status=MemberStatus.ACTIVE,
            )
        )
    if count >= _WITH_COMMITTEE:
        members[-1] = evolve(members[-1], status=MemberStatus.EXEMPT, since=date(year - 1, 11, 20))
        members[-2] = evolve(members[-2], standing=Standing.PROBATIONARY)
    if count >= 2 * _WITH_COMMITTEE:
        members[-3] = evolve(members[-3], status=MemberStatus.TRANSFERRED, since=date(year - 1, 12, 15))
    return tuple(members)


def has_committee(members: tuple[Member, ...]) -> bool:
    """Whether the cell has elected a committee."""
    return any(member.post is Post.COMMITTEE_MEMBER for member in members)


def changes_of(members: tuple[Member, ...], year: int) -> tuple[MembershipChange, ...]:
    """The year's changes: in larger cells one member came in March."""
    if len(members) < _WITH_COMMITTEE:
        return ()
    newcomer = members[len(members) // 2]
    return (
        MembershipChange(
            member_code=newcomer.member_code, day=date(year, 3, 2), change=ChangeKind.CAME, decision_number="18-QĐ/ĐU"
        ),
    )


def committee_of(members: tuple[Member, ...], year: int) -> tuple[CommitteePost, ...]:
    """Who holds the posts of the cell's committee."""
    since = date(year - 1, 4, 10)
    leaders = [member for member in members if member.post not in {Post.MEMBER, None}]
    return tuple(
        CommitteePost(
            post=str(member.post),
            full_name=member.full_name,
            since=since,
            decision_number="07-QĐ/ĐU",
            trained_on=date(year, 4, 16) if member.post is Post.SECRETARY else None,
        )
        for member in leaders
    )


def _post(index: int, count: int) -> Post:
    leading = (Post.SECRETARY, Post.DEPUTY, *[Post.COMMITTEE_MEMBER] * (_COMMITTEE_SIZE - 2))
    elected = _COMMITTEE_SIZE if count >= _WITH_COMMITTEE else 2
    return leading[index] if index < elected else Post.MEMBER
