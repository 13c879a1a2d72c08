"""A command that a message names is named as it is typed, whichever platform it is read on."""

from pathlib import Path

from bot.chat.content import Code, Message, Paragraph
from tests.stage import stage


def named(message: Message | None) -> list[Code]:
    lines = [block.line for block in message.blocks if isinstance(block, Paragraph)] if message else []
    return [part for line in lines for part in line if isinstance(part, Code)]


async def test_both_ways_of_typing_it_go_with_the_message(tmp_path: Path) -> None:
    async with stage(tmp_path) as there:
        await there.app.unasked.plan()
        await there.tell("ana", "langue english")
        await there.tell("ana", "pause")
        assert named(there.bot_said("direct-ana")[-1].message) == [Code("!veillee resume", "/plan resume")]
        await there.tell("ana", "langue français")
        await there.tell("ana", "pause brise-glace")
        reprendre = Code("!veillee reprendre brise-glace", "/plan reprendre quoi:brise-glace")
        assert named(there.bot_said("direct-ana")[-1].message) == [reprendre]
