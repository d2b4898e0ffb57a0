"""Full disks, folders that take nothing, and limits on memory and files."""

import os
import subprocess
from pathlib import Path

from trial import Fault, Refused, needs

NOBODY = 65_534
ABORTED = -6
LOADER = 127
# The system ends what it cannot load before it begins.
UNSTARTED = (-9, -11)


def _limited(bench, flag, limits, fine, told=""):
    """Runs under a limit: each is complete, or an error with the old output whole."""
    prlimit = needs("prlimit", "util-linux")
    failed = 0
    for state in bench.states():
        for limit in limits(bench, state):
            with bench.trial(state) as trial:
                ran = trial.run(bench.command(trial), (prlimit, f"--{flag}={limit}", "--"))
                if flag == "as" and ran.code in UNSTARTED and not ran.stderr:
                    continue
                if ran.code not in (0, *fine):
                    raise Fault(f"--{flag}={limit} ends with {ran.code}: {ran.stderr[-400:]}")
                verdict = trial.judge(ran)
                if ran.code != 0 and verdict != "old":
                    raise Fault(f"--{flag}={limit}: the output is {verdict}")
                if ran.code in fine and told and told not in ran.stderr:
                    raise Fault(f"--{flag}={limit} says: {ran.stderr[-300:]}")
                failed += ran.code != 0
    return f"{failed} runs refused"


def memory(bench):
    """Too little memory, from what the program hardly starts in to enough."""
    # In MiB of addresses.
    sizes = [16, 24, 32, 40, 48, 56, 64, 72, 80, 96, 128, 160, 200, 256]
    sizes = [size << 20 for size in (sizes[1::3] if bench.quick else sizes)]
    return _limited(bench, "as", lambda *_: sizes, (3, 4, LOADER, ABORTED))


def open_files(bench):
    """Too few open files."""
    counts = [4, 6, 8] if bench.quick else [3, *range(4, 24)]
    return _limited(bench, "nofile", lambda *_: counts, (3, 4, LOADER))


def file_size(bench):
    """Files may not grow."""

    def limits(bench, state):
        wanted, before = bench.wanted[state], bench.before[state]
        written = [len(data) for name, data in wanted.items() if data != before.get(name)]
        most = max(written)
        return sorted({0, 1, most // 3, most - 1})

    said = _limited(bench, "fsize", limits, (3,), "could not write")
    if said.startswith("0 "):
        raise Fault("no run met the limit")
    return said


# So many kilobytes are taken before a run, because a disk of none has no limit.
FILLED = 16


class SmallDisk:
    """A file system of a few pages, in memory."""

    def __init__(self, at, kilobytes):
        self.at, self.kilobytes = at, kilobytes

    def __enter__(self):
        if os.geteuid() != 0:
            raise Refused("a small disk can only be made by the administrator; run this as root")
        size = f"size={self.kilobytes}k,nr_inodes=200"
        made = subprocess.run(
            [needs("mount", "mount"), "-t", "tmpfs", "-o", size, "kluwen-faults", str(self.at)],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode != 0:
            raise Refused(f"a small disk cannot be mounted here: {made.stderr.strip()}")
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", str(self.at)], check=True)


def full_disk(bench):
    """A disk that is full after some of the output, or all but the last of it."""
    failed = runs = 0
    for state in bench.states():
        old = sum(-(-len(data) // 4096) * 4 for data in bench.before[state].values())
        new = sum(-(-len(data) // 4096) * 4 for data in bench.wanted[state].values())
        rooms = sorted({0, 4, new // 3, new - 4, new, new + 64})
        for room in rooms[::2] if bench.quick else rooms:
            with bench.trial(state) as trial:
                disk = trial.root / "disk"
                disk.mkdir()
                with SmallDisk(disk, FILLED + old + room):
                    (disk / "filled").write_bytes(b"x" * (FILLED << 10))
                    trial.move(disk / "at")
                    ran = trial.run(bench.command(trial))
                    if ran.code not in (0, 3):
                        raise Fault(f"{room} KiB: it ends with {ran.code}: {ran.stderr[-300:]}")
                    if trial.judge(ran) == "new" and ran.code != 0:
                        raise Fault(f"{room} KiB: all is written and it fails")
                    failed += ran.code != 0
                    runs += 1
    if failed == 0:
        raise Fault("no disk was full")
    return f"{failed} of {runs} runs refused"


def read_only_folder(bench):
    """A folder that takes no files."""
    for state in bench.states():
        with bench.trial(state) as trial:
            trial.root.chmod(0o755)
            bench.root.chmod(0o755)
            # Whoever runs it must be able to see the old files, and to change none.
            folders = [trial.at, *(path for path in trial.at.rglob("*") if path.is_dir())]
            for path in trial.at.rglob("*"):
                if path.is_file():
                    path.chmod(0o644)
            for folder in folders:
                folder.chmod(0o555)
            user = {"user": NOBODY, "group": NOBODY} if os.geteuid() == 0 else {}
            try:
                ran = trial.run(bench.command(trial), cwd="/", **user)
                if ran.code != 3 or "could not" not in ran.stderr:
                    raise Fault(f"it ends with {ran.code}: {ran.stderr}")
                if trial.judge(ran) != "old":
                    raise Fault("something is written")
            finally:
                for folder in folders:
                    folder.chmod(0o755)


def no_such_folder(bench):
    """A folder that is not there, or is a file."""
    for under in ("missing", "file"):
        with bench.trial("none") as trial:
            (trial.root / "file").write_text("x")
            out = trial.root / under / "deeper" / (bench.kind.out or "out")
            ran = trial.run(bench.kind.command(bench.cases.of(bench.kind), str(out)))
            made = Path(out).exists()
            if (ran.code == 0) != made or (not made and not ran.stderr.strip()):
                raise Fault(f"it ends with {ran.code}: {ran.stderr}")


CHECKS = [memory, open_files, file_size, full_disk, read_only_folder, no_such_folder]
