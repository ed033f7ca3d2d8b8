# Decimal numbers.

cdef extern from "<float.h>":
    const int FLT_EVAL_METHOD

# A whole number of so many digits is exact in a double; so are the powers of ten up to there, and beyond.
cdef enum:
    SURE_DIGITS = 15

cdef double[SURE_DIGITS] POWERS
POWERS[:] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14]


cdef double decimal(const unsigned char *data, Py_ssize_t length) except? -1.0:
    """The nearest double to a decimal number; _Unusual where it is none, or too large.

    Most numbers are short, digits with at most a point among them: an exact number divided by an exact one, rounded once
    where the processor computes in doubles.
    """
    cdef long long digits = 0
    cdef Py_ssize_t place, fraction = 0
    cdef bint has_point = False
    if FLT_EVAL_METHOD != 0 or length > SURE_DIGITS or data[0] == c"." or data[length - 1] == c".":
        return any_decimal(data, length)
    for place in range(length):
        if c"0" <= data[place] <= c"9":
            digits = 10 * digits + (data[place] - c"0")
            fraction += has_point
        elif data[place] == c"." and not has_point:
            has_point = True
        else:
            return any_decimal(data, length)
    return <double>digits / POWERS[fraction]


cdef double any_decimal(const unsigned char *data, Py_ssize_t length) except? -1.0:
    """The same of a number in any form, which is not its whole source: something that belongs to no number follows."""
    cdef char *stop
    cdef double value
    cdef Py_ssize_t place
    for place in range(length):
        if not (c"0" <= data[place] <= c"9" or data[place] in (c"+", c"-", c".", c"e", c"E")):
            raise _Unusual
    try:
        value = PyOS_string_to_double(<const char *>data, &stop, NULL)
    except ValueError:
        raise _Unusual
    if stop != <const char *>data + length or isinf(value):
        raise _Unusual
    return value
