"""Prints the Parquet files of a folder as one object: of each the types of its columns, and its rows."""

import json
import pathlib
import sys

import duckdb


def plain(value):
    return value if isinstance(value, (float, type(None))) else str(value)


tables = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.parquet")):
    read = duckdb.read_parquet(str(path))
    rows = [dict(zip(read.columns, map(plain, row))) for row in read.fetchall()]
    tables[path.stem] = {"types": dict(zip(read.columns, map(str, read.types))), "rows": rows}
print(json.dumps(tables))
