"""Postings in a Dask data frame, partition by partition.

    python examples/python/in_dask.py samples/postings.jsonl
"""

import sys
from functools import cache

import dask.dataframe
import pandas
from dask.dataframe.dispatch import make_meta
from rolelean import Classifier


@cache
def classifier() -> Classifier:
    """One for each process, of one thread: Dask works on as many partitions at a time as there are processors."""
    return Classifier(threads=1)


def rows(partition: pandas.DataFrame) -> pandas.DataFrame:
    return classifier().classify_arrow(partition)


def classify(postings: dask.dataframe.DataFrame) -> dask.dataframe.DataFrame:
    """The columns of postings.csv for each row."""
    found: dask.dataframe.DataFrame = postings.map_partitions(rows, meta=rows(make_meta(postings)))
    return found


def main() -> None:
    postings = dask.dataframe.read_json(sys.argv[1], lines=True, blocksize=2**20)
    counts = classify(postings)["leaning"].value_counts().compute()
    for leaning, count in counts.sort_index().items():
        print(leaning, count)


if __name__ == "__main__":
    main()
