"""How a member introduces themselves: theirs alone until they post it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False, kw_only=True)
class Introduction:
    """`does`, `hopes` and `about` are the person's own words: kept while they decide, emptied once posted.

    A draft that is changed becomes another row, so that a button under the earlier one never posts anything
    but what stood above it. `posted`: what is then kept is that it was, for it to be found and taken back.
    """

    id: int = 0
    person_id: int
    does: str = ""
    hopes: str = ""
    about: str = ""
    posted: bool = False

    @property
    def key(self) -> str:
        """What the post is called in the outbox. It says nothing of who."""
        return f"introduction:{self.id}"
