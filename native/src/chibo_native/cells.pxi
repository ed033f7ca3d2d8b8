# The cells of a sheet.

cdef enum Kind:
    NUMBER, SHARED, TEXT, INLINE, BOOLEAN, ERROR

cdef int MAX_ROWS = 1048576
cdef int MAX_COLUMNS = 16384
cdef int PLAIN_FORMAT = 0


cdef struct Limits:
    Py_ssize_t characters
    Py_ssize_t cells
    Py_ssize_t area


cdef class SheetCells(_Cursor):
    """What the cells of a sheet hold; rows and columns are 1-based."""

    cdef readonly dict rows
    """The values of each row that holds one, from column A on; "" is an empty cell."""
    cdef readonly dict broken
    """(row, column): (whether it is an error, the bytes of its value, the bytes of its formula)."""
    cdef readonly set hidden_rows
    cdef readonly list formulas
    """(row, column) of each cell with a formula."""
    cdef readonly list moments
    """(row, column, number, kind of format) of each number that its format shows as something else."""
    cdef readonly Py_ssize_t cells, values, errors
    cdef readonly long first_row, last_row, first_column, last_column
    cdef list strings
    cdef bytes formats
    cdef Limits limits
    cdef long row, column
    cdef Kind kind
    cdef long style
    cdef list line

    def __init__(self, bytes xml, Py_ssize_t begin, Py_ssize_t end, list strings, bytes formats, Limits limits,
                 unescape):
        _Cursor.__init__(self, xml, begin, end, unescape)
        self.rows, self.broken, self.hidden_rows, self.moments, self.formulas = {}, {}, set(), [], []
        self.strings, self.formats, self.limits = strings, formats, limits

    @final
    cdef int read(self) except -1:
        cdef Py_ssize_t begin = self.at, end = self.end
        self.at, self.end = 0, begin
        self.elements()
        self.at, self.end = begin, end
        while self.at < self.end:
            self.read_row()
        self.end = len(self.source)
        self.elements()
        if self.depth:
            raise _Unusual
        return 0

    @final
    cdef int read_row(self) except -1:
        cdef bint hidden = False
        self.wants(b'<row r="')
        self.row = self.number()
        if not self.last_row < self.row <= MAX_ROWS:
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
        self.last_row = self.row
        self.column, self.line = 0, None
        if self.takes(b"/>") or self.takes(b" />"):
            return 0
        self.wants(b">")
        while not self.takes(b"</row>"):
            self.read_cell()
        return 0

    @final
    cdef int read_cell(self) except -1:
        self.wants(b'<c r="')
        self.read_reference()
        self.cells += 1
        if self.cells > self.limits.cells or (self.row - self.first_row + 1) * self.last_column > self.limits.area:
            raise _Unusual
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
    cdef int read_reference(self) except -1:
        """Column and row: the column comes after the one before, the row is this one."""
        cdef long column = 0
        cdef Py_ssize_t begin = self.at
        while c"A" <= self.peek() <= c"Z" and self.at - begin < 3:
            column = 26 * column + (self.peek() - c"A" + 1)
            self.at += 1
        if not self.column < column <= MAX_COLUMNS or self.number() != self.row:
            raise _Unusual
        self.wants(b'"')
        self.column = column
        if not self.first_column or column < self.first_column:
            self.first_column = column
        if column > self.last_column:
            self.last_column = column
        return 0

    @final
    cdef int read_cell_attribute(self) except -1:
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
    cdef int read_kind(self) except -1:
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
        cdef bint has_formula = self.sees(b"<f")
        cdef bytes formula = b""
        cdef Py_ssize_t begin = 0, end = 0
        cdef bint has_value = False
        if has_formula:
            formula = self.read_formula()
            self.formulas.append((self.row, self.column))
        if self.kind == Kind.INLINE:
            if self.sees(b"<is>"):
                self.read_inline()
                return 0
        elif self.takes(b"<v>"):
            begin, has_value = self.until(c"<"), True
            end = self.at
            self.wants(b"</v>")
        else:
            has_value = self.takes(b"<v/>") or self.takes(b"<v />")
        if end - begin > self.limits.characters:
            raise _Unusual
        if self.kind == Kind.ERROR:
            self.errors += 1
            self.broken[self.row, self.column] = True, self.source[begin:end], formula
        elif end > begin:
            self.read_value(begin, end)
        elif self.kind == Kind.SHARED:
            raise _Unusual
        elif has_formula and not (self.kind == Kind.TEXT and has_value):
            self.broken[self.row, self.column] = False, b"", formula
        return 0

    @final
    cdef bytes read_formula(self):
        cdef Py_ssize_t begin
        self.wants(b"<f")
        if self.peek() != c">" and self.peek() != c"/":
            if self.peek() != c" ":
                raise _Unusual
            while self.peek() == c" " and not self.sees(b" /"):
                self.plain_attribute()
            self.takes(b" ")
        if self.takes(b"/>"):
            return b""
        self.wants(b">")
        begin = self.until(c"<")
        self.wants_references(Span(begin, self.at))
        formula = self.source[begin:self.at]
        self.wants(b"</f>")
        return formula

    @final
    cdef int read_inline(self) except -1:
        cdef str text
        self.wants(b"<is>")
        text = self.t_element()
        self.wants(b"</is>")
        if len(text) > self.limits.characters:
            raise _Unusual
        if text:
            self.put(text)
        return 0

    @final
    cdef int read_value(self, Py_ssize_t begin, Py_ssize_t end) except -1:
        cdef str text
        if self.kind == Kind.SHARED:
            text = self.shared(begin, end)
            if text:
                self.put(text)
        elif self.kind == Kind.TEXT:
            self.put(self.text(begin, end))
        elif self.kind == Kind.BOOLEAN:
            if end - begin != 1 or self.data[begin] not in (c"0", c"1"):
                raise _Unusual
            self.put(self.data[begin] == c"1")
        elif self.kind == Kind.NUMBER:
            self.put_number(self.decimal(begin, end))
        else:
            raise _Unusual
        return 0

    @final
    cdef str shared(self, Py_ssize_t begin, Py_ssize_t end):
        cdef Py_ssize_t index
        cdef Py_ssize_t after = self.at
        self.at = begin
        index = self.number()
        if self.at != end or index >= len(self.strings):
            raise _Unusual
        self.at = after
        return self.strings[index]

    @final
    cdef double decimal(self, Py_ssize_t begin, Py_ssize_t end) except? -1.0:
        """A number, however it is written."""
        cdef char *stop
        cdef double value
        cdef Py_ssize_t place
        for place in range(begin, end):
            if not (c"0" <= self.data[place] <= c"9" or self.data[place] in (c"+", c"-", c".", c"e", c"E")):
                raise _Unusual
        try:
            value = PyOS_string_to_double(<const char *>self.data + begin, &stop, NULL)
        except ValueError:
            raise _Unusual
        if stop != <const char *>self.data + end or isinf(value):
            raise _Unusual
        return value

    @final
    cdef int put_number(self, double value) except -1:
        cdef int kind = self.formats[self.style] if 0 <= self.style < len(self.formats) else PLAIN_FORMAT
        if kind != PLAIN_FORMAT:
            self.moments.append((self.row, self.column, value, kind))
        self.put(value)
        return 0

    @final
    cdef int put(self, object value) except -1:
        """Put a value at the column where the cursor is."""
        cdef list line = self.line
        if line is None:
            line = self.line = self.rows[self.row] = []
        while len(line) < self.column - 1:
            line.append("")
        line.append(value)
        self.values += 1
        return 0
