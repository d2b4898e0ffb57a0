"""Reads files of FollowTheMoney entities from standard input, an empty line between two, and says which are not as their model asks.

Every line must be an entity of a known schema with known properties, all that the schema requires, values that the
type of each property takes, and ties that lead to entities of the right schema. Phones are not judged: the numbers of
invented people are given to nobody, and a number that is given to nobody is refused.
"""

import json
import sys

from followthemoney import model

UNJUDGED = {"phone"}


def faults(entities):
    schemata = {data["id"]: model.get(data["schema"]) for data in entities}
    if len(schemata) != len(entities):
        yield "an id stands twice"
    for data in entities:
        name = f"{data['schema']} {data['id']}"
        schema = schemata[data["id"]]
        if schema is None:
            yield f"{name}: no such schema"
            continue
        proxy = model.get_proxy(data)
        for key in schema.required:
            if not data["properties"].get(key):
                yield f"{name}: no {key}"
        for key, values in data["properties"].items():
            prop = schema.get(key)
            if prop is None or prop.stub:
                yield f"{name}: no property {key}"
                continue
            for value in values:
                if prop.type.name not in UNJUDGED and not prop.type.validate(value):
                    yield f"{name}: {key} is no {prop.type.name}: {value!r}"
                if prop.type.name == "entity":
                    end = schemata.get(value)
                    if end is None:
                        yield f"{name}: {key} leads nowhere: {value}"
                    elif prop.range and not end.is_a(prop.range):
                        yield f"{name}: {key} leads to a {end.name}"
        if "topics" in data["properties"]:
            yield f"{name}: a topic"
        if proxy.schema.edge and not list(proxy.edgepairs()):
            yield f"{name}: a tie without ends"


def main():
    files = sys.stdin.read().split("\n\n")
    wrong = False
    for file in files:
        entities = [json.loads(line) for line in file.splitlines()]
        found = list(faults(entities))
        wrong = wrong or bool(found)
        print("\n".join(found) if found else f"{len(entities)} entities")
    sys.exit(wrong)


if __name__ == "__main__":
    main()
