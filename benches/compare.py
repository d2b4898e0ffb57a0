#!/usr/bin/env python3
"""Times kluwen beside igraph, NetworKit, rustworkx, SciPy and NetworkX on a file of edges of yours.

    pip install igraph networkit rustworkx scipy networkx polars
    cargo build --release
    python benches/compare.py edges.csv [--by pagerank|betweenness|core|components] [--runs 3]

The file has the columns `source` and `target` (or `src` and `dst`); each tool reads it, ranks its nodes and names the first
ten, in a process of its own on two threads. The time is that of the whole process, best of the runs, as a user waits for it;
"same" says how many of the first ten are kluwen's. A tool that is not installed, or has no such measure, is left out and named.
"""
import argparse
import os
import subprocess
import sys
import time

THREADS = "2"


def columns(path):
    import polars

    with open(path) as file:
        comma = next((c for c in ",;\t" if c in file.readline()), " ")
    table = polars.read_csv(path, separator=comma, infer_schema_length=0)
    return table[table.columns[0]], table[table.columns[1]]


def numbered(path):
    """The names, and the edges by number."""
    import numpy
    import polars

    source, target = columns(path)
    both = polars.concat([source, target])
    codes = both.cast(polars.Categorical).to_physical().to_numpy()
    _, first, number = numpy.unique(codes, return_index=True, return_inverse=True)
    edges = number.reshape(2, -1).T
    pairs = numpy.unique(numpy.sort(edges[edges[:, 0] != edges[:, 1]], axis=1), axis=0)
    return both[first].to_list(), pairs


def igraph(path, by):
    import igraph

    names, pairs = numbered(path)
    graph = igraph.Graph(n=len(names), edges=pairs)
    measure = {"pagerank": graph.pagerank, "betweenness": graph.betweenness, "core": graph.coreness,
               "components": lambda: graph.connected_components().membership}
    return names, measure[by]()


def networkit(path, by):
    import networkit as nk

    nk.setNumberOfThreads(int(THREADS))
    names, pairs = numbered(path)
    graph = nk.GraphFromCoo((pairs[:, 0].astype("u8"), pairs[:, 1].astype("u8")), n=len(names))
    measure = {"pagerank": lambda: nk.centrality.PageRank(graph, tol=1e-9), "betweenness": lambda: nk.centrality.Betweenness(graph),
               "core": lambda: nk.centrality.CoreDecomposition(graph),
               "components": lambda: nk.components.ParallelConnectedComponents(graph)}
    run = measure[by]().run()
    return names, run.getPartition().getVector() if by == "components" else run.scores()


def rustworkx(path, by):
    import rustworkx as rx

    names, pairs = numbered(path)
    graph = rx.PyDiGraph() if by == "pagerank" else rx.PyGraph()
    graph.add_nodes_from(range(len(names)))
    graph.extend_from_edge_list([tuple(pair) for pair in pairs.tolist()])
    if by == "pagerank":
        graph.extend_from_edge_list([tuple(pair[::-1]) for pair in pairs.tolist()])
    measure = {"pagerank": lambda: rx.pagerank(graph), "betweenness": lambda: rx.betweenness_centrality(graph), "core": lambda: rx.core_number(graph)}
    scores = measure[by]()
    return names, [scores[node] for node in range(len(names))]


def scipy(path, by):
    import numpy
    from scipy.sparse import coo_matrix, csgraph

    names, pairs = numbered(path)
    ends = numpy.concatenate([pairs, pairs[:, ::-1]]).T
    matrix = coo_matrix((numpy.ones(ends.shape[1]), ends), shape=(len(names), len(names))).tocsr()
    if by == "components":
        return names, csgraph.connected_components(matrix)[1]
    assert by == "pagerank"
    degrees = numpy.maximum(numpy.asarray(matrix.sum(axis=1)).ravel(), 1)
    ranks, moved = numpy.full(len(names), 1 / len(names)), 1
    while moved > 1e-9:
        new = 0.85 * (matrix @ (ranks / degrees))
        new += (1 - new.sum()) / len(names)
        moved, ranks = numpy.abs(new - ranks).sum(), new
    return names, ranks


def networkx(path, by):
    import networkx as nx

    names, pairs = numbered(path)
    graph = nx.Graph(pairs.tolist())
    measure = {"pagerank": nx.pagerank, "betweenness": nx.betweenness_centrality, "core": nx.core_number}
    scores = measure[by](graph)
    return names, [scores.get(node, 0) for node in range(len(names))]


TOOLS = {tool.__name__: tool for tool in (igraph, networkit, rustworkx, scipy, networkx)}


def first_ten(tool, path, by):
    names, scores = TOOLS[tool](path, by)
    order = sorted(range(len(names)), key=lambda node: -scores[node])
    print("\n".join(names[node] for node in order[:10]))


def best_of(runs, command):
    """The least time of a process and the lines it printed; none if it failed."""
    best, lines = None, []
    environment = dict(os.environ, OMP_NUM_THREADS=THREADS, RAYON_NUM_THREADS=THREADS, POLARS_MAX_THREADS=THREADS)
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode != 0:
            return None, []
        best, lines = min(best or 1e9, time.perf_counter() - start), done.stdout.splitlines()
    return best, lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edges")
    parser.add_argument("--by", default="pagerank", choices=["pagerank", "betweenness", "core", "components"])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kluwen", default="target/release/kluwen")
    parser.add_argument("--tool", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.tool:
        return first_ten(asked.tool, asked.edges, asked.by)
    verb = ["group", "--format", "csv"] if asked.by == "components" else ["rank", "--format", "csv", "--top", "10"]
    own, lines = best_of(asked.runs, [asked.kluwen, verb[0], asked.edges, "--by", asked.by, *verb[1:]])
    if own is None:
        sys.exit("kluwen failed; build it with `cargo build --release` or say where it is with --kluwen")
    column = lines[0].split(",").index("id")
    ours = {line.split(",")[column] for line in lines[1:11]}
    print(f"{'tool':12} {'seconds':>9} {'times kluwen':>13}  same")
    print(f"{'kluwen':12} {own:9.3f} {1:13.1f}")
    for tool in TOOLS:
        seconds, names = best_of(asked.runs, [sys.executable, __file__, asked.edges, "--by", asked.by, "--tool", tool])
        if seconds is None:
            print(f"{tool:12} not installed, or has no {asked.by}")
            continue
        same = "" if asked.by == "components" else f"{len(ours & set(names))} of 10"
        print(f"{tool:12} {seconds:9.3f} {seconds / own:13.1f}  {same}")


if __name__ == "__main__":
    main()
