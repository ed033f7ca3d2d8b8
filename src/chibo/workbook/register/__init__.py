"""The register as a workbook: `reading` gives findings at their places, `writing` a workbook to be filled in."""
