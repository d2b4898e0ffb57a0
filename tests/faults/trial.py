"""One run of the program in a folder of its own, and what may have become of that folder."""

import collections
import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 120


class Fault(Exception):
    """The program broke its promise."""


class Refused(Exception):
    """A check cannot be made on this machine."""


@dataclass
class Ran:
    """What a run came to; a negative code is the signal that ended it."""

    code: int
    stdout: bytes
    stderr: str
    injected: int = 0


def needs(program, package):
    """The path of a program that judges; without it there is no check."""
    found = shutil.which(program)
    if not found:
        raise Refused(f"`{program}` is not there; install it: apt-get install {package}")
    return found


def files(folder):
    """Every file under a folder, with its bytes; links say where they lead."""
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = b"link to " + os.fsencode(os.readlink(path))
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def is_part(name):
    last = name.rsplit("/", 1)[-1]
    return last.startswith(".kluwen-") and last.endswith(".part")


@dataclass
class Bench:
    """What all trials of one kind share: the program, the cases, and what undisturbed runs write."""

    program: str
    kind: object
    cases: object
    root: Path
    chance: object
    quick: bool
    # What the folder holds before, and after a run that nothing disturbs, by whether there is an old output.
    before: dict = field(default_factory=dict)
    wanted: dict = field(default_factory=dict)
    seconds: float = 0.0
    tally: collections.Counter = field(default_factory=collections.Counter)

    def prepare(self):
        """Makes the old output, and learns what is to be written in its place."""
        self.before["none"] = {}
        if self.kind.out and not self.kind.fresh:
            with self.trial("none") as trial:
                older = self.kind.command(self.cases.of(self.kind, "old"), trial.out, old=True)
                ran = trial.run(older)
                if ran.code != 0:
                    raise Fault(f"an older run ends with {ran.code}: {ran.stderr}")
                self.before["old"] = files(trial.at)
        for state in self.before:
            with self.trial(state) as trial:
                begun = time.monotonic()
                ran = trial.run(self.command(trial))
                self.seconds = time.monotonic() - begun
                if ran.code != 0:
                    raise Fault(f"an undisturbed run ends with {ran.code}: {ran.stderr}")
                self.wanted[state] = files(trial.at)
                if not self.wanted[state] or self.wanted[state] == self.before[state]:
                    raise Fault("an undisturbed run writes nothing new")

    def few(self, count):
        """So many trials, or a few where it is to be quick."""
        return max(1, count // 4) if self.quick else count

    def command(self, trial):
        return self.kind.command(self.cases.of(self.kind), trial.out)

    def states(self):
        """An old output is there wherever it can be; then, if there is time, none."""
        states = [state for state in ("old", "none") if state in self.before]
        return states[:1] if self.quick else states

    def trial(self, state=None):
        return Trial(self, state or self.states()[0])


class Trial:
    """A folder in which the program writes, gone when it is done."""

    def __init__(self, bench, state):
        self.bench, self.state = bench, state
        self.root = Path(tempfile.mkdtemp(prefix="trial-", dir=bench.root))
        self.move(self.root / "at")

    def move(self, at):
        """Puts the old output into another folder, where the new one is to go."""
        self.at, bench = at, self.bench
        self.at.mkdir()
        self.out = str(self.at / (bench.kind.out or "out"))
        for name, data in bench.before.get(self.state, {}).items():
            path = self.at / name
            path.parent.mkdir(exist_ok=True, parents=True)
            path.touch(mode=0o600)
            path.write_bytes(data)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.root, ignore_errors=True)

    def start(self, words, wrapper=(), **more):
        command = [*wrapper, self.bench.program, "--threads", "1", *words]
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("cwd", self.root)
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, **more)

    def run(self, words, wrapper=(), **more):
        return self.wait(self.start(words, wrapper, **more))

    @staticmethod
    def wait(child):
        try:
            stdout, stderr = child.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            raise Fault(f"it hangs: {child.args}") from None
        return Ran(child.returncode, stdout or b"", stderr.decode("utf-8", "replace"))

    def traced(self, words, calls, inject, **more):
        """A run in which strace disturbs some calls, and how many it disturbed."""
        log = self.root / "calls"
        wrapper = [needs("strace", "strace"), "-f", "-qq", "-o", str(log), "-e", f"trace={calls}"]
        if not any(":signal=" in one for one in inject):
            # Calls that are not traced go at full speed; signals do not come through then.
            wrapper.insert(1, "--seccomp-bpf")
        for one in inject:
            wrapper += ["-e", f"inject={one}"]
        ran = self.run(words, wrapper, **more)
        text = log.read_text(errors="replace")
        ran.injected = text.count("(INJECTED)") + text.count("(DELAYED)")
        return ran

    def judge(self, ran, unsealed=False, parts=False, message=True):
        """Says whether the old output is there or the new one; anything else is a fault.

        `unsealed`: a folder may lack the file that vouches for the others. `parts`: unfinished files may be left.
        """
        bench, found = self.bench, files(self.at)
        left = [name for name in found if is_part(name)]
        found = {name: data for name, data in found.items() if not is_part(name)}
        before, wanted = bench.before[self.state], bench.wanted[self.state]
        say = f"code {ran.code}, files {sorted(found)}, parts {left}, said: {ran.stderr[-400:]}"
        if "panicked" in ran.stderr:
            raise Fault(f"it panics: {say}")
        if left and not parts:
            raise Fault(f"unfinished files are left: {say}")
        bench.tally["left"] += len(left)
        if ran.code == 0 and (left or found != wanted):
            raise Fault(f"it ends well and is not complete: {say}")
        if ran.code > 0 and message and not ran.stderr.strip():
            raise Fault(f"it fails without a word: {say}")
        if found == wanted:
            return "new"
        if found == before:
            return "old"
        if unsealed and self.is_unsealed(found):
            return "unsealed"
        raise Fault(f"neither the old output nor the new one: {say}; {self.differing(found)}")

    def is_unsealed(self, found):
        """Every file is whole, and the one that vouches for them is not there."""
        kind, before = self.bench.kind, self.bench.before[self.state]
        wanted = self.bench.wanted[self.state]
        seal = f"{kind.out}/{kind.seal}"
        whole = all(data in (before.get(name), wanted.get(name)) for name, data in found.items())
        kept = set(before) - {seal} <= set(found)
        return kind.folder and whole and kept and seal not in found

    def differing(self, found):
        wanted, before = self.bench.wanted[self.state], self.bench.before[self.state]
        which = {}
        for name in sorted(set(found) | set(wanted)):
            if name not in found:
                which[name] = "missing"
            elif found[name] == wanted.get(name):
                which[name] = "new"
            else:
                which[name] = "old" if found[name] == before.get(name) else "neither"
        return which
