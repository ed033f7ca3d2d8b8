"""Intake: what stands between a file that somebody sent and the reader of workbooks, one module per step.

1. `file_kinds`: size, and kind by content. 2. `directory`: the zip directory. 3. `inflating`: every part within its
limits and with its checksum. 4. `xml_screen`: no document type in any part, no byte that XML forbids.
5. `sheet_scan`: the geometry of a sheet, and its counts of values, error cells and formulas without a value, which the
reader must then agree with (`agreement`); by `usual_scan`, or by `exact_scan` where a sheet is in an unusual form.
"""
