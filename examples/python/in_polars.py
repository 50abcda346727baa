"""Postings as a step of a lazy Polars query.

    python examples/python/in_polars.py samples/postings.jsonl
"""

import sys
from functools import partial

import polars
from rolelean import Classifier, choose_columns

classifier = Classifier()


def classify(postings: polars.LazyFrame) -> polars.LazyFrame:
    """The columns of postings.csv for each row; batch by batch in the streaming engine."""
    # Chosen once, so that no batch is read otherwise than the others.
    columns = choose_columns(postings.head(100).collect())
    classify = partial(classifier.classify_arrow, columns=columns)
    result = classify(postings.collect_schema().to_frame())
    return postings.map_batches(
        classify,
        schema=result.schema,
        streamable=True,
        # A filter on `leaning` must wait until there is such a column.
        predicate_pushdown=False,
        projection_pushdown=False,
    )


def main() -> None:
    postings = polars.scan_ndjson(sys.argv[1])
    counts = classify(postings).group_by("leaning").len().sort("leaning").collect(engine="streaming")
    for leaning, count in counts.rows():
        print(leaning, count)


if __name__ == "__main__":
    main()
