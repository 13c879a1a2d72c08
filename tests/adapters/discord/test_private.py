"""What is said in private while the line breaks is handled once, though nothing is kept by which it would be known."""

from __future__ import annotations

from bot.model.flow import Cursor
from tests.adapters.discord.stage import OnDiscord
from tests.adapters.discord.test_gatherings import announced
from tests.discord.faults import Fault
from tests.discord.member import Member

STORY = "Un soir de mars, j’ai dit non, et personne ne m’en a voulu."


async def _answered(stage: OnDiscord, member: Member, times: int) -> None:
    await stage.until(lambda: len(stage.told(member)) >= times, f"{times} answers in private")


async def _begun_anew(stage: OnDiscord) -> None:
    """The line breaks, and what was told meanwhile is lost."""
    await stage.discord.gateway.drop()
    stage.discord.gateway.forget()


def _held_up(stage: OnDiscord, member: Member) -> Fault:
    """Their conversation is read back after all others."""
    return stage.discord.faults.limit("GET", _messages(member), seconds=1.5)


def _messages(member: Member) -> str:
    return f"/channels/{member.direct.id}/messages"


def _asked_for(stage: OnDiscord, member: Member) -> int:
    return len([c for c in stage.discord.requests if c.method == "GET" and c.path.endswith(_messages(member))])


async def _known(stage: OnDiscord) -> None:
    for member in (stage.bo, stage.cleo):
        await member.dm("aide")
        await _answered(stage, member, 1)


async def test_what_was_read_back_and_is_told_besides_is_handled_once(stage: OnDiscord) -> None:
    """A story is told as Discord shows it already, and does not tell it yet."""
    await announced(stage)
    await _known(stage)
    await stage.bo.dm("récit")
    await _answered(stage, stage.bo, 2)
    await stage.bo.dm("1")
    await _answered(stage, stage.bo, 3)
    held_up = _held_up(stage, stage.bo)
    await _begun_anew(stage)
    await stage.until(lambda: held_up.met)
    stage.discord.gateway.hold()
    await stage.bo.dm(STORY)
    await _answered(stage, stage.bo, 4)
    stage.discord.gateway.release()
    await stage.bo.dm("aide")
    await _answered(stage, stage.bo, 5)
    await stage.cleo.dm("aide")
    await _answered(stage, stage.cleo, 2)
    assert len(stage.told(stage.bo)) == 5


async def _bos_read_and_cleos_not(stage: OnDiscord) -> None:
    """Of two conversations that are read back."""
    await _known(stage)
    held_up = _held_up(stage, stage.cleo)
    before = _asked_for(stage, stage.bo)
    await _begun_anew(stage)
    await stage.until(lambda: held_up.met and _asked_for(stage, stage.bo) > before)


async def test_a_line_that_breaks_while_conversations_are_read_back_leaves_no_hole(stage: OnDiscord) -> None:
    """What both say then is told by nobody."""
    await _bos_read_and_cleos_not(stage)
    await _begun_anew(stage)
    await stage.bo.dm("aide")
    await stage.cleo.dm("aide")
    await stage.discord.gateway.ready()
    await _answered(stage, stage.cleo, 2)
    await _answered(stage, stage.bo, 2)


async def test_the_place_stays_where_every_conversation_was_read(stage: OnDiscord) -> None:
    """What Bo says once his was read is told late. What Cleo says after it is read back."""
    await _bos_read_and_cleos_not(stage)
    stage.discord.gateway.hold()
    first = await stage.bo.dm("aide")
    last = await stage.cleo.dm("aide")
    try:
        await _answered(stage, stage.cleo, 2)
        await _answered(stage, stage.bo, 2)
        (place,) = await stage.kept(Cursor, account="discord:private")
        assert int(place.value) == last.id > first.id
    finally:
        stage.discord.gateway.release()
