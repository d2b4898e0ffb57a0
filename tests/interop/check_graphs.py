"""Reads maps with the software they were written for, and prints what it found as JSON.

Usage: check_graphs.py FOLDER, which holds map.graphml, map.gexf, map-1.2.gexf, map.cyjs, map.json, map.net, map.dl, map.anx,
nodes.parquet and edges.parquet. Every reader gives {"nodes": {id: attributes}, "edges": [[source, target, attributes], ...]},
without what is missing.
"""

import json
import math
import os
import sys
import xml.etree.ElementTree as ElementTree

try:
    import duckdb
    import igraph
    import networkx
    from anxwritter import ANXChart, Card
except ImportError as error:
    sys.exit(f"{error}; install what tests/interop/requirements.txt lists: {sys.executable} -m pip install -r tests/interop/requirements.txt")


def there(attributes):
    """Without what is missing: igraph has no value for that but an empty text, or a number that is none."""
    def missing(value):
        return value is None or value == "" or (isinstance(value, float) and math.isnan(value))
    return {name: str(value) if hasattr(value, "isoformat") else value
            for name, value in attributes.items() if not missing(value)}


def of_networkx(graph, drop=()):
    def kept(attributes):
        return there({name: value for name, value in attributes.items() if name not in drop})
    return {
        "nodes": {node: kept(attributes) for node, attributes in graph.nodes(data=True)},
        "edges": [[source, target, kept(attributes)] for source, target, attributes in graph.edges(data=True)],
    }


def of_gexf(path):
    graph = networkx.read_gexf(path)
    items = [attributes for _, attributes in graph.nodes(data=True)]
    edges = [attributes for _, _, attributes in graph.edges(data=True)]
    for attributes in edges:
        # What stands beside the line, which is its kind.
        assert attributes.pop("label") == attributes["kind"]
    items += edges
    for attributes in items:
        for start, end in attributes.pop("spells", []):
            attributes.update({name: day for name, day in (("start", start), ("end", end)) if day != "None"})
        look = attributes.pop("viz", {})
        if "position" in look:
            attributes.update(x=look["position"]["x"], y=-look["position"]["y"])
    return of_networkx(graph, drop=("id", "weight"))


def of_igraph(graph, name, drop=()):
    def kept(attributes):
        return there({key: value for key, value in attributes.items() if key not in drop and key != name})
    # igraph 1.0 gives `&amp;` of an XML attribute, as an id is, as `&#38;`.
    names = [str(vertex[name]).replace("&#38;", "&") for vertex in graph.vs]
    return {
        "nodes": {names[vertex.index]: kept(vertex.attributes()) for vertex in graph.vs},
        "edges": [[names[edge.source], names[edge.target], kept(edge.attributes())] for edge in graph.es],
    }


def of_parquet(folder):
    def rows(table):
        found = duckdb.execute(f"SELECT * FROM read_parquet('{folder}/{table}.parquet')")
        names = [column[0] for column in found.description]
        return [there(dict(zip(names, row))) for row in found.fetchall()]
    return {
        "nodes": {row.pop("id"): row for row in rows("nodes")},
        "edges": [[row.pop("source"), row.pop("target"), row] for row in rows("edges")],
    }


def structure(root):
    """Which children each element has, in their order, and which attributes."""
    found = {}
    for element in root.iter():
        children, attributes = found.setdefault(element.tag, (set(), set()))
        tags = [child.tag for child in element]
        children.update((before, after) for at, before in enumerate(tags) for after in tags[at + 1:] if before != after)
        children.update((tag, None) for tag in tags)
        attributes.update(element.attrib)
    return found


