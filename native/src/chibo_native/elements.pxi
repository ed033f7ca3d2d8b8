# The elements of a document, looked at for their form only.

cdef enum:
    DEEPEST = 64


cdef class _Elements(_Cursor):
    """The elements of a document, looked at for their form only."""

    cdef Span[DEEPEST] opened
    """The names of the elements that are open."""
    cdef int depth

    @final
    cdef int read(self) except -1:
        """Pass all elements up to the end, each closed by its own name."""
        if self.takes(b"<?xml "):
            self.until(c">")
            self.at += 1
        while self.at < self.end:
            if self.peek() != c"<":
                self.between_elements()
            elif self.takes(b"</"):
                self.close_element()
            else:
                self.open_element()
        if self.depth:
            raise _Unusual
        return 0

    @final
    cdef int between_elements(self) except -1:
        """Pass text up to the next element or the end."""
        cdef Py_ssize_t begin = self.at
        cdef const void *found = memchr(self.data + begin, c"<", self.end - begin)
        self.at = <const unsigned char *>found - self.data if found != NULL else self.end
        return self.wants_references(Span(begin, self.at))

    @final
    cdef int close_element(self) except -1:
        cdef Py_ssize_t begin = self.at
        cdef Span opened
        self.name()
        if not self.depth:
            raise _Unusual
        self.depth -= 1
        opened = self.opened[self.depth]
        if opened.end - opened.begin != self.at - begin:
            raise _Unusual
        if memcmp(self.data + opened.begin, self.data + begin, self.at - begin):
            raise _Unusual
        return self.wants(b">")

    @final
    cdef int open_element(self) except -1:
        cdef Span name
        self.wants(b"<")
        name.begin = self.at
        self.name()
        name.end = self.at
        while self.peek() == c" " and not self.sees(b" /"):
            self.attribute()
            self.wants_references(self.value_found)
        if self.takes(b"/>") or self.takes(b" />"):
            return 0
        self.wants(b">")
        if self.depth == DEEPEST:
            raise _Unusual
        self.opened[self.depth] = name
        self.depth += 1
        return 0
