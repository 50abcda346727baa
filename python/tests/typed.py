"""What a type checker says of this package's interface; it is checked and never run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy
import pandas
import polars
import pyarrow
from typing_extensions import assert_type

from rolelean import Classifier, Explanation, Match, Posting, Verdict, iter_postings


def frames(
    classifier: Classifier, pandas_frame: pandas.DataFrame, polars_frame: polars.DataFrame, relation: duckdb.DuckDBPyRelation
) -> None:
    assert_type(classifier.classify_arrow(pandas_frame, keep="*"), pandas.DataFrame)
    assert_type(classifier.classify_arrow(polars_frame, "text", matches=True), tuple[polars.DataFrame, polars.DataFrame])
    assert_type(classifier.classify_arrow(relation), pyarrow.Table)
    assert_type(classifier.classify_files("jobs"), pandas.DataFrame)
    assert_type(classifier.classify_files([Path("jobs")], to="polars"), polars.DataFrame)
    assert_type(classifier.classify_files("jobs", to="pyarrow", matches=True), tuple[pyarrow.Table, pyarrow.Table])


def texts(classifier: Classifier, column: polars.Series) -> None:
    assert_type(classifier.classify("text"), Verdict)
    assert_type(classifier.explain("text").matches, tuple[Match, ...])
    assert_type(classifier.classify_batch(["text"]), list[Verdict])
    assert_type(classifier.classify_batch(["text", None]), list[Verdict | None])
    classifier.classify_batch(column, progress=True)
    classifier.classify_batch(numpy.array(["text"]), progress=print)
    assert_type(iter_postings("jobs"), Iterator[Posting])
    told: Verdict = classifier.explain(next(iter_postings(["jobs"])))
    assert isinstance(told, Explanation)
