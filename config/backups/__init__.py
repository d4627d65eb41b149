"""A copy of the whole installation in one file, and the way back.

`make` writes it while the site runs: the database first, in one snapshot, then the files. A photo is
written before its row is committed and never changed, so every photo in the snapshot is in the copy.
`restore` reads the whole archive before it touches anything, and fills only an empty installation.
"""

from .errors import BackupError
from .making import Made, make
from .restoring import restore

__all__ = ["BackupError", "Made", "make", "restore"]
