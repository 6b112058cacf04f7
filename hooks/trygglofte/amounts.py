"""How a number, and a number of things, is written in Swedish."""

from __future__ import annotations

from decimal import Decimal

NBSP = "\u00a0"


def number(value: Decimal | int) -> str:
    """`1 200` and `61,5`, with spaces that never break."""
    text = f"{value:,}" if isinstance(value, int) else f"{value.normalize():,f}"
    return text.replace(",", NBSP).replace(".", ",").replace("-", "−")


def counted(many: int, one: str, several: str) -> str:
    """`1 åtagande`, `3 åtaganden`."""
    return f"{number(many)}{NBSP}{one if many == 1 else several}"
