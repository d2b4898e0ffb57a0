#!/usr/bin/env python3
"""How long a whole-graph question takes here, on Sail and on Spark, from 10⁵ edges up, in one run.

    benches/engines.py --kluwen target/release/kluwen --engines VENV [--to 7] [--only local,sail,spark] [--ask PageRank,components] [--largest-first] [--partitions N]

VENV holds pysail, pyspark[connect] (which bring numpy and pyarrow). Each case is an R-MAT graph (.57/.19/.19, 16 edges a node, ids permuted) of
links between people, as Parquet tables of the contract. What is timed is the whole command, from reading to printing, with
`--identity given` and, on an engine, as many `--partitions` as `kluwen plan` names; beside it the processor time of kluwen and of the engine, and the most memory that each of them held. Answers are compared: components must
be the same bytes, PageRank and cores the same ten people. What ends without an answer is a row that says how, and the run goes on.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
QUESTIONS = {
    "PageRank": ["rank", "--by", "pagerank", "--top", "10"],
    "components": ["group", "--by", "components"],
    "cores": ["rank", "--by", "core", "--top", "10"],
    "labels": ["group", "--by", "label-propagation"],
}
HOME = Path(__file__).resolve().parent.parent


def rmat(edges, seed=1):
    import numpy

    chance = numpy.random.default_rng(seed)
    levels = (edges // 16).bit_length()
    source = numpy.zeros(edges, dtype=numpy.int64)
    target = numpy.zeros(edges, dtype=numpy.int64)
    for _ in range(levels):
        drawn = chance.random(edges)
        right = ((drawn >= 0.57) & (drawn < 0.76)) | (drawn >= 0.95)
        down = drawn >= 0.76
        source = source * 2 + down
        target = target * 2 + right
    # A case has no link from somebody to himself.
    target = numpy.where(source == target, source ^ 1, target)
    order = chance.permutation(1 << levels)
    return 1 << levels, order[source], order[target]


def schemas(kluwen, room):
    """The columns of each table, as the program writes them."""
    import pyarrow.parquet

    subprocess.run([kluwen, "convert", HOME / "graphs/study25", room / "columns", "--to", "parquet", "--quiet"], check=True)
    return {path.stem: pyarrow.parquet.read_schema(path) for path in (room / "columns").glob("*.parquet")}


def write_case(folder, edges, schemas):
    import numpy
    import pyarrow
    import pyarrow.compute
    import pyarrow.parquet

    folder.mkdir(parents=True)
    nodes, source, target = rmat(edges)

    def write(table, columns, count):
        whole = {
            "basis": code("fact", count),
            **columns,
            "certainty": pyarrow.array(numpy.full(count, 0.9)),
            "row_file": code(f"{table}.csv", count),
            "row_line": pyarrow.array(numpy.arange(2, count + 2)),
            "row_number": pyarrow.array(numpy.arange(count)),
        }
        empty = pyarrow.nulls(count)
        cells = [whole.get(field.name, empty).cast(field.type) for field in schemas[table]]
        known = pyarrow.schema([pyarrow.field(field.name, field.type) for field in schemas[table]])
        pyarrow.parquet.write_table(pyarrow.table(cells, schema=known), folder / f"{table}.parquet", row_group_size=1 << 20)

    def ids(numbers):
        return pyarrow.compute.binary_join_element_wise("p", pyarrow.array(numbers).cast(pyarrow.string()), "")

    def code(word, count):
        return pyarrow.DictionaryArray.from_arrays(
            pyarrow.array(numpy.zeros(count, dtype=numpy.int8)), pyarrow.array([word])
        ).cast(pyarrow.string())

    write("people", {"person_id": ids(numpy.arange(nodes))}, nodes)
    links = {"from": ids(source), "to": ids(target), "kind": code("contact", edges), "count": pyarrow.array(numpy.ones(edges))}
    write("links", links, edges)
    write("roles", {"case_id": code("c", 1), "person_id": ids(numpy.zeros(1, dtype=numpy.int64)), "role": code("other", 1)}, 1)
    return nodes


def processor_seconds(pids):
    """Of processes and all that they started, as long as they live."""
    total, peak = 0.0, 0
    for pid in all_of(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / TICK
        except OSError:
            continue
        peak += held(pid)
    return total, peak


def held(pid):
    """The most memory that a process has held, in MB; 0 of one that has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def all_of(pids):
    found, todo = set(), list(pids)
    while todo:
        pid = todo.pop()
        if pid in found:
            continue
        found.add(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                todo += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process, log):
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            sys.exit(f"an engine ended at its start: see {log}")
        time.sleep(0.5)
    sys.exit(f"an engine did not start: see {log}")


