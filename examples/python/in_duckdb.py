"""A function for DuckDB's SQL, in which it classifies postings where it reads them.

    python examples/python/in_duckdb.py samples/postings.jsonl
"""

import sys

import duckdb
import pyarrow
from duckdb.func import ARROW, SPECIAL
from rolelean import Classifier

classifier = Classifier()


def rows(
    id: pyarrow.ChunkedArray,
    title: pyarrow.ChunkedArray,
    company: pyarrow.ChunkedArray,
    description: pyarrow.ChunkedArray,
) -> pyarrow.StructArray:
    """The columns of postings.csv as one value for each row."""
    postings = pyarrow.table({"id": id, "title": title, "company": company, "description": description})
    return classifier.classify_arrow(postings).combine_chunks().to_struct_array()


def add_to(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives the connection the function `rolelean(id, title, company, description)`."""
    result = connection.from_arrow(classifier.schema().empty_table())
    result_type = duckdb.struct_type(dict(zip(result.columns, result.types)))
    # Rows with a null, too: a posting need not have a title.
    connection.create_function("rolelean", rows, ["VARCHAR"] * 4, result_type, type=ARROW, null_handling=SPECIAL)


QUERY = "SELECT unnest(rolelean(id, title, company, description)) FROM read_json(?)"


def main() -> None:
    with duckdb.connect() as connection:
        add_to(connection)
        counts = f"SELECT leaning, count(*) FROM ({QUERY}) GROUP BY leaning ORDER BY leaning"
        for leaning, count in connection.sql(counts, params=sys.argv[1:]).fetchall():
            print(leaning, count)


if __name__ == "__main__":
    main()
