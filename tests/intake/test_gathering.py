"""What small parts say is remembered by their bytes: the same bytes have one answer, others their own."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from chibo.definitions.intake_limits import shipped_limits
from chibo.workbook.intake.parts import Parts, open_parts
from chibo.workbook.intake.refusal import RefusedError

LARGE = 1 << 17


def parts_with(content: bytes, part: str = "xl/workbook.xml", **limits: int) -> Parts:
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr(part, content)
    usual = shipped_limits()
    narrower = usual.model_copy(update={"file": usual.file.model_copy(update=limits)})
    return open_parts(packed.getvalue(), narrower)


class Reader:
    """Gives the text of a root element, and counts how often it was asked."""

    asked = 0

    def __call__(self, root: ElementTree.Element, part: str) -> tuple[str, str]:
        self.asked += 1
        return (root.text or "").strip(), part


def test_the_same_bytes_are_looked_at_once() -> None:
    read = Reader()

    answers = {parts_with(b"<a>1</a>").gather("xl/workbook.xml", read) for _ in range(3)}

    assert answers == {("1", "xl/workbook.xml")}
    assert read.asked == 1


def test_other_bytes_other_parts_and_other_questions_have_their_own_answers() -> None:
    read, other = Reader(), Reader()

    assert parts_with(b"<a>1</a>").gather("xl/workbook.xml", read) == ("1", "xl/workbook.xml")
    assert parts_with(b"<a>2</a>").gather("xl/workbook.xml", read) == ("2", "xl/workbook.xml")
    assert parts_with(b"<a>1</a>", "xl/b.xml").gather("xl/b.xml", read) == ("1", "xl/b.xml")
    assert parts_with(b"<a>1</a>").gather("xl/workbook.xml", other) == ("1", "xl/workbook.xml")
    assert (read.asked, other.asked) == (3, 1)


def test_a_broken_part_is_refused_every_time() -> None:
    for _ in range(2):
        with pytest.raises(RefusedError) as refusal:
            parts_with(b"<a>").gather("xl/workbook.xml", Reader())
        assert refusal.value.kind.code == "XML_BROKEN"
        assert refusal.value.part == "xl/workbook.xml"


@pytest.mark.parametrize(("limit", "code"), [({"xml_depth": 2}, "XML_DEPTH"), ({"xml_attributes": 1}, "XML_ATTRS")])
def test_what_was_plain_under_other_limits_is_looked_at_again(limit: dict[str, int], code: str) -> None:
    content = b'<a><!-- --><b><c d="1" e="2"/></b></a>'

    assert parts_with(content).read("xl/workbook.xml") == content
    assert parts_with(content).read("xl/workbook.xml") == content

    with pytest.raises(RefusedError) as refusal:
        parts_with(content, **limit).read("xl/workbook.xml")
    assert refusal.value.kind.code == code


def test_a_changed_part_is_not_taken_for_the_sound_one_of_the_same_name_and_checksum() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        package.writestr("xl/workbook.xml", b"<a>sound</a>")
    changed = packed.getvalue().replace(b"<a>sound</a>", b"<a>other</a>")

    open_parts(packed.getvalue())

    with pytest.raises(RefusedError) as refusal:
        open_parts(changed)
    assert refusal.value.kind.code == "ZIP_BROKEN"


def test_a_large_part_is_not_kept() -> None:
    read = Reader()

    for _ in range(2):
        assert parts_with(b"<a>1%s</a>" % (b" " * LARGE)).gather("xl/workbook.xml", read)[0] == "1"

    assert read.asked == 2
