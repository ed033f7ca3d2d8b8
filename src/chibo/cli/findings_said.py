"""Findings said on standard error, a line each: where, what, how to mend it, and the code."""

from __future__ import annotations

from collections.abc import Iterable

from chibo.cli.findings_text import WORDS
from chibo.cli.output import say
from chibo.definitions.language import Language
from chibo.definitions.library import Library
from chibo.findings import Finding


def typed_on_list(findings: Iterable[Finding]) -> list[Finding]:
    """Those that tell of text on the list of marks, which goes when the list goes."""
    return [finding for finding in findings if finding.code == "TYPED_ON_LIST"]


def say_findings(findings: Iterable[Finding], library: Library, language: Language) -> None:
    """Say each finding of one workbook, in their order."""
    words, catalogue = WORDS[language], library.catalogue.at_the_prompt
    for finding in findings:
        place = finding.place
        where = f"[{place.sheet} {place.address}".rstrip() + "] " if place.sheet else ""
        said = catalogue.message(finding, language)
        say(f"- {where}{words[finding.severity]}: {said} ({finding.code})")
