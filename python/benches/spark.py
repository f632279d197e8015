"""Documents through a Spark cluster of one master and two workers on this machine, a worker killed half-way.

    pip install unspin-*.whl 'pyspark[sql]'
    python python/benches/spark.py rows.jsonl

`rows.jsonl` has a text in the field `text` of each row. Measured are: this machine alone (`unspin.fix_arrow` with as many threads as
workers), one worker, two workers, and two workers of which one is killed with SIGKILL when half of the tasks are done. All four must
give the same rows. `--check` takes `check` in the place of `fix`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet
import pyspark
from pyspark.sql import SparkSession

import unspin.spark
from unspin._rows import add


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Cluster:
    """A standalone master and its workers, a process each."""

    def __init__(self, folder: Path, workers: int, memory: str) -> None:
        home = Path(pyspark.__file__).parent
        self.folder, self.spark_class = folder, home / "bin/spark-class"
        self.environment = {
            **os.environ,
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOG_DIR": str(folder),
            "PYSPARK_PYTHON": sys.executable,
            "OMP_NUM_THREADS": "1",
        }
        port = free_port()
        self.url = f"spark://127.0.0.1:{port}"
        package = "org.apache.spark.deploy"
        ports = ["--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"]
        self.master = self.start("master", f"{package}.master.Master", *ports)
        self.wait("master", "I have been elected leader")
        self.workers = []
        for number in range(workers):
            name = f"worker-{number}"
            limits = ["--cores", "1", "--memory", memory, "--host", "127.0.0.1", "--webui-port", "0"]
            work = ["--work-dir", str(folder / name)]
            self.workers.append(self.start(name, f"{package}.worker.Worker", *limits, *work, self.url))
            self.wait(name, "Successfully registered with master")

    def start(self, name: str, *command: str) -> subprocess.Popen:
        log = (self.folder / f"{name}.log").open("w")
        # In a group of its own, so that the executors of a worker end with it.
        return subprocess.Popen(
            [self.spark_class, *command], env=self.environment, stdout=log, stderr=log, start_new_session=True
        )

    def wait(self, name: str, message: str) -> None:
        for _ in range(600):
            if message in (self.folder / f"{name}.log").read_text():
                return
            time.sleep(0.1)
        raise RuntimeError(f"{name} did not start: see {self.folder / name}.log")

    def kill(self, process: subprocess.Popen) -> None:
        """Ends a process and its children as a power cut would."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def close(self) -> None:
        for process in [*self.workers, self.master]:
            self.kill(process)


def session(url: str, name: str, folder: Path, file_size: int) -> SparkSession:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    return (
        SparkSession.builder.master(url)
        .appName(name)
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.executor.cores", "1")
        .config("spark.executor.memory", "1g")
        .config("spark.local.dir", str(folder / "local"))
        # A task for each file.
        .config("spark.sql.files.maxPartitionBytes", str(file_size))
        .config("spark.sql.files.openCostInBytes", str(file_size))
        # The documents of a batch and their answers are in memory together.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
        .getOrCreate()
    )


def digest(table: pa.Table) -> str:
    """What the rows are known by, in the order of their ids."""
    rows = hashlib.sha256()
    for row in table.sort_by("id").to_pylist():
        rows.update(json.dumps(row, sort_keys=True).encode() + b"\n")
    return rows.hexdigest()


def on_spark(source: Path, folder: Path, verb: str, workers: int, tasks: int, kills: bool) -> tuple[float, pa.Table]:
    name = f"{workers}-workers{'-one-killed' if kills else ''}"
    home = folder / name
    home.mkdir()
    cluster = Cluster(home, workers, "1g")
    try:
        spark = session(cluster.url, name, home, max(file.stat().st_size for file in source.iterdir()))
        spark.sparkContext.setLogLevel("OFF" if kills else "ERROR")
        method = getattr(unspin.spark, verb)
        # Starts the executors and their Python processes, which is no part of the measurement.
        warm = spark.createDataFrame([(number, "a text") for number in range(8)], "id long, text string")
        method(warm.repartition(8)).collect()
        rows = method(spark.read.parquet(str(source)))
        assert rows.rdd.getNumPartitions() == tasks, (rows.rdd.getNumPartitions(), tasks)
        done = threading.Event()

        def kill_half_way() -> None:
            tracker = spark.sparkContext.statusTracker()
            while not done.wait(0.05):
                stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
                if any(stage and stage.numTasks == tasks and stage.numCompletedTasks >= tasks // 2 for stage in stages):
                    print(f"  killing a worker after {time.monotonic() - start:.1f} s, with half of the {tasks} tasks done")
                    cluster.kill(cluster.workers[0])
                    return
            print("  NO WORKER WAS KILLED: the run was over too soon")

        killer = threading.Thread(target=kill_half_way)
        start = time.monotonic()
        if kills:
            killer.start()
        rows.write.parquet(str(home / "out"))
        seconds = time.monotonic() - start
        done.set()
        if kills:
            killer.join()
            assert cluster.workers[0].poll() is not None, "no worker was killed"
        spark.stop()
    finally:
        cluster.close()
    return seconds, pyarrow.parquet.read_table(home / "out")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path, help="JSON Lines with a text in the field `text` of each")
    parser.add_argument("--documents", type=int, default=100_000, help="how many are taken at most")
    parser.add_argument("--tasks", type=int, default=40, help="files that the documents are divided into")
    parser.add_argument("--check", action="store_const", const="check", default="fix", dest="verb")
    args = parser.parse_args()

    texts = pyarrow.json.read_json(args.rows).column("text").slice(0, args.documents)
    rows = pa.table({"id": pa.array(range(len(texts))), "text": texts.combine_chunks()})
    size = sum(len(text.as_py().encode()) for text in texts)
    print(f"{args.verb}: {len(texts)} documents, {size / 1e6:.0f} MB, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "source"
        source.mkdir()
        for task in range(args.tasks):
            first, last = len(rows) * task // args.tasks, len(rows) * (task + 1) // args.tasks
            pyarrow.parquet.write_table(rows.slice(first, last - first), source / f"{task:05}.parquet")

        def alone(threads: int) -> float:
            start = time.monotonic()
            for batch in rows.to_batches(1000):
                out.append(add(batch, args.verb, "text", "unspin", None, {"threads": threads}))
            return time.monotonic() - start

        out: list[pa.RecordBatch] = []
        seconds = alone(1)
        expected = digest(pa.Table.from_batches(out))
        print(f"{'one process, 1 thread':<32} {seconds:7.1f} s  {size / seconds / 1e6:6.2f} MB/s")
        for workers, kills in [(2, True), (2, False), (1, False)]:
            name = f"Spark, {workers} worker(s){', one killed' if kills else ''}"
            seconds, table = on_spark(source, folder, args.verb, workers, args.tasks, kills)
            same = digest(table) == expected
            ids = len(set(table.column("id").to_pylist()))
            print(
                f"{name:<32} {seconds:7.1f} s  {size / seconds / 1e6:6.2f} MB/s  {len(table)} rows, {ids} ids, "
                f"{'the same rows' if same else 'OTHER ROWS'}, load {os.getloadavg()[0]:.1f}"
            )
            assert same and ids == len(table) == len(rows)


if __name__ == "__main__":
    main()
