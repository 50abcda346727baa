"""From DuckDB to the classifier and back: a query's result in, a table for the next query out.

    python examples/python/duckdb_tables.py samples/postings.jsonl
"""

import sys

import duckdb
from rolelean import Classifier


def main() -> None:
    with duckdb.connect() as connection:
        postings = connection.sql("FROM read_json(?)", params=sys.argv[1:])
        classified, matches = Classifier().classify_arrow(postings, matches=True)
        # DuckDB finds Python's tables by the names of their variables.
        counts = "SELECT leaning, count(*) FROM classified GROUP BY leaning ORDER BY leaning"
        for leaning, count in connection.sql(counts).fetchall():
            print(leaning, count)
        wanted = "SELECT skill FROM matches WHERE requirement = 'required' GROUP BY skill ORDER BY count(*) DESC, skill"
        for (skill,) in connection.sql(wanted).limit(3).fetchall():
            print("demanded:", skill)


if __name__ == "__main__":
    main()
