# A place in the bytes, and the ways to go on from there.

class _Unusual(Exception):
    """Inside this module only: the bytes are in another form."""


cdef class _Cursor:
    """A place in the bytes, and the ways to go on from there."""

    cdef bytes source
    cdef const unsigned char[::1] data
    cdef Py_ssize_t at
    cdef Py_ssize_t end
    cdef object unescape

    def __init__(self, bytes source, Py_ssize_t begin, Py_ssize_t end, unescape):
        if not 0 <= begin <= end <= len(source):
            raise ValueError("begin and end must lie within the bytes")
        self.source, self.data, self.at, self.end = source, source, begin, end
        self.unescape = unescape

    cdef inline unsigned char peek(self) except? 0:
        """The next byte, 0 at the end."""
        return self.data[self.at] if self.at < self.end else 0

    cdef inline bint sees(self, bytes literal):
        cdef Py_ssize_t length = len(literal)
        return self.end - self.at >= length and memcmp(
            PyBytes_AS_STRING(self.source) + self.at, PyBytes_AS_STRING(literal), length) == 0

    cdef inline bint takes(self, bytes literal):
        """Whether this is what comes next; then it is passed."""
        if not self.sees(literal):
            return False
        self.at += len(literal)
        return True

    cdef inline int wants(self, bytes literal) except -1:
        if not self.takes(literal):
            raise _Unusual
        return 0

    cdef Py_ssize_t until(self, unsigned char stop) except -1:
        """Pass what comes before the next `stop`; the answer is where that begins."""
        cdef Py_ssize_t begin = self.at
        cdef const char *source = PyBytes_AS_STRING(self.source)
        cdef const void *found = memchr(source + begin, stop, self.end - begin) if begin < self.end else NULL
        if found == NULL:
            raise _Unusual
        self.at = <const char *>found - source
        return begin

    cdef long number(self) except -1:
        """A whole number of at most nine digits, without a nought before it."""
        cdef Py_ssize_t begin = self.at
        cdef bint nought = self.peek() == c"0"
        cdef long value = 0
        while c"0" <= self.peek() <= c"9" and self.at - begin < 10:
            value = 10 * value + (self.peek() - c"0")
            self.at += 1
        if not 0 < self.at - begin < 10 or nought and self.at - begin > 1:
            raise _Unusual
        return value

    cdef str text(self, Py_ssize_t begin, Py_ssize_t end):
        """The text between two places, its references resolved."""
        cdef Py_ssize_t length = end - begin
        cdef const char *source = PyBytes_AS_STRING(self.source)
        if not 0 <= begin <= end <= self.end:
            raise _Unusual
        if memchr(source + begin, c"\r", length) != NULL:
            raise _Unusual
        text = PyUnicode_DecodeUTF8(source + begin, length, NULL)
        if memchr(source + begin, c"_", length) != NULL and "_x" in text:
            raise _Unusual
        if memchr(source + begin, c"&", length) != NULL:
            text = self.unescape(text)
            if text is None:
                raise _Unusual
        return text

    cdef str element_text(self, bytes closing, bint preserved):
        """The text up to the end of its element; where spaces are not preserved, there must be none around it."""
        cdef Py_ssize_t begin = self.until(c"<")
        cdef str text = self.text(begin, self.at)
        self.wants(closing)
        if not preserved and text != text.strip():
            raise _Unusual
        return text

    cdef str t_element(self):
        """A `<t>` element."""
        if self.takes(b"<t>"):
            return self.element_text(b"</t>", False)
        if self.takes(b'<t xml:space="preserve">'):
            return self.element_text(b"</t>", True)
        self.wants(b"<t/>")
        return ""

    cdef int name(self) except -1:
        """Pass a name."""
        cdef Py_ssize_t begin = self.at
        cdef unsigned char byte
        while True:
            byte = self.peek()
            if not (c"a" <= byte <= c"z" or c"A" <= byte <= c"Z" or byte == c":" or byte == c"_"
                    or self.at > begin and (c"0" <= byte <= c"9" or byte == c"." or byte == c"-")):
                break
            self.at += 1
        if self.at == begin:
            raise _Unusual
        return 0

    cdef tuple attribute(self):
        """Begin and end of the name of the attribute that comes next, after a space, and of its value."""
        cdef Py_ssize_t begin = self.at + 1, name_end, value
        self.wants(b" ")
        self.name()
        name_end = self.at
        self.wants(b'="')
        value = self.until(c'"')
        self.at += 1
        return begin, name_end, value, self.at - 1

    cdef tuple plain_attribute(self):
        """The same, where nothing in the value has to be resolved."""
        found = self.attribute()
        cdef Py_ssize_t value = found[2]
        if memchr(PyBytes_AS_STRING(self.source) + value, c"&", self.at - value) != NULL:
            raise _Unusual
        if memchr(PyBytes_AS_STRING(self.source) + value, c"<", self.at - value) != NULL:
            raise _Unusual
        return found

    cdef int wants_references(self, Py_ssize_t begin, Py_ssize_t end) except -1:
        """Every reference between two places must be one that can be resolved."""
        cdef const char *source = PyBytes_AS_STRING(self.source)
        if memchr(source + begin, c"&", end - begin) != NULL:
            if self.unescape(PyUnicode_DecodeUTF8(source + begin, end - begin, NULL)) is None:
                raise _Unusual
        return 0

    cdef int elements(self, list opened) except -1:
        """Pass all elements up to the end, each closed by its own name; those `opened` before may be closed as well."""
        cdef Py_ssize_t begin
        if self.takes(b"<?xml "):
            self.until(c">")
            self.at += 1
        while self.at < self.end:
            if self.peek() != c"<":
                begin = self.at
                if memchr(PyBytes_AS_STRING(self.source) + begin, c"<", self.end - begin) == NULL:
                    self.at = self.end
                    self.wants_references(begin, self.end)
                    return 0
                self.until(c"<")
                self.wants_references(begin, self.at)
            if self.takes(b"</"):
                begin = self.at
                self.name()
                if not opened or opened.pop() != self.source[begin:self.at]:
                    raise _Unusual
                self.wants(b">")
                continue
            self.wants(b"<")
            begin = self.at
            self.name()
            name = self.source[begin:self.at]
            while self.peek() == c" " and not self.sees(b" /"):
                _, _, value, value_end = self.attribute()
                self.wants_references(value, value_end)
            if self.takes(b"/>") or self.takes(b" />"):
                continue
            self.wants(b">")
            opened.append(name)
        return 0
