"""Discord on this machine. `async with Double() as discord:` then build servers, and point a client at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Self

import discord
import yarl
from aiohttp import web

from tests.discord import posts
from tests.discord.bodies import Bodies, Violation
from tests.discord.call import Call
from tests.discord.faults import Faults
from tests.discord.gateway import Gateway
from tests.discord.guild import Guild
from tests.discord.permissions import BOT
from tests.discord.rest import Rest
from tests.discord.state import Application, Message, ScheduledEvent, User
from tests.discord.world import PREFIX, Clock, World, now


class Double:
    """`requests`: all the bot asked over HTTP. `violations`: the bodies Discord would not have taken; any of them
    fails the test when the double closes. `strict`: hold bodies to our own rules too, not only Discord's.

    What it holds outlives the bot's connections and processes.
    """

    def __init__(self, *, token: str = "token", clock: Clock = now, strict: bool = True) -> None:
        self.world = World(clock=clock, token=token)
        self.faults = Faults()
        self.bodies = Bodies(self.world, strict=strict)
        self.gateway = Gateway(self.world)
        self.rest = Rest(self.world, self.faults, self.bodies)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/attachments/{id}/{name}", self._attachment)
        app.router.add_route("*", PREFIX + "/{rest:.*}", self.rest.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.world.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def close(self) -> None:
        """Fails if the bot sent what Discord refuses."""
        await self.gateway.close()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        if self.violations:
            raise AssertionError("Discord would refuse:\n  " + "\n  ".join(map(str, self.violations)))

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.violations.clear()
        await self.close()

    @property
    def url(self) -> str:
        """Of the HTTP API."""
        return self.world.url + PREFIX

    @property
    def gateway_url(self) -> str:
        return self.gateway.address

    @property
    def application(self) -> Application:
        return self.world.application

    @property
    def me(self) -> User:
        return self.world.me

    @property
    def requests(self) -> list[Call]:
        return self.rest.requests

    @property
    def violations(self) -> list[Violation]:
        return self.bodies.violations

    def asked(self, method: str, route: str) -> list[Call]:
        """The requests of this method on this route, given by its pattern."""
        return [c for c in self.requests if (c.method, c.route) == (method, route)]

    def guild(self, name: str, *, permissions: int = BOT, locale: str = "fr", owner: str = "Olive") -> Guild:
        """The server of this name, made on first use with the bot in it."""
        known = next((g for g in self.world.guilds.values() if g.name == name), None)
        return known or Guild.made(self.world, name, permissions, locale, owner)

    @property
    def commands(self) -> dict[str, Any]:
        """The global commands, by name."""
        return {c["name"]: c for c in self.application.commands}

    @property
    def events(self) -> list[ScheduledEvent]:
        """In all the calendars, the latest last."""
        return [e for g in self.world.guilds.values() for e in g.events.values()]

    def forget_nonces(self) -> None:
        """As when more than a few minutes have gone by."""
        self.world.nonces.clear()

    def close_poll(self, message: Message) -> None:
        """At its hour."""
        posts.close_poll(message)

    async def until(self, check: Callable[[], object], seconds: float = 10, what: str = "") -> None:
        """Until it is so."""
        await self.world.until(check, seconds, what)

    async def _attachment(self, request: web.Request) -> web.Response:
        kept = self.world.attachments.get(int(request.match_info["id"]))
        if kept is None:
            raise web.HTTPNotFound
        return web.Response(body=kept.data, content_type=kept.content_type)


@contextmanager
def pointed_at(double: Double) -> Iterator[None]:
    """Within it, discord.py in this process takes the double for Discord."""
    base, gateway = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    discord.http.Route.BASE = double.url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(double.gateway_url)
    try:
        yield
    finally:
        discord.http.Route.BASE = base
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway
