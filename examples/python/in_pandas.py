"""Postings in a pandas data frame.

    python examples/python/in_pandas.py samples/postings.jsonl
"""

import sys

import pandas
from rolelean import Classifier


def main() -> None:
    postings = pandas.read_json(sys.argv[1], lines=True)
    classified = Classifier().classify_arrow(postings)
    joined = postings.join(classified, rsuffix="_found")
    for leaning, count in joined["leaning"].value_counts().sort_index().items():
        print(leaning, count)


if __name__ == "__main__":
    main()
