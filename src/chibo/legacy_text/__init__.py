"""Vietnamese text of the time before Unicode, in TCVN3 or VNI: recognised by its words, converted, never guessed.

Few workbooks hold any: what converts their text, `chibo.legacy_text.converting`, is loaded for those alone.
"""

from chibo.legacy_text.encodings import Encoding, convert
from chibo.legacy_text.lost import is_certain, lost_words, may_have_lost
from chibo.legacy_text.text_cells import Answer, Run, TextCell

__all__ = [
    "Answer",
    "Encoding",
    "Run",
    "TextCell",
    "convert",
    "is_certain",
    "lost_words",
    "may_have_lost",
]
