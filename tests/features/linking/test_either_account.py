"""Known, called and written to by either account."""

import asyncio
from pathlib import Path
from typing import Any, cast

from sqlalchemy import event

from bot.model.account import Account
from bot.model.activity import Activity
from bot.model.community import Community, Person
from bot.model.flow import Conversation
from bot.model.pulse import Pulse
from storage.store import SqlStore
from tests.features.both import OTHER, both, link, mentioned
from tests.features.linking.acts import planned, the_one
from tests.stage import HALL


async def test_one_is_written_to_where_one_last_was(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await planned(here)
        await there.press("bo77", "Je viens")
        await here.tell("ana", "rencontre modifier 1 | lieu | Salon vert")
        assert "Salon vert" in there.heard("bo77")
        assert not any("Salon vert" in text for text in here.all_heard("bo"))
        await here.tell("bo", "rencontres")
        await here.tell("ana", "rencontre modifier 1 | lieu | Salon gris")
        assert "Salon gris" in here.heard("bo")


async def test_where_one_door_is_closed_the_other_is_tried_and_nothing_is_lost(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await planned(here)
        await here.press("bo", "Je viens")
        here.platform.closed.add("bo")
        await here.tell("ana", "rencontre modifier 1 | lieu | Salon vert")
        assert "Salon vert" in there.heard("bo77"), "that very message"
        await here.press("bo", "Peut-être")
        await here.tell("ana", "rencontre modifier 1 | lieu | Salon gris")
        assert "Salon gris" in there.heard("bo77"), "a click in the room opens no door"
        await here.tell("ana", "pouls")
        await here.press("ana", "Poser la question")
        assert (await here.kept(Pulse))[0].asked == 5
        here.platform.closed.discard("bo")
        await here.tell("bo", "rencontres")
        await here.tell("ana", "rencontre modifier 1 | lieu | Salon bleu")
        assert "Salon bleu" in here.heard("bo"), "they wrote there: it is open again"


async def test_by_the_other_door_it_is_said_at_once(tmp_path: Path) -> None:
    """As it runs: nothing else wakes whoever says it."""
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await planned(here)
        await here.press("bo", "Je viens")
        await here.tell("ana", "rencontre modifier 1 | lieu | Salon gris")
        here.platform.closed.add("bo")
        running = asyncio.create_task(here.app.run())
        try:
            await here.platform.tell("ana", "rencontre modifier 1 | lieu | Salon vert")
            async with asyncio.timeout(10):
                while "Salon vert" not in there.heard("bo77"):
                    await asyncio.sleep(0.02)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_who_asks_in_a_room_behind_a_closed_door_is_answered_through_the_other(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        here.platform.closed.add("bo")
        await here.say("bo", "!veillee mes données")
        assert "Ce que je garde de toi" in there.heard("bo77")


async def test_gone_only_when_gone_from_both_sides(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await here.leave("bo")
        person = await the_one(here)
        assert person.present
        assert await here.kept(Activity, kind="leave") == []
        await here.tell("ana", "pouls")
        await here.press("ana", "Poser la question")
        assert "[2] [3] [4]" in there.heard("bo77")
        assert person.platform == OTHER, "spoken to where they remain"
        await here.join("bo", "Bo")
        await here.wait(minutes=10)
        assert here.in_room() == [], "no newcomer"
        await here.leave("bo")
        await there.leave("bo77")
        assert not (await the_one(here)).present
        assert len(await here.kept(Activity, kind="leave")) == 1
        await there.join("bo77", "Robert")
        await here.wait(minutes=10)
        assert there.in_room()[-1].startswith("Bon retour, Robert.")
        assert here.in_room() == []


async def test_a_facilitator_by_name_is_one_on_either_side(tmp_path: Path) -> None:
    async with both(tmp_path, facilitators=("bo",)) as (here, there):
        assert "réservée" in await there.tell("bo77", "brise-glace")
        await link(here, there)
        await there.tell("bo77", "brise-glace")
        assert len(here.in_room()) == len(there.in_room()) == 1
        assert "réservée" in await there.tell("dee", "brise-glace")


async def test_a_right_given_by_one_platform_is_none_on_the_other(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        here.platform.rooms[HALL].levels["bo"] = 50
        await link(here, there)
        assert "réservée" in await there.tell("bo77", "brise-glace")
        await here.tell("bo", "brise-glace")
        assert len(there.in_room()) == 1


async def test_a_form_is_answered_where_it_was_asked(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await here.tell("bo", "me présenter")
        assert "rencontre" in await there.tell("bo77", "rencontres"), "a command, and no answer"
        assert (await here.kept(Conversation))[0].answers == {}
        await here.tell("bo", "Je répare des vélos")
        assert (await here.kept(Conversation))[0].answers == {"does": "Je répare des vélos"}


async def test_each_side_calls_them_by_their_name_there(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        async with here.store.unit() as unit:
            community = await unit.one(Community, slug="cercle")
            assert community is not None
            ctx = here.app.unasked.context(unit, community, cause="test")
            person = await unit.one(Person, external="bo77") or await unit.one(Person, external="bo")
            assert person is not None
            await ctx.post((*ctx.voice().say("welcome-back", names=ctx.mention(person)),), purpose="test")
        await here.app.settle()
        assert (here.in_room()[-1], there.in_room()[-1]) == ("Bon retour, Bo.", "Bon retour, Robert.")
        assert (mentioned(here), mentioned(there)) == (["bo"], ["bo77"])


async def test_a_name_that_changes_on_one_side_changes_there_alone(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        await there.platform.rename("bo77", "Bob", HALL)
        await there.app.settle()
        assert (await the_one(here)).name == "Bo"
        assert (await here.kept(Account))[0].name == "Bob"


async def test_a_message_of_who_linked_nothing_costs_no_question_more(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, _):
        asked: list[str] = []

        def counted(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            asked.append(statement)

        engine = cast(SqlStore, here.store).database.engine.sync_engine
        await here.say("cleo", "Un mot")
        event.listen(engine, "before_cursor_execute", counted)
        await here.platform.say("cleo", HALL, "Un autre mot")
        event.remove(engine, "before_cursor_execute", counted)
        assert asked
        assert not any("FROM account" in statement for statement in asked)
