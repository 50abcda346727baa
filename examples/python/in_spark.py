"""Postings in Spark, on whatever cluster the session has.

    python examples/python/in_spark.py samples/postings.jsonl
"""

import sys

import rolelean.spark
from pyspark.sql import SparkSession


def main() -> None:
    spark = SparkSession.builder.getOrCreate()
    postings = spark.read.json(sys.argv[1])
    classified = rolelean.spark.classify(postings, id="id")
    for leaning, count in classified.groupBy("leaning").count().sort("leaning").collect():
        print(leaning, count)
    spark.stop()


if __name__ == "__main__":
    main()
