"""A database as one file that can be given away."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_whole(file: Path, to: Path) -> None:
    """All that is kept, without what was deleted. The same rows give the same bytes. Replaces an earlier copy."""
    to.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("vacuum into ?", (str(to),))
