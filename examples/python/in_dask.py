"""Postings in a Dask data frame, partition by partition.

    python examples/python/in_dask.py samples/postings.jsonl
"""

import sys
from functools import cache

import dask.dataframe
import pandas
from dask.dataframe.dispatch import make_meta
from rolelean import Classifier, Columns, choose_columns


@cache
def classifier() -> Classifier:
    """One for each process, of one thread: Dask works on as many partitions at a time as there are processors."""
    return Classifier(threads=1)


def rows(partition: pandas.DataFrame, columns: Columns) -> pandas.DataFrame:
    return classifier().classify_arrow(partition, columns=columns)


def classify(postings: dask.dataframe.DataFrame) -> dask.dataframe.DataFrame:
    """The columns of postings.csv for each row."""
    # Chosen once, so that no partition is read otherwise than the others.
    columns = choose_columns(postings.head(100))
    meta = rows(make_meta(postings), columns)
    found: dask.dataframe.DataFrame = postings.map_partitions(rows, columns, meta=meta)
    return found


def main() -> None:
    postings = dask.dataframe.read_json(sys.argv[1], lines=True, blocksize=2**20)
    counts = classify(postings)["leaning"].value_counts().compute()
    for leaning, count in counts.sort_index().items():
        print(leaning, count)


if __name__ == "__main__":
    main()
