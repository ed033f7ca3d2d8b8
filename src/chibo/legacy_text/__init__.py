"""Vietnamese text of the time before Unicode, in TCVN3 or VNI: recognised by its words, converted, never guessed."""

from chibo.legacy_text.converting import Answer, Converted, Run, TextCell, convert_cells, evidence_of
from chibo.legacy_text.encodings import Encoding, convert
from chibo.legacy_text.evidence import Evidence, Verdict
from chibo.legacy_text.lost import is_certain, lost_words, may_have_lost

__all__ = [
    "Answer",
    "Converted",
    "Encoding",
    "Evidence",
    "Run",
    "TextCell",
    "Verdict",
    "convert",
    "convert_cells",
    "evidence_of",
    "is_certain",
    "lost_words",
    "may_have_lost",
]
