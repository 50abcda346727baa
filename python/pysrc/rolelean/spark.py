"""Postings in Spark: a classifier in each Python worker, so that rows are read where they lie.

Needs PySpark 3.5 or later; tested with 3.5 and 4.3. Workers import this package: install it on them, or ship the wheel with the
job (docs/frames.md says how).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Optional, Union

import pyarrow
from pyspark import Broadcast
from pyspark.sql import Column, DataFrame
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
from pyspark.sql.types import FractionalType, IntegralType, StringType, StructType

from rolelean import Classifier, ColumnError, _files, _native
from rolelean._files import Paths

__all__ = ["classify"]

# What `Classifier.classify_arrow` reads as text, or as an id.
_READABLE = (StringType, IntegralType, FractionalType)


def classify(
    df: DataFrame,
    text: Union[str, Sequence[str], None] = None,
    title: Optional[str] = None,
    id: Optional[str] = None,
    *,
    lexicon: Union[str, os.PathLike[str], Mapping[str, str], None] = None,
    extend: Union[Paths, Mapping[str, str]] = (),
    source: str = "table",
    matches: bool = False,
) -> DataFrame:
    """Classifies every row of a Spark frame, on its executors.

    The rows are those of `rolelean classify` on the same postings, with the columns of ``postings.csv``
    (docs/output.md): counts as ``bigint``, numbers as ``double`` rounded to four decimals, flags as ``boolean``, nulls
    where nothing is known. There is one for each row of ``df``; one that cannot be read has its id, ``source``, and
    ``skipped: REASON`` in ``warnings``.

    Rows keep their partitions and, within each, their order. Only the columns that are of use are taken from ``df``.
    Nothing runs before an action asks for it, and a second action runs it all again unless the result is cached.

    Args:
        df: The postings. Columns are found by name as on the command line (docs/inputs.md), and never by what they
            hold: nothing of ``df`` is read before an action.
        text: The column with the text, or several, which are joined.
        title: The column with the title.
        id: The column that tells a posting from all others.
        lexicon: A folder on the driver, or a lexicon's files, contents by name; it reaches each executor once, by
            broadcast, which Spark Connect does not have. By default the lexicon that is built in.
        extend: Files with skills that go on top, likewise.
        source: What the column ``source`` holds.
        matches: Gives ``matches.csv`` instead, one row for each skill of each posting. It is work of its own: for both
            tables, the postings are classified twice.

    Returns:
        A frame of the columns that `Classifier.schema` has; ids are of the type that they have in ``df``.

    Raises:
        ColumnError: When a column that is named is not there, is there twice or holds no text, or none holds a text or
            an id. Without ids no row of the result could be told from another: rows have no numbers in Spark.
        LexiconError: When the lexicon cannot be used.
    """
    # Here, and not first on the executors, so that a wrong lexicon is told of at once.
    classifier = Classifier(lexicon, extend=extend, threads=1)
    named = (_files.names(text), title, id)
    readable = _readable(df, {*named[0], title, id})
    # By name alone: to look at rows would start a job.
    places, id_at = _native.choose(readable, named)._places(readable)
    if id_at is None:
        raise ColumnError(f"no column with ids was found among {', '.join(df.columns)}; name one with `id`")
    is_own = classifier != Classifier(threads=1)
    shipped = df.sparkSession.sparkContext.broadcast(classifier) if is_own else None
    useful = [readable.field(at) for at in places]
    needed = df.select([_column(df, field.name).alias(_plain(field.name)) for field in useful])
    # The types of the ids and of the result are told by a table without rows.
    plain = pyarrow.schema([field.with_name(_plain(field.name)) for field in useful])
    batches = _Batches(shipped, _native.choose(plain, named), source, matches)
    (empty,) = batches.classified(classifier, [pyarrow.RecordBatch.from_pylist([], schema=plain)])
    return needed.mapInArrow(batches, from_arrow_schema(empty.schema))


def _readable(df: DataFrame, named: set[Optional[str]]) -> pyarrow.Schema:
    """The columns that hold texts or numbers; Arrow does not know all of Spark's other types.

    Others that were `named` are among them, so that they are refused for what they are.
    """
    fields = [field for field in df.schema if isinstance(field.dataType, _READABLE) or field.name in named]
    return to_arrow_schema(StructType(fields))


def _column(df: DataFrame, name: str) -> Column:
    quoted = name.replace("`", "``")
    return df[f"`{quoted}`"]


def _plain(name: str) -> str:
    """A name for a column that `DataFrame.mapInArrow` can find.

    It takes a dot for the way into a structure, even in a name. As the heading of a part of the text, the other name
    reads the same: `_` is a space there, as a dot is.
    """
    return name.replace(".", "_").replace("`", "'")


@lru_cache(maxsize=1)
def _built_in() -> Classifier:
    """One for a Python worker, which outlives its tasks; of one thread, since Spark has a task for each core."""
    return Classifier(threads=1)


@dataclass(frozen=True)
class _Batches:
    """What a task does with its batches, for `DataFrame.mapInArrow`."""

    shipped: Optional[Broadcast[Classifier]]
    columns: _native.Columns
    source: str
    matches: bool

    def __call__(self, batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        # A worker makes the one that was broadcast once, and keeps it for its other tasks.
        return self.classified(_built_in() if self.shipped is None else self.shipped.value, batches)

    def classified(
        self, classifier: Classifier, batches: Iterable[pyarrow.RecordBatch]
    ) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            if self.matches:
                _, found = classifier.classify_arrow(batch, columns=self.columns, source=self.source, matches=True)
            else:
                found = classifier.classify_arrow(batch, columns=self.columns, source=self.source)
            yield found
