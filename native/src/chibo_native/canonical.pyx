# cython: language_level=3, boundscheck=False, wraparound=False, embedsignature=True
"""The canonical text of a value of the model, written in one pass into one run of bytes.

What is written is told by `chibo.model.canonical`, which writes the same without this.
"""

from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.dict cimport PyDict_GetItemWithError
from cpython.mem cimport PyMem_Free, PyMem_Realloc
from cpython.object cimport PyObject
from cpython.unicode cimport PyUnicode_AsUTF8AndSize
from libc.string cimport memcpy

cdef enum:
    LEAST_ROOM = 4096


def canonical_bytes(value, ways, in_order):
    """The text of a value, in UTF-8.

    `ways` says of each kind how its values are written: a dictionary has their texts, (head, fields) is that of records;
    `tuple`, `dict` and `str` stand for values one after another, for pairs of a mapping and for all else. `in_order`
    gives the keys of a mapping in their order, each with what stands before its value. The dictionaries may find what
    is missing in them.
    """
    text = _Text(ways, in_order)
    text.write(value)
    return PyBytes_FromStringAndSize(text.data, text.length)


cdef inline object found(dictionary, key):
    """What a dictionary has for a key, or finds: what it has costs no call of `__getitem__`."""
    cdef PyObject *known = PyDict_GetItemWithError(dictionary, key)
    return dictionary[key] if known is NULL else <object>known


cdef class _Text:
    """What is written so far."""

    cdef char *data
    cdef Py_ssize_t length, room
    cdef object ways, in_order

    def __init__(self, ways, in_order):
        self.ways, self.in_order = ways, in_order

    def __dealloc__(self):
        PyMem_Free(self.data)

    cdef int write(self, value) except -1:
        if type(value) is str:
            return self.put(repr(value))
        way = found(self.ways, type(value))
        if isinstance(way, dict):
            return self.put(found(way, value))
        if isinstance(way, tuple):
            return self.write_record(value, <tuple>way)
        if way is tuple:
            return self.write_values(value)
        if way is dict:
            return self.write_items(value)
        return self.put(repr(str(value)))

    cdef int write_record(self, value, tuple way) except -1:
        cdef str head, field
        cdef tuple fields
        head, fields = way
        self.put(head)
        for field in fields:
            self.put_bytes(b", ", 2)
            self.write(getattr(value, field))
        return self.put_bytes(b"]", 1)

    cdef int write_values(self, values) except -1:
        cdef bint is_first = True
        self.put_bytes(b"[", 1)
        for value in values:
            if not is_first:
                self.put_bytes(b", ", 2)
            is_first = False
            self.write(value)
        return self.put_bytes(b"]", 1)

    cdef int write_items(self, value) except -1:
        cdef bint is_first = True
        cdef tuple keys = self.in_order(tuple(value)), pair
        self.put_bytes(b"[", 1)
        for pair in keys:
            if not is_first:
                self.put_bytes(b", ", 2)
            is_first = False
            key, before = pair
            self.put(before)
            self.write(value[key])
            self.put_bytes(b")", 1)
        return self.put_bytes(b"]", 1)

    cdef inline int put(self, str text) except -1:
        cdef Py_ssize_t length
        cdef const char *data = PyUnicode_AsUTF8AndSize(text, &length)
        return self.put_bytes(data, length)

    cdef inline int put_bytes(self, const char *data, Py_ssize_t length) except -1:
        if length > self.room - self.length:
            self.make_room(length)
        memcpy(self.data + self.length, data, length)
        self.length += length
        return 0

    cdef int make_room(self, Py_ssize_t length) except -1:
        cdef Py_ssize_t room = max(<Py_ssize_t>LEAST_ROOM, 2 * (self.length + length))
        cdef char *data = <char *>PyMem_Realloc(self.data, room)
        if data is NULL:
            raise MemoryError
        self.data, self.room = data, room
        return 0
