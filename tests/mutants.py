"""Mutants of a workbook: what a bad disk, a careless program or somebody with bad intent makes of a sound file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

_TAG = re.compile(rb"<[^<>]{1,400}>")
_TEXT = re.compile(rb">[^<>]{1,200}<")
_QUOTED = re.compile(rb'"[^"<>]{0,200}"')
_ODD = (
    *(b"", b"0", b"-1", b"1e309", b"NaN", b"4294967296", b"99999999999999999999", b"1.7976931348623157e308"),
    *(b"A0", b"XFE1", b"A1048577", b"A1:XFD1048576", b"#REF!", b"=1+1", b"00:60", b"31/02/2026", b"\xff\xfe"),
    *("ệ̣̣".encode(), b"&#0;", b"&lol;", b"]]>", b"<!--", b"x" * 40_000, b"../../x.xml", b"true", b"2026-13"),
)


def mutant(data: bytes, random: Random) -> bytes:
    """One mutant of the workbook; the same draws give the same one."""
    if random.random() < 0.25:
        return _of_bytes(data, random)
    with ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(random.choice((1, 1, 2, 5))):
        name = random.choice(sorted(parts))
        if random.random() < 0.08:
            _of_package(parts, name, random)
        else:
            parts[name] = random.choice(_PART_DEEDS)(parts[name], random)
        if not parts:
            break
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as copy:
        for name, part in parts.items():
            copy.writestr(name, part)
    return made.getvalue()


def _of_bytes(data: bytes, random: Random) -> bytes:
    """The file as a whole: cut off, bits turned, a stretch lost or written twice."""
    at, length = random.randrange(len(data)), random.randrange(1, 2000)
    deed = random.randrange(4)
    if deed == 0:
        return data[:at]
    if deed == 1:
        turned = bytearray(data)
        for _ in range(random.choice((1, 4, 50))):
            turned[random.randrange(len(turned))] ^= 1 << random.randrange(8)
        return bytes(turned)
    return data[:at] + data[at + length :] if deed == 2 else data[: at + length] + data[at:]


def _of_package(parts: dict[str, bytes], name: str, random: Random) -> None:
    """A part lost, exchanged for another, or called by another name."""
    other = random.choice(sorted(parts))
    deed = random.randrange(3)
    if deed == 0:
        del parts[name]
    elif deed == 1:
        parts[name], parts[other] = parts[other], parts[name]
    else:
        parts[name.upper()] = parts.pop(name)


def _replaced(pattern: re.Pattern[bytes], make: Callable[[bytes, Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """A deed that exchanges one piece of a part, found by `pattern`, for what `make` makes of it."""

    def deed(part: bytes, random: Random) -> bytes:
        found = list(pattern.finditer(part))
        if not found:
            return part
        piece = random.choice(found)
        return part[: piece.start()] + make(piece.group(), random) + part[piece.end() :]

    return deed


def _odd(piece: bytes, random: Random) -> bytes:
    return piece[:1] + random.choice(_ODD) + piece[-1:]


def _squeezed(part: bytes, _random: Random) -> bytes:
    """A part in another packing: no XML at all."""
    return zlib.compress(part)


_PART_DEEDS: tuple[Callable[[bytes, Random], bytes], ...] = (
    *(_replaced(_TEXT, _odd), _replaced(_TEXT, _odd), _replaced(_QUOTED, _odd), _replaced(_QUOTED, _odd)),
    _replaced(_TAG, lambda _piece, _random: b""),
    _replaced(_TAG, lambda piece, _random: piece * 2),
    _replaced(_TAG, lambda piece, random: piece * random.choice((100, 5000))),
    _replaced(_TEXT, lambda piece, random: piece[:1] + bytes(random.sample(piece[1:-1], len(piece) - 2)) + piece[-1:]),
    _squeezed,
)
