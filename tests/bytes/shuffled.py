"""The same case with its rows in another order, and what of an output may follow the order of rows.

Promised with rows in another order: the same people, codes, ranks, counts, channels and words; the same rows as evidence; numbers
that agree to nine digits. Not promised: the lines at which rows stand, the order in which they are listed, the last bits of sums, and
what is made of files as they are (their sums in manifest.json).
"""

import csv
import io
import json

# What hangs on the files themselves, or names lines in the midst of a text or a picture.
NAMING_LINES = ("manifest.json", "report.html", "report.md", "map.html", "map.svg", "network.dot")
# Which instances of a motif are shown, of more than can be, goes by their rows.
SHOWN_BY_ROW = ("instances",)
DIGITS = 9


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


def unordered(written):
    """Outputs as far as they are promised to be the same with rows in another order."""
    kept = {}
    for name, data in written.items():
        last = name.rsplit("/", 1)[-1]
        if last in NAMING_LINES:
            continue
        kept[name] = _bare_json(data) if data[:1] in (b"{", b"[") else data
    return kept


def _bare_json(data):
    return json.dumps(_bare(json.loads(data)), sort_keys=True, ensure_ascii=False).encode()


def _bare(value):
    if isinstance(value, dict):
        return {key: _bare(inside) for key, inside in value.items() if key not in SHOWN_BY_ROW}
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}"
    if isinstance(value, str) and ".csv:" in value:
        return value.rsplit(":", 1)[0]
    if not isinstance(value, list):
        return value
    inside = [_bare(one) for one in value]
    return _sorted(inside) if _names_rows(value) else inside


def _names_rows(items):
    """Whether a list is one of rows, which stand in the order of the files."""
    row = lambda one: isinstance(one, str) and ".csv:" in one
    return bool(items) and all(row(one) or isinstance(one, dict) and any(row(part) for part in one.values()) for one in items)


def _sorted(items):
    return sorted(items, key=lambda one: json.dumps(one, sort_keys=True))
