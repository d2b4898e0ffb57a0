#!/usr/bin/env python3
"""Counts by room which lines of the program were run; those of tests beside the code are left out.

    tests/coverage/count.py lcov.info
"""

import collections
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent.parent / "src"


def first_line_of_tests(text):
    """The line from which a file is tests to its end; none where it has none."""
    lines = text.splitlines()
    for number, (line, following) in enumerate(zip(lines, lines[1:]), 1):
        if line == "#[cfg(test)]" and following.startswith("mod ") and following.endswith("{"):
            return number
    return len(lines) + 1


def is_of_tests(path):
    """Whether a file, or a folder above it, is declared for tests alone."""
    for part in (path, *path.parents):
        if part == SOURCE:
            return False
        above = part.parent
        declaring = [above / "mod.rs", above / "lib.rs", above.parent / f"{above.name}.rs"]
        for file in declaring:
            name = part.stem if part.name != "mod.rs" else None
            if name and file.is_file() and f"#[cfg(test)]\nmod {name};" in file.read_text():
                return True
    return False


def lines_of(lcov):
    """By file, by line, how often it was run."""
    files = collections.defaultdict(dict)
    for line in Path(lcov).read_text().splitlines():
        kind, _, rest = line.partition(":")
        if kind == "SF":
            here = files[Path(rest)]
        elif kind == "DA":
            number, count = rest.split(",")[:2]
            here[int(number)] = max(here.get(int(number), 0), int(count))
    return files


def main():
    rooms = collections.defaultdict(lambda: [0, 0])
    worst = []
    for path, lines in lines_of(sys.argv[1]).items():
        if SOURCE not in path.parents or is_of_tests(path):
            continue
        end = first_line_of_tests(path.read_text())
        counts = [count for number, count in lines.items() if number < end]
        run = sum(count > 0 for count in counts)
        room = path.relative_to(SOURCE).parts[0]
        rooms[room][0] += run
        rooms[room][1] += len(counts)
        worst.append((len(counts) - run, len(counts), path.relative_to(SOURCE)))
    rooms["all"] = [sum(values) for values in zip(*rooms.values())]
    for room, (run, all_) in sorted(rooms.items(), key=lambda one: (one[0] == "all", one[0])):
        print(f"{room:20} {run:>7} of {all_:>7} lines {100 * run / max(all_, 1):>6.2f} %")
    print("\nmost lines that no test runs:")
    for missed, all_, path in sorted(worst, reverse=True)[:40]:
        print(f"{missed:>6} of {all_:>5}  {path}")


if __name__ == "__main__":
    main()
