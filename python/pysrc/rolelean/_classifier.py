"""Classifying postings: one, a list of them, a data frame."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, overload

from rolelean import _frames, _native

if TYPE_CHECKING:
    import pyarrow

T = TypeVar("T")


class Lexicon(NamedTuple):
    """Which lexicon is in use; reports of different ``sha256`` cannot be compared."""

    name: str
    version: str
    sha256: str


class Role(NamedTuple):
    """A role of a lexicon: its ``id`` in verdicts, its ``side`` word in the names of columns."""

    id: str
    side: str


@dataclass(frozen=True)
class Verdict:
    """What is said of one posting. Numbers are rounded to four decimals, as in the tables of a report."""

    leaning: str
    """The id of a role, ``"balanced"`` (truly both) or ``"neither"`` (another profession, or too little said)."""
    tilt: float | None
    """From -1 (all evidence is for the first role) to +1 (for the second); None without any evidence."""
    probability: float | None
    """Calibrated probability of the leaning; None where it is ``"balanced"``."""
    probabilities: Mapping[str, float]
    """That of each side by its word, and of ``"neither"``; they add up to 1."""
    why: str | None
    """Why it leans to neither or to both, in a sentence with numbers; None for all else."""
    score: float
    """The sum of all contributions, in log-odds; positive for the second role."""
    reason: str | None
    """Why it leans to neither: ``"too-little"``, ``"too-diffuse"``, ``"other-profession"``; ``"both"`` where it is balanced; None for all else."""
    evidence: Mapping[str, float]
    """Evidence for each side by its word, and ``"away"``: for other professions; at least 0."""
    skills: Mapping[str, int]
    """Distinct skills that are not negated, by each side's word, ``"shared"`` and ``"away"``."""
    title: str
    """The title that was given, or found in the first line; empty where there is none."""
    title_leaning: str | None
    """The id of the role that the title alone claims."""
    title_agrees: bool | None
    """Whether title and body alone name the same role; None where the title claims none."""
    language: str | None
    """The language as an ISO 639-1 code, where it could be told."""
    words: int
    """Words of the text without the title."""
    warnings: Sequence[str]
    """What was odd about the posting, though it could be read."""


class Classifier:
    """A lexicon made ready: make one (it takes milliseconds), use it for every posting, from any thread.

    Args:
        lexicon: A folder with the files of a lexicon, or a mapping from their paths in such a folder to their
            texts; the built-in lexicon of software and systems engineers where it is left out.
        threads: How many threads work on a batch or a frame, from 1 to 256; as many as there are processors where it
            is left out. It changes nothing but the time that it takes.

    Whatever is under way, Ctrl-C ends it within a second, as does any other signal whose handler raises; what is left
    behind in the background ends by itself at the next posting.

    Raises:
        LexiconError: When the lexicon cannot be used; the message lists what is wrong, and where.
        TypeError: When ``threads`` is no whole number.
        ValueError: When there cannot be so many ``threads``.
    """

    def __init__(
        self, lexicon: str | PathLike[str] | Mapping[str, str] | None = None, *, threads: int | None = None
    ) -> None:
        files = dict(lexicon) if isinstance(lexicon, Mapping) else lexicon
        self._native = _native.Classifier(files, threads)

    def __repr__(self) -> str:
        return f"<rolelean.Classifier of {self.lexicon.name} {self.lexicon.version}>"

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon in use."""
        return Lexicon(*self._native.lexicon)

    @property
    def roles(self) -> tuple[Role, Role]:
        """The two roles: negative scores are for the first, positive ones for the second."""
        first, second = self._native.roles
        return Role(*first), Role(*second)

    def classify(self, text: str, title: str | None = None) -> Verdict:
        """Classifies one posting.

        Args:
            text: The posting as plain text or HTML.
            title: Its title, which is compared with the verdict and never enters it. Where it is left out, the first
                line is taken for the title if it reads like one.

        Raises:
            TypeError: When ``text`` or ``title`` is no ``str``.
            ValueError: When one of them holds half of a surrogate pair, which is no character.
        """
        return Verdict(**self._native.classify(text, title))

    def explain(self, text: str, title: str | None = None) -> dict[str, Any]:
        """All that is said of one posting: verdict, facts, sections, and every skill with its mentions.

        The fields are those of ``docs/postings.schema.json``, with one difference: places (``start``, ``end``,
        ``body_start``) count characters, so that ``told["text"][start:end]`` is the mention.
        """
        told: dict[str, Any] = json.loads(self._native.explain(text, title))
        return told

    def classify_batch(self, texts: Iterable[str], titles: Iterable[str | None] | None = None) -> list[Verdict]:
        """Classifies many postings on all threads, in their order.

        Args:
            texts: The postings, as for :meth:`classify`.
            titles: As many titles, ``None`` where one is not known.

        Raises:
            TypeError: When a text is no ``str``; the message names its place in the list.
            ValueError: When there are more texts than titles, or fewer, or one is no text, as for :meth:`classify`.
        """
        if isinstance(texts, str):
            raise TypeError("texts is one str, where many are expected: put it in a list, or use classify")
        found = self._native.classify_batch(list(texts), None if titles is None else list(titles))
        return [Verdict(**fields) for fields in found]

    @overload
    def classify_arrow(
        self,
        table: T,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        source: str = "table",
        matches: Literal[False] = False,
    ) -> T: ...

    @overload
    def classify_arrow(
        self,
        table: T,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        source: str = "table",
        matches: Literal[True],
    ) -> tuple[T, T]: ...

    def classify_arrow(
        self,
        table: Any,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        source: str = "table",
        matches: bool = False,
    ) -> Any:
        """Classifies the rows of a table: a frame of pandas, Polars or pyarrow, or whatever else speaks the Arrow
        PyCapsule interface. The same kind comes out; a reader of batches is answered by such a reader, a batch at a
        time.

        There is one row for each row, in the same order, with the columns of ``postings.csv``
        (``docs/output.md``): texts, whole numbers, floats, booleans, and null where a cell would be empty. A row
        that cannot be read keeps its place, with its ``id``, its ``source``, and ``warnings`` that begin with
        ``skipped:``.

        Args:
            table: The postings, one a row.
            text: The column with the text, or several that are joined; found by name as the command line does where
                it is left out. HTML is read as text.
            title: The column with the title, likewise.
            id: The column by which rows are known, likewise; ``SOURCE#ROW`` where there is none.
            source: What the table is called in the column ``source``.
            matches: Whether to return the table of matches, too: one row for each skill of each posting, with the
                columns of ``matches.csv``. Its ``start`` and ``end`` count bytes in UTF-8, as there.

        Raises:
            ColumnError: When a column is missing, is there twice, or holds what is no text: as
                :class:`ColumnTypeError` where its type says so, and with the row where one value is to blame.
            OSError: When ``table`` is a stream that breaks off.
            TypeError: When ``table`` is no table.
        """
        names = [text] if isinstance(text, str) else list(text or [])
        return _frames.classify(self._native, table, (names, title, id), source, matches)

    def schema(self, matches: bool = False) -> pyarrow.Schema:
        """The columns that :meth:`classify_arrow` gives, of the postings or of the matches."""
        import pyarrow

        return pyarrow.schema(self._native.schema(matches))
