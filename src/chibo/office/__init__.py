"""Use cases: what the office does with workbooks, from the page and from the command line alike."""
