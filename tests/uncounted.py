"""Calls in which no lines are counted: of work that other tests are there for, and that takes twice as long counted."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


def uncounted(function: Callable[_P, _T], unless: Callable[[], bool] = lambda: False) -> Callable[_P, _T]:
    """The function, in whose calls nothing is traced in this thread, unless that holds as it is called."""

    @wraps(function)
    def called(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        if unless():
            return function(*args, **kwargs)
        tracer = sys.gettrace()
        sys.settrace(None)
        try:
            return function(*args, **kwargs)
        finally:
            sys.settrace(tracer)

    return called
