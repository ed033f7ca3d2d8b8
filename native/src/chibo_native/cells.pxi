# The cells of a sheet.

cdef enum Kind:
    NUMBER, SHARED, TEXT, INLINE, BOOLEAN, ERROR

cdef int MAX_ROWS = 1048576
cdef int MAX_COLUMNS = 16384
cdef int PLAIN_FORMAT = 0


cdef class Common:
    """What the cells of all sheets of a workbook have in common.

    `strings` are the texts that they share; `formats` has for each number of a format 0, or another number where it
    shows a day, a time or a span: which one, `moment_of` says by the number, by that of its format, and by whether days
    count from 1904. `unescape` resolves the references of a text. Both answer None where they cannot say. `characters`
    is the length of the longest text, `cells` how many a sheet may have, and `area` how large the rectangle around them
    from column A on.
    """

    cdef list strings
    cdef bytes formats
    cdef object unescape, moment_of
    cdef bint is_1904
    cdef Py_ssize_t characters, cells, area

    def __init__(self, list strings, bytes formats, unescape, moment_of, *, bint is_1904, Py_ssize_t characters,
                 Py_ssize_t cells, Py_ssize_t area):
        self.strings, self.formats, self.unescape, self.moment_of = strings, formats, unescape, moment_of
        self.is_1904, self.characters, self.cells, self.area = is_1904, characters, cells, area


