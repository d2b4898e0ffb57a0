"""What the program writes, and how each of it is asked for."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Kind:
    """One kind of output."""

    name: str
    # The words of the command, with {case} for what is read and {out} for what is written.
    words: tuple
    # What it is called; for a folder, the folder's name. None where it only goes to standard output.
    out: str | None = None
    folder: bool = False
    # The file of a folder that is written last and vouches for the others.
    seal: str | None = None
    # A folder that must be new or empty.
    fresh: bool = False
    # The same on standard output, where that can be asked for.
    stdout: tuple | None = None
    # What is read: `sound`, or `faulty` with a row to be set aside.
    reads: str = "sound"
    # A file of such a folder, for links in its place.
    one_file: str | None = None
    # How an older one is made, where the same words would not do.
    old_words: tuple | None = None

    def command(self, case, out, old=False):
        words = self.old_words if old and self.old_words else self.words
        return [word.format(case=case, out=out) for word in words]

    def to_stdout(self, case):
        return [word.format(case=case) for word in self.stdout]


def _map(form, ending, **more):
    words = ("map", "{case}", "--format", form)
    return Kind(form, (*words, "--out", "{out}"), f"map.{ending}", stdout=words, **more)


def _map_folder(form, one_file):
    words = ("map", "{case}", "--format", form, "--out", "{out}")
    return Kind(f"{form}-map", words, "map", folder=True, fresh=True, one_file=one_file)


def _convert(name, to, out, **more):
    return Kind(name, ("convert", "{case}", "{out}", "--to", to), out, **more)


def _tables(name, to):
    one_file = "people.csv" if to == "tables" else "people.parquet"
    return _convert(
        name, to, "tables", folder=True, fresh=True, seal="manifest.json", one_file=one_file
    )


def _decision(one, other):
    said = ("--by", "A. Analyst", "--why", "one photograph")
    return ("identities", "{case}", "--same", one, other, "--into", "{out}", *said)


def _printed(name, *words):
    return Kind(name, (), stdout=words)


KINDS = [
    _map("dot", "dot"),
    _map("svg", "svg"),
    _map("png", "png"),
    _map("html", "html"),
    _map("graphml", "graphml"),
    _map("gexf", "gexf"),
    _map("gexf-1.2", "gexf"),
    _map("anx", "anx"),
    _map("cytoscape", "cyjs"),
    _map("cytoscape-boxes", "cyjs"),
    _map("node-link", "json"),
    _map("pajek", "net"),
    _map("dl", "dl"),
    _map_folder("neo4j", "nodes.Person.csv"),
    _map_folder("parquet", "nodes.parquet"),
    _tables("tables", "tables"),
    _tables("parquet-tables", "parquet"),
    _convert("jsonl", "jsonl", "case.jsonl"),
    _convert("ftm", "ftm", "case.ftm.json"),
    _convert("graph-of-case", "graphml", "case.graphml"),
    Kind("snapshot", ("pack", "{case}", "{out}"), "case.kluwen"),
    Kind(
        "findings-folder",
        ("analyse", "{case}", "--out", "{out}"),
        "findings",
        folder=True,
        seal="manifest.json",
        one_file="findings.json",
    ),
    Kind(
        "findings-with-rejects",
        ("analyse", "{case}", "--lenient", "--out", "{out}"),
        "findings",
        folder=True,
        seal="manifest.json",
        reads="faulty",
        one_file="rejects.csv",
    ),
    Kind(
        "published",
        ("analyse", "{case}", "--publish", "--out", "{out}"),
        "published",
        folder=True,
        seal="manifest.json",
        one_file="published.json",
    ),
    Kind("proof", ("purge", "--case-id", "c1", "{case}", "--proof", "{out}"), "proof.json"),
    Kind(
        "rejects",
        ("summary", "{case}", "--lenient", "--rejects", "{out}"),
        "rejects.csv",
        reads="faulty",
    ),
    Kind("decisions", _decision("p2", "p3"), "decisions.csv", old_words=_decision("p3", "p4")),
    Kind(
        "simulation",
        ("simulate", "{out}", "--scale", "seed", "--victims", "10", "--seed", "{case}"),
        "simulation",
        folder=True,
        seal="truth.json",
        reads="number",
        one_file="people.csv",
    ),
    _printed("csv", "rank", "{case}", "--format", "csv"),
    _printed("json", "rank", "{case}", "--format", "json"),
    _printed("findings-json", "recruiters", "{case}", "--format", "json"),
]

_CASE = {
    "cases.csv": "case_id,unit,opened,closed\nc1,North,2019-01-05,2020\nc2,South,,\nc3,{place},,\n",
    "people.csv": "person_id,name,alias,birth,sex\np1,Anna,,2003-04,female\np2,Bram,,,male\n"
    "p3,Cees,,,\np4,Dora,,,\np5,Els,,2004-02,female\n",
    "channels.csv": "channel_id,name,class\nch1,{place},social_network\n",
    "places.csv": "place_id,name,class,lat,lon\npl1,Hotel {place},hotel,53.6,3.8\n",
    "identifiers.csv": "person_id,kind,value,channel_id,start,end\n"
    "p2,phone,+31612345678,ch1,2019,2020\n",
    "roles.csv": "case_id,person_id,role,status,minor,setting,start,end\n"
    "c1,p1,victim,victim,yes,home,,\nc1,p2,recruiter,suspect,,,,\n"
    "c2,p1,victim,victim,yes,home,,\nc3,p5,victim,victim,yes,home,,\nc3,p2,recruiter,suspect,,,,\n",
    "links.csv": "link_id,from,to,kind,case_id,about,channel_id,place_id,means,start,end,count\n"
    "l1,p2,p1,first_contact,c1,,ch1,,,2019-03-02,,\n"
    "l2,p2,p1,exploited,c1,,,pl1,threat;debt,2019-03-10,2019-05,2\n"
    "l3,p2,p5,recruited,c3,,ch1,,,{day},,\nl4,p3,p2,contact,,,,,,2019,,\n",
    "ads.csv": "ad_id,channel_id,case_id,victim_id,posted_by,payer,posted,last_seen,place_id\n"
    "a1,ch1,c1,p1,p2,p2,2019-03-12,2019-03-20,pl1\n",
}


@dataclass
class Cases:
    """Invented cases: one that is read, and another, older one with other bytes in every output."""

    root: Path
    paths: dict = field(default_factory=dict)

    def __post_init__(self):
        for name, place, day in (
            ("sound", "Kletshoek", "2020-01-04"),
            ("older", "Praatplein", "2019-11-30"),
        ):
            self._write(name, place, day)
            faulty = self._write(f"{name}-faulty", place, day)
            with (faulty / "people.csv").open("a") as people:
                people.write(f"p9,{name},,someday,\n")

    def _write(self, name, place, day):
        folder = self.root / name
        folder.mkdir(parents=True)
        for file, text in _CASE.items():
            (folder / file).write_text(text.replace("{place}", place).replace("{day}", day))
        if name.startswith("older"):
            # Another tie, for formats that hold neither names nor days.
            with (folder / "links.csv").open("a") as links:
                links.write("l5,p4,p2,contact,,,,,,2018,,\n")
        self.paths[name] = folder
        return folder

    def of(self, kind, age="new"):
        if kind.reads == "number":
            return "7" if age == "new" else "8"
        name = "sound" if age == "new" else "older"
        return str(self.paths[name if kind.reads == "sound" else f"{name}-faulty"])


def named(words):
    """The kinds of those names; all of them for `all`."""
    if words == ["all"]:
        return KINDS
    known = {kind.name: kind for kind in KINDS}
    wrong = [word for word in words if word not in known]
    if wrong:
        raise SystemExit(f"no such kind: {' '.join(wrong)}; there are: all {' '.join(known)}")
    return [known[word] for word in words]