def model_anx():
    """A chart of anxwritter that uses all that ours do."""
    chart = ANXChart()
    chart.settings.chart.rigorous = True
    for name in ("grades_one", "grades_two", "grades_three"):
        getattr(chart, name).items.extend(["a", "b"])
    chart.settings.summary.title = "title"
    chart.settings.summary.comments = "comments"
    chart.add_entity_type(name="Person", icon_file="adult", shade_color="Blue", representation="icon")
    chart.add_link_type(name="Calls", color="Blue")
    for name, kind in (("text", "text"), ("number", "number"), ("flag", "flag"), ("time", "datetime")):
        chart.add_attribute_class(name=name, type=kind, show_value=False, visible=False)
    grades = dict(grade_one=0, grade_two=0, grade_three=0)
    when = dict(date="2021-03-02", datetime_description="2021")
    card = dict(summary="s", source_ref="r", description="d", **when, **grades)
    for number in (1, 2):
        chart.add_icon(id=f"p{number}", type="Person", label="l", x=number, y=2, color="Blue", source_ref="r",
                       attributes={"text": "t", "number": 1, "flag": True}, cards=[Card(**card)], **when, **grades)
    chart.add_link(from_id="p1", to_id="p2", type="Calls", label="l", arrow="->", line_width=2, line_color="Blue", offset=18,
                   source_ref="r", attributes={"text": "t"}, cards=[Card(**card)], **when, **grades)
    chart.add_link(from_id="p1", to_id="p2", type="Calls", label="l")
    return ElementTree.fromstring(chart.to_xml().encode())


def of_anx(path):
    root = ElementTree.parse(path).getroot()
    model = structure(model_anx())
    foreign = []
    for tag, (children, attributes) in structure(root).items():
        known_children, known_attributes = model.get(tag, (set(), set()))
        foreign += [f"<{tag} {name}=>" for name in sorted(attributes - known_attributes)]
        foreign += [f"<{tag}>: {pair}" for pair in sorted(children - known_children, key=str)
                    if pair[1] is None or (pair[1], pair[0]) not in children]
    number_of = {}
    nodes, edges = {}, []
    for item in root.iter("ChartItem"):
        values = {a.get("AttributeClass"): a.get("Value") for a in item.iter("Attribute")}
        values["cards"] = [dict(card.attrib) for card in item.iter("Card")]
        values["item"] = dict(item.attrib)
        entity, link = item.find("End/Entity"), item.find("Link")
        if entity is not None:
            number_of[entity.get("EntityId")] = entity.get("Identity")
            nodes[entity.get("Identity")] = values
        else:
            values["style"] = dict(link.find("LinkStyle").attrib)
            edges.append([number_of[link.get("End1Id")], number_of[link.get("End2Id")], values])
    grades = {tag: [text.get("Text") for text in root.find(tag).iter("String")]
              for tag in ("GradeOne", "GradeTwo", "GradeThree")}
    return {"nodes": nodes, "edges": edges, "foreign": foreign, "grades": grades}


def main(folder):
    def path(name):
        return os.path.join(folder, name)
    def loaded(name):
        with open(path(name), encoding="utf-8") as file:
            return json.load(file)
    found = {
        "networkx graphml": of_networkx(networkx.read_graphml(path("map.graphml"), force_multigraph=True), drop=("id",)),
        "igraph graphml": of_igraph(igraph.Graph.Read_GraphML(path("map.graphml")), "id"),
        "networkx gexf": of_gexf(path("map.gexf")),
        "networkx gexf-1.2": of_gexf(path("map-1.2.gexf")),
        "networkx cytoscape": of_networkx(networkx.cytoscape_graph(loaded("map.cyjs")), drop=("id", "value", "name", "key", "source", "target")),
        "networkx node-link": of_networkx(networkx.node_link_graph(loaded("map.json"), edges="edges")),
        "networkx pajek": of_networkx(networkx.read_pajek(path("map.net")), drop=("id",)),
        "igraph pajek": of_igraph(igraph.Graph.Read_Pajek(path("map.net")), "name"),
        "igraph dl": of_igraph(igraph.Graph.Read_DL(path("map.dl")), "name"),
        "duckdb parquet": of_parquet(folder),
        "anxwritter anx": of_anx(path("map.anx")),
    }
    json.dump(found, sys.stdout)


main(sys.argv[1])
