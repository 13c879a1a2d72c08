"""Whatever each of the two accounts did is one person's, once."""

from datetime import timedelta
from pathlib import Path

from bot.evaluation.measures import Evaluation
from bot.features.linking.uniting import OF_A_PERSON
from bot.model.account import LinkCode, LinkTry
from bot.model.activity import Activity
from bot.model.pulse import Pulse, PulseTaken
from bot.model.session import Attendance, Rsvp
from bot.model.story import Story, StoryDraft
from storage.tables import mapping
from tests.features.both import both, given, link
from tests.features.linking.acts import measured, planned, the_one


async def test_of_two_answers_the_last_counts_and_the_announcements_say_so(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        await here.press("bo", "Je viens")
        await here.wait(minutes=1)
        await there.press("bo77", "Peut-être")
        await here.press("cleo", "Je viens")
        await link(here, there)
        person = await the_one(here)
        answers = {r.person_id: r.answer for r in await here.kept(Rsvp)}
        assert len(answers) == 2
        assert answers[person.id] == "maybe"
        for side in (here, there):
            assert any("Viennent\u00a0: 1 · Peut-être\u00a0: 1" in text for text in side.in_room())
        await there.press("bo77", "Je viens")
        assert {r.answer for r in await here.kept(Rsvp)} == {"yes"}


async def test_whoever_came_is_noted_once_by_either_name(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        await here.wait(days=10, hours=3)
        await here.tell("ana", "présences 1 | Bo, Robert, Cleo")
        await link(here, there)
        assert len(await here.kept(Attendance)) == 2
        assert len(await here.kept(Activity, kind="attendance")) == 2
        await here.tell("ana", "présences 1 | Robert, Cleo, Bo")
        assert len(await here.kept(Attendance)) == 2


async def test_a_pulse_is_asked_once_and_taken_once(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await link(here, there)
        before = len(here.all_heard("bo")) + len(there.all_heard("bo77"))
        await here.tell("ana", "pouls")
        await here.press("ana", "Poser la question")
        assert len(here.all_heard("bo")) + len(there.all_heard("bo77")) == before + 1
        assert (await here.kept(Pulse))[0].asked == 5


async def test_who_took_a_pulse_on_both_sides_before_takes_no_third(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await here.tell("ana", "pouls")
        await here.press("ana", "Poser la question")
        for side, name in ((here, "bo"), (there, "bo77")):
            said = next(m for m in side.bot_said(f"direct-{name}") if m.message and len(m.message.choices) == 5)
            await side.platform.press(name, said.id, 3)
            await side.app.settle()
        assert len(await here.kept(PulseTaken, order="person_id")) == 2
        await link(here, there)
        assert len(await here.kept(PulseTaken, order="person_id")) == 1
        assert len(await here.kept(Activity, kind="pulse")) == 1


async def test_the_log_and_the_figures_know_one_person(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        first = await here.say("bo", "Bonjour")
        await there.say("bo77", "Bonsoir")
        await here.say("cleo", "Salut", answers=first)
        await there.press("bo77", "Je viens")
        await here.press("bo", "Je viens")
        assert (await measured(here)).people.value == 4
        await link(here, there)
        found = await measured(here)
        assert (found.people.value, found.messages.value, found.replies.value) == (3, 3, 1)
        person = await the_one(here)
        assert {a.who for a in await here.kept(Activity, kind="rsvp")} == {person.pseudonym}
        assert [a.answers_who for a in await here.kept(Activity, kind="reply")] == [person.pseudonym]
        await here.say("bo", "Encore")
        await there.say("bo77", "Toujours")
        assert len({a.who for a in await here.kept(Activity, kind="message")}) == 2, "Ana and one Bo"


async def test_the_figures_are_those_of_one_account_that_did_it_all(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    async def lived(folder: Path, *, linked: bool) -> Evaluation:
        async with both(folder) as (here, there):
            sides = ((here, "bo"), (there, "bo77")) if linked else ((here, "bo"), (here, "bo"))
            if linked:
                await link(here, there)
            await planned(here)
            for side, name in sides:
                said = await side.say(name, "Un mot")
                await side.platform.add_reaction(name, said, "👍")
                await side.press(name, "Je viens")
            await here.wait(days=10, hours=3)
            await here.tell("ana", "présences 1 | Bo, Cleo")
            return await measured(here, timedelta(days=14))

    one, two = await lived(tmp_path / "one", linked=False), await lived(tmp_path / "two", linked=True)
    assert list(one.measures()) == list(two.measures())


async def test_who_asked_not_to_be_counted_on_one_side_is_counted_on_neither(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await here.say("bo", "Bonjour")
        await there.tell("bo77", "journal arrêter")
        await there.press("bo77", "Effacer et sortir")
        await link(here, there)
        assert not (await the_one(here)).logged
        await here.say("bo", "Encore")
        await there.say("bo77", "Toujours")
        assert await here.kept(Activity, kind="message") == []


async def test_who_left_one_side_before_did_not_leave(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        code = await given(here, "bo")
        await there.say("bo77", "Bonjour")
        await there.leave("bo77")
        assert (await measured(here)).left.value == 1
        await there.join("bo77", "Robert")
        await there.tell("bo77", f"relier mon compte {code}")
        await there.press("bo77", "C’est moi, relier")
        await here.press("bo", "C’est moi, relier")
        assert (await measured(here)).left.value == 0


async def test_a_draft_and_stories_are_theirs_from_either_side(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        await there.tell("bo77", "récit 1")
        await there.press("bo77", "Écrire")
        await there.tell("bo77", "Un soir d’hiver, la lumière est revenue.")
        await link(here, there)
        assert len(await here.kept(StoryDraft, order="person_id")) == 1
        await there.press("bo77", "À mon nom")
        [story] = await here.kept(Story)
        assert story.person_id == (await the_one(here)).id
        assert "lumière" in await here.tell("bo", "mon récit")
        await here.wait(days=10, hours=3)
        assert any(text.startswith("Bo raconte") for text in here.in_room())
        assert any(text.startswith("Robert raconte") for text in there.in_room()), "as they are called there"
        assert not any("Robert" in text for text in here.in_room())


async def test_a_story_written_down_for_them_meanwhile_is_theirs(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        await here.tell("ana", "récit pour 1 | Robert | Un matin, le train n’est pas venu.")
        await link(here, there)
        await here.press("ana", "À mon nom")
        assert [s.person_id for s in await here.kept(Story)] == [(await the_one(here)).id]


async def test_every_table_that_speaks_of_a_person_is_moved(tmp_path: Path) -> None:
    """A table that is forgotten here would lose what it keeps of whoever links their accounts."""
    moved = {rows.of for rows in OF_A_PERSON}
    speaking = {
        mapper.class_
        for mapper in mapping.mappers
        if any(key.column.table.name == "person" for key in mapper.local_table.foreign_keys)
    }
    assert speaking - moved == {LinkCode, LinkTry}, "those two are over with the linking"
