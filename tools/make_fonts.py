"""Makes the two font files in `hooks/trygglofte/outputs/typsnitt/` that share images are set in. Run by hand, once.

    python -m venv typsnitt
    typsnitt/bin/pip install fontpkg-inter==4.1.post1 fonttools==4.68.0
    typsnitt/bin/python tools/make_fonts.py

Inter (the Inter Project Authors, SIL Open Font License 1.1, no reserved font name) in two weights, with the
letters of Swedish, its minority languages and its neighbours, and without what only screens of text need.
"""

from __future__ import annotations

import shutil
from importlib.metadata import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).parents[1] / "hooks/trygglofte/outputs/typsnitt"
LETTERS = {*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026}
"""Basic Latin, Latin-1, Latin Extended-A (Sami, Finnish, Polish), dashes and quotes."""
WEIGHTS = {"Inter-Regular.ttf": 400, "Inter-Bold.ttf": 650}


def main() -> None:
    """Write the fonts and their licence."""
    found = [Path(str(file.locate())) for file in files("fontpkg-inter") or ()]
    TARGET.mkdir(exist_ok=True)
    for name, weight in WEIGHTS.items():
        font = TTFont(next(path for path in found if path.name == "Inter[opsz,wght].ttf"))
        font = instantiateVariableFont(font, {"wght": weight, "opsz": 32})
        options = Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(font)
        font["head"].created = font["head"].modified = 0
        font.recalcTimestamp = False
        font.save(TARGET / name)
    licence = next(path for path in found if path.name == "LICENSE" and path.parent.name == "fontpkg_inter")
    shutil.copy(licence, TARGET / "OFL.txt")


if __name__ == "__main__":
    main()
