"""What a package offers, loaded when somebody asks for it: a command is not to wait for what it does not use."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def offered(package: str, names: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """A package's `__getattr__` (PEP 562), from the names that each of its modules holds.

    All names of a module are put in the package at once, so that one which a module shares with its own name is
    never the module.
    """
    home = {name: module for module, held in names.items() for name in held}

    def find(name: str) -> Any:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{home[name]}")
        found = {held: getattr(module, held) for held in names[home[name]]}
        vars(sys.modules[package]).update(found)
        return found[name]

    return find
