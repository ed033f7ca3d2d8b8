"""A workbook's package while it is edited: parts read, parts changed, parts added; all others stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from attrs import define, field, frozen

from chibo.errors import OutputError
from chibo.workbook.intake.file_kinds import refuse_other_kinds
from chibo.workbook.intake.package import Package, open_package
from chibo.workbook.intake.refusal import RefusedError
from chibo.workbook.patching.xml_bytes import attribute, element, elements, escaped, prefix_of, spliced
from chibo.workbook.patching.zip_copy import copied

CONTENT_TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@frozen
class Relation:
    """One relation of a part: its id, the last word of its type, and the part it leads to ("" for the outside)."""

    id: str
    kind: str
    target: str


@define(eq=False)
class PackageEdit:
    """The package of one workbook. Parts are named as in the archive, whatever the case in which they are asked for."""

    data: bytes
    package: Package
    _changed: dict[str, bytes] = field(factory=dict)
    _added: dict[str, bytes] = field(factory=dict)
    _removed: set[str] = field(factory=set)

    def name(self, part: str) -> str:
        """The archive's name of a part, "" where it has none."""
        key = part.replace("\\", "/").lstrip("/").lower()
        added = next((name for name in self._added if name.lower() == key), "")
        known = self.package.parts.names.get(key, "")
        return added or ("" if known in self._removed else known)

    def read(self, part: str) -> bytes:
        """The bytes of a part as they are now."""
        name = self.name(part)
        for pending in (self._changed, self._added):
            if name in pending:
                return pending[name]
        return self.package.parts.raw(part)

    def write(self, part: str, content: bytes) -> None:
        """Give an existing part another content."""
        name = self.name(part)
        if name in self._added:
            self._added[name] = content
        elif content != self.package.parts.raw(name):
            self._changed[name] = content
        else:
            self._changed.pop(name, None)

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part; without a content type, its extension must have one already."""
        self._removed.discard(part)
        self._added[part] = content
        if content_type:
            override = b'<~Override PartName="/%s" ContentType="%s"/>' % (part.encode(), content_type.encode())
            self._insert(CONTENT_TYPES, b"Types", override)

    def remove(self, part: str) -> None:
        """Take a part out, with its content type and its own relations; whoever leads to it must be told apart."""
        for name in (self.name(part), self.name(relations_part(part))):
            if name:
                self._discard(name)
        self._drop(CONTENT_TYPES, b"Override", b"PartName", f"/{part}")

    def _discard(self, name: str) -> None:
        self._added.pop(name, None)
        self._changed.pop(name, None)
        if name in self.package.parts.names.values():
            self._removed.add(name)

    def declare(self, extension: str, content_type: str) -> None:
        """Make sure that parts with this extension have a content type."""
        types = self.read(CONTENT_TYPES)
        tag = prefix_of(types) + b"Default"
        if not any(
            (attribute(one.attributes, b"Extension") or "").lower() == extension for one in elements(types, tag)
        ):
            default = b'<~Default Extension="%s" ContentType="%s"/>' % (extension.encode(), content_type.encode())
            self._insert(CONTENT_TYPES, b"Types", default, first=True)

    def free_name(self, pattern: str) -> str:
        """A part's name that is not taken: `pattern` with the first free number for its `{}`."""
        number = 1
        while self.name(pattern.format(number)):
            number += 1
        return pattern.format(number)

    # ── relations ─────────────────────────────────────────────────────────────────────────────────────────────────

    def relations(self, part: str) -> Iterator[Relation]:
        """The relations of a part."""
        where = self.name(relations_part(part))
        if not where:
            return
        xml = self.read(where)
        for one in elements(xml, prefix_of(xml) + b"Relationship"):
            kind = (attribute(one.attributes, b"Type") or "").rpartition("/")[2]
            outside = attribute(one.attributes, b"TargetMode") == "External"
            target = attribute(one.attributes, b"Target") or ""
            yield Relation(attribute(one.attributes, b"Id") or "", kind, "" if outside else resolved(part, target))

    def relate(self, part: str, kind: str, target: str) -> str:
        """Lead from a part to another one (named in full); the id of the new relation."""
        taken = {relation.id for relation in self.relations(part)}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        relation = b'<~Relationship Id="rId%d" Type="%s/%s" Target="/%s"/>' % (
            number,
            RELATIONS.encode(),
            kind.encode(),
            escaped(target, quote=True),
        )
        where = self.name(relations_part(part))
        if where:
            self._insert(where, b"Relationships", relation)
        else:
            head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="%s">' % (
                _PACKAGE_RELATIONS.encode()
            )
            self.add(relations_part(part), head + relation.replace(b"<~", b"<") + b"</Relationships>", "")
        return f"rId{number}"

    def unrelate(self, part: str, identifier: str) -> None:
        """Take one relation of a part away; where none is left, the part that held them goes as well."""
        where = self.name(relations_part(part))
        if where:
            self._drop(where, b"Relationship", b"Id", identifier)
            if not any(self.relations(part)):
                self._discard(where)

    def _insert(self, part: str, root: bytes, piece: bytes, *, first: bool = False) -> None:
        """Put an element, written with `~` for the prefix, into the root element of a part."""
        xml = self.read(part)
        prefix = prefix_of(xml)
        piece = piece.replace(b"~", prefix)
        found = element(xml, prefix + root)
        if found is None:
            raise damaged(part)
        if found.is_empty:
            opened = xml[found.start : found.end].rstrip(b">").rstrip(b"/").rstrip()
            content = b"%s>%s</%s%s>" % (opened, piece, prefix, root)
            self.write(part, xml[: found.start] + content + xml[found.end :])
        else:
            at = found.inner_start if first else found.inner_end
            self.write(part, xml[:at] + piece + xml[at:])

    def _drop(self, part: str, tag: bytes, name: bytes, value: str) -> None:
        """Take the elements `tag` whose attribute has this value (in any case of letters) out of a part."""
        xml = self.read(part)
        gone = [
            (one.start, one.end, b"")
            for one in elements(xml, prefix_of(xml) + tag)
            if (attribute(one.attributes, name) or "").lower() == value.lower()
        ]
        if gone:
            self.write(part, spliced(xml, gone))

    # ── the workbook ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def workbook(self) -> str:
        """The part of the workbook."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument":
                return self.name(relation.target) or "xl/workbook.xml"
        return self.name("xl/workbook.xml")

    def sheet_part(self, sheet: str) -> str:
        """The part of a worksheet by its name. Raises OutputError where the workbook has none of it."""
        for part in self.package.sheets:
            if part.name == sheet:
                return self.name(part.part)
        raise OutputError(f"Trong tệp không có trang «{sheet}».", english=f"The file has no sheet «{sheet}».")

    def related(self, part: str, kind: str) -> str:
        """The first part of a kind that a part leads to, "" where there is none."""
        return next((self.name(one.target) for one in self.relations(part) if one.kind == kind and one.target), "")

    def saved(self) -> bytes:
        """The package with everything written in; the very same bytes where nothing changed."""
        if not (self._changed or self._added or self._removed):
            return self.data
        return copied(self.data, self._changed, self._added, self._removed)

    @property
    def touched(self) -> Mapping[str, bytes]:
        """The parts that changed or were added, with their new content."""
        return {**self._changed, **self._added}


def open_for_editing(data: bytes, file: str = "") -> PackageEdit:
    """The package of a workbook that is to be written into. Raises RefusedError where it cannot be read."""
    refuse_other_kinds(data, file)
    return PackageEdit(data, open_package(data))


def refused_words(error: RefusedError) -> OutputError:
    """What to say where a file cannot be opened to be written into."""
    return OutputError(
        f"Không mở được tệp để ghi thêm ({error.kind.code}). Hãy mở tệp bằng Excel, lưu thành .xlsx rồi thử lại.",
        english=f"The file cannot be opened to write into it ({error.kind.code}). Open it in Excel, save it as .xlsx "
        "and try again.",
    )


def damaged(part: str) -> OutputError:
    """What to say of a part that is not as every workbook has it."""
    return OutputError(
        f"Phần «{part}» của tệp không đúng dạng. Hãy mở tệp bằng Excel, lưu lại rồi thử lại.",
        english=f"The part «{part}» of the file has not the right form. Open the file in Excel, save it and try again.",
    )


def relations_part(part: str) -> str:
    """The part that holds the relations of a part ("" is the package itself)."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def resolved(part: str, target: str) -> str:
    """The full name of what a relation of `part` leads to."""
    target = target.replace("\\", "/").partition("#")[0]
    steps: list[str] = []
    folder = "" if target.startswith("/") else part.rpartition("/")[0]
    for step in PurePosixPath(folder, target.lstrip("/")).parts:
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
