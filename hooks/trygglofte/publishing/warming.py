"""What every site is made with, loaded once before the first process parts into workers.

What lies in memory then is shared by all of them, and none has to load it again. It only saves time and memory: what
is forgotten here is loaded when it is asked for.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path

from jinja2 import TemplateError

from trygglofte.mkdocs_engine import EngineError, load_frame
from trygglofte.pages.environment import environment
from trygglofte.pages.prose import compile_prose
from trygglofte.skeleton import skeleton_of

_LATE = ("encodings.utf_8_sig", "icalendar", "PIL.ImageDraw", "PIL.ImageFont", "pyphen")
"""Packages that are loaded where they are first used."""


def warm(root: Path) -> None:
    """Load what the sites of a project have in common. What is broken is told by each site that it stops."""
    for name in _LATE:
        import_module(name)
    import_module("PIL.Image").preinit()  # the kinds of pictures, which it would load when one is written
    skeleton = skeleton_of(root)
    templates = skeleton / "overrides"
    env = environment(templates)
    for path in sorted(templates.glob("p*/*.html")):  # pages and partials: the rest is the frame's
        with suppress(TemplateError, OSError, UnicodeError):
            env.get_template(path.relative_to(templates).as_posix())
    with suppress(TemplateError, OSError, UnicodeError):
        compile_prose(templates, skeleton / "content")
    with suppress(EngineError, TemplateError, OSError, UnicodeError):
        load_frame(root)
