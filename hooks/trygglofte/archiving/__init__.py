"""A year of a municipality as one package for its e-archive: what goes in, how pages open from a disk, the bytes.

Pure functions: the command line reads and writes. The package is a BagIt bag (RFC 8493) in an uncompressed zip, so
that any archive can check it, now and later, without a program of ours; and the same data gives the same bytes.
"""

from trygglofte.archiving.choosing import Chosen, choose, day_of_archive, shown_whole
from trygglofte.archiving.offline import for_disk, still
from trygglofte.archiving.packing import About, pack

__all__ = ["About", "Chosen", "choose", "day_of_archive", "for_disk", "pack", "shown_whole", "still"]
