#!/usr/bin/env python3
"""Mutation test of the whole program by all its tests, of a sample of its mutants.

    tests/mutants/woven/run.py --room ROOM [--every 10] [--first 0] [--files REGEX] [--jobs 2]

Needs cargo-mutants and the Python packages tree-sitter and tree-sitter-rust. In the folder ROOM a copy of the sources is made with every tenth mutant
woven into it (see weave.py), compiled once, and each test run alone to see which mutants it reaches. Then each mutant is switched on in turn for the tests
that reach it, those that are quick and reach little first, until one fails. Also tests that run the program are asked: the switch is in its environment. A mutant is missed if
all tests that reach it pass, or those that were run in `--patience` seconds of tests. What happened to each is a line of ROOM/outcomes.jsonl, and a run that was
stopped goes on there; with more patience than before it also goes on with what was missed.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from weave import Woven

HOME = Path(__file__).resolve().parents[3]
# Seconds of tests that one process runs: a mutant that most tests see dies in the first.
BATCHES = [1, 4, 15, 30]

SWITCH = """//! Which mutant is on: the number in `WOVEN_ON`. Which are reached: a byte for each in the file `WOVEN_REACHED`, if that is named.
use std::sync::LazyLock;

struct State { on: u32, reached: Option<memmap2::MmapRaw> }

static STATE: LazyLock<State> = LazyLock::new(|| State {
    on: std::env::var("WOVEN_ON").ok().and_then(|word| word.parse().ok()).unwrap_or(0),
    reached: std::env::var_os("WOVEN_REACHED").map(|path| {
        let file = std::fs::File::options().read(true).write(true).open(path).unwrap();
        memmap2::MmapRaw::map_raw(&file).unwrap()
    }),
});

pub fn on(mutant: u32) -> bool {
    let state = &*STATE;
    if let Some(reached) = &state.reached {
        unsafe { reached.as_mut_ptr().add(mutant as usize).write_volatile(1) }
    }
    state.on == mutant
}

