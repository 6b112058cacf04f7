"""Checking many documents against plain `yaml.safe_load` and `jsonschema` on the same files.

Run with `python -m benchmarks.checking`. Ours reads, checks every rule across fields and files, and gives advice;
the other reads and validates against the project's own JSON Schemas, and knows no line numbers.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks import corpus
from benchmarks.layouts import as_yaml
from benchmarks.measure import Contender, in_turn, ratios_table, times_table

_EACH = 150
OURS = "trygglofte check"
ALONE = "trygglofte check --utan-rad"
OTHER = "yaml.safe_load and jsonschema"

_OTHER = """
import json, sys
from pathlib import Path
import yaml
from jsonschema import Draft7Validator
root = Path(sys.argv[1])
names = {"overenskommelser": "overenskommelse", "medborgarloften": "medborgarlofte", "lagesbilder": "lagesbild",
         "atgardsplaner": "atgardsplan"}
read = {folder: Draft7Validator(json.loads((root / "schema" / f"{name}.schema.json").read_text("utf-8")))
        for folder, name in names.items()}
wrong = 0
for path in sorted((root / "data").rglob("*.yml")):
    if path.parent.name in read:
        values = yaml.safe_load(path.read_text("utf-8"))
        values = json.loads(json.dumps(values, default=str))
        wrong += sum(1 for _ in read[path.parent.name].iter_errors(values))
print(wrong)
"""


def laid_out(work: Path, count: int) -> Path:
    """A project with about `count` documents, spread over municipalities of 150 each."""
    root = as_yaml(corpus.make(_EACH), work / "project")
    first = root / "data" / corpus.SLUG
    for number in range(1, max(1, round(count / _EACH))):
        shutil.copytree(first, root / "data" / f"{corpus.SLUG}-{number}")
    here = Path(__file__).resolve().parents[1]
    if not (root / "schema").exists():
        shutil.copytree(here / "schema", root / "schema")
    return root


def main() -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checking", description=__doc__)
    parser.add_argument("--documents", type=int, default=1_500, help="about how many documents")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = laid_out(Path(folder), options.documents)
        ours = "from trygglofte.cli import main; main()"
        check = [sys.executable, "-c", ours, "check", "--format", "json"]
        contenders = [
            Contender(OURS, root, lambda _turn: check),
            Contender(ALONE, root, lambda _turn: [*check, "--utan-rad"]),
            Contender(OTHER, root, lambda _turn: [sys.executable, "-c", _OTHER, str(root)]),
        ]
        found = in_turn(contenders, options.rounds)
    head = f"about {options.documents} documents, {options.rounds} rounds"
    print("\n\n".join((head, times_table(found), ratios_table(found, OURS))))


if __name__ == "__main__":
    main()
