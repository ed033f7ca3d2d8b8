"""Who issues the office's papers: names, place and signing titles by level (`sheets/rules/issuer.toml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from chibo.definitions.folders import definition_files
from chibo.definitions.loading import Definition, load_definition
from chibo.errors import DefinitionError

Text = Annotated[str, Field(min_length=1)]
Level = Literal["bloc", "board", "committee"]


class Issuer(Definition):
    """The header and signature blocks of one level.

    In the names, `{committee}` is the base organisation's name without "Đảng bộ". `authority` ("T/M …") is empty where
    the head signs in his own capacity.
    """

    superior: Text
    issuer: Text
    authority: str = ""
    position: Text
    signer: str = ""
    """The printed name under the signature; empty leaves the room to the pen."""

    @property
    def speaks_for_committee(self) -> bool:
        """Whether the names are made from the base organisation's."""
        return "{committee}" in f"{self.superior}{self.issuer}{self.authority}"


class Levels(Definition):
    """The three levels a return can be signed at."""

    bloc: Issuer
    board: Issuer
    committee: Issuer


class IssuerNames(Definition):
    """`sheets/rules/issuer.toml`."""

    schema_number: Literal[1] = Field(alias="schema")
    party: Text = "ĐẢNG CỘNG SẢN VIỆT NAM"
    place: Text
    levels: Levels

    def at(self, level: Level) -> Issuer:
        """The names of a level."""
        issuer: Issuer = getattr(self.levels, level)
        return issuer


def load_issuer(office: Path | None = None) -> IssuerNames:
    """The office's names. Raises DefinitionError where the file is missing or wrong."""
    path = definition_files("rules", office).get("issuer")
    if path is None:
        raise DefinitionError("rules/issuer.toml", "", "không tìm thấy tệp")
    return load_definition(IssuerNames, path)
