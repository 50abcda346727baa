"""What the guide shows is what comes; with ``SNAPSHOTS=overwrite`` it is written anew."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path
from typing import Any

import pytest

GUIDE = Path(__file__).parents[1] / "README.md"
BLOCK = re.compile(r"```(python|text)\n(.*?)```", re.DOTALL)


def test_the_readme_shows_what_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GUIDE.parents[1])
    names: dict[str, Any] = {}
    printed: list[str] = []

    def anew(block: re.Match[str]) -> str:
        kind, content = block.groups()
        if kind == "text":
            return f"```text\n{printed[-1]}```"
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(content, names)
        printed.append(out.getvalue())
        return block[0]

    shown = GUIDE.read_text(encoding="utf-8")
    comes = BLOCK.sub(anew, shown)
    assert len(printed) >= 4
    if os.environ.get("SNAPSHOTS") == "overwrite":
        GUIDE.write_text(comes, encoding="utf-8")
    else:
        assert comes == shown
