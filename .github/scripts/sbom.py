"""A bill of materials (CycloneDX 1.6, JSON) made from the lock file: the same lock gives the same bytes.

What is listed is what the site is built with, each package with its version and the hashes that pip accepts. There is
no clock and no network here: the time of a release stands in its attestation.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*(.*?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NAMESPACE = uuid.UUID("6f1c3a52-6c1b-5c0e-9f59-0d2f1f1a7c11")


def packages(lock: str) -> list[dict[str, Any]]:
    """Every pinned package of a lock file, in the file's order. Raises ValueError for a line that pins nothing."""
    found: list[dict[str, Any]] = []
    for number, line in enumerate(lock.splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        hashed = _HASH.search(text)
        if hashed and found:
            found[-1]["hashes"].append(hashed[1])
            continue
        pinned = _PINNED.fullmatch(text)
        if not pinned:
            raise ValueError(f"line {number} of the lock file pins nothing: {text}")
        found.append({"name": pinned[1], "version": pinned[2], "marker": pinned[3] or "", "hashes": []})
    return found


def bill(project: dict[str, Any], lock: str) -> dict[str, Any]:
    """The whole bill: the project from `[project]` of pyproject.toml, its packages from the lock file."""
    name, version = project["name"], project["version"]
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": f"{name}@{version}", "name": name, "version": version,
                "description": project["description"], "licenses": [{"license": {"id": project["license"]}}],
            },
        },
        "components": [_component(one) for one in packages(lock)],
    }  # fmt: skip
    number = uuid.uuid5(_NAMESPACE, json.dumps(body, sort_keys=True))
    return {"serialNumber": f"urn:uuid:{number}", **body}


def _component(one: dict[str, Any]) -> dict[str, Any]:
    """A package. The lock lists one hash for each file that may be installed, so they are properties, not `hashes`,

    which CycloneDX keeps for the component's one file.
    """
    purl = f"pkg:pypi/{one['name'].lower().replace('_', '-')}@{one['version']}"
    properties = [{"name": "trygglofte:lock:sha256", "value": value} for value in sorted(one["hashes"])]
    if one["marker"]:
        properties.insert(0, {"name": "trygglofte:lock:marker", "value": one["marker"]})
    return {
        "type": "library", "bom-ref": purl, "name": one["name"], "version": one["version"], "purl": purl,
        "properties": properties,
    }  # fmt: skip


if __name__ == "__main__":
    root = Path(sys.argv[1])
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    made = bill(project, (root / "requirements/site.txt").read_text("utf-8"))
    sys.stdout.write(json.dumps(made, ensure_ascii=False, indent=2) + "\n")
