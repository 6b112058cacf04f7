"""Tries every example in docs/redaktor/ and makes the guide's pictures. Used by hand, no test.

    python docs/bilder/gor_bilder.py                 tries the examples, and makes the pictures
    python docs/bilder/gor_bilder.py --bara-exempel  only tries the examples

An example in the guide is the code block that comes after one of these lines. Each is written into a copy
of the data, in the order of the pages, and the copy must still pass `trygglofte check`:

    <!-- exempel: FILE -->               the block is the whole file
    <!-- exempel: FILE under KEY -->     the block goes first under a key of its own line
    <!-- exempel: FILE sist -->          the block goes last in the file

Needs what `make test` installs. No picture shows GitHub itself: the three sketches say that they are such.
"""

from __future__ import annotations

import base64
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "redaktor"
PICTURES = ROOT / "docs" / "bilder"
PAGES = ("andra-status", "folja-upp", "lagesbild", "nytt-lofte", "ratta-i-efterhand")
EXAMPLE = re.compile(r"<!-- exempel: (\S+)(?: (sist|under) ?(\S+)?)? -->\s+```yaml\n(.*?)```", re.DOTALL)
LARGEST = 60_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-lcd-text"]  # grey edges make smaller pictures
PLEDGE = "exempelkoping/medborgarloften/2026-trygg-station"
CARD = "#atagande-vaggmalning"

STYLE = """
body { margin: 0; padding: 20px; background: #fff; color: #1f2328; font: 15px/1.45 "Liberation Sans", Arial, sans-serif }
pre { margin: 0; padding: 16px; background: #14181d; color: #e8ecf0; border-radius: 6px; font: 14px/1.5 "DejaVu Sans Mono", monospace; white-space: pre-wrap }
.note { border: 1px solid #b3261e; border-left-width: 6px; border-radius: 4px; padding: 10px 14px; margin: 6px 0 6px 44px }
.code { font: 14px/1.7 "DejaVu Sans Mono", monospace; white-space: pre }
.code i { color: #6a737d; font-style: normal; display: inline-block; width: 44px }
h1 { font-size: 16px; margin: 0 0 12px } h2 { font-size: 15px; margin: 12px 0 6px }
.frame { border: 2px dashed #57606a; border-radius: 8px; padding: 14px }
.row { display: flex; gap: 12px; align-items: center; justify-content: space-between; margin: 8px 0 }
.button { border: 1.5px solid #1f2328; border-radius: 6px; padding: 5px 12px; white-space: nowrap }
.green { background: #1a7f37; border-color: #1a7f37; color: #fff } .here { outline: 4px solid #d1480a; outline-offset: 3px }
.box { border: 1.5px solid #8c959f; border-radius: 6px; padding: 6px 10px; flex: 1; color: #57606a } img { max-width: 100%; border: 1px solid #d0d7de }
"""

STATION = f"data/{PLEDGE}.yml"
LINES = "".join(
    f"<div><i>{number}</i>{text}</div>"
    for number, text in ((119, "uppföljningar:"), (120, "  - period: {från: 2026-09-01, till: 2026-09-14}"))
)
SKETCHES = {
    "skiss-1-pennan": f"""<h1>Skiss 1. Öppna filen och tryck på pennan</h1><div class="frame">
<div class="row"><span>… / exempelkoping / medborgarloften / <b>2026-trygg-station.yml</b></span></div>
<div class="row"><span class="box">Raw</span><span class="button here">✎ &nbsp;”Edit this file”</span></div>
<div class="code">{LINES}</div></div>""",
    "skiss-2-foresla": f"""<h1>Skiss 2. Skriv, och föreslå ändringen</h1><div class="frame">
<div class="row"><span>Editing <b>2026-trygg-station.yml</b></span><span class="button green here">Commit changes…</span></div>
<div class="code">{LINES}</div>
<h2>Sedan öppnas en ruta</h2><div class="row"><span class="box">Väggmålningen i gångtunneln har börjat</span></div>
<div class="row"><span>◉ Create a new branch … start a pull request</span><span class="button green here">Propose changes</span></div></div>""",
    "skiss-3-kontrollen": """<h1>Skiss 3. Läs vad kontrollen säger</h1><div class="frame">
<div class="row"><span class="button">Conversation</span><span class="button">Commits</span><span class="button">Checks</span><span class="button here">Files changed</span></div>
<div class="row"><span><b style="color:#1a7f37">✓</b> All checks have passed</span><span>= inget behöver rättas</span></div>
<div class="row"><span><b style="color:#b3261e">✕</b> Some checks were not successful</span><span class="button here">Details</span></div>
<div class="row"><span>● Review required</span><span>= någon ska läsa och godkänna</span></div></div>""",
}


