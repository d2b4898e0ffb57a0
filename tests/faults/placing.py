"""Where output goes, who may read it, and what it may not replace."""

import os
import re
import stat

from trial import Fault, files, needs

OWNER_ONLY = 0o600


def repeatable(bench):
    """The same run writes the same bytes again."""
    for state in bench.states():
        with bench.trial(state) as trial:
            if bench.kind.out is None:
                words = bench.kind.to_stdout(bench.cases.of(bench.kind))
                one, two = trial.run(words), trial.run(words)
                if one.code or one.stdout != two.stdout or not one.stdout:
                    raise Fault(f"two runs differ, or fail: {one.code} {one.stderr}")
                continue
            if trial.judge(trial.run(bench.command(trial))) != "new":
                raise Fault("an undisturbed run leaves the old output")


def _modes(bench, umask):
    for state in bench.states():
        with bench.trial(state) as trial:
            for path in trial.at.rglob("*"):
                path.chmod(0o755 if path.is_dir() else 0o666)
            trial.judge(trial.run(bench.command(trial), umask=umask))
            for path in trial.at.rglob("*"):
                mode = stat.S_IMODE(path.stat().st_mode)
                if path.is_file() and mode != OWNER_ONLY:
                    raise Fault(f"{path.name} has mode {mode:o} under umask {umask:o}")


def open_umask(bench):
    """Files are for their owner alone where everybody may read new ones."""
    _modes(bench, 0o000)


def closed_umask(bench):
    """And where new files are nobody's."""
    _modes(bench, 0o077)


def _in_place(bench, trial):
    """A path at which one file is written."""
    kind = bench.kind
    return trial.at / kind.out / kind.one_file if kind.folder else trial.at / kind.out


def link_replaced(bench):
    """A symbolic link is replaced, and what it leads to stays."""
    if bench.kind.fresh:
        return "its folder is new"
    with bench.trial() as trial:
        path, kept = _in_place(bench, trial), trial.root / "kept"
        kept.write_bytes(path.read_bytes())
        before = kept.read_bytes()
        path.unlink()
        path.symlink_to(kept)
        trial.judge(trial.run(bench.command(trial)))
        if path.is_symlink() or kept.read_bytes() != before:
            raise Fault("the link is followed")
    return None


def _refused(bench, put):
    """An input under the name of the output is not written over."""
    if bench.kind.reads == "number":
        return "nothing is read"
    with bench.trial() as trial:
        case = trial.root / "case"
        case.mkdir()
        source = bench.cases.of(bench.kind)
        for name, data in files(source).items():
            (case / name).write_bytes(data)
        before = files(case)
        words = bench.kind.command(str(case), put(trial, case))
        ran = trial.run(words)
        if ran.code not in (1, 2, 3) or not ran.stderr.strip():
            raise Fault(f"it ends with {ran.code}: {ran.stderr}")
        if files(case) != before:
            raise Fault("an input is changed")
    return None


def _over(bench, trial, case, join):
    victim = case / "people.csv"
    path = _in_place(bench, trial)
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    join(victim, path)
    return trial.out


def hard_link_refused(bench):
    """Neither by another name of the same file."""
    return _refused(bench, lambda trial, case: _over(bench, trial, case, os.link))


def soft_link_refused(bench):
    """Nor by a link to it."""
    return _refused(bench, lambda trial, case: _over(bench, trial, case, os.symlink))


def input_refused(bench):
    """Nor by its own name."""
    whole = bench.kind.folder
    return _refused(bench, lambda _, case: str(case if whole else case / "people.csv"))


def nothing_elsewhere(bench):
    """No file is opened for writing but where the output goes."""
    for state in bench.states():
        with bench.trial(state) as trial:
            away = {}
            for name in ("home", "tmp", "here", "config"):
                folder = trial.root / name
                folder.mkdir()
                away[name] = folder
            spots = {"HOME": "home", "TMPDIR": "tmp", "XDG_CONFIG_HOME": "config", "XDG_CACHE_HOME": "config"}
            settings = {**os.environ, **{key: str(away[name]) for key, name in spots.items()}}
            log = trial.root / "opened"
            calls = "openat,open,creat,link,linkat,rename,renameat,renameat2,mkdir,mkdirat,symlink,symlinkat,mknod,mknodat,socket,connect"
            wrapper = [needs("strace", "strace"), "-f", "-qq", "-y", "-o", str(log), "-e", f"trace={calls}"]
            trial.judge(trial.run(bench.command(trial), wrapper, env=settings, cwd=away["here"]))
            for folder in away.values():
                if files(folder):
                    raise Fault(f"written elsewhere: {sorted(files(folder))}")
            _refuse_strangers(log.read_text(errors="replace"), str(trial.at))


def _refuse_strangers(log, at):
    for line in log.splitlines():
        if " = -1 " in line:
            continue
        if re.search(r"\b(socket|connect)\(", line) and "AF_UNIX" not in line:
            raise Fault(f"a connection: {line}")
        writes = re.search(r"\b(creat|link|linkat|rename\w*|mkdir\w*|symlink\w*|mknod\w*)\(", line)
        writes = writes or re.search(r"O_WRONLY|O_RDWR|O_CREAT", line)
        if writes and at not in line and '"/dev/' not in line:
            raise Fault(f"written elsewhere: {line}")


CHECKS = [
    repeatable,
    open_umask,
    closed_umask,
    link_replaced,
    hard_link_refused,
    soft_link_refused,
    input_refused,
    nothing_elsewhere,
]
