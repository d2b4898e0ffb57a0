#!/usr/bin/env python3
"""Are the bytes the same whatever they should not depend on?

The same runs are made on other numbers of threads, in other languages and time zones, from other folders, by another user
at another time, with rows in another order, and by another build. Every output must be the same to the byte; with rows
in another order, all but what names rows and files must be.

    tests/bytes/run.py --kluwen target/release/kluwen --against target/debug/kluwen
"""

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shuffled import in_other_order, unordered

THREADS = (1, 2, 3, 8, 33)
# Set whether or not the machine has them: a program that reads them at all may stumble over either.
LOCALES = ("C", "C.UTF-8", "nl_NL.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1", "ar_EG.UTF-8", "ja_JP.eucJP", "xx_XX")
ZONES = ("UTC", "Europe/Amsterdam", "Pacific/Apia", "Asia/Kathmandu", "<-12>12")
SHUFFLES = 20

# {case} is what is read, {out} a path of its own.
ALL = {
    "analyse": "analyse {case} --out {out}",
    "analyse-nl": "analyse {case} --lang nl --out {out}",
    "published": "analyse {case} --publish --out {out}",
    "rank": "rank {case} --format json",
    "rank-csv": "rank {case} --format csv",
    "group": "group {case} --format json",
    "channels": "channels {case} --format json",
    "windows": "windows {case} --format json",
    "adverts": "adverts {case} --format json",
    "census": "census {case} --format json",
    "identities": "identities {case} --all --format json",
    "svg": "map {case} --out {out}.svg",
    "png": "map {case} --out {out}.png",
    "html": "map {case} --out {out}.html",
    "graphml": "map {case} --out {out}.graphml",
    "gexf": "map {case} --out {out}.gexf",
    "neo4j": "map {case} --format neo4j --out {out}",
    "parquet": "map {case} --format parquet --out {out}",
    "tables": "convert {case} {out} --to tables",
    "jsonl": "convert {case} {out}.jsonl",
    "ftm": "convert {case} {out}.ftm.json",
    "pack": "pack {case} {out}.kluwen",
    "simulate": "simulate {out} --scale seed",
}
# Enough to meet every kind of work: reading, who is who, ranks, groups, placing, words.
SOME = ("rank", "group", "identities", "svg", "html", "tables")
# What is promised with rows in another order; `shuffled.py` says how far.
UNORDERED = ("rank", "rank-csv", "group", "channels", "adverts", "windows", "census", "identities", "analyse", "published")


def files_of(path):
    """What was written at a path, as a file or a folder, with or without an ending."""
    found = {}
    for one in sorted(path.parent.glob(f"{path.name}*")):
        for file in sorted(one.rglob("*")) if one.is_dir() else [one]:
            if file.is_file():
                found[str(file.relative_to(path.parent))] = file.read_bytes()
    return found


class Bytes:
    """Runs, and what they must come to."""

    def __init__(self, asked, root):
        self.asked, self.root = asked, root
        self.runs = 0
        self.differ = []

    def written(self, name, case=None, program=None, threads=1, cwd=None, environment=None):
        """All that a run writes, on standard output and in files."""
        case = case or self.asked.case
        with tempfile.TemporaryDirectory(dir=self.root) as room:
            out = Path(room) / "out"
            words = [word.format(case=case, out=out) for word in ALL[name].split()]
            command = [str(program or self.asked.kluwen), "--quiet", "--threads", str(threads), *words]
            settings = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC", **(environment or {})}
            ran = subprocess.run(
                command, cwd=cwd or room, env=settings, capture_output=True, check=False
            )
            self.runs += 1
            if ran.returncode != 0:
                raise SystemExit(f"{' '.join(command)} ends with {ran.returncode}: {ran.stderr}")
            stdout = ran.stdout.replace(os.fsencode(out), b"OUT")
            return {"standard output": stdout, **files_of(out)}

    def compare(self, what, want, got):
        for name in sorted(set(want) | set(got)):
            if want.get(name) != got.get(name):
                self.differ.append(f"{what}: {name}")
                print(f"DIFFERS {what}: {name}", flush=True)


def tell(what, before, after, differ):
    print(f"{what:42} {after - before:>5} runs, {differ} outputs differ", flush=True)


