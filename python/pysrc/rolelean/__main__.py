"""The program: ``python -m rolelean`` and the script ``rolelean`` are the command line, whole."""

from __future__ import annotations

import signal
import sys

from rolelean import _native, _program


def main() -> int:
    """Runs the command line with the arguments of this process; the exit code."""
    # Python would only take note of Ctrl-C, and nobody would ask it. The program listens by itself once it has begun.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _native.program(["rolelean", *sys.argv[1:]], _program.call())


if __name__ == "__main__":
    sys.exit(main())
