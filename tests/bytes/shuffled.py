"""The same case with its rows in another order, and outputs without the places of rows."""

import csv
import io
import json

# Where a row stands, and what follows from that: the files are others, so their sums are, too.
PLACES = ("line", "lines", "rows", "row", "place", "evidence")
TABLES_OF_PLACES = ("manifest.json", "report.html", "report.md", "map.html")


def in_other_order(case, folder, chance):
    """Copies a case; each table keeps its head and has its rows in another order."""
    folder.mkdir()
    for path in sorted(case.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as table:
            head, *rows = list(csv.reader(table))
        chance.shuffle(rows)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([head, *rows])
        (folder / path.name).write_text(text.getvalue(), encoding="utf-8", newline="")


def unplaced(written):
    """Outputs without what says where rows stand."""
    return {
        name: _without_places(data) if name.endswith("findings.json") else data
        for name, data in written.items()
        if name.rsplit("/", 1)[-1] not in TABLES_OF_PLACES
    }


def _without_places(data):
    def bare(value):
        if isinstance(value, dict):
            return {key: bare(inside) for key, inside in value.items() if key not in PLACES}
        return [bare(inside) for inside in value] if isinstance(value, list) else value

    return json.dumps(bare(json.loads(data)), sort_keys=True).encode()
