"""How the program in the wheel is called anew, and what is then called.

A PDF or a workbook is read in a process of its own, many times in a run. This file is started for it by its path: it
loads the extension module from its own folder and nothing else, which takes a third of the time of `-m rolelean`, and
works wherever the package was imported from.
"""

from __future__ import annotations

import sys


def call() -> list[str]:
    """The words that call the program; none where the interpreter does not know its own path."""
    return [sys.executable, "-ES", __file__] if sys.executable else []


if __name__ == "__main__":
    import _native  # type: ignore[import-not-found]

    sys.exit(_native.program(["rolelean", *sys.argv[1:]], call()))
