"""Two weeks of a community's life on a real homeserver, as its members and its facilitator live them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.evaluation.measures import evaluate
from bot.model.community import Community
from bot.model.pulse import Pulse, SealedAnswer
from bot.model.session import Rsvp, Session
from tests.journeys.matrix_stage import matrix_stage
from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member


@pytest.mark.timeout(400)
async def test_two_weeks(tmp_path: Path, homeserver: Homeserver, new_member: NewMember) -> None:
    account = homeserver.register_fresh("veillee")
    ana = await new_member("ana", auto_join=True)
    members = [await new_member(name, auto_join=True) for name in ("bo", "cleo", "dan", "eli")]
    bo, cleo = members[0], members[1]
    room = await ana.create_room("Salon", public=True, invite=[account.user_id])
    for member in members:
        await member.join(room)
    async with matrix_stage(
        tmp_path, homeserver, account, room,
        icebreakers={"on": False}, pulse={"on": False},
    ) as s:  # fmt: skip
        await ana.wait_until(lambda: _joined(ana, room, account.user_id), what="the bot to join")
        await s.settle(ana)

        # A newcomer is greeted once, and gets first steps in private.
        fay = await new_member("fay", auto_join=True)
        await fay.set_name("Fay")
        await fay.join(room)
        await s.settle(ana)
        await s.wait(ana, minutes=6)
        greetings = [e for e in await s.said(ana) if "Bienvenue" in e["content"]["body"]]
        assert len(greetings) == 1
        assert "Fay" in greetings[0]["content"]["body"]
        assert fay.account.user_id in greetings[0]["content"]["m.mentions"]["user_ids"]
        private = await s.private(fay)
        first = "\n".join(e["content"]["body"] for e in await s.said(fay, private))
        assert "Je suis Veillée" in first
        assert "English" in first

        # A member chooses English, another asks for help with a typing mistake.
        await ana.say(room, "!veillee adie")
        await s.settle(ana)
        assert "!veillee aide" in (await s.last(ana))["content"]["body"]
        await s.click(fay, "English", private)
        assert any("speak English with you" in e["content"]["body"] for e in await s.said(fay, private))

        # A session is planned, said back in full, and posted only once confirmed.
        day = (s.clock.now() + timedelta(days=10)).astimezone().strftime("%Y-%m-%d")
        await ana.say(room, f"!veillee rencontre planifier Dire non | {day} 12:00 | 1 h 30 | https://example.org/salle")
        await s.settle(ana)
        draft = (await s.last(ana, await s.private(ana)))["content"]["body"]
        assert "Dire non" in draft
        assert "12\u00a0h (heure de Montréal)" in draft
        assert not [e for e in await s.said(ana) if "Rencontre" in e["content"]["body"]]
        await s.click(ana, "Annoncer")
        announced = next(e for e in await s.said(ana) if "Dire non" in e["content"]["body"])
        files = [e for e in await s.said(ana) if e["content"]["msgtype"] == "m.file"]
        event = Calendar.from_ical(await ana.download(files[0]["content"]["url"])).walk("VEVENT")[0]
        assert str(event["SUMMARY"]).startswith("Dire non")

        # Answers by one click; the last one counts.
        await s.click(bo, "Je viens", room)
        await s.click(cleo, "Je ne peux pas", room)
        await s.click(cleo, "Peut-être", room)
        async with s.app.store.unit() as unit:
            answers = sorted(r.answer for r in await unit.find(Rsvp))
        assert answers == ["maybe", "yes"]
        edits = [
            e["content"]["m.new_content"]["body"] for e in await ana.read_all(room)
            if e["content"].get("m.relates_to", {}).get("rel_type") == "m.replace"
        ]  # fmt: skip
        assert "Viennent\u00a0: 1" in edits[-1]

        # Seven days before, a story is asked for in private, told, read back, and signed.
        await s.wait(ana, days=4)
        prompt = (await s.last(fay, private))["content"]["body"]
        assert "Three sentences are plenty" in prompt
        await s.click(bo, "Écrire")
        told = "J’ai dit non à un bailleur.\nIl a rappelé. <b>Vraiment</b> @room"
        back = await s.tell(bo, told)
        assert "<b>Vraiment</b> @room" in back
        await s.click(bo, "À mon nom")
        await s.click(cleo, "Pas cette fois")

        # The day before, a reminder; fifteen minutes before, the antechamber; at the hour, the stories.
        await s.wait(ana, days=6, hours=20)
        assert any("Rappel" in e["content"]["body"] for e in await s.said(bo, await s.private(bo)))
        assert not any("Reminder" in e["content"]["body"] for e in await s.said(fay, private))
        in_thread = [
            e["content"] for e in await s.said(ana)
            if e["content"].get("m.relates_to", {}).get("event_id") == announced["event_id"]
            and e["content"]["m.relates_to"].get("rel_type") == "m.thread"
        ]  # fmt: skip
        bodies = [c["body"] for c in in_thread]
        assert any("antichambre" in body for body in bodies)
        stories = [c for c in in_thread if "bailleur" in c["body"]]
        assert len(stories) == 1
        assert "<b>Vraiment" not in stories[0].get("formatted_body", "")
        assert not stories[0]["m.mentions"].get("room")

        # Who came is noted in one command; the pulse is answered by one click, its results are the room's.
        await s.tell(ana, "présences 1 | bo, cleo")
        await ana.say(room, "!veillee pouls")
        await s.settle(ana)
        await s.click(ana, "Poser la question")
        await s.settle(ana)
        for member in (*members, fay):
            place = await s.private(member)
            question = (await s.last(member, place))["content"]["body"].splitlines()
            fifth = next(line for line in question if "5 ·" in line or "5️⃣" in line)
            await s.click(member, " ".join(fifth.split()[-2:]), place)
        async with s.app.store.unit() as unit:
            assert await unit.count(SealedAnswer) == 5
        await s.wait(ana, days=4)
        results = [e["content"]["body"] for e in await s.said(ana) if "Le pouls" in e["content"]["body"]]
        assert results
        assert "5 sur 5" in results[-1]
        async with s.app.store.unit() as unit:
            assert await unit.count(SealedAnswer) == 0
            assert (await unit.find(Pulse))[-1].counts == (0, 0, 0, 0, 5)
            community = await unit.one(Community)
            assert community is not None
            session = await unit.one(Session)
            assert session is not None
            evaluation = await evaluate(unit, community, community.since, s.clock.now(), s.clock.now())
        assert [x.theme for x in evaluation.sessions] == ["Dire non"]
        assert evaluation.stories_told.value == 1


async def _joined(member: Member, room: str, who: str) -> bool:
    return (await member.members(room)).get(who) == "join"


