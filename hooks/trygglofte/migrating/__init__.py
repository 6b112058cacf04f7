"""Files written for an earlier version of what may be written become files of today's, with every comment kept.

`MIGRATIONS` is the ordered list: one entry for each version after the first, so that files of any earlier version come
here one step at a time. Nothing is read or written here: files go in as bytes and come out as text.
"""

from trygglofte.migrating.edits import Edit, applied, key_renamed, key_set
from trygglofte.migrating.steps import MIGRATIONS, Migrated, MigrateError, Migration, migrate

__all__ = [
    "MIGRATIONS",
    "Edit",
    "MigrateError",
    "Migrated",
    "Migration",
    "applied",
    "key_renamed",
    "key_set",
    "migrate",
]
