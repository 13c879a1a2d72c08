"""`veillee check` against Discord: one line for each thing, in both languages, and what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.check import examine
from adapters.discord.settings import DiscordPlaces, DiscordSettings
from bot.chat.language import Language
from bot.operator import words
from tests.discord.channel import Channel
from tests.discord.double import Double
from tests.discord.guild import Guild
from tests.typed import veillee

# By hand, from Discord's own table: to see channels, write, attach files, read what was said, come into voice rooms;
# public threads, and writing in threads; events of one's own; polls; pins.
BARE = [10, 11, 15, 16, 20, 35, 38, 44, 49, 51]
INVITED = sum(1 << bit for bit in BARE)
WITH_ROLE = INVITED + (1 << 28)

CONFIG = """
[discord]
token = "{token}"
api = "{api}"
[[communities]]
slug = "cercle"
name = "Le cercle"
[communities.discord]
server = "{server}"
main = "salon"
"""


@dataclass
class Server:
    """All is as it should be, with the permissions of the invitation and no others; each test spoils something."""

    discord: Double
    guild: Guild
    hall: Channel
    office: Channel
    account: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)

    def content_off(self) -> None:
        self.account["read_messages"] = True
        self.discord.application.content_approved = False

    def raise_role(self, name: str) -> None:
        """Above the bot's own."""
        next(role for role in self.guild.roles.values() if role.name == name).position = 60

    async def lines(self, language: Language) -> list[str]:
        settings = DiscordSettings.model_validate({"token": "token", "api": self.discord.url} | self.account)
        places = [DiscordPlaces.model_validate({"slug": "cercle", "server": str(self.guild.id)} | self.places)]
        found = await examine(settings, places)
        said = [("✓ " if f.ok else "✗ ") + words(f.id, spoken=language, **f.variables) for f in found]
        assert not any("\n" in line for line in said)
        return [line.replace("\u00a0", " ") for line in said]

    async def wrong(self, language: Language) -> list[str]:
        return [line for line in await self.lines(language) if line.startswith("✗")]


@pytest.fixture
def server(double: Double) -> Server:
    guild = double.guild("Le cercle", permissions=WITH_ROLE)
    everyone = guild.roles[guild.id]
    everyone.permissions = 0
    hall, office = guild.text("salon"), guild.text("animation")
    guild.role("Animation")
    guild.role("Membre")
    places = {"main": "salon", "office": "#animation", "facilitators": "Animation", "members": "Membre"}
    return Server(double, guild, hall, office, places=places)


async def test_all_well_with_what_the_invitation_asks_for_and_nothing_more(server: Server) -> None:
    assert await server.lines("fr") == [
        "✓ Le jeton est accepté : le bot s’appelle Veillée.",
        "✓ Les arrivées et les départs seront vus.",
        "✓ cercle : le bot est sur le serveur Le cercle.",
        "✓ cercle : salons vus : 2.",
    ]
    assert await server.lines("en") == [
        "✓ The token is accepted: the bot is called Veillée.",
        "✓ Arrivals and departures will be seen.",
        "✓ cercle: the bot is on the server Le cercle.",
        "✓ cercle: channels seen: 2.",
    ]


@pytest.mark.parametrize(("role", "permissions"), [("", INVITED), ("Membre", WITH_ROLE)])
async def test_not_on_the_server_the_address_of_the_invitation(server: Server, role: str, permissions: int) -> None:
    server.guild.put_bot_out()
    server.places["members"] = role
    application = server.discord.application.id
    address = "https://discord.com/oauth2/authorize"
    address += f"?client_id={application}&scope=bot+applications.commands&permissions={permissions}"
    (said,) = await server.wrong("fr")
    id = server.guild.id
    assert said == f"✗ cercle : le bot n’est pas sur le serveur {id}. Ouvre cette adresse pour l’y inviter : {address}"
    (said,) = await server.wrong("en")
    assert said == f"✗ cercle: the bot is not on the server {id}. Open this address to invite it: {address}"


PERMISSIONS = {
    "view_channel": ("#salon", "Voir le salon", "View Channel"),
    "send_messages": ("#salon", "Envoyer des messages", "Send Messages"),
    "read_message_history": ("#salon", "Voir les anciens messages", "Read Message History"),
    "attach_files": ("#salon", "Joindre des fichiers", "Attach Files"),
    "create_public_threads": ("#salon", "Créer des fils publics", "Create Public Threads"),
    "send_messages_in_threads": ("#salon", "Envoyer des messages dans les fils", "Send Messages in Threads"),
    "send_polls": ("#salon", "Créer des sondages", "Create Polls"),
    "pin_messages": ("#salon", "Épingler des messages", "Pin Messages"),
}
ON_SERVER = {
    "create_events": ("Créer des événements", "Create Events"),
    "connect": ("Se connecter", "Connect"),
    "manage_roles": ("Gérer les rôles", "Manage Roles"),
}


