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

# What is inline is put where it is called, however often: then a literal of a few bytes is compared at once.
cdef extern from *:
    """
    #if defined(__GNUC__)
    #undef CYTHON_INLINE
    #define CYTHON_INLINE inline __attribute__((always_inline))
    #endif
    """

include "cursor.pxi"
include "elements.pxi"
include "numbers.pxi"
include "cells.pxi"
include "texts.pxi"


def sheet_cells(bytes xml, Py_ssize_t begin, Py_ssize_t end, Common common):
    """What the cells of a sheet hold, whose rows stand in `xml` from `begin` to `end`.

    None where they are not in the usual form, or too many.
    """
    found = SheetCells(xml, begin, end, common)
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


def is_sound(bytes xml, unescape):
    """Whether all elements of a document are written in the usual form, and each is closed by its own name."""
    elements = _Elements(xml, 0, len(xml), unescape)
    try:
        elements.read()
    except (_Unusual, UnicodeDecodeError):
        return False
    return True
