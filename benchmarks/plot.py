"""Plots as SVG, by hand: bars for one measurement, lines for a curve. No library, no scripts, and no
colour that must be told from another: bars and lines have their names beside them."""

from __future__ import annotations

from html import escape
from math import ceil, log10

_WIDTH, _ROW, _LEFT, _RIGHT = 760, 34, 190, 90
_COLOURS = ("#005a9c", "#b3421b", "#2e6b34", "#6a3d9a", "#7a6000")
_FONT = 'font-family="system-ui, sans-serif" font-size="14"'


def _svg(height: float, title: str, inside: list[str]) -> str:
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" {_FONT}>',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{height:.0f}" fill="#fff"/>',
        f'<text x="16" y="26" font-weight="bold" fill="#111">{escape(title)}</text>',
        *inside, "</svg>", "",
    ])  # fmt: skip


def bars(title: str, values: dict[str, float], unit: str = "s") -> str:
    """A bar for each value, from the top down, with its number at the end."""
    most = max(values.values(), default=0) or 1
    room = _WIDTH - _LEFT - _RIGHT
    made = []
    for n, (name, value) in enumerate(values.items()):
        y, colour = 44 + n * _ROW, _COLOURS[0] if n == 0 else "#8a8f98"
        long = max(value / most * room, 1)
        made += [
            f'<text x="{_LEFT - 8}" y="{y + 17}" text-anchor="end" fill="#111">{escape(name)}</text>',
            f'<rect x="{_LEFT}" y="{y}" width="{long:.1f}" height="24" fill="{colour}"/>',
            f'<text x="{_LEFT + long + 6:.1f}" y="{y + 17}" fill="#111">{said(value)} {unit}</text>',
        ]
    return _svg(52 + len(values) * _ROW, title, made)


def said(value: float) -> str:
    """A number with three figures, and no more."""
    return (
        f"{value:.0f}" if value >= 100 else f"{value:.{max(0, 2 - int(log10(value))) if value >= 1 else 2}f}"
    )


def lines(title: str, across: str, up: str, series: dict[str, list[tuple[float, float]]]) -> str:
    """A line for each series of (x, y), both axes from 0, so that what grows evenly is straight."""
    height, left, right, top, bottom = 420, 70, 190, 64, 56
    points = [point for line in series.values() for point in line]
    far, high = max(x for x, _ in points), _round_up(max(y for _, y in points))

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x / far * (_WIDTH - left - right), height - bottom - y / high * (height - top - bottom)

    made = []
    for step in range(5):
        value = high * step / 4
        _, y = at(0, value)
        made += [
            f'<line x1="{left}" y1="{y:.1f}" x2="{_WIDTH - right}" y2="{y:.1f}" stroke="#ddd"/>',
            f'<text x="{left - 8}" y="{y + 5:.1f}" text-anchor="end" fill="#333">{value:g}</text>',
        ]
    for value in _apart(sorted({x for x, _ in points}), far):
        x, y = at(value, 0)
        made.append(f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle" fill="#333">{value:g}</text>')
    middle = (left + _WIDTH - right) / 2
    made += [
        f'<text x="{middle}" y="{height - 12}" text-anchor="middle" fill="#111">{escape(across)}</text>',
        f'<text x="16" y="48" fill="#111">{escape(up)}</text>',
    ]
    ends: list[float] = []
    for (name, line), colour in zip(series.items(), _COLOURS * 2, strict=False):
        places = [at(x, y) for x, y in sorted(line)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        made.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        made += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        x, y = places[-1]
        while any(abs(y - other) < 16 for other in ends):
            y -= 4
        ends.append(y)
        made.append(f'<text x="{x + 8:.1f}" y="{y + 5:.1f}" fill="{colour}">{escape(name)}</text>')
    return _svg(height, title, made)


def _apart(values: list[float], far: float) -> list[float]:
    """Those of the values that have room for their number below the axis."""
    kept: list[float] = []
    for value in reversed(values):
        if not kept or kept[-1] - value > far / 14:
            kept.append(value)
    return kept


def _round_up(value: float) -> float:
    """The nearest round number above: 1, 2, 4, 5 or 8 times a power of ten."""
    power = 10 ** (ceil(log10(value)) - 1) if value > 0 else 1
    return next(n * power for n in (1, 2, 4, 5, 8, 10) if n * power >= value)
