"""Commands, buttons, forms, polls and the calendar: the double against a plain discord.py client."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.discord.bodies import Violation
from tests.discord.double import Double
from tests.discord.errors import CannotDo
from tests.discord.guild import Guild
from tests.discord.permissions import bits
from tests.discord.plain import Client, salon


class Form(discord.ui.Modal, title="Un récit"):
    """A field in a label, as forms are today, and a file."""

    words: discord.ui.Label[Any] = discord.ui.Label(
        text="Ton récit", component=discord.ui.TextInput(custom_id="words", max_length=200)
    )
    note: discord.ui.Label[Any] = discord.ui.Label(
        text="Une note", component=discord.ui.FileUpload(custom_id="note", required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        line, upload = self.words.component, self.note.component
        assert isinstance(line, discord.ui.TextInput)
        assert isinstance(upload, discord.ui.FileUpload)
        heard = b"".join([await f.read() for f in upload.values])
        await interaction.response.send_message(f"Reçu : {line.value} {heard.decode()}", ephemeral=True)


class Buttons(discord.ui.View):
    @discord.ui.button(label="Je viens", custom_id="c/1/0")
    async def coming(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.edit_message(content="1 personne vient", view=self)

    @discord.ui.button(label="Raconter", custom_id="c/1/1")
    async def telling(self, interaction: discord.Interaction, _: Any) -> None:
        await interaction.response.send_modal(Form())


async def registered(client: Client) -> None:
    tree, session = client.tree, app_commands.Group(name="session", description="Les rencontres")

    @session.command(description="Prévoir une rencontre")
    async def plan(interaction: discord.Interaction, theme: str, places: app_commands.Range[int, 1, 50] = 10) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send(f"{theme} ({places})")

    @plan.autocomplete("theme")
    async def themes(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=typed.upper(), value=typed)]

    @tree.command(description="Ne répond jamais")
    @app_commands.default_permissions(manage_events=True)
    async def silence(interaction: discord.Interaction) -> None:
        await asyncio.sleep(0)

    tree.add_command(session)
    await tree.sync()


async def test_a_command_is_held_to_what_was_registered(double: Double, cercle: Guild, client: Client) -> None:
    await registered(client)
    bo, place = cercle.join("Bo"), cercle.channels[0]
    asked = await (await bo.slash(place, "session plan", theme="refuser", places=3)).answer()
    assert (asked.text, asked.ephemeral, asked.thinking) == ("refuser (3)", True, False)
    assert place.messages == []
    assert [c["name"] for c in await bo.autocomplete(place, "session plan", "theme", "ref")] == ["REF"]
    for wrong in ({"theme": 3}, {"places": 3}, {"theme": "a", "places": 51}, {"theme": "a", "autre": "b"}):
        with pytest.raises(CannotDo):
            await bo.slash(place, "session plan", **wrong)
    with pytest.raises(CannotDo, match="silence"):
        await bo.slash(place, "silence")
    ids = {c["id"] for c in double.application.commands}
    await client.tree.sync()
    assert {c["id"] for c in double.application.commands} == ids


async def test_an_answer_comes_in_time_or_not_at_all(double: Double, cercle: Guild, client: Client) -> None:
    await registered(client)
    bo, place = cercle.join("Bo", roles=(cercle.role("Animation", "manage_events"),)), cercle.channels[0]
    asked = await bo.slash(place, "silence")
    asked.window = 0.05
    with pytest.raises(CannotDo, match="within"):
        await asked.answer()
    assert asked.failed
    callback = discord.http.Route(
        "POST", "/interactions/{interaction_id}/{token}/callback", interaction_id=asked.id, token=asked.token
    )
    with pytest.raises(discord.NotFound) as late:
        await client.http.request(callback, json={"type": 5})
    assert late.value.code == 10062
    asked.window = 3
    await client.http.request(callback, json={"type": 5, "data": {"flags": 64}})
    with pytest.raises(discord.HTTPException) as twice:
        await client.http.request(callback, json={"type": 5})
    assert twice.value.code == 40060
    asked.expire()
    edit = discord.http.Route(
        "PATCH", "/webhooks/{id}/{token}/messages/@original", id=client.application_id, token=asked.token
    )
    with pytest.raises(discord.HTTPException) as expired:
        await client.http.request(edit, json={"content": "trop tard", "allowed_mentions": {"parse": []}})
    assert expired.value.code == 50027


async def test_buttons_and_forms(double: Double, cercle: Guild, client: Client) -> None:
    bo, place = cercle.join("Bo"), cercle.channels[0]
    client.add_view(Buttons(timeout=None))
    await salon(client).send("Qui vient ?", view=Buttons(timeout=None))
    card = await place.heard("Qui vient")
    assert card.labels == ["Je viens", "Raconter"]
    await (await bo.click(card, "Je viens")).answer()
    assert (card.content, card.earlier) == ("1 personne vient", ["Qui vient ?"])
    form = await (await bo.click(card, "Raconter")).answer()
    with pytest.raises(CannotDo, match="short"):
        await bo.submit(form, {"Une note": []})
    voice = cercle.file("note.txt", b"de vive voix", "text/plain")
    told = await (await bo.submit(form, {"Ton récit": "Un jour…"}, files={"Une note": [voice]})).answer()
    assert (told.text, told.ephemeral) == ("Reçu : Un jour… de vive voix", True)
    with pytest.raises(CannotDo, match="sees no"):
        await bo.click(card, "Peut-être")


async def test_polls(double: Double, cercle: Guild, client: Client) -> None:
    bo, cleo, place = cercle.join("Bo"), cercle.join("Cleo"), cercle.channels[0]
    poll = discord.Poll("On se voit quand ?", timedelta(hours=24))
    poll.add_answer(text="Jeudi")
    poll.add_answer(text="Vendredi")
    sent = await salon(client).send(poll=poll)
    shown = place.from_bot[0]
    await bo.vote(shown, "Jeudi")
    await bo.vote(shown, "Vendredi")
    await cleo.vote(shown, "Vendredi")
    await cleo.unvote(shown)
    await double.until(lambda: client.events.count("MESSAGE_POLL_VOTE_ADD") == 3)
    fetched = await salon(client).fetch_message(sent.id)
    assert fetched.poll
    answer = fetched.poll.answers[1]
    assert ([u.id async for u in answer.voters()], answer.vote_count) == ([bo.user.id], 1)
    await fetched.end_poll()
    assert shown.poll
    assert shown.poll.finalized
    with pytest.raises(CannotDo):
        await cleo.vote(shown, "Jeudi")


async def test_the_calendar(double: Double, cercle: Guild, client: Client) -> None:
    bo, voice, guild = cercle.join("Bo"), cercle.voice("Le cercle à voix haute"), client.guilds[0]
    starts = discord.utils.utcnow() + timedelta(days=1)
    await double.until(lambda: guild.voice_channels)
    made = await guild.create_scheduled_event(
        name="Refuser", start_time=starts, channel=guild.voice_channels[0],
        privacy_level=discord.PrivacyLevel.guild_only,
    )  # fmt: skip
    event = double.events[0]
    assert (event.name, event.channel_id) == ("Refuser", voice.id)
    await bo.interested(event)
    assert [u.id async for u in made.users()] == [bo.user.id]
    await cercle.owner.move_event(event, starts=starts + timedelta(hours=2))
    await double.until(lambda: guild.scheduled_events[0].start_time == starts + timedelta(hours=2))
    await made.cancel()
    assert (event.status, await guild.fetch_scheduled_events()) == (4, [])
    for n in range(100):
        cercle.event(f"Rencontre {n}", starts)
    with pytest.raises(discord.HTTPException) as full:
        await guild.create_scheduled_event(
            name="Une de trop", start_time=starts, end_time=starts + timedelta(hours=1), location="ici",
            privacy_level=discord.PrivacyLevel.guild_only, entity_type=discord.EntityType.external,
        )  # fmt: skip
    assert full.value.code == 30038


HELD = {
    "name": "Hier", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "ici"},
    "scheduled_end_time": "2099-01-02T00:00:00Z",
}  # fmt: skip
NOBODY: dict[str, Any] = {"allowed_mentions": {"parse": []}}
BUTTON = {"type": 2, "style": 1, "label": "Oui", "custom_id": "a"}
OPTION = {"type": 3, "name": "theme", "description": "Le thème"}
QUESTION = {"question": {"text": "Quand ?"}}


def row(*controls: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(controls)}


def wanted(**changes: Any) -> list[dict[str, Any]]:
    return [{"name": "session", "description": "Les rencontres", "type": 1} | changes]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("messages", {"content": "a" * 2001} | NOBODY),
        ("messages", {"content": " "} | NOBODY),
        ("messages", {"content": "a", "nonce": "n" * 26} | NOBODY),
        ("messages", {"content": "a", "components": [row()]} | NOBODY),
        ("messages", {"content": "a", "components": [row(BUTTON, BUTTON)]} | NOBODY),
        ("messages", {"content": "a", "components": [row(BUTTON | {"label": "o" * 81})]} | NOBODY),
        ("messages", {"content": "a", "components": [row(BUTTON | {"custom_id": "o" * 101})]} | NOBODY),
        ("messages", {"content": "a", "components": [row(BUTTON | {"custom_id": f"{n}"}) for n in range(6)]} | NOBODY),
        ("messages", {"embeds": [{"fields": [{"name": "", "value": "a"}]}]} | NOBODY),
        ("messages", {"poll": QUESTION | {"answers": [{"poll_media": {"text": "o" * 56}}]}} | NOBODY),
        ("messages", {"poll": QUESTION | {"answers": [{"poll_media": {"text": "a"}}] * 11}} | NOBODY),
        ("commands", wanted(name="Session")),
        ("commands", wanted(name="une session")),
        ("commands", wanted(description="")),
        ("commands", wanted(description="d" * 101)),
        ("commands", wanted(name_localizations={"fr": "Rencontre"})),
        ("commands", wanted(options=[OPTION | {"name": f"o{n}"} for n in range(26)])),
        ("commands", wanted(options=[OPTION, OPTION | {"name": "b", "required": True}])),
        ("commands", wanted(options=[OPTION | {"choices": [{"name": "", "value": "a"}]}])),
        ("commands", wanted() * 2),
        ("events", HELD | {"scheduled_start_time": "2020-01-01T00:00:00Z"}),
        ("events", HELD | {"scheduled_start_time": "2098-01-01T00:00:00Z"}),
        ("events", HELD | {"scheduled_start_time": "2020-01-01T00:00:00"}),
        ("threads", {"name": "", "type": 11}),
    ],
)  # fmt: skip
async def test_what_discord_refuses_is_refused_and_remembered(
    double: Double, cercle: Guild, client: Client, kind: str, body: Any
) -> None:
    paths = {
        "commands": ("PUT", f"/applications/{client.application_id}/commands"),
        "events": ("POST", f"/guilds/{cercle.id}/scheduled-events"),
    }
    method, path = paths.get(kind, ("POST", f"/channels/{cercle.channels[0].id}/{kind}"))
    with pytest.raises(discord.HTTPException) as refused:
        await client.http.request(discord.http.Route(method, path), json=body)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert double.violations
    double.violations.clear()


async def test_a_form_that_discord_refuses(double: Double, cercle: Guild, client: Client) -> None:
    await registered(client)
    bo = cercle.join("Bo", roles=(cercle.role("Animation", "manage_events"),))
    asked = await bo.slash(cercle.channels[0], "silence")
    line = {"type": 4, "custom_id": "a", "style": 1}
    good = {"type": 18, "label": "Ton récit", "component": line}
    callback = discord.http.Route("POST", f"/interactions/{asked.id}/{asked.token}/callback")
    for title, nodes in [("t" * 46, [good]), ("t", []), ("t", [good | {"label": "o" * 46}]), ("t", [good, good])]:
        data = {"title": title, "custom_id": "f/1", "components": nodes}
        with pytest.raises(discord.HTTPException):
            await client.http.request(callback, json={"type": 9, "data": data})
        assert double.violations
        double.violations.clear()
    data = {"title": "t", "custom_id": "f/1", "components": [good]}
    await client.http.request(callback, json={"type": 9, "data": data})
    assert asked.modal


async def test_a_violation_fails_at_the_close() -> None:
    double = await Double().start()
    double.violations.append(Violation("POST", "/channels", "content", "too long"))
    with pytest.raises(AssertionError, match="too long"):
        await double.close()


async def test_a_message_says_whom_it_may_mention(double: Double, cercle: Guild, client: Client) -> None:
    place, ana = cercle.channels[0], cercle.join("Ana")
    cercle.grant("mention_everyone")
    allowed = discord.AllowedMentions(everyone=False, users=[discord.Object(ana.user.id)], roles=False)
    await salon(client).send(f"@everyone {ana.mention}", allowed_mentions=allowed)
    sent = place.from_bot[0]
    assert (sent.mentions, sent.mention_everyone) == ([ana.user], False)
    await client.http.request(discord.http.Route("POST", f"/channels/{place.id}/messages"), json={"content": "a"})
    assert [v.why for v in double.violations] == ["allowed_mentions is missing"]
    double.violations.clear()
    assert bits("mention_everyone") & cercle.bot_role.permissions
