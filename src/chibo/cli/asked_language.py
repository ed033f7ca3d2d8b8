"""In which language a call is answered: known before the call is understood, so that wrong usage is told in it."""

from __future__ import annotations

import os
import sys
from itertools import pairwise

from chibo.errors import ChiboError


def english_is_wanted() -> bool:
    """Whether the call says so, as far as that can be known before it is understood."""
    words = sys.argv[1:]
    asked = "--lang=en" in words or ("--lang", "en") in pairwise(words)
    return asked or os.environ.get("CHIBO_LANG") == "en"


def worded(vietnamese: str, english: str) -> str:
    """The sentence in the language that is wanted."""
    return english if english_is_wanted() else vietnamese


def told(error: ChiboError) -> str:
    """What an error says in the language that is wanted, if it has words in it, and the command that leads on."""
    if error.english and english_is_wanted():
        return f"{error.english} Command: {error.command}" if error.command else error.english
    return error.at_the_prompt
