"""Sessions that note the classes of what they write."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session


class Noting(Session):
    """In its `info["touched"]`."""


@event.listens_for(Noting, "before_flush")
def note(session: Session, *_: Any) -> None:
    touched = session.info.setdefault("touched", set())
    touched.update({type(kept) for kept in (*session.new, *session.deleted)})
    # Each is looked at only as long as its class is not known: a batch asks after each of its rows.
    touched.update({type(kept) for kept in session.dirty if type(kept) not in touched and session.is_modified(kept)})
