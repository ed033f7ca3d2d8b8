"""The seal of a workbook of ours: whose it is, what it came from, and which values it held when it was handed out."""

from chibo.workbook.sealing.seal import Seal, is_signed_by
from chibo.workbook.sealing.sealing import last_written, read_seal, sealed, signed

__all__ = ["Seal", "is_signed_by", "last_written", "read_seal", "sealed", "signed"]
