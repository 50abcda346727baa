"""The extension module; ``rolelean`` itself is the public interface."""

from collections.abc import Callable, Mapping
from os import PathLike
from typing import Any, Final


VERSION: Final[str]

class Table:
    """A table in the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...

class Postings:
    """Of each input the fields of its posting, or its source, its record and why it was skipped."""

    def __iter__(self) -> Postings: ...
    def __next__(self) -> tuple[dict[str, Any] | None, tuple[str, int | None, str] | None]: ...

def read_postings(files: dict[str, Any]) -> Postings: ...
def program(arguments: list[str], call: list[str]) -> int: ...

def choose(table: object, named: tuple[list[str], str | None, str | None]) -> Columns: ...

class Columns:
    """Which columns of a table postings are made of; :func:`rolelean.choose_columns` makes one."""

    def __new__(cls, state: str) -> Columns: ...
    def __hash__(self) -> int: ...
    @property
    def id(self) -> str | None:
        """The column by which rows are known."""
    @property
    def title(self) -> str | None:
        """The column with the title."""
    @property
    def text(self) -> tuple[str, ...]:
        """The columns of which the text is joined; mostly it is one."""
    @property
    def company(self) -> str | None:
        """The column with the employer."""
    @property
    def location(self) -> str | None:
        """The column with the place of work."""
    @property
    def by_content(self) -> tuple[str, ...]:
        """Those of them that were chosen by what they hold, for the names alone would have led to others or to none."""
    def _warning(self) -> str | None: ...
    def _places(self, table: object) -> tuple[list[int], int | None]: ...

class Classifier:
    def __new__(
        cls,
        lexicon: str | PathLike[str] | Mapping[str, str] | None,
        extensions: list[tuple[str, str]],
        threads: int | None,
    ) -> Classifier: ...
    @property
    def lexicon(self) -> tuple[str, str, str]: ...
    @property
    def roles(self) -> list[tuple[str, str]]: ...
    @property
    def skills(self) -> list[tuple[str, str, str, float]]: ...
    def classify(self, text: str, title: str | None, body_start: int | None) -> dict[str, Any]: ...
    def explain(self, text: str, title: str | None, body_start: int | None) -> str: ...
    def classify_batch(
        self,
        texts: list[str | None],
        titles: list[str | None] | None,
        progress: Callable[[int], object] | None,
    ) -> list[dict[str, Any] | None]: ...
    def classify_arrow(
        self,
        batches: object,
        columns: Columns,
        source: str,
        before: int,
        matches: bool,
        progress: Callable[[int], object] | None,
    ) -> tuple[Table, Table | None, list[str]]: ...
    def classify_files(
        self, files: dict[str, Any], matches: bool, progress: Callable[[int], object] | None
    ) -> tuple[Table, Table | None, list[str]]: ...
    def empty(self, matches: bool) -> Table: ...
