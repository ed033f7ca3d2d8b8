"""A number with what it counts in a sentence of a command: one place, two places."""

from __future__ import annotations


class Counted(int):
    """A number in a template: `{count}` is the number alone, `{count:place|places}` has the word that goes with it."""

    def __format__(self, words: str) -> str:
        """The number, and behind it the first word where it is 1, else the second."""
        if "|" not in words:
            return format(int(self), words)
        one, several = words.split("|")
        return f"{int(self)} {one if self == 1 else several}"