@pytest.mark.parametrize("permission", PERMISSIONS)
async def test_a_permission_missing_in_a_channel_is_one_line(server: Server, permission: str) -> None:
    server.hall.deny(server.guild.me, permission)
    channel, french, english = PERMISSIONS[permission]
    (said,) = await server.wrong("fr")
    assert channel in said
    assert f"« {french} »" in said
    (said,) = await server.wrong("en")
    assert channel in said
    assert f"“{english}”" in said


@pytest.mark.parametrize("permission", ON_SERVER)
async def test_a_permission_missing_on_the_server_is_one_line(server: Server, permission: str) -> None:
    server.guild.revoke(permission)
    french, english = ON_SERVER[permission]
    (said,) = await server.wrong("fr")
    assert f"« {french} »" in said
    (said,) = await server.wrong("en")
    assert f"“{english}”" in said


async def test_where_members_only_talk_no_more_is_asked_than_to_count(server: Server) -> None:
    other = server.guild.text("entraide")
    other.deny(server.guild.me, "send_messages", "attach_files", "pin_messages", "send_polls")
    assert await server.wrong("fr") == []
    other.deny(server.guild.me, "read_message_history")
    (said,) = await server.wrong("fr")
    assert "#entraide" in said


async def test_a_channel_that_is_named_and_not_seen(server: Server) -> None:
    other = server.guild.text("entraide")
    other.deny(server.guild.me, "view_channel")
    assert await server.wrong("fr") == []
    server.places["channels"] = ("entraide",)
    assert await server.wrong("en") == ["✗ cercle: it does not see #entraide. Give it “View Channel”."]


Spoils = Callable[[Server], object]
TROUBLES: dict[str, tuple[Spoils, str, str]] = {
    "the members switch": (
        lambda s: setattr(s.discord.application, "members_approved", False),
        "active « Server Members Intent »", "switch on “Server Members Intent”",
    ),
    "the content switch": (
        lambda s: s.content_off(),
        "active « Message Content Intent »", "switch on “Message Content Intent”",
    ),
    "an unknown main channel": (
        lambda s: s.places.update(main="sallon"),
        "aucun salon ne s’appelle sallon (main", "no channel is called sallon (main",
    ),
    "an unknown office": (
        lambda s: s.places.update(office="bureau"),
        "aucun salon ne s’appelle bureau (office", "no channel is called bureau (office",
    ),
    "an unknown channel": (
        lambda s: s.places.update(channels=("salon", "grenier")),
        "aucun salon ne s’appelle grenier (channels[2]", "no channel is called grenier (channels[2]",
    ),
    "an unknown role": (
        lambda s: s.places.update(facilitators="Animatrices"),
        "aucun rôle ne s’appelle Animatrices (facilitators", "no role is called Animatrices (facilitators",
    ),
    "a role above ours": (
        lambda s: s.raise_role("Membre"),
        "place celui du bot plus haut", "put the bot’s higher",
    ),
}  # fmt: skip


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_each_trouble_is_one_line_that_says_what_to_do(server: Server, trouble: str) -> None:
    spoil, french, english = TROUBLES[trouble]
    spoil(server)
    (said,) = await server.wrong("fr")
    assert french in said
    (said,) = await server.wrong("en")
    assert english in said


async def test_a_server_where_nothing_is_seen(server: Server) -> None:
    server.guild.revoke("view_channel")
    server.places = {}
    fr, en = await server.wrong("fr"), await server.wrong("en")
    assert fr == [
        "✗ cercle : il n’y a aucun salon où le bot peut écrire. Choisis-en un avec main sous "
        "[communities.discord], et donne-lui le droit d’y écrire.",
        "✗ cercle : il ne voit aucun salon. Donne-lui « Voir les salons ».",
    ]
    assert len(en) == 2


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_discord_fails_halfway(server: Server, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discord.http.asyncio.sleep", _at_once)
    server.discord.faults.fail(503, "GET", "/guilds/*", times=100)
    (said,) = await server.wrong(language)
    assert ("en chemin" if language == "fr" else "halfway") in said


async def _at_once(seconds: float) -> None:
    return


async def test_the_program_itself(server: Server, tmp_path: Path) -> None:
    """Exit codes, and nothing secret, whatever is wrong."""

    async def check(token: str, api: str, language: str) -> tuple[int, str]:
        text = CONFIG.format(token=token, api=api, server=server.guild.id)
        (tmp_path / "veillee.toml").write_text(text, "utf-8")
        done = await asyncio.to_thread(veillee, "check", cwd=tmp_path, language=language)
        said = done.stdout + done.stderr
        assert token not in said
        return done.returncode, said

    code, said = await check("token-of-nobody", server.discord.url, "fr")
    assert (code, said.count("✗")) == (3, 2)  # the line itself, and the one that says where to look
    assert "Discord n’accepte pas le jeton" in said
    code, said = await check("token-of-nobody", "http://127.0.0.1:9/api/v10", "en")
    assert code == 3
    assert "Discord does not answer" in said
    server.discord.application.token = "token-of-ours"  # noqa: S105
    code, said = await check("token-of-ours", server.discord.url, "en")
    assert code == 0
    assert "All is well" in said
