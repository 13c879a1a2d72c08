"""Who is in a voice room is told when they come in, and when it is asked."""

from __future__ import annotations

from bot.model.community import Person
from tests.adapters.discord.stage import OnDiscord


async def test_who_is_there_is_told_for_as_long_as_they_are(stage: OnDiscord) -> None:
    room, main = stage.guild.voice("Table du fond"), str(stage.hall.id)

    async def there() -> list[tuple[str, str, str]]:
        return [(e.person, e.voice, e.voice_name) for e in await stage.platform.in_voice(main)]

    assert await there() == []
    await stage.bo.join_voice(room)
    await stage.until(lambda: _counted(stage), "Bo is heard")
    assert await there() == [(str(stage.bo.id), str(room.id), "Table du fond")]
    assert len(await stage.kept(Person, name="Bo")) == 1
    await stage.bo.leave_voice()
    await stage.until(lambda: not _counted(stage), "Bo is gone")
    assert await there() == []


async def test_who_is_there_when_we_wake_is_told(stage: OnDiscord) -> None:
    await stage.stop()
    await stage.bo.join_voice(stage.guild.voice("Table du fond"))
    await stage.start()
    await stage.until(lambda: _counted(stage), "Bo is heard")
    assert [e.person for e in await stage.platform.in_voice(str(stage.hall.id))] == [str(stage.bo.id)]


def _counted(stage: OnDiscord) -> int:
    return sum(len(stream.reader.in_voice()) for stream in stage.platform.streams.values())
