# cython: language_level=3, boundscheck=False, wraparound=False, embedsignature=True
"""What the bytes of an XML part look like before any parser sees them, in one pass.

The loops count in stretches short enough for a byte, without branches, so that the compiler can take many bytes at once.
They look ahead: Python ends its bytes with a nought, which belongs to no count and to no character.
"""

from cpython.bytes cimport PyBytes_AS_STRING
from libc.stdint cimport uint64_t
from libc.string cimport memcpy

DECLARATION, CONTROL, NOT_ASCII, REFERENCE, LONG_TAG, DEEP = 1, 2, 4, 8, 16, 32
"""A `<!`; a character that XML forbids; a byte above 127; a `&#`; a block without the end of a tag; too many open."""

cdef enum:
    BLOCK = 4096
    STRETCH = 240
    EIGHT = 8


cdef struct Counts:
    long opened, closed, empty, ends, declarations, controls, references
    unsigned char highest


cdef void count(const unsigned char *bytes_, Py_ssize_t length, Counts *found) noexcept nogil:
    """Add what stands in these bytes, of which there are no more than a stretch."""
    cdef unsigned char opened = 0, closed = 0, empty = 0, ends = 0, declarations = 0, controls = 0, references = 0
    cdef unsigned char highest = 0, byte, after
    cdef Py_ssize_t at
    for at in range(length):
        byte, after = bytes_[at], bytes_[at + 1]
        highest |= byte
        opened += byte == c"<"
        ends += byte == c">"
        closed += (byte == c"<") & (after == c"/")
        declarations += (byte == c"<") & (after == c"!")
        empty += (byte == c"/") & (after == c">")
        references += (byte == c"&") & (after == c"#")
        controls += (byte < 32) & (byte != c"\t") & (byte != c"\n") & (byte != c"\r")
    found.opened += opened
    found.closed += closed
    found.empty += empty
    found.ends += ends
    found.declarations += declarations
    found.controls += controls
    found.references += references
    found.highest |= highest


def screen(bytes content, long deepest):
    """The flags of what is in the bytes of a part.

    A block in the middle that holds no end of a tag is a LONG_TAG; DEEP is said where more than `deepest` elements seem
    to be open at the end of a block.
    """
    cdef const unsigned char *source = <const unsigned char *>PyBytes_AS_STRING(content)
    cdef Py_ssize_t length = len(content), start, at, end
    cdef Counts found
    cdef long depth = 0
    cdef int flags = 0
    cdef unsigned char highest = 0
    for start in range(0, length, BLOCK):
        found = Counts(0, 0, 0, 0, 0, 0, 0, 0)
        end = min(start + BLOCK, length)
        for at in range(start, end, STRETCH):
            count(source + at, min(STRETCH, end - at), &found)
        depth += found.opened - 2 * found.closed - found.empty
        highest |= found.highest
        if found.declarations:
            flags |= DECLARATION
        if found.controls:
            flags |= CONTROL
        if found.references:
            flags |= REFERENCE
        if not found.ends and start + BLOCK < length:
            flags |= LONG_TAG
        if depth > deepest:
            flags |= DEEP
    return flags | NOT_ASCII if highest > 127 else flags


def is_utf_8(bytes content):
    """Whether these bytes are text in UTF-8."""
    cdef const unsigned char *source = <const unsigned char *>PyBytes_AS_STRING(content)
    cdef Py_ssize_t length = len(content), at = 0
    cdef int size
    while True:
        while at + EIGHT <= length and are_ascii(source + at):
            at += EIGHT
        while at < length and source[at] < 0x80:
            at += 1
        if at >= length:
            return True
        while source[at] >= 0x80:
            size = length_beyond_ascii(source + at)
            if not size:
                return False
            at += size


cdef inline bint are_ascii(const unsigned char *bytes_) noexcept nogil:
    """Whether the next eight bytes are."""
    cdef uint64_t word
    memcpy(&word, bytes_, EIGHT)
    return not word & <uint64_t>0x8080808080808080


cdef inline int length_beyond_ascii(const unsigned char *bytes_) noexcept nogil:
    """Of how many bytes the character beyond ASCII is that begins here, 0 where there is none (RFC 3629)."""
    cdef unsigned char first = bytes_[0], second = bytes_[1]
    if not continues(second):
        return 0
    if 0xC2 <= first <= 0xDF:
        return 2
    if not continues(bytes_[2]):
        return 0
    if 0xE0 <= first <= 0xEF:
        return 0 if first == 0xE0 and second < 0xA0 or first == 0xED and second >= 0xA0 else 3
    if not 0xF0 <= first <= 0xF4 or not continues(bytes_[3]):
        return 0
    return 0 if first == 0xF0 and second < 0x90 or first == 0xF4 and second >= 0x90 else 4


cdef inline bint continues(unsigned char byte) noexcept nogil:
    """Whether a byte goes on with a character; the nought at the end of all bytes does not."""
    return byte & 0xC0 == 0x80
