"""Processes and those that they started, as Linux tells of them in /proc."""

from __future__ import annotations

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def _all() -> dict[int, list[str]]:
    """By number, the fields of each process's `stat` from its state on; see proc(5)."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # Before it stands a name in parentheses, which may hold anything.
            found[int(path.parent.name)] = path.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            # It has ended.
            continue
    return found


def _below(number: int, processes: dict[int, list[str]]) -> list[int]:
    found: list[int] = []
    new = [number]
    while new:
        new = [child for child, fields in processes.items() if int(fields[1]) in new]
        found += new
    return found


def descendants(number: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    return _below(number, _all())


def command_line(number: int) -> str:
    """What a process was started as; nothing once it has ended."""
    try:
        return Path(f"/proc/{number}/cmdline").read_text(errors="replace").replace("\0", " ")
    except OSError:
        return ""


def processor_seconds() -> float:
    """What this process, those that it started and those that they did have used so far."""
    processes = _all()
    ours = [os.getpid(), *_below(os.getpid(), processes)]
    # User and system time, a process's own and that of its children which have ended.
    return sum(int(ticks) for number in ours for ticks in processes[number][11:15]) / _TICKS
