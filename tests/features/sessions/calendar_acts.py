"""What is done in tests of sessions in a platform's own calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.chat.content import Gathering
from bot.model.session import Session
from tests.features.sessions.acts import planned
from tests.stage import Stage

NOON = datetime(2027, 1, 14, 17, 0, tzinfo=UTC)
FRIDAY = NOON + timedelta(days=1)


async def there(s: Stage) -> Session:
    """Announced, put there; Bo comes, Cleo may, and both platforms have gone quiet."""
    await planned(s)
    await s.press("bo", "Je viens")
    await s.press("cleo", "Peut-être")
    return await session(s)


async def session(s: Stage) -> Session:
    return (await s.kept(Session))[0]


def shown(s: Stage) -> Gathering:
    return s.native.gatherings[s.gathering()].gathering


def told_of(s: Stage, person: str) -> list[str]:
    """All that they were told, but for the answers to their own clicks."""
    return [heard for heard in s.all_heard(person) if not heard.startswith("C’est noté")]


async def moved_by_command(s: Stage, when: str) -> None:
    await s.tell("ana", f"rencontre déplacer 1 | {when}")
    await s.press("ana", "Déplacer la rencontre")


def stands(s: Stage) -> list[tuple[str, datetime, datetime, str, bool]]:
    held = [h.gathering for h in s.native.gatherings.values()]
    return [(g.title, g.starts, g.ends, g.place, g.cancelled) for g in held]


def again(s: Stage) -> None:
    """What rested tries once more."""
    s.app.delivery._resting.clear()