cdef class SheetCells(_Cursor):
    """What the cells of a sheet hold; rows and columns are 1-based."""

    cdef readonly dict rows
    """The values of each row that holds one, all of one width, from column A on; "" is an empty cell."""
    cdef readonly list texts
    """The different texts among the values."""
    cdef readonly dict broken
    """(row, column): (whether it is an error, the bytes of its value, the bytes of its formula)."""
    cdef readonly set hidden_rows
    cdef readonly Py_ssize_t cells, values, errors
    cdef list with_formula
    """Row and column, in turn, of each cell with a formula: small numbers, which need no room of their own."""
    cdef Common common
    cdef bytearray used
    """For each of the shared texts, whether it is among the texts."""
    cdef set inline
    """The texts that are not shared."""
    cdef long row, column, first_row, last_column
    cdef Py_ssize_t width
    """How many columns the rows have so far."""
    cdef Span row_digits
    cdef list line
    """The values of the row, None before its first."""
    cdef Kind kind
    cdef long style

    def __init__(self, bytes xml, Py_ssize_t begin, Py_ssize_t end, Common common):
        _Cursor.__init__(self, xml, begin, end, common.unescape)
        self.common = common
        self.rows, self.texts, self.broken, self.hidden_rows, self.with_formula = {}, [], {}, set(), []
        self.used, self.inline = bytearray(len(common.strings)), set()

    def formulas(self):
        """(row, column) of each cell with a formula."""
        return list(zip(self.with_formula[::2], self.with_formula[1::2]))

    @final
    cdef int read(self) except -1:
        while self.at < self.end:
            self.read_row()
        for line in self.rows.values():
            widen(line, self.width)
        return 0

    @final
    cdef int read_row(self) except -1:
        cdef long before = self.row
        cdef bint hidden = False
        self.wants(b'<row r="')
        self.row_digits.begin = self.at
        self.row = self.number()
        self.row_digits.end = self.at
        if not before < self.row <= MAX_ROWS:
            raise _Unusual
        self.wants(b'"')
        while self.peek() == c" " and not self.sees(b" /"):
            self.plain_attribute()
            if self.reads(self.name_found, b"r"):
                raise _Unusual
            if self.reads(self.name_found, b"hidden"):
                hidden = self.reads(self.value_found, b"1") or self.reads(self.value_found, b"true")
        if hidden:
            self.hidden_rows.add(self.row)
        self.first_row = self.first_row or self.row
        self.column, self.line = 0, None
        if self.takes(b"/>") or self.takes(b" />"):
            return 0
        self.wants(b">")
        while not self.takes(b"</row>"):
            self.read_cell()
        self.wants_room()
        return 0

    @final
    cdef int wants_room(self) except -1:
        """The cells so far must not be too many or too far apart; an empty row at the end does no harm."""
        if self.cells > self.common.cells:
            raise _Unusual
        if self.column and (self.row - self.first_row + 1) * self.last_column > self.common.area:
            raise _Unusual
        return 0

    @final
    cdef int read_cell(self) except -1:
        self.wants(b'<c r="')
        self.read_reference()
        self.cells += 1
        self.kind, self.style = Kind.NUMBER, -1
        while self.peek() == c" " and not self.sees(b" /"):
            self.read_cell_attribute()
        if self.takes(b"/>") or self.takes(b" />"):
            return 0
        self.wants(b">")
        self.read_content()
        self.wants(b"</c>")
        return 0

    @final
    cdef inline int read_reference(self) except -1:
        """Column and row: the column comes after the one before, the row is this one."""
        cdef long column = 0
        cdef Py_ssize_t begin = self.at
        while c"A" <= self.peek() <= c"Z" and self.at - begin < 3:
            column = 26 * column + (self.peek() - c"A" + 1)
            self.at += 1
        if not self.column < column <= MAX_COLUMNS or not self.takes_again(self.row_digits):
            raise _Unusual
        self.wants(b'"')
        self.column = column
        self.last_column = max(self.last_column, column)
        return 0

    @final
    cdef inline int read_cell_attribute(self) except -1:
        if self.takes(b' s="'):
            self.style = self.number()
            self.wants(b'"')
        elif self.takes(b' t="'):
            self.read_kind()
            self.wants(b'"')
        else:
            self.plain_attribute()
            if self.name_found.end - self.name_found.begin == 1 and self.data[self.name_found.begin] in (c"r", c"s", c"t"):
                raise _Unusual
        return 0

    @final
    cdef inline int read_kind(self) except -1:
        if self.takes(b"str"):
            self.kind = Kind.TEXT
        elif self.takes(b"s"):
            self.kind = Kind.SHARED
        elif self.takes(b"n"):
            self.kind = Kind.NUMBER
        elif self.takes(b"b"):
            self.kind = Kind.BOOLEAN
        elif self.takes(b"inlineStr"):
            self.kind = Kind.INLINE
        else:
            self.wants(b"e")
            self.kind = Kind.ERROR
        return 0

    @final
    cdef int read_content(self) except -1:
        """A formula, a value, both, or nothing."""
        cdef bint has_formula = self.sees(b"<f"), has_value = False
        cdef Span formula = Span(0, 0), value = Span(0, 0)
        if has_formula:
            formula = self.read_formula()
            self.with_formula.append(self.row)
            self.with_formula.append(self.column)
        if self.kind == Kind.INLINE:
            if self.sees(b"<is>"):
                self.read_inline()
                return 0
        elif self.takes(b"<v>"):
            value.begin, has_value = self.until(c"<"), True
            value.end = self.at
            self.wants(b"</v>")
        else:
            has_value = self.takes(b"<v/>") or self.takes(b"<v />")
        if value.end - value.begin > self.common.characters:
            raise _Unusual
        if self.kind == Kind.ERROR:
            self.errors += 1
            self.broken[self.row, self.column] = True, self.bytes_of(value), self.bytes_of(formula)
        elif value.end > value.begin:
            self.read_value(value.begin, value.end)
        elif self.kind == Kind.SHARED:
            raise _Unusual
        elif has_formula and not (self.kind == Kind.TEXT and has_value):
            self.broken[self.row, self.column] = False, b"", self.bytes_of(formula)
        return 0

    @final
    cdef Span read_formula(self) except *:
        """The text of a formula, which may be none."""
        cdef Span formula = Span(0, 0)
        self.wants(b"<f")
        if self.peek() != c">" and self.peek() != c"/":
            if self.peek() != c" ":
                raise _Unusual
            while self.peek() == c" " and not self.sees(b" /"):
                self.plain_attribute()
            self.takes(b" ")
        if self.takes(b"/>"):
            return formula
        self.wants(b">")
        formula.begin = self.until(c"<")
        formula.end = self.at
        self.wants_references(formula)
        self.wants(b"</f>")
        return formula

    @final
    cdef bytes bytes_of(self, Span span):
        return self.source[span.begin:span.end]

    @final
    cdef int read_inline(self) except -1:
        cdef str text
        self.wants(b"<is>")
        text = self.t_element()
        self.wants(b"</is>")
        if len(text) > self.common.characters:
            raise _Unusual
        if text:
            self.put_text(text)
        return 0

    @final
    cdef int read_value(self, Py_ssize_t begin, Py_ssize_t end) except -1:
        if self.kind == Kind.SHARED:
            self.put_shared(begin, end)
        elif self.kind == Kind.TEXT:
            self.put_text(self.text(begin, end))
        elif self.kind == Kind.BOOLEAN:
            if end - begin != 1 or self.data[begin] not in (c"0", c"1"):
                raise _Unusual
            self.put(self.data[begin] == c"1")
        elif self.kind == Kind.NUMBER:
            self.put_number(decimal(self.data + begin, end - begin))
        else:
            raise _Unusual
        return 0

    @final
    cdef int put_shared(self, Py_ssize_t begin, Py_ssize_t end) except -1:
        """Put the shared text that has this number."""
        cdef Py_ssize_t index, after = self.at
        cdef str text
        self.at = begin
        index = self.number()
        if self.at != end or index >= len(self.common.strings):
            raise _Unusual
        self.at = after
        text = self.common.strings[index]
        if not text:
            return 0
        if not self.used[index]:
            self.used[index] = True
            self.texts.append(text)
        return self.put(text)

    @final
    cdef int put_text(self, str text) except -1:
        """Put a text that is not shared."""
        if text not in self.inline:
            self.inline.add(text)
            self.texts.append(text)
        return self.put(text)

    @final
    cdef int put_number(self, double value) except -1:
        """Put a number as its format shows it."""
        cdef int kind = PLAIN_FORMAT
        if 0 <= self.style < len(self.common.formats):
            kind = self.common.formats[self.style]
        if kind == PLAIN_FORMAT:
            return self.put(value)
        moment = self.common.moment_of(value, kind, self.common.is_1904)
        if moment is None:
            raise _Unusual
        return self.put(moment)

    @final
    cdef inline int put(self, object value) except -1:
        """Put a value at the column where the cursor is."""
        if self.line is None:
            self.line = self.rows[self.row] = [""] * self.width
        if self.column > self.width:
            self.width = self.column
        widen(self.line, self.column)
        self.line[self.column - 1] = value
        self.values += 1
        return 0


cdef int widen(list line, Py_ssize_t width) except -1:
    """Put empty cells at the end of a row until it has this width."""
    while len(line) < width:
        line.append("")
    return 0
