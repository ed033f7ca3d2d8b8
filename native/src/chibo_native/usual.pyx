# cython: language_level=3, wraparound=False, embedsignature=True
"""Sheets and shared texts in the usual form, taken apart in one pass over their bytes.

The grammar is closed: it knows the few forms in which Excel, LibreOffice and the usual libraries write a row, a cell and
a text. At the first byte of another form the answer is None and somebody else has to look. Every access to the bytes is
checked against their length; nothing is reserved by what a file claims.
"""

from cython cimport final
from cpython.bytes cimport PyBytes_AS_STRING
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.math cimport isinf
from libc.string cimport memchr, memcmp, strlen

cdef extern from "Python.h":
    double PyOS_string_to_double(const char *text, char **end, void *overflow) except? -1.0

include "cursor.pxi"
include "cells.pxi"
include "texts.pxi"


def sheet_cells(bytes xml, Py_ssize_t begin, Py_ssize_t end, list strings, bytes formats, unescape, *,
                Py_ssize_t characters, Py_ssize_t cells, Py_ssize_t area):
    """What the cells of a sheet hold, None where they are not in the usual form or too many.

    The rows stand in `xml` from `begin` to `end`; `strings` are the texts that sheets share; `formats` has for each
    number of a format 0, or another number where it shows a day, a time or a span; `unescape` resolves the references
    of a text, None where it cannot. `characters` is the length of the longest text, `cells` how many there may be, and
    `area` how large the rectangle from column A around them.
    """
    found = SheetCells(xml, begin, end, strings, formats, Limits(characters, cells, area), unescape)
    try:
        found.read()
    except (_Unusual, UnicodeDecodeError):
        return None
    return found


def shared_texts(bytes xml, Py_ssize_t begin, unescape):
    """The texts that sheets share, of which the first begins at `begin`; None where they are not in the usual form."""
    texts = _Texts(xml, begin, len(xml), unescape)
    try:
        return texts.read()
    except (_Unusual, UnicodeDecodeError):
        return None
