from collections.abc import Callable
from typing import Any

def canonical_bytes(
    value: object,
    ways: dict[type[Any], Any],
    in_order: Callable[[tuple[object, ...]], tuple[tuple[object, str], ...]],
) -> bytes: ...
