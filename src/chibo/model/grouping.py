"""Records by what they have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

K = TypeVar("K")
R = TypeVar("R")


def group_by(records: Iterable[R], key: Callable[[R], K]) -> Mapping[K, list[R]]:
    """The records by a key, both in their order."""
    groups: dict[K, list[R]] = defaultdict(list)
    for record in records:
        groups[key(record)].append(record)
    return dict(groups)
