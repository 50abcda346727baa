"""The exceptions and warnings that are rolelean's own; ``rolelean`` shows them."""

from __future__ import annotations

import sys
import warnings


class LexiconError(ValueError):
    """A lexicon that cannot be used. The message lists every finding with its file, line and column."""

    __module__ = "rolelean"


class ColumnError(ValueError):
    """A table whose columns cannot be used: one is missing, is there twice, or holds what is no text.

    The message names the column, what was found, and what to do.
    """

    __module__ = "rolelean"


class ColumnTypeError(ColumnError, TypeError):
    """A column of numbers, lists or other things where text is expected."""

    __module__ = "rolelean"


class InternalError(RuntimeError):
    """A bug of rolelean itself. Please report it, with the message and the output above it."""

    __module__ = "rolelean"


class ColumnWarning(UserWarning):
    """Columns of a table that were chosen by what they hold, or that may be the wrong ones."""

    __module__ = "rolelean"


class SkippedWarning(UserWarning):
    """A file or record that could not be read as a posting, with its place and the reason."""

    __module__ = "rolelean"


def warn(told: str, kind: type[Warning]) -> None:
    """Warns at the line that called this package."""
    frame, level = sys._getframe(), 1
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("rolelean."):
        frame, level = frame.f_back, level + 1
    warnings.warn(told, kind, stacklevel=level)
