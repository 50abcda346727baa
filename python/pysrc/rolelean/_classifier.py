"""Classifying postings: one, a list of them, a data frame."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar, overload

from rolelean import _files, _frames, _native, _progress
from rolelean._errors import ColumnWarning, warn
from rolelean._files import Paths
from rolelean._native import Columns
from rolelean._progress import Progress
from rolelean._results import Explanation, Posting, Verdict

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

T = TypeVar("T")


class _Relation(Protocol):
    """A relation of DuckDB, which is answered by tables of pyarrow."""

    def to_arrow_table(self) -> pyarrow.Table: ...


class Lexicon(NamedTuple):
    """Which lexicon is in use; reports of different ``sha256`` cannot be compared."""

    name: str
    version: str
    sha256: str


class Role(NamedTuple):
    """A role of a lexicon: its ``id`` in verdicts, its ``side`` word in the names of columns."""

    id: str
    side: str


class Skill(NamedTuple):
    """A skill of a lexicon."""

    id: str
    name: str
    leaning: str
    """The word of the side it speaks for, ``"shared"``, or ``"away"`` for other professions."""
    weight: float
    """In log-odds: positive for the second role."""


class Classifier:
    """A lexicon made ready: make one (it takes milliseconds), use it for every posting, from any thread.

    It can be pickled and copied, so that it goes to the processes of a pool, of joblib, Dask or Spark; one made of
    files takes their texts along. Two are equal when lexicon and ``threads`` are.

    Args:
        lexicon: A folder with the files of a lexicon, or a mapping from their paths in such a folder to their
            texts; the built-in lexicon of software and systems engineers where it is left out.
        extend: Files with skills that go on top, as ``--extend`` takes them: a path or several, or a mapping from
            names to texts.
        threads: How many threads work on a batch or a frame, from 1 to 256; as many as there are processors where it
            is left out. It changes nothing but the time that it takes.

    Whatever is under way, Ctrl-C ends it within a second, as does any other signal whose handler raises; what is left
    behind in the background ends by itself at the next posting.

    Raises:
        LexiconError: When the lexicon cannot be used; the message lists what is wrong, and where.
        OSError: When a file to extend it with cannot be read.
        TypeError: When ``threads`` is no whole number.
        ValueError: When there cannot be so many ``threads``.
    """

    def __init__(
        self,
        lexicon: str | PathLike[str] | Mapping[str, str] | None = None,
        *,
        extend: Paths | Mapping[str, str] = (),
        threads: int | None = None,
    ) -> None:
        files = dict(lexicon) if isinstance(lexicon, Mapping) else lexicon
        extensions = _files.extensions(extend)
        self._native = _native.Classifier(files, extensions, threads)
        self._threads = threads
        # Read once more here rather than when it is pickled, for the folder may be another by then.
        self._lexicon_files = None if lexicon is None else _files.lexicon(lexicon)
        self._extensions = extensions

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_anew, (self._lexicon_files, self._extensions, self._threads)

    def __copy__(self) -> Classifier:
        # Nothing of it changes.
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Classifier:
        return self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Classifier):
            return NotImplemented
        return (self.lexicon, self._threads) == (other.lexicon, other._threads)

    def __hash__(self) -> int:
        return hash((self.lexicon, self._threads))

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

    @property
    def skills(self) -> tuple[Skill, ...]:
        """The skills that are looked for, in the order of the lexicon."""
        return tuple(Skill(*skill) for skill in self._native.skills)

    def classify(self, text: str | Posting, title: str | None = None) -> Verdict:
        """Classifies one posting.

        Args:
            text: The posting as plain text or HTML, or one that :func:`rolelean.iter_postings` has read.
            title: Its title, which is compared with the verdict and counts as weak evidence. Where it is left out,
                the first line is taken for the title if it reads like one.

        Raises:
            TypeError: When ``text`` or ``title`` is no ``str``.
            ValueError: When one of them holds half of a surrogate pair, which is no character.
        """
        return Verdict._of(self._native.classify(*_parts(text, title)))

    def explain(self, text: str | Posting, title: str | None = None) -> Explanation:
        """All that is said of one posting: verdict, facts, sections, and every skill with its mentions.

        A notebook shows it as the text with its skills marked, and what each adds to the score;
        :meth:`Explanation.to_html` makes a page of that. Places count characters, so that ``text[start:end]`` is a
        mention.
        """
        return Explanation._of(json.loads(self._native.explain(*_parts(text, title))))

    @overload
    def classify_batch(  # pyright: ignore[reportOverlappingOverload]
        self, texts: Iterable[str], titles: Iterable[str | None] | None = None, *, progress: Progress = False
    ) -> list[Verdict]: ...

    @overload
    def classify_batch(
        self, texts: Iterable[str | None], titles: Iterable[str | None] | None = None, *, progress: Progress = False
    ) -> list[Verdict | None]: ...

    def classify_batch(
        self, texts: Iterable[str | None], titles: Iterable[str | None] | None = None, *, progress: Progress = False
    ) -> Any:
        """Classifies many postings on all threads, in their order.

        Args:
            texts: The postings, as for :meth:`classify`: a list, a column of pandas or Polars, an array of NumPy. Where
                there is none (``None``, NaN, ``pandas.NA``) there is no verdict either, but ``None`` in its place.
            titles: As many titles, ``None`` where one is not known.
            progress: True for a bar (by tqdm, where it is installed), or what is called several times a second with the
                number of postings that are done; what it raises ends the work.

        Raises:
            TypeError: When a text is neither a ``str`` nor missing; the message names its place in the list. When
                ``texts`` is a frame or a mapping.
            ValueError: When there are more texts than titles, or fewer, or one is no text, as for :meth:`classify`.
        """
        given = _frames.texts(texts)
        with _progress.told(progress, len(given)) as tell:
            found = self._native.classify_batch(given, None if titles is None else list(titles), tell)
        return [None if fields is None else Verdict._of(fields) for fields in found]

    @overload
    def classify_arrow(
        self,
        table: _Relation,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        columns: Columns | None = None,
        keep: str | Sequence[str] = (),
        source: str = "table",
        progress: Progress = False,
        matches: Literal[False] = False,
    ) -> pyarrow.Table: ...

    @overload
    def classify_arrow(
        self,
        table: _Relation,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        columns: Columns | None = None,
        keep: str | Sequence[str] = (),
        source: str = "table",
        progress: Progress = False,
        matches: Literal[True],
    ) -> tuple[pyarrow.Table, pyarrow.Table]: ...

    @overload
    def classify_arrow(
        self,
        table: T,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        columns: Columns | None = None,
        keep: str | Sequence[str] = (),
        source: str = "table",
        progress: Progress = False,
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
        columns: Columns | None = None,
        keep: str | Sequence[str] = (),
        source: str = "table",
        progress: Progress = False,
        matches: Literal[True],
    ) -> tuple[T, T]: ...

    def classify_arrow(
        self,
        table: Any,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        columns: Columns | None = None,
        keep: str | Sequence[str] = (),
        source: str = "table",
        progress: Progress = False,
        matches: bool = False,
    ) -> Any:
        """Classifies the rows of a table: a frame of pandas, Polars or pyarrow, a relation of DuckDB, or whatever else
        speaks the Arrow PyCapsule interface.

        The same kind comes out, and a table of pyarrow for all that have no kind of their own; a reader of batches is
        answered by such a reader, a batch at a time. There is one row for each row, in the same order and with the
        index of pandas, with the columns of ``postings.csv`` (``docs/output.md``): texts, whole numbers, floats,
        flags, and null where a cell would be empty; in pandas whole numbers are ``Int64`` and flags ``boolean``,
        which have room for a null. ``id`` is the column of ids itself, of the type that it has, and so are the
        columns to be kept. A row that cannot be read keeps its place, with its ``id``, its ``source``, and ``warnings`` that begin with
        ``skipped:``.

        Args:
            table: The postings, one a row.
            text: The column with the text, or several that are joined; where it is left out, it is found as the command
                line does: by name, else by what the first rows hold, of which a :class:`rolelean.ColumnWarning` tells.
                HTML is read as text.
            title: The column with the title, likewise.
            id: The column by which rows are known, likewise; ``SOURCE#ROW`` where there is none.
            columns: All of them, as :func:`rolelean.choose_columns` gives them, for the parts of one table.
            keep: Columns of the table that are to stand behind those of the result, ``"*"`` for all that make no part of
                the posting. One whose name is taken gets ``_kept`` behind it.
            source: What the table is called in the column ``source``.
            progress: As for :meth:`classify_batch`.
            matches: Whether to return the table of matches, too: one row for each skill of each posting, with the
                columns of ``matches.csv``. Its ``start`` and ``end`` count bytes in UTF-8, as there.

        Raises:
            ColumnError: When a column is missing, is there twice, or holds what is no text: as
                :class:`ColumnTypeError` where its type says so, and with the row where one value is to blame.
            OSError: When ``table`` is a stream that breaks off.
            TypeError: When ``table`` is no table.
            ValueError: When there are ``columns``, and some are named besides.
        """
        named = (_files.names(text), title, id)
        if columns is not None and named != ([], None, None):
            raise ValueError("columns= says all: text=, title= and id= go to choose_columns")
        total = len(table) if hasattr(table, "__len__") else None
        with _progress.told(progress, total) as tell:
            request = _frames.Request(columns or named, _files.names(keep), source, matches, tell)
            return _frames.classify(self._native, table, request)

    @overload
    def classify_files(
        self,
        paths: Paths,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        to: Literal["pandas"] = "pandas",
        keep: str | Sequence[str] = (),
        progress: Progress = False,
        matches: Literal[False] = False,
    ) -> pandas.DataFrame: ...

    @overload
    def classify_files(
        self,
        paths: Paths,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        to: Literal["pandas"] = "pandas",
        keep: str | Sequence[str] = (),
        progress: Progress = False,
        matches: Literal[True],
    ) -> tuple[pandas.DataFrame, pandas.DataFrame]: ...

    @overload
    def classify_files(
        self,
        paths: Paths,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        to: Literal["polars"],
        keep: str | Sequence[str] = (),
        progress: Progress = False,
        matches: Literal[False] = False,
    ) -> polars.DataFrame: ...

    @overload
    def classify_files(
        self,
        paths: Paths,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        to: Literal["polars"],
        keep: str | Sequence[str] = (),
        progress: Progress = False,
        matches: Literal[True],
    ) -> tuple[polars.DataFrame, polars.DataFrame]: ...

    @overload
    def classify_files(
        self,
        paths: Paths,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        to: Literal["pyarrow"],
        keep: str | Sequence[str] = (),
        progress: Progress = False,
        matches: Literal[False] = False,
    ) -> pyarrow.Table: ...

    @overload
    def classify_files(
        self,
        paths: Paths,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        to: Literal["pyarrow"],
        keep: str | Sequence[str] = (),
        progress: Progress = False,
        matches: Literal[True],
    ) -> tuple[pyarrow.Table, pyarrow.Table]: ...

    def classify_files(
        self,
        paths: Paths,
        text: str | Sequence[str] | None = None,
        title: str | None = None,
        id: str | None = None,
        *,
        to: str = "pandas",
        keep: str | Sequence[str] = (),
        progress: Progress = False,
        matches: bool = False,
    ) -> Any:
        """Classifies the postings in files of every format that the command line reads, as it does.

        The result has the columns of ``postings.csv``, and a row for each posting. What could not be read has a row, too,
        with ``warnings`` that begin with ``skipped:`` and no ``leaning``.

        Args:
            paths: A file or folder, or several.
            text: The column of tables that holds the text, or several, as for :meth:`classify_arrow`.
            title: The column with the title, likewise.
            id: The column with the id, likewise.
            to: The library whose frame is wanted: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
            keep: Columns that are to stand behind those of the result, as texts; ``"*"`` for all that make no part of
                the posting.
            progress: As for :meth:`classify_batch`.
            matches: Whether to return the table of matches, too.

        Raises:
            ColumnError: When a column that was named is in none of the files.
            FileNotFoundError: When a path does not exist.
            ModuleNotFoundError: When the library is not installed.
            ValueError: When there is nothing to read.
        """
        # Before any work, so that a library that is missing is told of at once.
        _frames.made(self._native.empty(False), to)
        request = _files.request(paths, text, title, id, keep)
        with _progress.told(progress, None) as tell:
            postings, found, told = self._native.classify_files(request, matches, tell)
        if not request["text"]:
            for each in told:
                warn(each, ColumnWarning)
        frame = _frames.made(postings, to)
        return (frame, _frames.made(found, to)) if matches else frame

    def schema(self, matches: bool = False) -> pyarrow.Schema:
        """The columns that :meth:`classify_arrow` gives, of the postings or of the matches, with ids that are texts."""
        import pyarrow

        return pyarrow.table(self._native.empty(matches)).schema


def _made_anew(files: Mapping[str, str] | None, extensions: list[tuple[str, str]], threads: int | None) -> Classifier:
    """A classifier as it was before it was pickled."""
    return Classifier(files, extend=dict(extensions), threads=threads)


def _parts(text: str | Posting, title: str | None) -> tuple[str, str | None, int | None]:
    """Text, title and where the body begins, where that is known."""
    if not isinstance(text, Posting):
        return text, title, None
    return text.text, text.title if title is None else title, text.body_start
