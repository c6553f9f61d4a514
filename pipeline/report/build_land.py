"""Make `data/land.csv` anew: the outline of the land, slim enough to stand in a page.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python -m pipeline.report.build_land package/land-50m.json

The package carries Natural Earth's land (1:50m, public domain) as TopoJSON. Each line of the file
is one piece of land: the corners of its box, then the path of its shore in SVG's relative commands.
The unit is a tenth of a degree of latitude; `pipeline.report.charts` places cities likewise.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from math import hypot
from pathlib import Path
from typing import Any

from pipeline.report.charts import land_point

Point = tuple[float, float]
_TOLERANCE = 1.1  # a point goes where the shore without it lies no farther off (tenths of a degree)
_SMALLEST = 12  # an island is left out where its box is smaller
_TARGET = Path(__file__).parent / "data" / "land.csv"


def main() -> None:
    """Read TopoJSON, write the outline."""
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    rows = []
    for ring in _rings(topology):
        points = _rounded(_simplified([land_point(lat, lon) for lon, lat in ring]))
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if len(points) > 3 and (box[2] - box[0]) * (box[3] - box[1]) >= _SMALLEST:
            rows.append((*box, _path(points)))
    lines = [",".join(map(str, row)) for row in sorted(rows)]
    _TARGET.write_text("\n".join(lines) + "\n", "utf-8")


def _rings(topology: dict[str, Any]) -> Iterator[list[Point]]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points = []
                for index in ring:
                    points += arcs[index] if index >= 0 else arcs[~index][::-1]
                yield points


def _simplified(points: Sequence[Point]) -> list[Point]:
    """A closed line with the points alone that shape it (Douglas and Peucker)."""
    far = max(range(len(points)), key=lambda i: hypot(*_step(points[0], points[i])))
    keep = {0, far, len(points) - 1}
    todo = [(0, far), (far, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        between = range(first + 1, last)
        distances = [_distance(points[i], points[first], points[last]) for i in between]
        worst = max(distances)
        if worst > _TOLERANCE:
            at = first + 1 + distances.index(worst)
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def _step(a: Point, b: Point) -> Point:
    return b[0] - a[0], b[1] - a[1]


def _distance(point: Point, a: Point, b: Point) -> float:
    (dx, dy), (px, py) = _step(a, b), _step(a, point)
    length = dx * dx + dy * dy
    part = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0
    return hypot(px - part * dx, py - part * dy)


def _rounded(points: Sequence[Point]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for x, y in points:
        point = (round(x), round(y))
        if not out or out[-1] != point:
            out.append(point)
    return out


def _path(points: Sequence[tuple[int, int]]) -> str:
    x, y = points[0]
    path = f"M{x} {y}l"
    for nx, ny in points[1:-1]:
        dx, dy = nx - x, ny - y
        path += f"{' ' if dx >= 0 and path[-1].isdigit() else ''}{dx}{'' if dy < 0 else ' '}{dy}"
        x, y = nx, ny
    return path + "z"


if __name__ == "__main__":
    main()
