"""Why something went wrong, in one Swedish sentence: what the system said no to, and what nobody foresaw.

Knows no other room and nothing of sites, so that every command can say it without loading what builds them.
"""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

_REASONS = {
    errno.EACCES: "rättighet saknas",
    errno.EPERM: "rättighet saknas",
    errno.EROFS: "disken går bara att läsa",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.EFBIG: "filen blir för stor",
    errno.ENOENT: "det finns inte",
    errno.ENOTDIR: "en fil ligger där det ska vara en mapp",
    errno.EISDIR: "en mapp ligger där det ska vara en fil",
    errno.EEXIST: "det finns redan",
    errno.ENOTEMPTY: "mappen är inte tom",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ELOOP: "länkar leder runt i en ring",
    errno.EMFILE: "för många filer är öppna",
    errno.ENFILE: "för många filer är öppna",
    errno.ENOMEM: "minnet är slut",
    errno.EAGAIN: "det går inte att starta fler processer just nu",
    errno.EIO: "disken svarar inte",
    errno.EADDRINUSE: "den är upptagen av ett annat program",
}


FEWER = "Bygg igen, gärna med färre åt gången: trygglofte build --processer 1."
"""What may help where memory runs out."""
_OF_THE_MACHINE = (errno.ENOMEM, errno.EAGAIN)


def run_out(error: OSError) -> str:
    """What the machine has no more of, as a sentence; "" where it is something else that went wrong."""
    why = _REASONS[error.errno] if error.errno in _OF_THE_MACHINE else ""
    return f"{why[:1].upper()}{why[1:]}." if why else ""


def unexpected(error: BaseException) -> str:
    """A sentence about an error that nobody foresaw, with the place in the program."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" i {Path(frames[-1].filename).name}, rad {frames[-1].lineno}" if frames else ""
    said = " ".join(str(error).split())
    return f"Något oväntat gick fel i programmet ({type(error).__name__}{place}{': ' if said else ''}{said})."


def reason(error: OSError | MemoryError) -> str:
    """Why the system said no, in Swedish as far as it is a usual reason; with the file where one is known."""
    if isinstance(error, MemoryError):
        return _REASONS[errno.ENOMEM]
    why = _REASONS.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__
    return f"{why} ({error.filename})" if isinstance(error.filename, str) else why
