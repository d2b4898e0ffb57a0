#!/usr/bin/env python3
"""Draws the same graphs by kluwen, Graphviz sfdp and NetworkX, and says how long each took and how good the drawing is.

    apt install graphviz; pip install networkx numpy scipy
    cargo bench --bench placing --no-run      # prints where the program is
    python benches/layout_peers.py --program target/release/deps/placing-… [--most 10000] [EDGES ...]

Without files of edges (two numbers a line) it makes some: groups of friends, R-MAT graphs, a grid and a tree, up to --most nodes. NetworkX is asked only for
graphs of up to 2,000 nodes, since its layouts look at all pairs. Each tool runs in a process of its own, one after another; "wall" is the time of placing alone for kluwen
and NetworkX and of the whole process for sfdp, "cpu" that of the process on all cores. All drawings are judged by the same code, that of kluwen.
"""
import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time

NETWORKX = """
import sys, time, networkx as nx
graph = nx.Graph()
edges = [tuple(map(int, line.split())) for line in open(sys.argv[2])]
graph.add_nodes_from(range(1 + max(max(edge) for edge in edges)))
graph.add_edges_from(edges)
start = time.time()
places = getattr(nx, sys.argv[1])(graph, seed=1)
print("seconds", time.time() - start, file=sys.stderr)
for node in graph:
    print(*places[node])
"""


def planted(n, size, degree, away, seed):
    draw = random.Random(seed)
    for u in range(n):
        for _ in range(degree // 2):
            group = u // size * size
            inside = group + draw.randrange(min(size, n - group))
            yield u, draw.randrange(n) if draw.random() < away else inside


def rmat(scale, edges, seed):
    draw = random.Random(seed)
    for _ in range(edges):
        u = v = 0
        for _ in range(scale):
            at = draw.random()
            down, right = (0, 0) if at < 0.57 else (0, 1) if at < 0.76 else (1, 0) if at < 0.95 else (1, 1)
            u, v = 2 * u + down, 2 * v + right
        yield u, v


def grid(side):
    for row in range(side):
        for column in range(side):
            at = row * side + column
            if column + 1 < side:
                yield at, at + 1
            if row + 1 < side:
                yield at, at + side


def tree(n, seed):
    draw = random.Random(seed)
    for u in range(1, n):
        yield draw.randrange(max(0, u - 200), u), u


def invented(folder, most):
    graphs = {
        "planted60": (60, planted(60, 12, 6, 0.2, 1)),
        "tree300": (300, tree(300, 9)),
        "planted300": (300, planted(300, 20, 6, 0.15, 2)),
        "planted1000": (1000, planted(1000, 40, 6, 0.15, 3)),
        "grid2500": (2500, grid(50)),
        "tree2000": (2000, tree(2000, 9)),
        "rmat13": (8192, rmat(13, 30_000, 5)),
        "planted10000": (10_000, planted(10_000, 50, 6, 0.15, 4)),
        "rmat17": (100_000, rmat(17, 520_000, 6)),
        "planted100000": (100_000, planted(100_000, 60, 12, 0.2, 7)),
    }
    for name, (nodes, edges) in graphs.items():
        if nodes > most:
            continue
        numbers, lines = {}, {}
        for u, v in edges:
            if u != v:
                u, v = (numbers.setdefault(end, len(numbers)) for end in (u, v))
                lines[min(u, v), max(u, v)] = None
        path = os.path.join(folder, name)
        with open(path, "w") as file:
            file.writelines(f"{u} {v}\n" for u, v in lines)
        yield path


def run(command, **options):
    """Output, errors, and the seconds of the clock and of all cores."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    done = subprocess.run(command, capture_output=True, text=True, **options)
    wall, after = time.time() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stderr[-500:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, done.stderr, wall, cpu


def said(errors):
    return dict(line.split(" ", 1) for line in errors.splitlines() if " " in line)


def kluwen(program, path):
    places, errors, _, cpu = run([program, path])
    # The program judges what it placed; judging again says what that took.
    _, judging = judge(program, path, places)
    return places, float(said(errors)["seconds"]), max(cpu - judging, 0.0)


def sfdp(_, path):
    edges = [line.split() for line in open(path)]
    nodes = 1 + max(int(end) for edge in edges for end in edge)
    text = ["graph { node [shape=point, width=0.01]"]
    text += [str(node) for node in range(nodes)] + [" -- ".join(edge) for edge in edges] + ["}"]
    output, _, wall, cpu = run(["sfdp", "-Tplain", "-Gsplines=false"], input="\n".join(text))
    places = {}
    for line in output.replace("\\\n", "").splitlines():
        fields = line.split()
        if fields and fields[0] == "node":
            places[int(fields[1])] = f"{fields[2]} {fields[3]}\n"
    return "".join(places[node] for node in range(nodes)), wall, cpu


def networkx(layout):
    def draw(_, path):
        places, errors, _, cpu = run([sys.executable, "-c", NETWORKX, layout, path])
        return places, float(said(errors)["seconds"]), cpu

    return draw


def judge(program, path, places):
    with tempfile.NamedTemporaryFile("w", suffix=".places") as file:
        file.write(places)
        file.flush()
        _, errors, _, cpu = run([program, path, file.name])
    return said(errors), cpu


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--program", required=True)
    parser.add_argument("--most", type=int, default=10_000)
    asked = parser.parse_args()
    tools = {"kluwen": kluwen, "sfdp": sfdp}
    for layout in ("spring_layout", "forceatlas2_layout"):
        tools[f"networkx {layout}"] = networkx(layout)
    print("| graph | nodes | edges | tool | wall s | cpu s | stress | neighborhood | crossings |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for path in asked.files or invented(folder, asked.most):
            edges = [line.split() for line in open(path)]
            nodes = 1 + max(int(end) for edge in edges for end in edge)
            for name, draw in tools.items():
                if name.startswith("networkx") and nodes > 2000:
                    continue
                places, wall, cpu = draw(asked.program, path)
                report, _ = judge(asked.program, path, places)
                crossings = report["crossings"]
                crossings = crossings if crossings.isdigit() else "–"
                print(
                    f"| {os.path.basename(path)} | {nodes} | {len(edges)} | {name} | {wall:.2f} | {cpu:.2f} "
                    f"| {report['stress']} | {report['neighborhood']} | {crossings} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
