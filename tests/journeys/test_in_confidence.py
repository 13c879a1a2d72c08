"""A community that speaks in an encrypted room: three weeks of its life with Veillée, which is killed twice meanwhile.

Its members' client is not ours, and speaks to no device that its account does not vouch for.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from tests.journeys.a_season import day
from tests.journeys.company import Company, body_of, in_doubt, thread_of
from tests.journeys.veillee import Veillee
from tests.members.clients import Clients
from tests.members.member import EncryptedMember
from tests.synapse.homeserver import Homeserver
from tests.synapse.member import Member

SETTINGS = """
[communities.icebreakers]
on = false
[communities.pulse]
on = false
[communities.attention]
per_week = 21
"""
VOICE = b"OggS" + bytes(range(256)) * 40


@pytest.mark.timeout(400)
async def test_three_weeks(tmp_path: Path, clients: Clients) -> None:
    begins = day(4, 9)
    with Homeserver(tmp_path / "homeserver", hour=begins) as homeserver:
        account = homeserver.register_fresh("veillee")

        def member(name: str) -> EncryptedMember:
            return EncryptedMember(clients, homeserver.url, homeserver.register_fresh(name), auto_join=True)

        eli = Member(homeserver.url, homeserver.register_fresh("eli"), auto_join=True)
        async with member("ana") as ana, member("bo") as bo, member("cleo") as cleo, member("dan") as dan, eli:
            salon = await ana.create_room(
                "Salon", public=True, invite=[account.user_id, cleo.user_id, dan.user_id]
            )
            square = await ana.create_room("Place", public=True, invite=[account.user_id], encrypted=False)
            await eli.join(square)
            for name, who in (("Ana", ana), ("Bo", bo), ("Cleo", cleo), ("Dan", dan), ("Éli", eli)):
                await who.set_name(name)
            veillee = Veillee(
                tmp_path, url=homeserver.url, account=account, room=salon, beside=[square],
                facilitator=ana.user_id, more=SETTINGS, hour=homeserver.hour,
            )  # fmt: skip
            company = Company(homeserver, veillee, account.user_id)
            veillee.start()
            try:
                await _three_weeks(company, salon, square, ana, bo, cleo, dan, eli)
            finally:
                veillee.kill()
            assert veillee.kills == 3


async def _three_weeks(
    company: Company, salon: str, square: str, ana: EncryptedMember, bo: EncryptedMember, cleo: EncryptedMember,
    dan: EncryptedMember, eli: Member,
) -> None:  # fmt: skip
    veillee, bot = company.veillee, company.bot
    for member in (ana, cleo, dan):
        await member.wait_for(lambda e: e["sender"] == bot and e["content"]["membership"] == "join", salon, 60)
    await eli.wait_for(lambda e: e["sender"] == bot and e["content"]["membership"] == "join", square)

    # In the plain room all is as it was; in private each begins as they like.
    help_in_plain = await company.private(eli)
    await company.asks(eli, help_in_plain, "aide", "me présenter")
    await company.asks(ana, salon, "!veillee adie", "!veillee aide")

    # A newcomer is greeted, gets first steps in private, and prefers English.
    await bo.join(salon)
    await company.heard(await cleo.say(salon, "Contente de te voir, Bo"))
    await company.at(day(4, 9, 10))
    greeting = await company.shown(ana, salon, "Bienvenue", "Bo")
    assert bo.user_id in greeting["content"]["m.mentions"]["user_ids"]
    with_bo = await bo.direct_room_with(bot)
    steps = await company.shown(bo, with_bo, "Pour commencer", "English")
    await company.clicks(bo, steps, "English", "To begin")
    await company.asks(bo, with_bo, "help", "introduce yourself")

    # A session is planned in private and announced to all, with its file.
    with_ana = await company.private(ana)
    draft = await company.asks(
        ana, with_ana, "rencontre planifier Dire non | 2027-01-14 12:00 | 1 h 30 | https://example.org/salle",
        "Dire non", "12\u00a0h",
    )  # fmt: skip
    announced = await company.clicks(ana, draft, "Annoncer", "Rencontre", "Dire non", where=salon)
    file = await bo.wait_for(lambda e: e["sender"] == bot and e["content"]["msgtype"] == "m.file", salon)
    event = Calendar.from_ical(await bo.file_of(file)).walk("VEVENT")[0]
    assert str(event["SUMMARY"]).startswith("Dire non")

    # Answers by a reaction and by words, which Veillée finds when it comes back.
    await company.clicks(bo, announced, "Je viens", "Viennent\u00a0: 1")
    with_cleo = await company.private(cleo)
    veillee.kill()
    mark = cleo.mark()
    await cleo.say(with_cleo, "je viens")
    veillee.start()
    await company.shown(cleo, with_cleo, "tu viens à «\u00a0Dire non\u00a0»", after=mark)
    await company.shown(cleo, salon, "Viennent\u00a0: 2", after=mark)
    taken_back = await company.clicks(dan, announced, "Je viens", "Viennent\u00a0: 3")
    mark = dan.mark()
    await dan.redact(salon, taken_back["by"])
    await company.shown(dan, salon, "Viennent\u00a0: 2", after=mark)
    await company.clicks(dan, announced, "Peut-être", "Viennent\u00a0: 2", "Peut-être\u00a0: 1")
    await company.done()
    answers = [e for e in await cleo.read_all(with_cleo) if "tu viens à" in e["content"].get("body", "")]
    assert len(answers) == 1

    # An icebreaker, and what is said in its thread.
    asked = await company.asks(ana, with_ana, "brise-glace maintenant", "brise-glace de la semaine", where=salon)
    said = await bo.say(salon, "A notebook", thread=asked["event_id"])
    reply = await cleo.say(salon, "Moi aussi", thread=asked["event_id"], reply_to=said)
    await ana.wait_for(lambda e: e["event_id"] == reply and not e["unreadable"])

    # A story told aloud in private, killed before it is decided who hears it.
    await company.at(day(7, 12, 30))
    prompt = await company.shown(bo, with_bo, "Three sentences are plenty")
    await company.clicks(bo, prompt, "Voice note", "Send your voice note")
    mark = bo.mark()
    await bo.send_voice(with_bo, VOICE, seconds=4)
    shown = await company.shown(bo, with_bo, "Who may read it", after=mark)
    veillee.kill()
    veillee.start()
    await company.clicks(bo, shown, "My name", "Kept under your name")

    # A poll of the platform's own; the last vote counts.
    await company.asks(ana, with_ana, "sondage Quel jour | jeudi, mardi | 2 jours", "sondage 1")
    opened = await ana.wait_for(lambda e: e["sender"] == bot and e["type"].endswith("poll.start"), salon)
    ballot = await cleo.poll(salon, opened["event_id"])
    assert (ballot.question, sorted(ballot.answers.values())) == ("Quel jour", ["jeudi", "mardi"])
    ids = {label: id for id, label in ballot.answers.items()}
    votes = ((cleo, "mardi"), (dan, "mardi"), (cleo, "jeudi"), (ana, "jeudi"))
    for minute, (voter, label) in enumerate(votes):
        await company.at(day(7, 13, minute))
        await voter.vote(salon, opened["event_id"], ids[label])
    await company.heard(await dan.say(salon, "C’est fait"))
    await company.at(day(10, 12))
    results = await company.shown(bo, salon, "Résultats du sondage", "Quel jour")
    assert "avec 2 votes\u00a0: jeudi" in body_of(results)
    assert (await bo.poll(salon, opened["event_id"])).ended

    # At the hour the story is heard by all, in the session's thread.
    await company.at(day(14, 12, 1))
    shared = await cleo.wait_for(
        lambda e: e["sender"] == bot and e["content"]["msgtype"] == "m.audio", salon, after=0
    )
    assert thread_of(shared) == announced["event_id"]
    assert await cleo.file_of(shared) == VOICE

    # The pulse, one click each, in private, wherever that is.
    everybody: list[Member] = [ana, bo, cleo, dan, eli]
    marks = [who.mark() for who in everybody]
    await company.asks(ana, with_ana, "pouls", "Poser la question")
    await company.asks(ana, with_ana, "1", "5 membres")
    for who, mark in zip(everybody, marks, strict=True):
        sealed = "answer is sealed" if who is bo else "réponse est scellée"
        question = await company.shown(who, await who.direct_room_with(bot), sealed, "5️⃣ 5", after=mark)
        thanks = await company.clicks(who, question, "5", sealed)
        # Who could see there which it was no longer can.
        await company.gone(who, thanks["room_id"], thanks["by"])
    await company.at(day(18, 12))
    await company.shown(cleo, salon, "Le pouls", "5 sur 5")

    # To be forgotten, and to leave.
    sure = await company.asks(bo, with_bo, "forget me", "Erase it all")
    await company.clicks(bo, sure, "Erase it all", "Done: everything that led to you is erased")
    assert not veillee.rows(f"select id from person where external = '{bo.user_id}'")
    await bo.leave(salon)
    await company.heard(await cleo.say(salon, "À bientôt"))

    # Whoever was there read all of it, and was never warned.
    assert await ana.devices(bot) == {veillee.device: True}
    for reader, room in ((ana, salon), (cleo, salon), (ana, with_ana), (cleo, with_cleo), (bo, with_bo)):
        assert in_doubt(await reader.read_all(room), bot) == []
    # Bo came later and left: what they read is what arrived meanwhile.
    arrived = bo.timeline(salon)
    came = next(i for i, e in enumerate(arrived) if e["sender"] == bo.user_id)
    assert in_doubt(arrived[came:], bot) == []
    assert not [e for e in await eli.read_all(square) if e["type"] == "m.room.encrypted"]
