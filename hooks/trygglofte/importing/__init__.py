"""An edited table back into the files it came from.

`sheets` reads a table, `changes` finds the cells that differ from what there is, and `applying` puts them into the
files and asks whether all still holds. Every problem is at its row and column; where there is any, nothing is
changed. Nothing is written here.
"""

from trygglofte.importing.applying import Imported, import_table

__all__ = ["Imported", "import_table"]
