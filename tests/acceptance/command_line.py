"""Calling `chibo` in this process, as a terminal would see it: output, messages and exit code apart."""

from __future__ import annotations

import csv
import io
import json
import traceback
from dataclasses import dataclass
from typing import Any

from click.testing import CliRunner

from chibo.cli.main import cli
from chibo.errors import ChiboError


@dataclass(frozen=True)
class Called:
    """What one call gave."""

    exit_code: int
    out: bytes
    err: str

    def rows(self) -> list[dict[str, str]]:
        """Standard output as CSV."""
        return list(csv.DictReader(io.StringIO(self.out.decode("utf-8"))))

    def data(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out.decode("utf-8"))


def chibo(*arguments: object) -> Called:
    """Call `chibo`; an exception that is no refusal of ours is a failure of the test."""
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], prog_name="chibo")
    error = result.exception
    if isinstance(error, ChiboError):
        return Called(1, result.stdout_bytes, f"{result.stderr}{error.at_the_prompt}")
    if error is not None and not isinstance(error, SystemExit):
        raise AssertionError("".join(traceback.format_exception(error)))
    return Called(result.exit_code, result.stdout_bytes, result.stderr)
