"""A Spark session for tests: on the loopback interface alone, with this Python, and quiet."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pyspark.sql import SparkSession

HOST = "127.0.0.1"
# A Java machine that is soon up, for several may share the processors.
JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"


@contextmanager
def session(master: str, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """A session that ends with the block."""
    os.environ |= {"SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable}
    builder = SparkSession.builder.master(master)
    ours = {
        "spark.driver.host": HOST,
        "spark.driver.bindAddress": HOST,
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    for name, value in (ours | dict(settings or {})).items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        yield spark
    finally:
        spark.stop()
