"""The extension module; ``rolelean`` itself is the public interface."""

from collections.abc import Mapping
from os import PathLike
from typing import Any, Final, Protocol

VERSION: Final[str]

class _Stream(Protocol):
    """A table in the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class _Schema(Protocol):
    """A schema in the Arrow PyCapsule interface."""

    def __arrow_c_schema__(self) -> object: ...

class Classifier:
    def __new__(
        cls, lexicon: str | PathLike[str] | Mapping[str, str] | None = None, threads: int | None = None
    ) -> Classifier: ...
    @property
    def lexicon(self) -> tuple[str, str, str]: ...
    @property
    def roles(self) -> list[tuple[str, str]]: ...
    def classify(self, text: str, title: str | None) -> dict[str, Any]: ...
    def explain(self, text: str, title: str | None) -> str: ...
    def classify_batch(self, texts: list[str], titles: list[str | None] | None) -> list[dict[str, Any]]: ...
    def classify_arrow(
        self,
        batches: object,
        columns: tuple[list[str], str | None, str | None],
        source: str,
        before: int,
        matches: bool,
    ) -> tuple[_Stream, _Stream | None]: ...
    def schema(self, matches: bool) -> _Schema: ...
    @staticmethod
    def useful_columns(schema: object, columns: tuple[list[str], str | None, str | None]) -> list[int]: ...
    @staticmethod
    def has_ids(schema: object, columns: tuple[list[str], str | None, str | None]) -> bool: ...
