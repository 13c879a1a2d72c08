"""What is asked by a command, a button or a sheet: handed over one by one, at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

import structlog

from adapters.discord import commands, sheets
from adapters.discord.interactions import Interactions, handle_of
from adapters.discord.native import (
    PASSING,
    PLATFORM,
    Json,
    made_at,
    mapping,
    number,
    person_name,
    sequence,
    snowflake,
    words,
)
from adapters.discord.servers import Server
from bot.chat.commands import CommandShape
from bot.chat.content import Attachment, Told
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted
from bot.chat.language import Language
from bot.ports import Batch, Intake, Suggests

log = structlog.get_logger("discord")

COMMAND, BUTTON, TYPING, SHEET = 2, 3, 4, 5
ACCOUNT = "discord:asked"
SUGGEST_WITHIN = 2.0
PAUSE, LONGEST_PAUSE = 0.2, 30.0


class Asking:
    """`server`: by its identifier. `level`: what a member may do, by their description."""

    def __init__(
        self, interactions: Interactions, shapes: Iterable[CommandShape],
        server: Callable[[str], Server | None], level: Callable[[Server, str, Json], int],
    ) -> None:  # fmt: skip
        self.suggestions: Suggests | None = None
        self._interactions = interactions
        self._shapes = tuple(shapes)
        self._server = server
        self._level = level
        self._waiting: asyncio.Queue[CommandUsed | ButtonPressed | FormSubmitted] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, intake: Intake) -> None:
        """Hand over what is asked, until cancelled. Nothing is given up while the database is away."""
        while True:
            events = [await self._waiting.get()]
            while not self._waiting.empty():
                events.append(self._waiting.get_nowait())
            pause = PAUSE
            while True:
                try:
                    await intake.take(ACCOUNT, Batch(events))
                    break
                except Exception as fault:  # noqa: BLE001  such as a database that is locked
                    log.error("put off", type=type(fault).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            for event in events:
                self._interactions.keep(event.handle)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- interactions ----------------------------------------------------------------------------------------

    def heard(self, data: Json) -> None:
        """Called with each interaction. Raises nothing."""
        try:
            self._heard(data)
        except Exception as fault:  # noqa: BLE001  as with any other thing that Discord tells
            log.error("not readable", kind="INTERACTION_CREATE", type=type(fault).__name__)

    def _heard(self, data: Json) -> None:
        kind = number(data.get("type"))
        asked = self._asked(data)
        if asked is None:
            return
        if kind == TYPING:
            self._soon(self._suggest(data, asked))
            return
        self._interactions.begin(asked.handle)
        if kind == SHEET:
            self._waiting.put_nowait(self._filled_in(data, asked))
        elif event := self._event(kind, data, asked):
            self._waiting.put_nowait(event)

    def _asked(self, data: Json) -> _Asked | None:
        member = mapping(data.get("member"))
        user = mapping(member.get("user")) or mapping(data.get("user"))
        server = self._server(snowflake(data.get("guild_id")))
        id, person = snowflake(data.get("id")), snowflake(user.get("id"))
        if not person or (data.get("guild_id") and server is None):
            return None  # a server that is no community of ours
        channel = snowflake(data.get("channel_id")) or snowflake(mapping(data.get("channel")).get("id"))
        room = channel
        if server is not None:
            room = server.threads.get(channel, channel)
            main = server.main()
            room = room if room in server.kept else main.id if main else room
        locale = words(data.get("locale"))[:2]
        language: Language | None = "fr" if locale == "fr" else "en" if locale else None
        level = self._level(server, person, dict(member)) if server is not None else None
        return _Asked(id, room, person, person_name(user, member), handle_of(data), server is None, language, level)

    def _event(self, kind: int, data: Json, asked: _Asked) -> CommandUsed | ButtonPressed | None:
        given = dict(mapping(data.get("data")))
        common = asked.common
        if kind == COMMAND:
            command, values = commands.used(given, self._shapes)
            return CommandUsed(**common, command=command, values=values)
        if kind == BUTTON:
            post, choice = clicked(given)
            message = snowflake(mapping(data.get("message")).get("id"))
            return ButtonPressed(**common, message=message, choice=choice, post=post)
        return None

    @staticmethod
    def _filled_in(data: Json, asked: _Asked) -> FormSubmitted:
        """A sheet came back. What came with it lies with Discord for some hours, and is fetched once this is kept."""
        form, args, values, attached = sheets.filled_in(dict(mapping(data.get("data"))))
        told: dict[str, Told] = dict(values)
        for name, files in attached.items():
            file = files[0]  # there is room for one
            size = number(file["size"]) if "size" in file else None
            address = PASSING + words(file.get("url"), 2000)
            told[name] = Attachment(words(file.get("content_type")), address, values.get(name, ""), size)
        return FormSubmitted(**asked.common, form=form, args=args, values=told)

    async def _suggest(self, data: Json, asked: _Asked) -> None:
        choices: list[Json] = []
        try:
            command, field, typed = commands.focused(dict(mapping(data.get("data"))), self._shapes)
            if self.suggestions is not None:
                looking = asyncio.ensure_future(
                    self.suggestions.suggest(
                        PLATFORM, asked.room, asked.person, asked.direct, command, field, typed, asked.language
                    )
                )
                # Too late it is of no use; what was begun ends by itself.
                async with asyncio.timeout(SUGGEST_WITHIN):
                    found = await asyncio.shield(looking)
                choices = [{"name": label[:100], "value": value[:100]} for label, value in found[:25] if value]
        except Exception as fault:  # noqa: BLE001  whoever types goes on typing
            log.warning("nothing suggested", type=type(fault).__name__)
        await self._interactions.suggest(asked.handle, choices)


@dataclass(frozen=True, slots=True)
class _Asked:
    id: str
    room: str
    person: str
    name: str
    handle: str
    direct: bool
    language: Language | None
    level: int | None

    @property
    def common(self) -> dict[str, Any]:
        """What every event of this kind says."""
        return {
            "id": self.id, "platform": PLATFORM, "room": self.room, "person": self.person, "at": made_at(self.id),
            "name": self.name, "direct": self.direct, "handle": self.handle, "language": self.language,
            "level": self.level,
        }  # fmt: skip


def clicked(given: Json) -> tuple[str, int]:
    """The outbox key of the message, and the position of the choice: in the button, or in what was selected."""
    _, _, rest = words(given.get("custom_id")).partition("/")
    post, _, position = rest.rpartition("/")
    values = sequence(given.get("values"))
    if values:
        return post, number(words(values[0]))
    return post, number(position)
