"""Other runs beside this one, and readers that stop, dawdle or never come."""

import os
import signal
import subprocess
import time

from calls import FAILING
from trial import Fault, files, needs

# A closed pipe ends a run well, or as the shell says that the pipe ended it.
CLOSED = (0, 128 + signal.SIGPIPE, -signal.SIGPIPE)


def _writers(bench, count):
    kind = bench.kind
    with bench.trial("none") as other:
        older = kind.command(bench.cases.of(kind, "old"), other.out)
        if other.run(older).code != 0:
            raise Fault("an undisturbed run fails")
        theirs = files(other.at)
    for _ in range(bench.few(4)):
        with bench.trial("none") as trial:
            ours, others = bench.command(trial), kind.command(bench.cases.of(kind, "old"), trial.out)
            children = [trial.start(others if at % 2 else ours) for at in range(count)]
            ended = [trial.wait(child) for child in children]
            found = files(trial.at)
            well = [ran.code == 0 for ran in ended]
            for ran in ended:
                if ran.code not in ((0, 2, 3) if kind.fresh else (0,)) or "panicked" in ran.stderr:
                    raise Fault(f"one of {count} ends with {ran.code}: {ran.stderr[-300:]}")
            whole = [found == bench.wanted["none"], found == theirs]
            if not (any(well) and any(whole)):
                raise Fault(f"{count} runs leave what none wrote: {sorted(found)}")


def _adders(bench, count):
    """What is read and added to loses nothing that another run adds meanwhile."""
    kind = bench.kind
    pairs = [f"p{one},p{other}" for one in range(1, 6) for other in range(one + 1, 6)][:count]
    with bench.trial("none") as trial:
        children = []
        for pair in pairs:
            words = kind.command(bench.cases.of(kind), trial.out)
            at = words.index("--same")
            words[at + 1 : at + 3] = pair.split(",")
            words[at] = "--different"
            children.append(trial.start(words))
        ended = [trial.wait(child) for child in children]
        for ran in ended:
            if ran.code != 0:
                raise Fault(f"one of {count} ends with {ran.code}: {ran.stderr[-300:]}")
        text = b"".join(files(trial.at).values()).decode()
        lost = [pair for pair in pairs if pair not in text]
        if lost:
            raise Fault(f"{lost} are lost: {text}")


def two_writers(bench):
    """Two runs on two cases write to one place at once: it holds one of them, whole."""
    return (_adders if bench.kind.old_words else _writers)(bench, 2)


def eight_writers(bench):
    """And eight."""
    return (_adders if bench.kind.old_words else _writers)(bench, 8)


def messages_unread(bench):
    """Nobody reads what is said on standard error."""
    with bench.trial() as trial:
        read, write = os.pipe()
        os.close(read)
        child = subprocess.Popen(
            [bench.program, *bench.command(trial)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=write,
            cwd=trial.root,
        )
        os.close(write)
        if child.wait(60) != 0 or files(trial.at) != bench.wanted[trial.state]:
            raise Fault(f"it ends with {child.returncode}")


def _printed(bench):
    with bench.trial("none") as trial:
        ran = trial.run(bench.kind.to_stdout(bench.cases.of(bench.kind)))
        if ran.code != 0 or not ran.stdout:
            raise Fault(f"it prints nothing: {ran.code} {ran.stderr}")
        return ran.stdout


def closed_pipe(bench):
    """A reader of standard output that has seen enough."""
    whole = _printed(bench)
    for taken in (0, 1, len(whole) // 2):
        with bench.trial("none") as trial:
            child = trial.start(bench.kind.to_stdout(bench.cases.of(bench.kind)))
            seen = child.stdout.read(taken) if taken else b""
            child.stdout.close()
            said = child.stderr.read().decode("utf-8", "replace")
            child.stderr.close()
            code = child.wait(60)
            if code not in CLOSED or seen != whole[:taken] or "error" in said or "panicked" in said:
                raise Fault(f"after {taken} bytes it ends with {code}: {said}")


def slow_reader(bench):
    """A reader that takes a little at a time gets all of it."""
    whole = _printed(bench)
    with bench.trial("none") as trial:
        child = trial.start(bench.kind.to_stdout(bench.cases.of(bench.kind)))
        seen, piece = b"", max(1, len(whole) // 20)
        while part := child.stdout.read(piece):
            seen += part
            time.sleep(0.01)
        child.stderr.read()
        if child.wait(60) != 0 or seen != whole:
            raise Fault(f"it ends with {child.returncode} after {len(seen)} of {len(whole)} bytes")


def full_device(bench):
    """Standard output that takes nothing."""
    with bench.trial("none") as trial, open("/dev/full", "wb") as full:
        ran = trial.run(bench.kind.to_stdout(bench.cases.of(bench.kind)), stdout=full)
        if ran.code != 3 or "could not write" not in ran.stderr or "panicked" in ran.stderr:
            raise Fault(f"it ends with {ran.code}: {ran.stderr}")


def failing_output(bench):
    """Writing to standard output fails, call by call: what is printed is complete, or an error is told."""
    needs("strace", "strace")
    whole, met = _printed(bench), 0
    errors = FAILING["write"][: bench.few(4)]
    for at in range(1, 1 + bench.few(16)):
        for error in errors:
            with bench.trial("none") as trial:
                words = bench.kind.to_stdout(bench.cases.of(bench.kind))
                ran = trial.traced(words, "write", [f"write:error={error}:when={at}"])
                bad = ran.code not in (0, 3) or "panicked" in ran.stderr
                if bad or (ran.code == 0 and ran.stdout != whole):
                    raise Fault(f"write {error} when={at} ends with {ran.code}: {ran.stderr[-300:]}")
                met += ran.injected
        if not ran.injected:
            break
    bench.tally["calls"] += met
    return f"{met} calls"


FILES = [two_writers, eight_writers, messages_unread]
PRINTED = [closed_pipe, slow_reader, full_device, failing_output]
