"""What mkdocs.yml names: one site by plain `mkdocs build` or `mkdocs serve`.

Reads which site it is (KOMMUN, empty for the portal) and today's date, and leaves the rest to the engine.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mkdocs.exceptions import Abort

from trygglofte import searching, sites
from trygglofte.library import Library
from trygglofte.mkdocs_engine import prepare
from trygglofte.reporting import as_plain, source_lines


def on_config(config: Any) -> Any:
    """Read and check the data, and let the engine fill the site with it."""
    root = Path(config.config_file_path).resolve().parent
    slug = os.environ.get("KOMMUN", "")
    today = datetime.now(ZoneInfo("Europe/Stockholm")).date()
    try:
        shared, _ = sites.shared_files(root)
        if slug:
            site, pages, _ = sites.municipal_site(root, slug, shared, today)
        else:
            site, pages = sites.portal_site(root, shared, sites.cards_of_all(root, shared, today), today)
    except sites.RefusedError as refused:
        raise Abort("\n\n" + as_plain(refused.problems, source_lines(root))) from None
    return prepare(config, site, pages)


def on_serve(server: Any, *, config: Any, builder: Any) -> Any:
    """Build again when the data changes, too."""
    root = Path(config.config_file_path).resolve().parent
    server.watch(str(root / "data"))
    return server


def on_post_build(*, config: Any) -> None:
    """Verify what was built and make its search index."""
    site, pages = config.extra["site"], config.extra["pages"]
    root, output = site.root, Path(config.site_dir)
    problems = sites.verify_site(output, site, pages, Library(root).slugs() if site.is_portal else ())
    if problems:
        raise Abort("\n\n" + as_plain(problems, source_lines(root)))
    searching.index_site(output)
