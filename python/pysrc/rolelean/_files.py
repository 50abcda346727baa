"""Postings out of files, and the files of a lexicon."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Union

from rolelean import _native, _program
from rolelean._errors import SkippedWarning
from rolelean._results import Posting

Paths = Union[str, "os.PathLike[str]", Iterable[Union[str, "os.PathLike[str]"]]]

# The files that a lexicon is made of; see docs/lexicon.md.
_LEXICON_FILES = (".csv", ".md", ".toml")


def paths(given: Paths) -> list[str]:
    """One path or many, as texts."""
    if isinstance(given, (str, os.PathLike)):
        return [os.fspath(given)]
    return [os.fspath(path) for path in given]


def names(given: str | Sequence[str] | None) -> list[str]:
    """One name or many."""
    return [given] if isinstance(given, str) else list(given or ())


def request(
    given: Paths, text: str | Sequence[str] | None, title: str | None, id: str | None, keep: str | Sequence[str]
) -> dict[str, Any]:
    """What the native module is to read."""
    columns = {"text": names(text), "title": title, "id": id, "keep": names(keep)}
    return {"paths": paths(given), **columns, "call": _program.call()}


def iter_postings(
    paths: Paths,
    text: str | Sequence[str] | None = None,
    title: str | None = None,
    id: str | None = None,
    *,
    keep: str | Sequence[str] = (),
) -> Iterator[Posting]:
    """Reads postings out of files, one after another, in every format that the command line reads.

    They are read ahead in the background, a few at a time: memory does not grow with the number of postings. What
    cannot be read is passed over with a :class:`rolelean.SkippedWarning`; ``warnings.simplefilter("error",
    rolelean.SkippedWarning)`` makes it an error.

    Args:
        paths: A file or folder, or several.
        text: The column of tables that holds the text, or several that are joined; found by name where it is left out.
        title: The column with the title, likewise.
        id: The column with the id, likewise.
        keep: Columns to be carried along in ``kept``; ``"*"`` for all that make no part of the posting.

    Raises:
        FileNotFoundError: When a path does not exist.
        ColumnError: At the end, when a column that was named is in none of the files.
        ValueError: When there is nothing to read.
    """
    # Opened here, so that a path that is wrong is told of at once and not at the first posting.
    return _read(_native.read_postings(request(paths, text, title, id, keep)))


def _read(found: _native.Postings) -> Iterator[Posting]:
    for posting, skipped in found:
        if posting is not None:
            yield Posting._of(posting)
        elif skipped is not None:
            source, record, reason = skipped
            place = source if record is None else f"{source}, record {record}"
            warnings.warn(f"{place}: {reason}", SkippedWarning, stacklevel=2)


def lexicon(given: str | os.PathLike[str] | Mapping[str, str]) -> dict[str, str]:
    """The texts of a lexicon's files by their paths in its folder."""
    if isinstance(given, Mapping):
        return dict(given)
    folder = Path(given)
    found = [path for path in folder.rglob("*") if path.suffix in _LEXICON_FILES and path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def extensions(given: Paths | Mapping[str, str]) -> list[tuple[str, str]]:
    """Files that go on top of a lexicon, as their names and texts."""
    if isinstance(given, Mapping):
        return [(str(name), str(text)) for name, text in given.items()]
    return [(path, Path(path).read_text(encoding="utf-8")) for path in paths(given)]
