"""A small notebook page for tests of the server and the template."""

from __future__ import annotations

import json
from pathlib import Path

COUNTER = '''
import os
import anywidget, traitlets

class Counter(anywidget.AnyWidget):
    _esm = """
    export default {
      render({ model, el }) {
        const button = document.createElement("button");
        const draw = () => { button.textContent = "Đếm: " + model.get("value"); };
        button.className = "counter";
        button.onclick = () => { model.set("asked", model.get("asked") + 1); model.save_changes(); };
        model.on("change:value", draw);
        draw();
        el.append(button);
      },
    };
    """
    asked = traitlets.Int(0).tag(sync=True)
    value = traitlets.Int(0).tag(sync=True)

    @traitlets.observe("asked")
    def _count(self, change):
        self.value = change.new * 10

Counter()
'''


def write_notebook(path: Path, *cells: str, **about: object) -> None:
    """Write a notebook of code cells (one starting with `# ` is Markdown); `about` is its page data."""
    document = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "chibo": about,
        },
        "cells": [_cell(number, source) for number, source in enumerate(cells)],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def _cell(number: int, source: str) -> dict[str, object]:
    cell: dict[str, object] = {"id": f"cell{number}", "metadata": {}, "source": source}
    if source.startswith("# "):
        return {**cell, "cell_type": "markdown"}
    return {**cell, "cell_type": "code", "execution_count": None, "outputs": []}
