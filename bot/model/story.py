"""Stories of experience, told ahead of a session.

No row leads from a story told without a name to its author. Until the session's hour it lies sealed, its key outside
the database, among sealed rows of the same size that hold nothing: one for each member who answered without giving
their name, whether they told something or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sharing = Literal["named", "unnamed", "facilitator"]


@dataclass(eq=False, kw_only=True)
class Story:
    """`person_id` is None once told without a name: from then on no row leads to its author.

    `id` is drawn at random and there is no time, so that nothing tells when it was told, nor after which.
    `voice`: the address of what came with it, such as a voice note, with `voice_mime`; the text is then what was
    written with it, if anything was. Of a story without a name the address goes soon after it was shared.
    `shared`: posted at the session, or sent to the facilitators.
    """

    id: str
    session_id: int
    person_id: int | None
    sharing: Sharing
    text: str = ""
    voice: str = ""
    voice_mime: str = ""
    shared: bool = False

    @property
    def purpose(self) -> str:
        """Of the messages by which what came with it was shown: by it they are found again."""
        return f"stories.shown:{self.id}"


@dataclass(eq=False, kw_only=True)
class StoryAnswer:
    """A member has answered the prompt for this session, one way or the other, and is not asked again.

    Neither which way nor when: both would lead to who told a story without a name.
    """

    session_id: int
    person_id: int


@dataclass(eq=False, kw_only=True)
class StoryDraft:
    """What a member was shown and has not decided on, sealed. Gone once they have, or when the session begins."""

    session_id: int
    person_id: int
    sealed: bytes


@dataclass(eq=False, kw_only=True)
class SealedStory:
    """A story without a name until the session's hour; or nothing, so that who told one cannot be counted out.

    `id` is drawn at random."""

    id: str
    session_id: int
    sealed: bytes
