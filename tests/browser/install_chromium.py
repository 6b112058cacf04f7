"""Finds a Chromium for the browser tests, and installs one where there is none.

`find_chromium()` is what the tests import. Run as a script this file prints nothing when a browser is
there already; otherwise it installs one, or says what a person can do. Standard library only, because
it runs before anything else is known to work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

VARIABLE = "TRYGGLOFTE_CHROMIUM"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_chromium() -> Path | None:
    """Return the browser to test with: the one asked for, one on PATH, or Playwright's own.

    The variable TRYGGLOFTE_CHROMIUM wins, also when it names something that is not there: then the
    answer is None, rather than another browser than the one asked for.
    """
    if asked := os.environ.get(VARIABLE):
        return Path(asked) if _is_program(Path(asked)) else None
    on_path = (Path(found) for command in COMMANDS if (found := shutil.which(command)))
    places = [*on_path, *map(Path, MAC_APPLICATIONS), *_of_playwright()]
    return next((place for place in places if _is_program(place)), None)


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def _of_playwright() -> list[Path]:
    """Return the full browsers that `playwright install chromium` has left, newest first."""
    if sys.platform == "darwin":
        cache = Path.home() / "Library/Caches"
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or cache / "ms-playwright")
    programs = ("chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*")
    builds = sorted(folder.glob("chromium-*"), key=lambda build: build.name, reverse=True)
    return [found for build in builds for program in programs for found in sorted(build.glob(program))]


def _ways() -> list[list[list[str]]]:
    """Return the ways to install a browser here, best first; each is commands to run in order."""
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        ways.insert(0, [["apt-get", "update", "-qq"], install])
    return ways


def _run(command: list[str]) -> str | None:
    """Run a command in silence; return None when it worked, else the last that it said."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as problem:
        return str(problem)
    if done.returncode == 0:
        return None
    said = "\n".join(done.stdout.strip().splitlines()[-6:])
    return said or f"it ended with code {done.returncode}"


def main() -> int:
    """Make sure that there is a browser; return 0 when there is."""
    if find_chromium():
        return 0
    if asked := os.environ.get(VARIABLE):
        print(f"{VARIABLE} is set to {asked}, which is not a program that can be run.", file=sys.stderr)
        return 1
    print("Installing Chromium for the browser tests (once; some minutes)", flush=True)
    tried = []
    for way in _ways():
        for command in way:
            if said := _run(command):
                tried.append(f"{' '.join(command)}\n{said}")
                break
        if find_chromium():
            return 0
    print("No Chromium was found for the browser tests, and none could be installed.", file=sys.stderr)
    print(
        f"Install Chromium or Google Chrome, or set {VARIABLE} to the path of one, and run make again.",
        file=sys.stderr,
    )
    for attempt in tried:
        print(f"\nTried: {attempt}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
