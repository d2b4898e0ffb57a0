#!/usr/bin/env python3
"""Does every file survive whatever happens while it is written?

For each kind of output: the program is killed at any moment and on exact calls, told to end, refused each system call in
turn, and given full disks, too little memory, closed pipes and company. It holds if a run that ends well wrote all of it,
and any other left the old output whole and said why.

    tests/faults/run.py --kluwen target/release/kluwen --kind all
"""

import argparse
import collections
import random
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import calls  # noqa: E402
import company  # noqa: E402
import ending  # noqa: E402
import limits  # noqa: E402
import placing  # noqa: E402
from kinds import Cases, named  # noqa: E402
from trial import Bench, Fault, Refused  # noqa: E402

FINE, FAULT, REFUSED, NOT_ASKED = "ok", "FAULT", "REFUSED", "–"
COUNTS = ("calls", "kills", "old", "new", "unsealed", "left", "swept")


def checks_of(kind):
    """All checks, and whether each applies to this kind."""
    to_files = [
        *placing.CHECKS,
        *ending.CHECKS,
        *calls.CHECKS,
        *limits.CHECKS,
        *company.FILES,
    ]
    for check in to_files:
        yield check, kind.out is not None or check is placing.repeatable
    for check in company.PRINTED:
        yield check, kind.stdout is not None


def judge(kind, asked, cases, chosen):
    """Makes all checks of one kind; what each came to, and the counts."""
    root = Path(tempfile.mkdtemp(prefix=f"{kind.name}-", dir=asked.root))
    root.chmod(0o755)
    chance = random.Random(f"{asked.seed} {kind.name}")
    bench = Bench(str(Path(asked.kluwen).resolve()), kind, cases, root, chance, asked.quick)
    told = {}
    try:
        if kind.out:
            bench.prepare()
    except Fault as fault:
        print(f"{kind.name}: {FAULT}: {fault}", flush=True)
        return {"prepare": FAULT}, bench.tally
    for check, applies in checks_of(kind):
        if chosen and check.__name__ not in chosen:
            continue
        outcome, said = (NOT_ASKED, "") if not applies else one(check, bench)
        told[check.__name__] = outcome
        if applies:
            print(f"{kind.name:22} {check.__name__:22} {outcome:8} {said}", flush=True)
    shutil.rmtree(root, ignore_errors=True)
    return told, bench.tally


def one(check, bench, again=True):
    try:
        return FINE, check(bench) or ""
    except Fault as fault:
        # On a busy machine strace itself may fail to hold a thread that ends; that says nothing of the program.
        if again and "strace: ptrace(" in str(fault):
            return one(check, bench, again=False)
        return FAULT, f"{check.__doc__.splitlines()[0]} {fault}"
    except Refused as refused:
        return REFUSED, str(refused)


def table(kinds, told, tallies):
    """Kind by kind how many checks held, and what was done to it."""
    print(f"\n{'kind':22} {'held':>9} " + " ".join(f"{name:>9}" for name in COUNTS))
    sums = collections.Counter()
    for kind in kinds:
        outcomes = [outcome for outcome in told[kind.name].values() if outcome != NOT_ASKED]
        sums["held"] += outcomes.count(FINE)
        sums["all"] += len(outcomes)
        sums.update(tallies[kind.name])
        held = f"{outcomes.count(FINE)}/{len(outcomes)}"
        counts = " ".join(f"{tallies[kind.name][name]:>9}" for name in COUNTS)
        print(f"{kind.name:22} {held:>9} {counts}")
    counts = " ".join(f"{sums[name]:>9}" for name in COUNTS)
    print(f"{'all':22} {sums['held']:>4}/{sums['all']:<4} {counts}")
    print(
        "calls: system calls that were made to fail; kills: runs ended by a signal; old, new: what was there afterwards;\n"
        "unsealed: folders of whole files without the one that vouches for them; left: unfinished files after SIGKILL;\n"
        "swept: how often the next run was seen to remove those. After SIGTERM, SIGINT and SIGHUP none may be left."
    )
    return sums["held"] == sums["all"]


def main():
    asks = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asks.add_argument("--kluwen", required=True, help="the program")
    asks.add_argument("--kind", nargs="+", default=["all"], help="kinds of output, or all")
    asks.add_argument("--check", nargs="+", default=[], help="only these checks")
    asks.add_argument("--quick", action="store_true", help="a few trials of each check")
    asks.add_argument("--seed", type=int, default=0, help="where random moments come from")
    asks.add_argument("--jobs", type=int, default=1, help="how many kinds side by side")
    asked = asks.parse_args()
    kinds, begun = named(asked.kind), time.monotonic()
    asked.root = Path(tempfile.mkdtemp(prefix="kluwen-faults-"))
    asked.root.chmod(0o755)
    cases = Cases(asked.root / "cases")
    try:
        with ThreadPoolExecutor(asked.jobs) as pool:
            judged = list(pool.map(lambda kind: judge(kind, asked, cases, asked.check), kinds))
    finally:
        shutil.rmtree(asked.root, ignore_errors=True)
    told = {kind.name: outcomes for kind, (outcomes, _) in zip(kinds, judged)}
    tallies = {kind.name: tally for kind, (_, tally) in zip(kinds, judged)}
    fine = table(kinds, told, tallies)
    print(f"seed {asked.seed}, {time.monotonic() - begun:.0f} s")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
