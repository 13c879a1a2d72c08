"""What is longer than a message of Discord's: all of it is said, and what can be chosen below it works."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.chat.actions import ACTION, Edit, Post
from bot.chat.content import Choice, Choices, Quote, message
from bot.forms import OPEN_AGAIN
from bot.model.community import Community
from bot.model.flow import Outbox
from tests.adapters.discord.stage import OnDiscord
from tests.unit.discord.reader import read

OPEN = Choices((Choice("Passer", "stories.none"), Choice("Ouvrir", OPEN_AGAIN, {"form": "icebreakers.add"})))
STORY = " ".join(f"*mot{n}*" for n in range(700))


async def put(stage: OnDiscord, key: str, action: Post | Edit) -> None:
    async with stage.store.unit() as unit:
        community = await unit.one(Community)
        assert community is not None
        await unit.add(
            Outbox(
                key=key, community_id=community.id, platform="discord", room=str(stage.hall.id), language="fr",
                action=ACTION.dump_json(action).decode(), choices=action.message.choices, at=datetime.now(UTC),
            )
        )  # fmt: skip
    stage.app.delivery.wake()
    for _ in range(200):
        if all(row.state == "sent" for row in await stage.kept(Outbox)):
            return
        await asyncio.sleep(0.05)
    raise AssertionError([(r.key, r.state, r.problem) for r in await stage.kept(Outbox)])


async def test_what_can_be_chosen_below_a_long_message_works(stage: OnDiscord) -> None:
    await put(stage, "k.0", Post(message=message(Quote(STORY), OPEN)))
    said = stage.said()
    assert len(said) > 2
    assert " ".join(read(m.content).text for m in said) == STORY
    assert [bool(m.components) for m in said] == [False] * (len(said) - 1) + [True]
    asked = await stage.ana.click(said[-1], "Ouvrir")
    await asked.answer()
    assert asked.modal is not None
    assert asked.modal["custom_id"] == "f/icebreakers.add/{}"


async def test_changed_in_place_it_stays_one_message_with_its_choices(stage: OnDiscord) -> None:
    await put(stage, "k.0", Post(message=message(Quote("court"), OPEN)))
    for n in range(2):
        await put(stage, f"k.{n + 1}", Edit(post="k.0", message=message(Quote(STORY), OPEN)))
    (said,) = stage.said()
    lines = read(said.content).text
    assert lines.endswith("\n…")
    assert STORY.startswith(lines.removesuffix("\n\n…"))
    assert len(lines) > 1000
    asked = await stage.ana.click(said, "Ouvrir")
    await asked.answer()
    assert asked.modal is not None
