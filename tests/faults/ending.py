"""Runs that are ended from outside, at any moment and on exact calls."""

import fcntl
import os
import re
import signal
import subprocess
import time
from pathlib import Path

from trial import Fault, files, is_part

# What a run does on its way from a draft to a file with a name, and around it.
ON_THE_WAY = (
    "openat",
    "fchmod",
    "flock",
    "write",
    "fsync",
    "linkat",
    "unlink",
    "rename",
    "close",
)
# Where most can be left behind.
DECISIVE = ("write", "linkat", "rename")


def spots(total, most):
    """Up to `most` places among 1 to `total`, with the first and the last."""
    if total <= most:
        return list(range(1, total + 1))
    if most == 1:
        return [total]
    return sorted({1 + round(at * (total - 1) / (most - 1)) for at in range(most)})


def counted(bench, calls, state=None):
    """How often the busiest thread of an undisturbed run makes each of some calls."""
    known = bench.__dict__.setdefault("counts", {})
    key = (calls, state)
    if key not in known:
        with bench.trial(state) as trial:
            ran = trial.traced(bench.command(trial), ",".join(calls), [])
            if ran.code != 0:
                raise Fault(f"a traced run ends with {ran.code}: {ran.stderr}")
            known[key] = _busiest(calls, (trial.root / "calls").read_text(errors="replace"))
    return known[key]


def _busiest(calls, log):
    most = {call: {} for call in calls}
    for line in log.splitlines():
        found = re.match(r"(\d+)\s+(\w+)\(", line)
        if found and found[2] in most:
            per = most[found[2]]
            per[found[1]] = per.get(found[1], 0) + 1
    return {call: max(per.values(), default=0) for call, per in most.items()}


def before_it_begins(bench, calls):
    """How often some calls are made by the loader and the language, before the program's own first step."""
    # The first thing that the program does is to heed signals, through a pair of sockets.
    begins = "socketpair"
    with bench.trial() as trial:
        trial.traced(bench.command(trial), ",".join((*calls, begins)), [])
        log = (trial.root / "calls").read_text(errors="replace")
        return _busiest(calls, log.split(f"{begins}(", 1)[0])


def _at_random(bench, ends, count):
    told = 0
    for number in range(bench.few(count)):
        state = bench.states()[number % len(bench.states())]
        with bench.trial(state) as trial:
            child = trial.start(bench.command(trial))
            time.sleep(bench.chance.uniform(0, bench.seconds * 1.1))
            child.send_signal(ends)
            ran = trial.wait(child)
            told += ran.code < 0
            _judge(bench, trial, ran, ends)
    bench.tally["kills"] += told
    return f"{told} ended"


def _on_calls(bench, ends, most):
    told = 0
    for state in bench.states():
        counts = counted(bench, ON_THE_WAY, state)
        for call, total in counts.items():
            if bench.quick and call not in DECISIVE:
                continue
            for at in spots(total, bench.few(most)):
                with bench.trial(state) as trial:
                    inject = [f"{call}:signal={ends.name}:when={at}"]
                    ran = trial.traced(bench.command(trial), call, inject)
                    told += ran.code < 0
                    _judge(bench, trial, ran, ends)
    bench.tally["kills"] += told
    # What is told to end may be done before it gets to it; what is killed may not.
    if not told and ends == signal.SIGKILL:
        raise Fault("no run was ended")
    return f"{told} ended"


def _judge(bench, trial, ran, ends):
    if ran.code not in (0, -ends):
        raise Fault(f"{ends.name} makes it end with {ran.code}: {ran.stderr[-300:]}")
    killed = ends == signal.SIGKILL
    bench.tally[trial.judge(ran, unsealed=killed, parts=killed)] += 1
    if any(is_part(name) for name in files(trial.at)):
        _next_run_removes(bench, trial)


def _next_run_removes(bench, trial):
    """What a killed run leaves under a hidden name goes with the next run."""
    bench.tally["swept"] += 1
    ran = trial.run(bench.command(trial))
    found = files(trial.at)
    left = [name for name in found if is_part(name)]
    # A folder that was to be new and is half named, or a simulation without its truth, is not written over.
    guarded = bench.kind.fresh or bench.kind.reads == "number"
    fine = (0, 2) if guarded and found else (0,)
    if ran.code not in fine or left:
        raise Fault(f"the next run leaves {left}, code {ran.code}: {ran.stderr[-300:]}")


def kill_at_random(bench):
    """SIGKILL at any moment."""
    return _at_random(bench, signal.SIGKILL, 16)


def kill_on_calls(bench):
    """SIGKILL on exact calls."""
    return _on_calls(bench, signal.SIGKILL, 3)


def terminate_at_random(bench):
    """SIGTERM at any moment."""
    return _at_random(bench, signal.SIGTERM, 6)


def terminate_on_calls(bench):
    """SIGTERM on exact calls."""
    return _on_calls(bench, signal.SIGTERM, 1)


def interrupt_at_random(bench):
    """SIGINT at any moment."""
    return _at_random(bench, signal.SIGINT, 4)


def interrupt_on_calls(bench):
    """SIGINT on exact calls."""
    return _on_calls(bench, signal.SIGINT, 1)


def hang_up_on_calls(bench):
    """SIGHUP on exact calls, as when a window is closed."""
    return _on_calls(bench, signal.SIGHUP, 1)


def ignored_stays_ignored(bench):
    """A run under `nohup` outlives the window."""
    with bench.trial() as trial:
        child = trial.start(bench.command(trial), ("sh", "-c", 'trap "" HUP; exec "$@"', "sh"))
        until = time.monotonic() + bench.seconds
        status = Path(f"/proc/{child.pid}/status")
        while not re.search(r"SigIgn:\s*[0-9a-f]*[13579bdf]$", status.read_text(), re.MULTILINE):
            time.sleep(0.001)
        while child.poll() is None and time.monotonic() < until:
            child.send_signal(signal.SIGHUP)
            time.sleep(bench.seconds / 20)
        ran = trial.wait(child)
        if trial.judge(ran) != "new":
            raise Fault(f"it ends with {ran.code}")


def stale_parts(bench):
    """Unfinished files of dead runs go; those of a living one stay."""
    if bench.kind.fresh or bench.kind.reads == "number":
        return "its folder may hold nothing else"
    with bench.trial() as trial:
        folder = trial.at / bench.kind.out if bench.kind.folder else trial.at
        dead = subprocess.Popen(["true"])
        dead.wait()
        (folder / f".kluwen-{dead.pid}-0.part").write_text("left by a killed run")
        living = folder / f".kluwen-{os.getpid()}-0.part"
        living.write_text("being written")
        # Of a run in another container, whose number says nothing here.
        claimed = folder / f".kluwen-{dead.pid}-1.part"
        with claimed.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            ran = trial.run(bench.command(trial))
        for kept in (living, claimed):
            if not kept.exists():
                raise Fault("it removes what another run is writing")
            kept.unlink()
        if trial.judge(ran) != "new":
            raise Fault(f"it ends with {ran.code}")
    return None


CHECKS = [
    kill_at_random,
    kill_on_calls,
    terminate_at_random,
    terminate_on_calls,
    interrupt_at_random,
    interrupt_on_calls,
    hang_up_on_calls,
    ignored_stays_ignored,
    stale_parts,
]
