"""The package itself: a bag of files with checksums (BagIt, RFC 8493) in a zip whose bytes follow from the files.

Nothing is compressed: compressors differ between machines, and an archive is to be read for a long time.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trygglofte import wording

YAML, SCHEMA, PAGES = "yaml", "schema", "webb"
"""The folders of the payload."""

README = "LASMIG.txt"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


@dataclass(frozen=True, slots=True)
class About:
    """What is said of an archive. `day` is the day its pages count from, `commit` git's name for the data or "".

    `in_part` are files of documents that pages show a part of, and that are therefore not in the archive.
    """

    slug: str
    municipality: str
    code: str
    site: str
    publisher: str
    address: str
    year: int
    day: date
    documents: int
    made_up: bool = False
    commit: str = ""
    in_part: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The package's name, and its only folder."""
        return f"{self.slug}-{self.year}"


def pack(about: About, payload: Mapping[str, bytes]) -> bytes:
    """The zip. `payload` is path → content, where the first part of a path is one of the folders above."""
    inside = {f"data/{path}": content for path, content in payload.items()}
    tags = {
        "bagit.txt": _DECLARATION.encode(),
        "bag-info.txt": _information(about, payload).encode(),
        "manifest-sha256.txt": _manifest(inside).encode(),
        README: _readme(about).encode(),
    }
    tags["tagmanifest-sha256.txt"] = _manifest(tags).encode()
    return _zipped({f"{about.name}/{path}": content for path, content in (inside | tags).items()}, about.day)


def _manifest(files: Mapping[str, bytes]) -> str:
    """A line a file, in order, as `sha256sum --check` reads it."""
    return "".join(f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))


def _information(about: About, payload: Mapping[str, bytes]) -> str:
    size = sum(map(len, payload.values()))
    rows = {
        "Source-Organization": about.publisher,
        "External-Identifier": about.name,
        "External-Description": f"{about.municipality} {about.year}: medborgarlöften, samverkansöverenskommelser, "
        "lägesbilder och åtgärdsplaner",
        "Bagging-Date": about.day.isoformat()[:10],
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    return "".join(f"{name}: {value}\n" for name, value in rows.items())


def _zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """Names in order, one time and one set of rights for all."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            package.writestr(entry, files[path])
    return made.getvalue()


_README = """\
{municipality} ({code}), {year}
{line}

Det här är ett arkivuttag ur webbplatsen {site},
{address}

Det är vad invånarna kunde läsa där om medborgarlöften, samverkan med polisen, lägesbilder och åtgärdsplaner,
och som rör {year}. {publisher} står för innehållet.{made_up}

Urval    {documents}: de som rör {year}, och de som dessa hänvisar till.
Läget    Sidorna räknar från den {day}. Status, datum och förseningar är som de var då.
Källa    {source}

Innehåll
--------
data/webb/     Sidorna. Öppna data/webb/index.html i en webbläsare. Ingen server och inget nät behövs.
               Där ligger också sidornas data i de format som webbplatsen erbjöd, till exempel JSON och CSV.
data/yaml/     Filerna som sidorna är gjorda av, i text (YAML, UTF-8).
data/schema/   Beskrivning av vad filerna får innehålla (JSON Schema), med förklaringar på svenska.
manifest-sha256.txt
               Kontrollsumma (SHA-256) för varje fil i data/. Kontrollera med: sha256sum --check manifest-sha256.txt
bagit.txt, bag-info.txt, tagmanifest-sha256.txt
               Paketet följer BagIt 1.0 (RFC 8493). Det är inte komprimerat.

Det som inte är med
-------------------
- Sökningen, för den behöver en webbserver.
- Dokument som inte visades för allmänheten den dagen.
- Det som hade tagits bort från sidorna. Där ett dokument är borttaget står det på dess sida.
{in_part}- Länkar till sidor utanför urvalet leder till webbplatsen, som kan ha ändrats.

Siffrorna i lägesbilderna är skyddade på samma sätt som på webbplatsen. Inga uppgifter om enskilda ska finnas här.
"""


def _readme(about: About) -> str:
    title = f"{about.municipality} ({about.code}), {about.year}"
    in_part = "".join(f"- {name}: sidan visar bara en del av filen.\n" for name in sorted(about.in_part))
    told = _README.format(
        municipality=about.municipality, code=about.code, site=about.site,
        year=about.year, line="=" * len(title), publisher=about.publisher,
        address=about.address, day=wording.long_date(about.day),
        documents=wording.counted(about.documents, "dokument", "dokument"),
        made_up=" Kommunen är påhittad och allt är exempel." if about.made_up else "",
        source=f"Filerna som de stod i version {about.commit} av projektet." if about.commit
        else "Filerna som de stod när uttaget gjordes.",
        in_part=in_part,
    )  # fmt: skip
    return told.replace("\u00a0", " ")
