"""What some platforms tell of their own polls: that someone ended one, and votes to be taken back one by one."""

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.chat.events import Event, MessageRemoved, PollEnded, PollVoted
from bot.ports import Batch
from tests.features.polls.acts import ask, ballot, both, chosen, vote
from tests.stage import Stage

NUMBERS = count()


async def happens(s: Stage, kind: type[Event], person: str, **told: Any) -> str:
    id = f"told {next(NUMBERS)}"
    event = kind(id=id, platform=s.platform.name, room="hall", person=person, at=s.clock.now(), **told)
    await s.app.intake.take(s.platform.account, Batch([event], id))
    await s.app.settle()
    return id


@pytest.mark.parametrize(("language", "results"), [("fr", "Résultats du sondage"), ("en", "Results of the poll")])
async def test_a_facilitator_ends_it_there_and_it_is_over_everywhere(
    tmp_path: Path, language: str, results: str
) -> None:
    async with both(tmp_path, language=language) as (s, there):
        there.platform.rooms["hall"].levels["dan"] = 50
        await ask(s, "sondage On se voit quand ? | Jeudi, Vendredi, Samedi")
        await vote(there, "eve", 1)
        before = len(there.in_room())
        await happens(there, PollEnded, "eve", message=ballot(there))
        assert len(there.in_room()) == before, "whoever does not facilitate ends nothing, and is not told off"
        assert there.heard("eve") == ""
        await happens(there, PollEnded, "dan", message="another poll")
        assert len(there.in_room()) == before
        await happens(there, PollEnded, "dan", message=ballot(there))
        assert results in there.in_room()[-1]
        assert results in s.in_room()[-1]
        await happens(there, PollEnded, "dan", message=ballot(there))
        assert len(there.in_room()) == before + 1


async def test_a_vote_for_nothing_or_for_what_there_is_not_gives_up_the_one_before(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        for option, withdrawn in ((-1, True), (7, False)):
            await happens(there, PollVoted, "dan", message=ballot(there), option=2)
            assert await chosen(there) == {"dan": 2}
            s.clock.move_to(s.clock.now() + timedelta(minutes=1))
            await happens(there, PollVoted, "eve", message=ballot(there), option=option, withdrawn=withdrawn)
            assert await chosen(there) == {"dan": 2}
            await happens(there, PollVoted, "dan", message=ballot(there), option=option, withdrawn=withdrawn)
            assert await chosen(there) == {}
            s.clock.move_to(s.clock.now() + timedelta(minutes=1))


async def test_what_says_it_is_taken_away(tmp_path: Path) -> None:
    async with both(tmp_path) as (s, there):
        await ask(s)
        await happens(there, PollVoted, "dan", message=ballot(there), option=2, trace="$vote")
        await happens(there, MessageRemoved, "eve", message="$another")
        assert await chosen(there) == {"dan": 2}
        await happens(there, MessageRemoved, "dan", message="$vote")
        assert await chosen(there) == {}
