"""From bytes to clean text: encodings, line endings and characters that hide things.

A fault that would change what is read is an error. What can be set right without guessing (a byte order
mark, Windows line endings, letters that macOS has taken apart) is set right, with advice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from trygglofte.problems import Mark, Problem, Severity
from trygglofte.reading.limits import MAX_BYTES

_BIDI = {
    "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069",
    "\u200e", "\u200f", "\u061c",
}  # fmt: skip
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\ufeff]")
_HIDDEN = re.compile("[" + "".join(_BIDI) + "\u200b\u2060\u00ad]")
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(\s|$)")
_BAD_INDENT = re.compile(
    r"^[ \t\u00a0\u2007\u202f\u2003\u2002\u3000]*[\t\u00a0\u2007\u202f\u2003\u2002\u3000]"
)
_SUSPECT_LINE = re.compile(r"^(?:[<=>|]{7}|[^\S\n]*[^\S\n ])", re.MULTILINE)
"""A line that may be either of the two above. Most files have none, and their lines are not asked one by one."""
_CONFLICT_MARKS = ("<" * 7, "=" * 7, ">" * 7, "|" * 7)


def decode(raw: bytes, file: str) -> tuple[str | None, list[Problem]]:
    """The text of a file with `\\n` line endings in NFC, or None with the reason."""
    if len(raw) > MAX_BYTES:
        return None, [
            Problem(file, 1, 1, "for-stor-fil", f"Filen är större än gränsen, som är {MAX_BYTES // 1_000_000} MB.",
                    "Dela upp dokumentet, och lägg bilder och bilagor utanför filen.")
        ]  # fmt: skip
    problems: list[Problem] = []
    text = _text(raw, file, problems)
    if text is None:
        return None, problems
    if "\r" in text:
        text = _with_plain_line_ends(text)
        problems.append(
            _advice(
                file,
                "radslut",
                "Filen har radslut från Windows.",
                "Spara med radslut LF, så blir ändringar lättare att läsa.",
            )
        )
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        problems.append(
            _advice(
                file,
                "isartagna-bokstaver",
                "Filen har å, ä eller ö som två tecken (så gör macOS ibland).",
                "Inget behöver göras: vi läser dem som vanliga bokstäver.",
            )
        )
    faults = list(_character_faults(text, file))
    problems += faults
    return (None if faults else text), problems


def _advice(file: str, kind: str, message: str, hint: str) -> Problem:
    return Problem(file, 1, 1, kind, message, hint, severity=Severity.ADVICE)


def _text(raw: bytes, file: str, problems: list[Problem]) -> str | None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:64]:
        problems.append(
            Problem(file, 1, 1, "teckenkod", "Filen är sparad som UTF-16 eller är ingen textfil.",
                    "Spara om den som UTF-8 (i Anteckningar: Spara som, Kodning: UTF-8).")
        )  # fmt: skip
        return None
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        problems.append(
            _advice(file, "bom", "Filen börjar med ett osynligt tecken (BOM).", "Spara som UTF-8 utan BOM.")
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _with_plain_line_ends(raw[: error.start].decode("utf-8", "replace"))
        mark = _mark(before, len(before))
        guess = raw[error.start : error.start + 1].decode("latin-1")
        problems.append(
            Problem(file, mark.line, mark.column, "teckenkod",
                    f"Filen är inte sparad som UTF-8: här står ett tecken som kan vara ”{guess}” i en äldre kodning."
                    if guess.isprintable() else "Filen är inte sparad som UTF-8.",
                    "Spara om filen som UTF-8, så blir å, ä och ö rätt.")
        )  # fmt: skip
        return None


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mark(text: str, index: int) -> Mark:
    line = text.count("\n", 0, index) + 1
    return Mark(line, index - (text.rfind("\n", 0, index) + 1) + 1)


def _is_plain(text: str) -> bool:
    """Whether a text has no character that could be a fault: none but what is seen, spaces and line ends."""
    return text.replace("\n", "").isprintable() and not any(mark in text for mark in _CONFLICT_MARKS)


def _character_faults(text: str, file: str) -> Iterator[Problem]:
    if _is_plain(text):
        return
    for found in (_FORBIDDEN.search(text), _HIDDEN.search(text)):
        if found:
            mark = _mark(text, found.start())
            name = f"U+{ord(found.group()):04X}"
            yield Problem(
                file, mark.line, mark.column, "osynligt-tecken",
                f"Här står ett osynligt tecken ({name}) som inte får finnas i texten.",
                "Ta bort tecknet: skriv om ordet för hand i stället för att klistra in det.",
            )  # fmt: skip
    if not _SUSPECT_LINE.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if _CONFLICT.match(line):
            yield Problem(
                file, number, 1, "kvarglomd-konflikt",
                f"Raden ”{line[:20].strip()}” är en markering från git: två versioner av filen har inte fogats ihop.",
                "Behåll den text som ska gälla, och ta bort raderna som börjar med <<<<<<<, ======= och >>>>>>>.",
            )  # fmt: skip
            return
        if found := _BAD_INDENT.match(line):
            what = "en tabb" if "\t" in found.group() else "ett hårt mellanslag"
            yield Problem(
                file, number, found.end(), "indrag",
                f"Indraget på raden innehåller {what}.",
                "Byt till vanliga mellanslag, två för varje steg.",
            )  # fmt: skip
            return