def judge(asked, root):
    bytes_ = Bytes(asked, root)
    names = asked.only or (SOME[:2] if asked.quick else ALL)
    some = [name for name in names if name in SOME]
    pool = ThreadPoolExecutor(asked.jobs)

    def all_of(tasks):
        return list(pool.map(lambda task: (task[0], task[1], bytes_.written(task[1], **task[2])), tasks))

    want = {name: written for _, name, written in all_of([("", name, {}) for name in names])}

    def part(title, tasks, want=want):
        before, differ = bytes_.runs, len(bytes_.differ)
        for what, name, got in all_of(tasks):
            bytes_.compare(f"{title}, {what}, {name}", want[name], got)
        tell(title, before, bytes_.runs, len(bytes_.differ) - differ)

    counts = (1, 3, 33) if asked.quick else THREADS
    part("threads", [(f"{n}", name, {"threads": n}) for n in counts for name in names])
    pairs = [(locale, zone) for locale in LOCALES for zone in ZONES]
    if asked.quick:
        pairs = [pairs[1], pairs[17], pairs[-1]]
    part(
        "locales and time zones",
        [
            (f"{locale} {zone}", some[at % len(some)] if not asked.whole else name, {"environment": environment(locale, zone)})
            for at, (locale, zone) in enumerate(pairs)
            for name in (some if asked.whole else ["-"])
        ],
    )
    part("folders, users and days", [(what, name, more) for what, more in elsewhere(asked, root) for name in (some[:1] if asked.quick else some)])
    if asked.against:
        part("another build", [("", name, {"program": asked.against}) for name in names])
    if not asked.quick:
        shuffles(asked, root, bytes_, [name for name in names if name in UNORDERED], all_of)
    return bytes_


def environment(locale, zone):
    return {"LC_ALL": locale, "LANG": locale, "LANGUAGE": locale, "TZ": zone}


def elsewhere(asked, root):
    """The same case under other names, and other surroundings."""
    other = root / "a folder, ähnlich ‮ of names"
    shutil.copytree(asked.case, other)
    home = root / "home"
    home.mkdir()
    yield "another folder", {"case": other}
    yield "a relative path", {"case": ".", "cwd": asked.case}
    yield "another home", {"environment": {"HOME": str(home), "TMPDIR": str(home), "USER": "somebody", "HOSTNAME": "x"}}
    yield "no surroundings", {"environment": {"LC_ALL": "", "TZ": ""}}
    yield "another day", {"environment": {"SOURCE_DATE_EPOCH": "1600000000"}}
    yield "a loud environment", {"environment": {"RUST_BACKTRACE": "1", "RUST_LOG": "trace", "COLUMNS": "33", "CLICOLOR_FORCE": "1"}}


def shuffles(asked, root, bytes_, names, all_of):
    """Rows in another order: the same but for what says where a row stands."""
    before, differ = bytes_.runs, len(bytes_.differ)
    want = {name: unordered(written) for _, name, written in all_of([("", name, {}) for name in names])}
    tasks = []
    for number in range(asked.shuffles):
        folder = root / f"shuffled-{number}"
        in_other_order(Path(asked.case), folder, random.Random(f"{asked.seed} {number}"))
        # Everything once, and the rest of the times what is quickest.
        for name in names if number == 0 else names[number % len(names) :: len(names)]:
            tasks.append((f"order {number}", name, {"case": folder}))
    for what, name, got in all_of(tasks):
        bytes_.compare(f"rows in another order, {what}, {name}", want[name], unordered(got))
    tell("rows in another order", before, bytes_.runs, len(bytes_.differ) - differ)


def main():
    asks = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    here = Path(__file__).resolve().parent
    asks.add_argument("--kluwen", required=True, type=Path, help="the program")
    asks.add_argument("--against", type=Path, help="another build of it")
    asks.add_argument("--case", type=Path, default=here.parent.parent / "graphs" / "study25")
    asks.add_argument("--only", nargs="+", choices=ALL, help="only these runs")
    asks.add_argument("--quick", action="store_true", help="two runs on three numbers of threads and three pairs")
    asks.add_argument("--whole", action="store_true", help="several runs for each pair of a language and a zone, not one")
    asks.add_argument("--shuffles", type=int, default=SHUFFLES)
    asks.add_argument("--seed", type=int, default=0)
    asks.add_argument("--jobs", type=int, default=1, help="how many runs side by side")
    asked = asks.parse_args()
    asked.kluwen = asked.kluwen.resolve()
    asked.against = asked.against and asked.against.resolve()
    asked.case = asked.case.resolve()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kluwen-bytes-") as root:
        done = judge(asked, Path(root))
    print(f"{done.runs} runs, {len(done.differ)} outputs differ, {time.monotonic() - begun:.0f} s")
    return 1 if done.differ else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    sys.exit(main())