class Engine:
    def __init__(self, name, venv, room):
        self.name, self.port = name, free_port()
        home = next(Path(venv).glob("lib/python3*/site-packages"))
        log = room / f"{name}.log"
        environment = dict(os.environ, SPARK_HOME=str(home / "pyspark"), SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_DIRS=str(room / "spark"))
        if name == "sail":
            environment |= {"SAIL_MODE": "local", "SAIL_EXECUTION__DEFAULT_PARALLELISM": "4"}
            words = [f"{venv}/bin/sail", "spark", "server", "--ip", "127.0.0.1", "--port", str(self.port)]
        else:
            words = [
                str(home / "pyspark/bin/spark-submit"),
                *["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", "local[2]"],
                *["--driver-memory", "6g", "--conf", "spark.connect.grpc.binding.address=127.0.0.1"],
                *["--conf", f"spark.connect.grpc.binding.port={self.port}", "--conf", "spark.ui.enabled=false"],
                # What rounds that are over have shuffled stays on the disk until Java next tidies up: by itself every half hour.
                *["--conf", "spark.cleaner.periodicGC.interval=2min"],
                *["--conf", f"spark.sql.warehouse.dir={room}/warehouse", "spark-internal"],
            ]
        self.process = subprocess.Popen(words, env=environment, stdout=log.open("wb"), stderr=subprocess.STDOUT, cwd=room, start_new_session=True)
        wait_for(self.port, self.process, log)

    def used(self):
        return processor_seconds([self.process.pid])

    def stop(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Run:
    """One command: how long it took, what it and its engine used, and what it said or how it ended."""

    def __init__(self, words, engine):
        before = engine.used()[0] if engine else 0.0
        began = time.monotonic()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
            done = subprocess.Popen(words, stdout=out, stderr=said)
            ended, self.memory = 0, 0.0
            while not ended:
                time.sleep(0.01)
                # What the process itself held: `used` also counts this program, of which it began as a copy.
                self.memory = max(self.memory, held(done.pid))
                ended, status, used = os.wait4(done.pid, os.WNOHANG)
            self.seconds = time.monotonic() - began
            done.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            said.seek(0)
            self.answer = out.read()
            self.ended = f"ended with {done.returncode}: {said.read().decode()[-300:].strip()}" if done.returncode else None
        theirs, self.engine_memory = engine.used() if engine else (0.0, 0.0)
        self.core = used.ru_utime + used.ru_stime + theirs - before

    def cells(self, edges):
        if self.ended:
            return f"{' '.join(self.ended.split())} (after {self.seconds:.0f} s) | | | |"
        each = self.core / edges * 1e9
        return f"{self.seconds:.1f} | {self.core:.1f} | {each:,.0f} | {self.memory:,.0f} | {self.engine_memory:,.0f}"


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kluwen", required=True)
    words.add_argument("--engines", required=True)
    words.add_argument("--start", type=int, default=5, help="from 10 to this power of edges")
    words.add_argument("--to", type=int, default=7, help="to 10 to this power of edges")
    words.add_argument("--only", default="local,sail,spark")
    words.add_argument("--ask", default="PageRank,components", help=f"some of {','.join(QUESTIONS)}")
    words.add_argument("--largest-first", action="store_true", help="for a long run: what is most likely to fail fails at its start")
    words.add_argument("--partitions", type=int, help="of an engine [default: one for 2 million edges, and 8 at least]")
    words.add_argument("--room", default=None)
    asked = words.parse_args()
    room = Path(tempfile.mkdtemp(prefix="kluwen-engines-", dir=asked.room))
    try:
        compare(asked, room)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def compare(asked, room):
    chosen = asked.only.split(",")
    columns = schemas(asked.kluwen, room)
    print("| edges | people | question | engine | seconds | core seconds | ns·core an edge | kluwen MB | engine MB |")
    print("| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |", flush=True)
    powers = range(asked.start, asked.to + 1)
    for power in reversed(powers) if asked.largest_first else powers:
        edges, case = 10**power, room / f"case-{power}"
        # In a process of its own, which gives its memory back: what is timed may need all there is.
        with ProcessPoolExecutor(1) as writer:
            people = writer.submit(write_case, case, edges, columns).result()
        answers = {}
        for name in chosen:
            engine = None if name == "local" else Engine(name, asked.engines, room)
            for question in asked.ask.split(","):
                command = QUESTIONS[question]
                work = room / f"work-{name}"
                line = [asked.kluwen, command[0], str(case), *command[1:], "--identity", "given", "--format", "csv"]
                if engine:
                    partitions = asked.partitions or max(8, -(-edges // 2_000_000))
                    line += ["--engine", f"sc://127.0.0.1:{engine.port}", "--work", str(work), "--partitions", str(partitions)]
                run = Run(line, engine)
                shutil.rmtree(work, ignore_errors=True)
                print(f"| 10^{power} | {people:,} | {question} | {name} | {run.cells(edges)} |", flush=True)
                if run.ended:
                    continue
                answer = run.answer
                if question == "labels":
                    continue  # Labels are drawn by lot, anew on each engine.
                if question == "PageRank":
                    answer = b"\n".join(b",".join(row.split(b",")[:4]) for row in answer.splitlines())
                if answers.setdefault(question, answer) != answer:
                    sys.exit(f"{question} of 10^{power} edges: {name} answers otherwise than {chosen[0]}")
            if engine:
                engine.stop()
        shutil.rmtree(case)


if __name__ == "__main__":
    main()