pub fn off(mutant: u32) -> bool { !on(mutant) }
"""


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--room", required=True, type=Path)
    words.add_argument("--every", type=int, default=10, help="take one mutant of so many")
    words.add_argument("--first", type=int, default=0, help="begin the sample with this one")
    words.add_argument("--files", default="", help="only of files whose path this matches")
    words.add_argument("--features", default="", help="features to compile with")
    words.add_argument("--tests", default="--lib --bins --tests", help="whose tests to compile, as cargo has it")
    words.add_argument("--skip", default="^$", help="no tests whose name this matches")
    words.add_argument("--jobs", type=int, default=2)
    words.add_argument("--patience", type=float, default=60.0, help="seconds of tests for one mutant")
    asked = words.parse_args()
    asked.room = asked.room.resolve()
    asked.room.mkdir(parents=True, exist_ok=True)
    if not (asked.room / "woven.json").exists():
        weave(asked)
    trial = Trial(asked)
    trial.reach()
    trial.try_all()
    figures(asked.room)


def weave(asked):
    """The sources with switches, of which those that do not compile are taken out again."""
    listed = subprocess.run(["cargo", "mutants", "--list", "--json"], cwd=HOME, check=True, capture_output=True).stdout
    known = [mutant for mutant in json.loads(listed) if re.search(asked.files, mutant["file"])]
    sample = known[asked.first :: asked.every]
    for number, mutant in enumerate(sample, 1):
        mutant["id"] = number
    tree = copied(asked.room / "tree")
    left_out, refused = set(), set()
    while True:
        left_out |= write_files(tree, [mutant for mutant in sample if mutant["id"] not in refused])
        faulty = compile_faults(asked, tree)
        if not faulty:
            break
        found = blamed(tree, faulty)
        if not found:
            sys.exit(f"does not compile, by no mutant: {sorted(faulty)[:5]}")
        refused |= found
        print(f"{len(found)} mutants do not compile", file=sys.stderr, flush=True)
    for mutant in sample:
        mutant["woven"] = mutant["id"] not in left_out | refused
        mutant["why"] = "no place for a switch" if mutant["id"] in left_out else "does not compile" if mutant["id"] in refused else None
        del mutant["diff"]
    (asked.room / "woven.json").write_text(json.dumps({"known": len(known), "sample": sample}))


def copied(tree):
    """A copy of the sources, which knows the crate of the switch."""
    shutil.rmtree(tree, ignore_errors=True)
    for name in subprocess.run(["git", "ls-files"], cwd=HOME, check=True, capture_output=True, text=True).stdout.splitlines():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(HOME / name, tree / name)
    switch = tree / "woven_switch"
    (switch / "src").mkdir(parents=True)
    (switch / "src/lib.rs").write_text(SWITCH)
    (switch / "Cargo.toml").write_text('[package]\nname = "woven_switch"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\nmemmap2 = "0.9"\n')
    manifest = (tree / "Cargo.toml").read_text()
    (tree / "Cargo.toml").write_text(manifest.replace("[dependencies]\n", '[dependencies]\nwoven_switch = { path = "woven_switch" }\n', 1))
    return tree


def write_files(tree, mutants):
    left_out = set()
    by_file = {}
    for mutant in mutants:
        by_file.setdefault(mutant["file"], []).append(mutant)
    for file, own in by_file.items():
        woven = Woven((HOME / file).read_bytes(), own)
        left_out |= set(woven.left_out)
        (tree / file).write_bytes(woven.woven())
    for path in (tree / "src").rglob("*.rs"):
        name = str(path.relative_to(tree))
        if name not in by_file:
            shutil.copy2(HOME / name, path)
    return left_out


def compile_faults(asked, tree):
    """The lines, as (file, first, last), of which the compiler complains."""
    done = subprocess.run(
        ["cargo", "check", "--bins", "--lib", "--message-format=json", *features(asked)], cwd=tree, env=environment(asked), capture_output=True
    )
    faulty = set()
    for line in done.stdout.splitlines():
        message = json.loads(line).get("message") or {}
        if message.get("level") == "error":
            for span in message["spans"]:
                if span["is_primary"]:
                    while span.get("expansion"):
                        span = span["expansion"]["span"]
                    faulty.add((span["file_name"], span["line_start"], span["line_end"]))
    if done.returncode and not faulty:
        sys.exit(done.stderr.decode()[-3000:])
    return faulty


def blamed(tree, faulty):
    """The mutants on the lines complained of; if there are none, those around: a type that no longer fits may be met farther on."""
    for around in (0, 10, 40, 160):
        found = set()
        for file, first, last in faulty:
            lines = (tree / file).read_text().split("\n")[max(0, first - 1 - around) : last + around]
            found |= {int(number) for number in re.findall(r"woven_switch::(?:on|off)\((\d+)\)", "\n".join(lines))}
        if found:
            return found
    return set()


def features(asked):
    return ["--features", asked.features] if asked.features else []


def environment(asked):
    return {
        **os.environ,
        "CARGO_TARGET_DIR": str(asked.room / "target"),
        "CARGO_PROFILE_DEV_DEBUG": "0",
        "RUSTFLAGS": "--cap-lints warn",
        "CARGO_INCREMENTAL": "1",
    }


class Trial:
    """The compiled tests, and what each reaches and takes."""

    def __init__(self, asked):
        self.asked, self.room, self.tree = asked, asked.room, asked.room / "tree"
        self.sample = [mutant for mutant in json.loads((self.room / "woven.json").read_text())["sample"] if mutant["woven"]]
        done = subprocess.run(
            ["cargo", "test", "--no-run", "--message-format=json", *asked.tests.split(), *features(asked)],
            cwd=self.tree, env=environment(asked), check=True, stdout=subprocess.PIPE,
        )
        built = [json.loads(line) for line in done.stdout.splitlines()]
        self.programs = [made["executable"] for made in built if made.get("executable") and made["profile"]["test"]]
        self.lock = Lock()

    def process(self, program, names, seconds, **more):
        """Whether these tests pass; `None` if they never end."""
        temporary = self.room / "tmp" / f"{os.getpid()}-{time.monotonic_ns()}"
        temporary.mkdir(parents=True)
        told = {**os.environ, "CARGO_MANIFEST_DIR": str(self.tree), "TMPDIR": str(temporary), "CI": "1", **more}
        with subprocess.Popen(
            [program, "--exact", *names], cwd=self.tree, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as run:
            try:
                return run.wait(seconds) == 0
            except subprocess.TimeoutExpired:
                return None
            finally:
                try:
                    os.killpg(run.pid, 9)
                except ProcessLookupError:
                    pass
                run.wait()
                shutil.rmtree(temporary, ignore_errors=True)

    def reach(self):
        """Runs each test alone, once: what it takes, and which mutants it asks for."""
        path = self.room / "reached.json"
        if not path.exists():
            named = []
            for program in self.programs:
                told = subprocess.run([program, "--list", "--format", "terse"], cwd=self.tree, check=True, capture_output=True, text=True).stdout
                named += [(program, line.removesuffix(": test")) for line in told.splitlines() if line.endswith(": test")]
            named = [test for test in named if not re.search(self.asked.skip, test[1])]
            with ThreadPoolExecutor(self.asked.jobs) as pool:
                path.write_text(json.dumps(list(pool.map(self.alone, range(len(named)), named))))
        self.tests = json.loads(path.read_text())
        failed = [test["name"] for test in self.tests if not test["passed"]]
        print(f"{len(self.tests)} tests; not asked, because they fail: {failed}", file=sys.stderr, flush=True)
        self.reaching = {}
        # What is quick and reaches little is most likely to be about what it reaches.
        for test in sorted((test for test in self.tests if test["passed"]), key=lambda test: test["seconds"] * len(test["reached"])):
            for mutant in test["reached"]:
                self.reaching.setdefault(mutant, []).append(test)

    def alone(self, number, test):
        marks = self.room / f"marks-{number}"
        size = max(mutant["id"] for mutant in self.sample) + 1
        marks.write_bytes(bytes(size))
        began = time.monotonic()
        passed = self.process(test[0], [test[1]], 600, WOVEN_REACHED=str(marks))
        seconds = time.monotonic() - began
        reached = [place for place, mark in enumerate(marks.read_bytes()) if mark]
        marks.unlink()
        return {"program": test[0], "name": test[1], "passed": bool(passed), "seconds": seconds, "reached": reached}

    def try_all(self):
        path = self.room / "outcomes.jsonl"
        known = outcomes(path)
        # One after another all over the house, so that a run that is stopped has seen of every room.
        order = sorted(self.sample, key=lambda mutant: (mutant["id"] % 97, mutant["id"]))
        left = [mutant for mutant in order if self.may_learn(known.get(mutant["id"]))]
        with ThreadPoolExecutor(self.asked.jobs) as pool, path.open("a") as out:

            def one(mutant):
                tried = known.get(mutant["id"], {"tried": 0})["tried"]
                found = {**self.outcome(mutant["id"], tried), "patience": self.asked.patience}
                line = json.dumps({"id": mutant["id"], **found, "name": mutant["name"], "file": mutant["file"]})
                with self.lock:
                    out.write(line + "\n")
                    out.flush()

            list(pool.map(one, left))

    def may_learn(self, outcome):
        """Whether a mutant was not tried, or a longer patience may still catch it."""
        return not outcome or outcome["tried"] < outcome["of"] and outcome["outcome"] == "missed" and outcome["patience"] < self.asked.patience

    def outcome(self, mutant, tried):
        """Runs the tests that reach a mutant, but the first ones that were `tried` before."""
        tests = self.reaching.get(mutant, [])
        spent, batches = 0.0, iter(BATCHES)
        while tried < len(tests) and spent < self.asked.patience:
            longest = next(batches, BATCHES[-1])
            group = [tests[tried]]
            for test in tests[tried + 1 :]:
                if test["program"] != group[0]["program"] or sum_of(group) + test["seconds"] > longest:
                    break
                group.append(test)
            tried += len(group)
            spent += sum_of(group)
            passed = self.process(group[0]["program"], [test["name"] for test in group], 5 * sum_of(group) + 20, WOVEN_ON=str(mutant))
            if not passed:
                why = "never ends" if passed is None else f"one of {len(group)} from {group[0]['name']}"
                return {"outcome": "caught", "why": why, "tried": tried, "of": len(tests)}
        why = f"{tried} of {len(tests)} tests that reach it pass" if tests else "no test reaches it"
        return {"outcome": "missed", "why": why, "tried": tried, "of": len(tests)}


def sum_of(tests):
    return sum(test["seconds"] for test in tests)


def outcomes(path):
    """The last outcome of each mutant."""
    lines = path.read_text().splitlines() if path.exists() else []
    return {outcome["id"]: outcome for outcome in map(json.loads, lines)}


def figures(room):
    whole = json.loads((room / "woven.json").read_text())
    rooms, found = {}, outcomes(room / "outcomes.jsonl")
    for mutant in whole["sample"]:
        own = rooms.setdefault(mutant["file"].split("/")[1].removesuffix(".rs"), Counter())
        own["sample"] += 1
        own[mutant["why"] or found.get(mutant["id"], {"outcome": "not tried"})["outcome"]] += 1
    columns = ["sample", "no place for a switch", "does not compile", "not tried", "caught", "missed"]
    print("| room | " + " | ".join(columns) + " | share |\n| --- |" + " ---: |" * (len(columns) + 1))
    total = Counter()
    for name, own in sorted(rooms.items()):
        total += own
        print(row(name, own, columns))
    print(row("all", total, columns))
    for outcome in found.values():
        if outcome["outcome"] == "missed":
            print(f"missed: {outcome['name']}: {outcome['why']}")


def row(name, own, columns):
    tried = own["caught"] + own["missed"]
    return f"| {name} | " + " | ".join(str(own[column]) for column in columns) + f" | {100 * own['caught'] / max(tried, 1):.1f} % |"


if __name__ == "__main__":
    main()
