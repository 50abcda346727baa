"""Which columns of a table postings are made of, for those who want to see or to hold the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rolelean import _files, _frames
from rolelean._native import Columns

__all__ = ["Columns", "choose_columns"]


def choose_columns(
    table: Any, text: str | Sequence[str] | None = None, title: str | None = None, id: str | None = None
) -> Columns:
    """Which columns of ``table`` :meth:`Classifier.classify_arrow` would take.

    They are found by the names that job boards give them, and by what the first hundred rows hold where the names do
    not tell. Of a table that comes in parts, pass the choice that was made for the first as ``columns=`` with each of
    them, so that none is read otherwise than the others. It can be pickled, compared and hashed.

    Args:
        table: A table as for :meth:`Classifier.classify_arrow`, or its first rows.
        text: The column with the text, or several that are joined, where it is known.
        title: The column with the title, likewise.
        id: The column by which rows are known, likewise.

    Raises:
        ColumnError: When a column is missing, is there twice, or none holds a text.
        TypeError: When ``table`` is no table, or one that can be read only once.
    """
    return _frames.choose(table, (_files.names(text), title, id))
