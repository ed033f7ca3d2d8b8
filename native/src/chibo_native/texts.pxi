# The texts that sheets share.

cdef class _Texts(_Cursor):
    """The texts that sheets share."""

    @final
    cdef list read(self):
        cdef list texts = []
        while not self.takes(b"</sst>"):
            if self.takes(b"<si/>"):
                texts.append("")
                continue
            self.wants(b"<si>")
            texts.append(self.runs() if self.sees(b"<r>") else self.t_element())
            self.wants(b"</si>")
        while self.peek() in (c" ", c"\r", c"\n", c"\t"):
            self.at += 1
        if self.at != self.end:
            raise _Unusual
        return texts

    @final
    cdef str runs(self):
        cdef list texts = []
        while self.takes(b"<r>"):
            self.pass_format()
            texts.append(self.t_element())
            self.wants(b"</r>")
        return "".join(texts)

    @final
    cdef int pass_format(self) except -1:
        """The font of a run: elements without content."""
        if not self.takes(b"<rPr>"):
            return 0
        while not self.takes(b"</rPr>"):
            self.wants(b"<")
            if self.peek() == c"/" or self.peek() == c"!" or self.peek() == c"t":
                raise _Unusual
            self.until(c">")
            if self.data[self.at - 1] != c"/":
                raise _Unusual
            self.at += 1
        return 0
