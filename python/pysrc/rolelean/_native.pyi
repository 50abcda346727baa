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
        columns: tuple[list[str], str | None, str | None],
        source: str,
        before: int,
        matches: bool,
        progress: Callable[[int], object] | None,
    ) -> tuple[Table, Table | None]: ...
    def classify_files(
        self, files: dict[str, Any], matches: bool, progress: Callable[[int], object] | None
    ) -> tuple[Table, Table | None]: ...
    def empty(self, matches: bool) -> Table: ...
    @staticmethod
    def useful_columns(table: object, columns: tuple[list[str], str | None, str | None]) -> list[int]: ...
    @staticmethod
    def id_column(table: object, columns: tuple[list[str], str | None, str | None]) -> int | None: ...
