"""Writing into the workbook that people keep: only the spreadsheet cells that change, every other byte as it was."""

from chibo.workbook.patching.write_back import WrittenBack, can_be_written_into, write_back

__all__ = ["WrittenBack", "can_be_written_into", "write_back"]
