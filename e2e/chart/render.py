"""The chart as Helm renders it: one JSON request on standard input, one JSON answer on standard output.

Request: {"chart": folder, "cases": [{"files": [values files], "values": {...}, "release", "namespace"}], "read": [files]}
Answer:  {"defaults": {...}, "cases": [{"files": {template: {"text", "objects"}}, "refused", "lint": [...]}],
          "read": [{"text", "objects"}]}

`refused` is what Helm says when it does not render, or null; `lint` has warnings and errors only.
This is Helm's own code (helm-python-sdk), so no helm program is needed; it never asks a cluster.
"""

import json
import re
import sys
from pathlib import Path

import helm_python as helm
import yaml

WARNING = 2


def main():
    request = json.load(sys.stdin)
    with helm.Chart.load(request["chart"]) as chart:
        cases = [run(chart, request["chart"], case) for case in request["cases"]]
        texts = [read(Path(file).read_text(encoding="utf-8")) for file in request["read"]]
        answer = {"defaults": chart.values, "cases": cases, "read": texts}
    json.dump(answer, sys.stdout)


def run(chart, folder, case):
    values = {}
    for file in case["files"]:
        values = merged(values, yaml.safe_load(Path(file).read_text(encoding="utf-8")) or {})
    values = merged(values, case["values"])

    files, refused = {}, None
    try:
        rendered = chart.render(values, name=case["release"], namespace=case["namespace"])
        files = {template.split("/", 1)[1]: read(text) for template, text in sorted(rendered.items()) if text.strip()}
    except helm.HelmError as error:
        refused = sentence(str(error))
    return {"files": files, "refused": refused, "lint": lint(folder, values, case["namespace"])}


def merged(below, above):
    """What Helm makes of two values files: maps key by key, everything else as a whole."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return {**below, **{key: merged(below.get(key), value) for key, value in above.items()}}


def read(text):
    try:
        objects = [found for found in yaml.load_all(text, Loader=Strict) if found is not None]
    except yaml.YAMLError:
        objects = []  # NOTES.txt is prose
    return {"text": text, "objects": [found for found in objects if isinstance(found, dict)]}


class Strict(yaml.SafeLoader):
    """Refuses a key that stands twice, and reads dates as the text that Kubernetes gets."""


def mapping(loader, node):
    keys = [key.value for key, _ in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.YAMLError(f"{', '.join(sorted(twice))} stands twice")
    return yaml.SafeLoader.construct_mapping(loader, node, deep=True)


Strict.add_constructor("tag:yaml.org,2002:map", mapping)
Strict.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def sentence(said):
    """What a person is to read, without the place in the templates, which moves."""
    said = re.sub(r"^execution error at \([^)]*\): ", "", said)
    return re.sub(r"^values don't meet the specifications of the schema\(s\)[^\n]*:\n[^\n]*:\n", "", said).strip()


def lint(folder, values, namespace):
    report = helm.lint(folder, values, strict=True, namespace=namespace)
    found = [f"{message['path']}: {message['error']}" for message in report["messages"] if message["severity"] >= WARNING]
    return found + [error for error in report["errors"] if not any(error in message for message in found)]


if __name__ == "__main__":
    main()
