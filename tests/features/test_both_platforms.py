"""One community on two platforms at once: spoken to on both, counted together, nothing copied across."""

from datetime import timedelta
from pathlib import Path

from bot.chat.content import File
from bot.chat.events import Someone
from bot.evaluation.measures import evaluate
from bot.model.activity import Activity
from bot.model.community import Community, Person
from bot.model.flow import Outbox
from bot.model.pulse import Pulse
from bot.model.session import Attendance, Rsvp
from tests import stage as bare
from tests.features.both import OTHER, SAY_NO, THERE, both, mentioned
from tests.features.pulse.acts import press_step
from tests.stage import HALL, START, Stage


async def planned(here: Stage) -> None:
    await here.say("ana", SAY_NO)
    await here.press("ana", "Annoncer")


def announced(side: Stage) -> list[str]:
    return [text for text in side.in_room() if text.startswith(("Rencontre\u00a0:", "Annulée\u00a0:"))]


async def test_a_session_is_announced_on_both_and_its_counts_are_one(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        assert len(announced(here)) == len(announced(there)) == 1
        await there.press("dee", "Je viens")
        for side in (here, there):
            assert "Viennent\u00a0: 1 · Peut-être\u00a0: 0" in announced(side)[0]
        await here.press("cleo", "Peut-être")
        for side in (here, there):
            assert "Viennent\u00a0: 1 · Peut-être\u00a0: 1" in announced(side)[0]
        assert len(await here.kept(Rsvp)) == 2


async def test_a_click_is_that_of_the_one_who_clicked_though_both_messages_look_alike(tmp_path: Path) -> None:
    """Identifiers are each platform's own: the same word on the other side is another person."""
    async with bare.stage(tmp_path, elsewhere={OTHER: [Someone("bo", "L’autre Bo")]}) as here:
        there = here.on(OTHER)
        await here.say("bo", "!veillee charte")
        await there.say("bo", "!veillee charte")
        people = await here.kept(Person, external="bo")
        assert [(p.platform, p.name) for p in people] == [("rehearsal", "Bo"), (OTHER, "L’autre Bo")]
        assert len(here.all_heard("bo")) == len(there.all_heard("bo")) == 1


async def test_moved_then_cancelled_on_both_and_each_told_on_their_side(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        await there.press("dee", "Je viens")
        await here.press("cleo", "Je viens")
        await here.tell("ana", "rencontre déplacer 1 | vendredi 15 janvier 12 h")
        await here.press("ana", "Déplacer la rencontre")
        assert "vendredi 15 janvier" in announced(here)[0]
        assert "vendredi 15 janvier" in announced(there)[0]
        assert "vendredi 15 janvier" in there.heard("dee")
        assert "vendredi 15 janvier" in here.heard("cleo")
        assert here.all_heard("dee") == there.all_heard("cleo") == []
        await here.tell("ana", "rencontre annuler 1")
        await here.press("ana", "Annuler la rencontre")
        for side in (here, there):
            assert announced(side)[0].startswith("Annulée\u00a0: Dire non")
        assert "annulée" in there.heard("dee")


async def test_an_icebreaker_goes_to_both_and_replies_stay_where_they_are(tmp_path: Path) -> None:
    async with both(tmp_path, icebreakers={"on": True, "day": "tuesday"}) as (here, there):
        await here.wait(days=1)
        [asked], [asked_there] = here.bot_said(), there.bot_said()
        assert bare.read(asked.message) == bare.read(asked_there.message)
        await there.say("dee", "La confiture de ma grand-mère", answers=asked_there.id)
        assert not any("confiture" in said.text for said in here.platform.said)
        assert not any("confiture" in text for text in here.in_room())
        [reply] = await here.kept(Activity, kind="reply")
        assert reply.who == (await here.kept(Person, external="dee"))[0].pseudonym


async def test_the_antechamber_opens_in_the_thread_of_each_side(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        await here.wait(days=10, hours=1, minutes=50)
        for side in (here, there):
            [antechamber] = [m for m in side.bot_said() if "antichambre" in bare.read(m.message).split("\n")[0]]
            [first] = [m for m in side.bot_said() if bare.read(m.message).startswith("Rencontre")]
            assert antechamber.thread == first.id


async def test_a_pulse_is_asked_once_each_where_they_are_and_told_on_both(tmp_path: Path) -> None:
    pulse = {"on": False, "after_sessions": False, "open_days": 2}
    async with both(tmp_path, pulse=pulse) as (here, there):
        await here.tell("ana", "pouls")
        await here.press("ana", "Poser la question")
        asked = {name: here.all_heard(name) for name in ("bo", "cleo")} | {
            name: there.all_heard(name) for name in ("dee", "eli", "bo77")
        }
        assert all(len(heard) == 1 for heard in asked.values())
        assert (await here.kept(Pulse))[0].asked == 6
        for side, names in ((here, ("ana", "bo", "cleo")), (there, ("dee", "eli"))):
            for step, name in enumerate(names, start=1):
                await press_step(side, name, step)
        await here.wait(days=3)
        assert sum((await here.kept(Pulse))[0].counts) == 5
        assert here.in_room()[-1] == there.in_room()[-1]
        assert "5" in here.in_room()[-1]


async def test_stories_of_both_sides_are_told_on_both(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await planned(here)
        for side, name, words in ((here, "cleo", "Un matin, j’ai dit non."), (there, "dee", "Un soir, j’ai dit oui.")):
            await side.tell(name, "récit 1")
            await side.press(name, "Écrire")
            await side.tell(name, words)
            await side.press(name, "À mon nom")
        await here.wait(days=10, hours=3)
        for side in (here, there):
            told = "\n".join(side.in_room())
            assert "Cleo raconte\u00a0:\n> Un matin, j’ai dit non." in told
            assert "Dee raconte\u00a0:\n> Un soir, j’ai dit oui." in told


async def test_a_voice_told_on_one_side_is_heard_on_the_other(tmp_path: Path) -> None:
    async with both(tmp_path, facilitators=("ana",)) as (here, there):
        await planned(here)
        for name, sharing in (("dee", "À mon nom"), ("eli", "Lu par l’animation"), ("bo77", "À mon nom")):
            uri = f"voices/{name}"
            there.platform.files[uri] = f"la voix de {name}".encode()
            await there.tell(name, "récit 1")
            await there.press(name, "Note vocale")
            await there.tell(name, "", files=(File("note.ogg", "audio/ogg", uri=uri),))
            await there.press(name, sharing)
        there.platform.files["voices/bo77"] = b""  # they removed it there
        await here.wait(days=10, hours=3)
        here_files = [f for said in here.bot_said() if said.message for f in said.message.files]
        assert [f.data for f in here_files if f.mime == "audio/ogg"] == [b"la voix de dee"]
        there_files = [f for said in there.bot_said() if said.message for f in said.message.files]
        assert {f.uri for f in there_files if f.mime == "audio/ogg"} == {"voices/dee", "voices/bo77"}
        assert any("Il n’est plus là où il avait été envoyé" in text for text in here.in_room())
        entrusted = [f for said in here.bot_said("direct-ana") if said.message for f in said.message.files]
        assert [f.data for f in entrusted] == [b"la voix de eli"]


async def test_newcomers_are_greeted_where_they_arrive_and_not_on_the_other_side(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        await here.join("zoe", "Zoé")
        await there.join("karim", "Karim")
        await here.wait(minutes=10)
        assert here.in_room()[0].startswith("Bienvenue à Zoé.")
        assert there.in_room()[0].startswith("Bienvenue à Karim.")
        assert len(here.in_room()) == len(there.in_room()) == 1
        assert (mentioned(here), mentioned(there)) == (["zoe"], ["karim"])
        assert (len(here.all_heard("zoe")), len(there.all_heard("karim"))) == (2, 2)


async def test_an_introduction_stays_on_the_side_where_it_is_posted(tmp_path: Path) -> None:
    async with both(tmp_path, language="en") as (here, there):
        await there.tell("dee", "introduce")
        for answer in ("I fix bicycles", "skip", "skip"):
            await there.tell("dee", answer)
        await there.press("dee", "Post it")
        assert "I fix bicycles" in there.in_room()[-1]
        assert here.in_room() == []
        assert not any("bicycles" in row.action for row in await here.kept(Outbox))


async def test_whoever_is_mentioned_and_not_there_is_named_in_plain_words(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        async with here.store.unit() as unit:
            community = await unit.one(Community, slug="cercle")
            dee = await unit.one(Person, external="dee")
            assert community is not None
            assert dee is not None
            ctx = here.app.unasked.context(unit, community, cause="test")
            await ctx.post((*ctx.voice().say("welcome-back", names=ctx.mention(dee)),), purpose="test")
        await here.app.settle()
        assert here.in_room()[-1] == there.in_room()[-1] == "Bon retour, Dee."
        assert (mentioned(here), mentioned(there)) == ([], ["dee"])


async def test_a_facilitator_on_one_side_is_none_on_the_other(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        there.platform.rooms[HALL].levels["eli"] = 50
        assert "réservée" in await there.tell("dee", "brise-glace")
        await there.tell("eli", "brise-glace")
        assert len(here.in_room()) == len(there.in_room()) == 1


async def test_attendance_takes_names_of_both_sides_and_of_two_alike_the_one_of_here(tmp_path: Path) -> None:
    there_too = [*THERE, Someone("cleo9", "Cleo")]
    async with bare.stage(tmp_path, elsewhere={OTHER: there_too}, stories={"days": ()}) as here:
        await planned(here)
        await here.wait(days=10, hours=3)
        assert "Dee et Cleo" in await here.tell("ana", "présences 1 | Dee, Cleo")
        people = {p.id: p.external for p in await here.kept(Person)}
        assert {people[a.person_id] for a in await here.kept(Attendance)} == {"dee", "cleo"}


async def test_the_figures_are_those_of_the_community_whichever_the_side(tmp_path: Path) -> None:
    async with both(tmp_path) as (here, there):
        first = await here.say("cleo", "Bonjour")
        await here.say("bo", "Salut", answers=first)
        await there.say("dee", "Bonsoir")
        await there.platform.add_reaction("eli", there.platform.said[-1].id, "👍")
        await there.app.settle()
        async with here.store.unit() as unit:
            community = await unit.one(Community, slug="cercle")
            assert community is not None
            found = await evaluate(unit, community, START, START + timedelta(days=7), START + timedelta(days=7))
        assert (found.people.value, found.messages.value, found.replies.value, found.reactions.value) == (4, 2, 1, 1)
