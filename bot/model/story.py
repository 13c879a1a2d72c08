"""Stories of experience, told ahead of a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Sharing = Literal["named", "unnamed", "facilitator"]


@dataclass(eq=False, kw_only=True)
class Story:
    """`person_id` is None once told without a name: from then on no row leads to its author.

    `voice`: the platform's address of a voice note, with `voice_mime`; the text may then be empty.
    """

    id: int = 0
    session_id: int
    person_id: int | None
    sharing: Sharing
    text: str = ""
    voice: str = ""
    voice_mime: str = ""
    shared: bool = False


@dataclass(eq=False, kw_only=True)
class StoryAnswer:
    """A member has answered the prompt for this session, one way or the other, and is not asked again.

    What they told, if anything, is not here.
    """

    id: int = 0
    session_id: int
    person_id: int
    declined: bool
    at: datetime | None = None
