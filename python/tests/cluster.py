"""A Spark cluster on this machine loses a worker in mid-job, and no row is lost.

    python3 tests/cluster.py ROLELEAN WHEEL [COUNT]

Starts a standalone master and two workers of one core each on the loopback interface, ships the wheel to their
executors, classifies COUNT postings, and kills one worker and its executor when a part of the tasks is done. The rows
must be those of the command line. Needs Java, and this Python with the packages of requirements.txt and the wheel.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyspark
from pyspark.sql import DataFrame, SparkSession

import postings
import rolelean
import rolelean.spark
from processes import command_line, descendants
from session import HOST, JAVA, session

# Seconds until all is given up, on however slow a machine.
LIMIT = 300
# Parts of the job, and how many of them are done when the worker is killed.
PARTS, DONE = 48, 12
# Seconds that every part takes at least, so that the kill falls among them.
PART_SECONDS = 0.15
# Where executors unpack the wheel, in the folder they run in.
SHIPPED = "shipped-wheel"


class Cluster:
    """A master and its workers, each the head of a group of processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        self.port = free_port()
        self.url = f"spark://{HOST}:{self.port}"

    def __enter__(self) -> Cluster:
        try:
            self.start("master", "master.Master", "--port", str(self.port))
            wait_for("the master", lambda: listens(self.port))
            self.workers = [
                self.start(name, "worker.Worker", "-c", "1", "-m", "1g", "-d", str(self.folder / name), self.url)
                for name in ("worker-1", "worker-2")
            ]
            wait_for("two workers", lambda: self.log("master").count("Registering worker") == len(self.workers))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.started):
            for number in [process.pid, *descendants(process.pid)]:
                kill(number)
            process.wait()

    def start(self, name: str, of: str, *arguments: str) -> subprocess.Popen[bytes]:
        spark_class = Path(pyspark.__path__[0], "bin", "spark-class")
        command = [str(spark_class), f"org.apache.spark.deploy.{of}", "--host", HOST, "--webui-port", "0", *arguments]
        settings = {
            "SPARK_LOCAL_IP": HOST,
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_DAEMON_JAVA_OPTS": JAVA,
            "SPARK_LOCAL_DIRS": str(self.folder),
            "SPARK_NO_DAEMONIZE": "1",
        }
        with open(self.folder / f"{name}.log", "wb") as log:
            process = subprocess.Popen(
                command, env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.started.append(process)
        return process

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def kill_worker(self) -> str:
        """Takes one worker away, with the executor that it runs."""
        worker = self.workers[0]
        below = descendants(worker.pid)
        executors = [number for number in below if "CoarseGrainedExecutorBackend" in command_line(number)]
        assert executors, "the worker runs no executor"
        for number in [worker.pid, *executors]:
            kill(number)
        return f"worker {worker.pid} and executor {', '.join(map(str, executors))}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def wait_for(what: str, holds: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise SystemExit(f"{what}: not there after {seconds} s")
        time.sleep(0.05)


def kill(number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def shipped(wheel: Path, folder: Path) -> dict[str, str]:
    """Settings by which executors get the package from the wheel alone."""
    # A wheel is a zip, which Spark unpacks by its name.
    archive = shutil.copy(wheel, folder / "wheel.zip")
    return {
        "spark.archives": f"{archive}#{SHIPPED}",
        "spark.executorEnv.PYTHONPATH": SHIPPED,
        "spark.driver.memory": "512m",
        "spark.driver.extraJavaOptions": JAVA,
        "spark.executor.memory": "1g",
        "spark.executor.extraJavaOptions": JAVA,
    }


def where_from(batches: Iterator[object]) -> Iterator[object]:
    """Where an executor has the package from."""
    import pyarrow

    for _ in batches:
        yield pyarrow.RecordBatch.from_pydict({"path": [rolelean.__file__]})


def slowed(batches: Iterator[object]) -> Iterator[object]:
    time.sleep(PART_SECONDS)
    yield from batches


def kill_in_mid_job(cluster: Cluster, spark: SparkSession) -> int:
    """Waits until a part of the tasks is done, and kills; the stage that it was in."""
    tracker = spark.sparkContext.statusTracker()

    def done() -> dict[int, int]:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return {stage.stageId: stage.numCompletedTasks for stage in stages if stage and stage.numTasks >= PARTS}

    wait_for(f"{DONE} tasks of the job", lambda: max(done().values(), default=0) >= DONE)
    killed = cluster.kill_worker()
    ((stage, tasks),) = done().items()
    print(f"{killed} killed after {tasks} of {PARTS} tasks")
    return stage


def read(spark: SparkSession, lines: Path) -> DataFrame:
    """A file of JSON Lines in `PARTS` partitions."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", str(lines.stat().st_size // PARTS + 1))
    columns = ", ".join(f"{name} string" for name in postings.Posting._fields)
    return spark.read.schema(columns).json(str(lines))


def check(rolelean_command: str, wheel: Path, count: int, folder: Path) -> None:
    rows = postings.table(count)
    lines = folder / "postings.jsonl"
    postings.write_json_lines(lines, rows)
    postings.classify(rolelean_command, lines, folder / "report")
    report = postings.Report(folder / "report", rows["id"].to_pylist())

    started = time.monotonic()
    with Cluster(folder) as cluster, session(cluster.url, shipped(wheel, folder)) as spark:
        df = read(spark, lines)
        paths = df.limit(1).mapInArrow(where_from, "path string").first()
        assert paths and f"/{SHIPPED}/" in f"/{paths.path}", f"the package is not that of the wheel: {paths}"
        print(f"a master and two workers, after {time.monotonic() - started:.1f} s")

        classified = rolelean.spark.classify(df.mapInArrow(slowed, df.schema))
        started = time.monotonic()
        with ThreadPoolExecutor(max_workers=1) as beside:
            killed = beside.submit(kill_in_mid_job, cluster, spark)
            found = classified.toArrow()
        seconds = time.monotonic() - started
        stage = spark.sparkContext.statusTracker().getStageInfo(killed.result())
        assert stage and stage.numFailedTasks > 0, "no task was lost"
    print(f"{report.check('Spark', found)} rows, each as the command line has it, after {seconds:.1f} s")


def out_of_time(*_: object) -> None:
    raise SystemExit(f"not done after {LIMIT} s")


def main() -> None:
    rolelean_command, wheel = sys.argv[1], Path(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    if not shutil.which("java"):
        raise SystemExit("there is no java; install Java 17 or later, such as Debian's default-jre-headless")
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(LIMIT)
    with tempfile.TemporaryDirectory() as folder:
        try:
            check(rolelean_command, wheel, count, Path(folder))
        except BaseException:
            for log in sorted(Path(folder).glob("*.log")):
                print(f"== {log.name}\n{log.read_text(errors='replace')[-4_000:]}", file=sys.stderr)
            raise


main()
