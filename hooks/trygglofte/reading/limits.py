"""How large and how deep a file may be. One place, so that the documentation can quote it."""

MAX_BYTES = 1_000_000
"""Largest file, in bytes. A year's pledge with every follow-up is about 30 kB."""

MAX_DEPTH = 24
"""Deepest nesting of lists and keys. The model needs 9."""

MAX_EVENTS = 100_000
"""Most values, keys and brackets in one file."""
