"""System calls that fail, each in turn: the first, the second, … until a run meets no fault."""

from ending import before_it_begins, counted, spots
from trial import Fault, files

# A call, and what it may fail with. Each place gets another error, so that all are tried.
FAILING = {
    "openat": ("EIO", "EACCES", "EMFILE", "ENOMEM", "EINTR", "ENOSPC"),
    "write": ("EIO", "ENOSPC", "EINTR", "EDQUOT"),
    "fsync": ("EIO", "ENOSPC", "EINTR", "EDQUOT"),
    "linkat": ("EIO", "EACCES", "ENOSPC", "EINTR", "EMLINK"),
    "rename": ("EIO", "EACCES", "ENOSPC", "EINTR"),
    "unlink": ("EIO", "EACCES", "EINTR"),
    "fchmod": ("EIO", "EPERM", "EINTR"),
    "flock": ("EIO", "ENOLCK", "EINTR"),
    "close": ("EIO", "EINTR", "ENOSPC"),
    "read": ("EIO", "EINTR", "ENOMEM"),
    "getdents64": ("EIO", "ENOMEM"),
    "statx": ("EIO", "EACCES", "ENOMEM"),
    "mkdir": ("EIO", "ENOSPC", "EACCES"),
    "socketpair": ("EMFILE", "ENOMEM"),
    "clone3": ("EAGAIN", "ENOMEM"),
}
# Not `brk`: it fails by giving back what was there, which strace cannot make up, and the limit on memory does.
MEMORY = {"mmap": ("ENOMEM",), "mprotect": ("ENOMEM",)}

LOADER = 127
ABORTED = -6


def _failing(call, errors, most):
    def check(bench):
        met = runs = 0
        for state in bench.states():
            total = counted(bench, tuple({**FAILING, **MEMORY}), state)[call]
            for at in spots(total, bench.few(most)):
                # Once only, and from then on.
                forms = [f"{at}", f"{at}+"]
                for form in forms[at % 2 :][:1] if bench.quick else forms:
                    error = errors[(at + runs) % len(errors)]
                    if error == "EINTR" and form.endswith("+"):
                        # What is interrupted for ever is tried for ever, and rightly so.
                        error = errors[0]
                    met += _one(bench, state, call, error, form)
                    runs += 1
        if runs == 0:
            return "it makes no such call"
        if met == 0:
            raise Fault("no call was disturbed")
        bench.tally["calls"] += met
        return f"{met} calls in {runs} runs"

    check.__name__ = f"failing_{call}"
    check.__doc__ = f"`{call}` fails with {', '.join(errors)}."
    return check


def _unbegun(bench, call, form):
    """Whether a call fails before the program begins; then the loader and the language speak, or nobody does."""
    if call not in MEMORY:
        return False
    if "unbegun" not in bench.__dict__:
        bench.unbegun = before_it_begins(bench, tuple(MEMORY))
    return int(form.rstrip("+")) <= bench.unbegun[call]


def _one(bench, state, call, error, form):
    with bench.trial(state) as trial:
        ran = trial.traced(bench.command(trial), call, [f"{call}:error={error}:when={form}"])
        if ran.code != 0 and _unbegun(bench, call, form):
            if files(trial.at) != bench.before[state]:
                raise Fault(f"{call} {error} when={form} writes something")
            return ran.injected
        memory = call in MEMORY
        fine = (0, 3, 4, LOADER) + ((ABORTED,) if memory else ())
        if ran.code not in fine:
            raise Fault(f"{call} {error} when={form} ends with {ran.code}: {ran.stderr[-400:]}")
        # Where every write fails, so does that of the message.
        speaks = not (call == "write" and form.endswith("+"))
        try:
            # Where nothing can be removed, nor can unfinished files.
            stuck = call == "unlink" and form.endswith("+")
            late = call in ("rename", "fsync")
            verdict = trial.judge(ran, unsealed=late, parts=stuck, message=speaks)
            bench.tally[verdict] += 1
        except Fault as fault:
            raise Fault(f"{call} {error} when={form}: {fault}") from None
        return ran.injected


CHECKS = [
    *(_failing(call, errors, 3) for call, errors in FAILING.items()),
    *(_failing(call, errors, 4) for call, errors in MEMORY.items()),
]
