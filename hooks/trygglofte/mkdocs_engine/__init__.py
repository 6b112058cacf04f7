"""Pages become one site through MkDocs and Material.

Pages arrive as ready HTML and never pass through the site's Markdown: text from data would be code there
(attribute lists, snippets, raw HTML), and it is twice the work. Nothing else in the package imports MkDocs.
"""

from trygglofte.mkdocs_engine.building import build_site, load_frame, prepare
from trygglofte.mkdocs_engine.events import EngineError
from trygglofte.mkdocs_engine.frame import Frame
from trygglofte.mkdocs_engine.theme import forget_frames

__all__ = ["EngineError", "Frame", "build_site", "forget_frames", "load_frame", "prepare"]