def run(folder: Path, *words: str) -> tuple[int, str]:
    """Run trygglofte in a folder; give its code and what it said."""
    program = Path(sys.executable).with_name("trygglofte")
    done = subprocess.run([program, *words], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def copy_project(target: Path) -> Path:
    """Copy what a build needs, so that nothing here is changed."""
    for name in ("data", "content", "hooks", "overrides"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, target)
    return target


def write_examples(folder: Path, page: str) -> int:
    """Write a page's examples into a copy of the data, as the page tells an editor to; give how many."""
    found = EXAMPLE.findall((GUIDE / f"{page}.md").read_text(encoding="utf-8"))
    for name, how, key, block in found:
        path = folder / name
        if how == "under":
            text = path.read_text(encoding="utf-8")
            if f"\n{key}:\n" not in text:
                sys.exit(f"{page}.md: {name} har ingen rad ”{key}:”")
            path.write_text(text.replace(f"\n{key}:\n", f"\n{key}:\n{block}", 1), encoding="utf-8")
        elif how == "sist":
            path.write_text(path.read_text(encoding="utf-8") + block, encoding="utf-8")
        else:
            path.write_text(block, encoding="utf-8")
    return len(found)


def try_examples(folder: Path) -> None:
    """Write all examples, page by page, and stop at the first that the check has something to say about."""
    for page in PAGES:
        count = write_examples(folder, page)
        code, said = run(folder, "check", "exempelkoping", "--utan-rad")
        print(f"{page}: {count} exempel, {'godkända' if code == 0 else 'stoppade'}")
        if code:
            sys.exit(said)


def pack(path: Path) -> None:
    """Write a PNG again with the best compression there is, without changing a dot of it."""
    data, at, parts, packed = path.read_bytes(), 8, [], b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        elif kind in (b"IHDR", b"IEND"):
            parts.append(data[at : at + 12 + size])
        at += 12 + size
    body = b"IDAT" + zlib.compress(zlib.decompress(packed), 9)
    middle = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    path.write_bytes(data[:8] + parts[0] + middle + parts[1])


def page_of(body: str) -> str:
    """Give a whole page in the style of the sketches."""
    return f'<!doctype html><html lang="sv"><meta charset="utf-8"><style>{STYLE}</style>{body}'


def make_pictures(before: Path, after: Path) -> None:
    """Take every picture of the guide."""
    sys.path.insert(0, str(ROOT))
    from playwright.sync_api import sync_playwright

    from tests.browser.install_chromium import find_chromium

    program = find_chromium()
    if not program:
        sys.exit("Ingen Chromium finns. Kör: python tests/browser/install_chromium.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_page(viewport={"width": 720, "height": 640}, locale="sv-SE", color_scheme="light")

        def save(name: str, *, top: int = 0, height: int | None = None) -> None:
            path = PICTURES / f"{name}.png"
            if height is None:
                page.screenshot(path=path, full_page=True)
            else:
                page.screenshot(path=path, clip={"x": 0, "y": top, "width": 720, "height": height})
            pack(path)
            size = path.stat().st_size
            print(f"{path.name}: {size // 1000} kB{' (för stor)' if size > LARGEST else ''}")

        def draw(name: str, body: str) -> None:
            page.set_viewport_size({"width": 720, "height": 100})
            page.set_content(page_of(body))
            save(name)
            page.set_viewport_size({"width": 720, "height": 640})

        def card(site: Path) -> str:
            page.set_viewport_size({"width": 600, "height": 640})
            page.goto((site / PLEDGE / "index.html").as_uri())
            hidden = f"{CARD} .tl-tags, {CARD} dl > :not(:nth-child(2))"  # all but what was done, and the status
            page.add_style_tag(content=f"{hidden} {{ display: none }}")
            return base64.b64encode(page.locator(CARD).screenshot()).decode()

        cards = [("Före", card(before / "site")), ("Efter", card(after / "site"))]
        page.set_viewport_size({"width": 720, "height": 640})
        page.goto((before / "site/exempelkoping/index.html").as_uri())
        save("startsidan", height=460)
        page.goto((after / "site/exempelkoping/lagesbilder/2026-09/index.html").as_uri())
        save("lagesbild", top=270, height=360)
        images = (f'<h2>{word}</h2><img src="data:image/png;base64,{data}" alt="">' for word, data in cards)
        draw("status-fore-efter", "".join(images))

        path = after / STATION
        path.write_text(path.read_text(encoding="utf-8").replace("status: pågår", "status: påbörjat", 1))
        _, said = run(after, "check", "exempelkoping", "--utan-rad")
        draw("kontrollen", f"<pre>$ trygglofte check exempelkoping\n\n{escape(said.strip())}</pre>")
        number = int(re.findall(r"\.yml:(\d+):", said)[0])
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [
            f'<div class="code"><i>{at}</i>{escape(lines[at - 1])}</div>'
            for at in range(number - 2, number + 2)
        ]
        rows.insert(
            3, '<div class="note"><b>[okant-ord]</b> ”påbörjat” är inte en status. Menade du ”pågår”?</div>'
        )
        draw("anteckning", f"<h1>Så kan felet visas vid raden (skiss)</h1>{''.join(rows)}")
        for name, body in SKETCHES.items():
            draw(name, body)
        browser.close()


def main() -> None:
    """Try the examples, and make the pictures unless only the examples were asked for."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        before, after = copy_project(Path(one)), copy_project(Path(two))
        try_examples(after)
        if "--bara-exempel" in sys.argv[1:]:
            return
        # The made-up municipality's day is moved on, so that the situation summary of September shows.
        own = after / "data/exempelkoping/kommun.yml"
        text = own.read_text(encoding="utf-8")
        own.write_text(re.sub(r"(?m)^exempeldag: .*$", "exempeldag: 2026-10-08", text), encoding="utf-8")
        for folder in (before, after):
            code, said = run(folder, "build", "exempelkoping", "--utan-sok")
            if code:
                sys.exit(said)
        make_pictures(before, after)


if __name__ == "__main__":
    main()
