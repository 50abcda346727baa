"""The program: ``python -m rolelean`` and the script ``rolelean`` are the command line, whole."""

from __future__ import annotations

import sys

from rolelean import _native, _program


def main() -> int:
    """Runs the command line with the arguments of this process; the exit code."""
    return _native.program(["rolelean", *sys.argv[1:]], _program.call())


if __name__ == "__main__":
    sys.exit(main())
