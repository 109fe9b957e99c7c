"""Writes the API's schemas as kubeconform reads them: schemas.py FOLDER DEFINITION VERSION…

They come from the package kubernetes-validate, which has them with every type in one file that each kind points to.
Here each kind gets a file of its own, complete in itself, under FOLDER/vVERSION/, with unknown fields refused.
DEFINITION is the CustomResourceDefinition of a kind that is not Kubernetes' own.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import yaml

# Only its files are wanted: importing it would ask for the packages that it validates with.
SOURCES = Path(find_spec("kubernetes_validate").origin).parent / "kubernetes-json-schema"
POINTER = "#/$defs/"


def main(folder, definition, versions):
    for version in versions:
        types = json.loads((SOURCES / f"v{version}-local-strict" / "_definitions.json").read_text())["$defs"]
        target = Path(folder) / f"v{version}"
        target.mkdir(parents=True, exist_ok=True)
        for name, schema in types.items():
            for kind in schema.get("x-kubernetes-group-version-kind", []):
                complete = {**schema, "$defs": {used: types[used] for used in reach(types, name)}}
                write(target, complete, kind)
        for schema, kind in custom(yaml.safe_load(Path(definition).read_text(encoding="utf-8"))["spec"]):
            write(target, schema, kind)


def write(target, schema, kind):
    (target / f"{file_name(kind)}.json").write_text(json.dumps(named(schema, kind)))


def custom(spec):
    for version in spec["versions"]:
        schema = closed(version["schema"]["openAPIV3Schema"])
        # The API server looks after the metadata of every kind, so the definition says nothing of it.
        schema["properties"]["metadata"] = {"type": "object"}
        yield schema, {"group": spec["group"], "version": version["name"], "kind": spec["names"]["kind"]}


def closed(schema):
    """The same with unknown fields refused, on every level."""
    if isinstance(schema, list):
        return [closed(below) for below in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(below) for key, below in schema.items()}
    if "properties" in schema and schema.get("type") == "object":
        schema.setdefault("additionalProperties", False)
    return schema


def file_name(kind):
    group = kind["group"].split(".")[0]
    return "-".join(part.lower() for part in (kind["kind"], group, kind["version"]) if part)


def named(schema, kind):
    """A file for `v1` must not accept `v2`."""
    api = "/".join(part for part in (kind["group"], kind["version"]) if part)
    properties = dict(schema.get("properties", {}))
    properties["apiVersion"], properties["kind"] = {"const": api}, {"const": kind["kind"]}
    return {**schema, "properties": properties, "required": sorted({*schema.get("required", []), "apiVersion", "kind"})}


def reach(types, start):
    """Every type that `start` is made of."""
    seen, waiting = set(), [start]
    while waiting:
        for used in pointers(types[waiting.pop()]):
            if used not in seen:
                seen.add(used)
                waiting.append(used)
    return sorted(seen)


def pointers(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].removeprefix(POINTER)
        for below in node.values():
            yield from pointers(below)
    elif isinstance(node, list):
        for below in node:
            yield from pointers(below)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
