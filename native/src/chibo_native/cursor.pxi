# A place in the bytes, and the ways to go on from there.

cdef struct Span:
    Py_ssize_t begin, end


class _Unusual(Exception):
    """Inside this module only: the bytes are in another form."""


cdef class _Cursor:
    """A place in the bytes, and the ways to go on from there.

    Bytes are only read before `end`, which lies within the source. The methods are final, so that the compiler may put
    them where they are called.
    """

    cdef bytes source
    cdef const unsigned char *data
    cdef Py_ssize_t at
    cdef Py_ssize_t end
    cdef object unescape
    cdef Span name_found, value_found
    """Name and value of the attribute passed last."""

    def __init__(self, bytes source, Py_ssize_t begin, Py_ssize_t end, unescape):
        if not 0 <= begin <= end <= len(source):
            raise ValueError("begin and end must lie within the bytes")
        self.source, self.data, self.at, self.end = source, <const unsigned char *>PyBytes_AS_STRING(source), begin, end
        self.unescape = unescape

    @final
    cdef inline unsigned char peek(self) noexcept:
        """The next byte, 0 at the end."""
        return self.data[self.at] if self.at < self.end else 0

    @final
    cdef inline bint sees(self, const char *literal) noexcept:
        """Whether this is what comes next."""
        cdef Py_ssize_t length = strlen(literal)
        return self.end - self.at >= length and memcmp(self.data + self.at, literal, length) == 0

    @final
    cdef inline bint takes(self, const char *literal) noexcept:
        """Whether this is what comes next; then it is passed."""
        if not self.sees(literal):
            return False
        self.at += strlen(literal)
        return True

    @final
    cdef inline int wants(self, const char *literal) except -1:
        if not self.takes(literal):
            raise _Unusual
        return 0

    @final
    cdef inline bint takes_again(self, Span span) noexcept:
        """Whether what stands in a span comes next once more; then it is passed."""
        cdef Py_ssize_t length = span.end - span.begin
        if self.end - self.at < length or memcmp(self.data + self.at, self.data + span.begin, length):
            return False
        self.at += length
        return True

    @final
    cdef inline bint holds(self, Span span, unsigned char byte) noexcept:
        """Whether a byte is somewhere in a span."""
        return memchr(self.data + span.begin, byte, span.end - span.begin) != NULL

    @final
    cdef inline bint starts(self, Span span, const char *literal) noexcept:
        """Whether a span begins with this."""
        cdef Py_ssize_t length = strlen(literal)
        return span.end - span.begin >= length and memcmp(self.data + span.begin, literal, length) == 0

    @final
    cdef inline bint reads(self, Span span, const char *literal) noexcept:
        """Whether a span is this, byte for byte."""
        cdef Py_ssize_t length = strlen(literal)
        return span.end - span.begin == length and memcmp(self.data + span.begin, literal, length) == 0

    @final
    cdef inline Py_ssize_t until(self, unsigned char stop) except -1:
        """Pass what comes before the next `stop`; the answer is where that begins."""
        cdef Py_ssize_t begin = self.at
        cdef const void *found = memchr(self.data + begin, stop, self.end - begin) if begin < self.end else NULL
        if found == NULL:
            raise _Unusual
        self.at = <const unsigned char *>found - self.data
        return begin

    @final
    cdef inline long number(self) except -1:
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

    @final
    cdef str text(self, Py_ssize_t begin, Py_ssize_t end):
        """The text between two places, its references resolved."""
        cdef Py_ssize_t length = end - begin
        cdef const char *source = <const char *>self.data
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

    @final
    cdef str element_text(self, const char *closing, bint preserved):
        """The text up to the end of its element; where spaces are not preserved, there must be none around it."""
        cdef Py_ssize_t begin = self.until(c"<")
        cdef str text = self.text(begin, self.at)
        self.wants(closing)
        if not preserved and text and (text[0].isspace() or text[len(text) - 1].isspace()):
            raise _Unusual
        return text

    @final
    cdef str t_element(self):
        """A `<t>` element."""
        if self.takes(b"<t>"):
            return self.element_text(b"</t>", False)
        if self.takes(b'<t xml:space="preserve">'):
            return self.element_text(b"</t>", True)
        self.wants(b"<t/>")
        return ""

    @final
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

    @final
    cdef int attribute(self) except -1:
        """Pass the attribute that comes next, after a space: then its name and value are known."""
        self.wants(b" ")
        self.name_found.begin = self.at
        self.name()
        self.name_found.end = self.at
        self.wants(b'="')
        self.value_found.begin = self.until(c'"')
        self.value_found.end = self.at
        self.at += 1
        return 0

    @final
    cdef int plain_attribute(self) except -1:
        """The same, where nothing in the value has to be resolved."""
        self.attribute()
        if self.holds(self.value_found, c"&") or self.holds(self.value_found, c"<"):
            raise _Unusual
        return 0

    @final
    cdef int wants_references(self, Span span) except -1:
        """Every reference in a span must be one that can be resolved."""
        cdef const void *found
        cdef Span rest = span
        while True:
            found = memchr(self.data + rest.begin, c"&", rest.end - rest.begin)
            if found == NULL:
                return 0
            rest.begin = <const unsigned char *>found - self.data
            if not (self.starts(rest, b"&amp;") or self.starts(rest, b"&quot;") or self.starts(rest, b"&lt;")
                    or self.starts(rest, b"&gt;") or self.starts(rest, b"&apos;")):
                break
            rest.begin += 1
        if self.unescape(self.decoded(span)) is None:
            raise _Unusual
        return 0

    @final
    cdef str decoded(self, Span span):
        return PyUnicode_DecodeUTF8(<const char *>self.data + span.begin, span.end - span.begin, NULL)
