"""One Matrix account: what the core asks of it, and the listening.

The place reached in the stream of events is the core's, kept with what was read: nothing is asked for
beyond it before that is done, so that a kill at any moment loses nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

import structlog

from adapters.matrix.aside import Aside
from adapters.matrix.backoff import Backoff
from adapters.matrix.crypto import encryption
from adapters.matrix.direct import DirectRooms
from adapters.matrix.entering import Door
from adapters.matrix.invitations import Invitations, MayInvite
from adapters.matrix.memory import Known
from adapters.matrix.native import Json, localpart, mapping, name, sequence, words
from adapters.matrix.outbound import Outbound
from adapters.matrix.places import Found
from adapters.matrix.polling import Polling
from adapters.matrix.polls import ENDS, RESPONSES
from adapters.matrix.reading import Reader
from adapters.matrix.rooms import Rooms
from adapters.matrix.server import Denied, Server, TokenRefused
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from adapters.matrix.split import TEXT_LIMIT, split
from adapters.matrix.succession import TOMBSTONE
from bot.chat.capabilities import Capabilities, Level
from bot.chat.content import Message, Poll
from bot.guard import Guard
from bot.ports import Batch, Clock, Intake, TryLater

log = structlog.get_logger("matrix")

LONG_POLL = 30.0
# While messages pour in, a short rest between two questions makes each answer carry more of them.
REST = 0.05
TIMELINE_LIMIT = 500
_KINDS = [
    "m.room.message", "m.room.member", "m.room.redaction", "m.room.name", "m.room.create", "m.reaction",
    "m.space.child", "m.room.encryption", "m.room.encrypted", TOMBSTONE, "m.room.canonical_alias",
    *sorted(RESPONSES | ENDS),
]  # fmt: skip
_STATE = [
    "m.room.member", "m.room.name", "m.room.create", "m.space.child", "m.room.encryption", TOMBSTONE,
    "m.room.canonical_alias",
]  # fmt: skip
ACCOUNT_REFUSED = "the server does not accept this account any more: give a new token or password"
_NONE: Json = {"not_types": ["*"]}


def sync_filter(timeline_limit: int, kinds: list[str], state: list[str]) -> str:
    """Only what is read: typing, receipts and presence never come."""
    room = {
        "timeline": {"limit": timeline_limit, "types": kinds},
        "state": {"types": state},
        "ephemeral": _NONE,
        "account_data": _NONE,
    }
    return json.dumps({"presence": _NONE, "account_data": {"types": ["m.direct"]}, "room": room})


class MatrixPlatform:
    """Implements bot.ports.ChatPlatform.

    `may_invite(inviter, room)`: whether that person may bring the account into that room. A room of `places`
    is joined on such an invitation, or because the configuration names it and the server lets us in. `keys`: the
    folder where the keys of encrypted rooms lie. `guard`: asked before each request, where others stand in for us.
    """

    name = "matrix"

    def __init__(
        self, settings: MatrixSettings, places: Iterable[MatrixPlaces], *, clock: Clock,
        may_invite: MayInvite, random: Random | None = None, timeline_limit: int = TIMELINE_LIMIT,
        keys: Path | None = None, guard: Guard | None = None,
    ) -> None:  # fmt: skip
        self.account = settings.user_id
        self._random = random or Random()
        self._timeline_limit = timeline_limit
        self._server = Server(settings, self._random, guard)
        self._encryption = encryption(settings, keys, self._server, guard)
        self._outbound = Outbound(self._server, self._encryption)
        self._polling = Polling(self._server, self._outbound, self._readable)
        self._direct = DirectRooms(self._server, self._outbound)
        self._known = Known(Found({}, {}, {}), self._direct)
        self._reader = Reader(self._server, clock, self._known, self._encryption)
        self._aside = Aside(self._random)
        door = Door(self._server)
        self._invitations = Invitations(self._server, self._known, self._direct, door, may_invite)
        self._rooms = Rooms(self._server, self._known, self._reader, door, self._aside, clock, places)

    # -- saying --------------------------------------------------------------------------------------------

    def capabilities(self, room: str) -> Capabilities:
        return Capabilities(
            buttons=Level.FALLBACK, threads=Level.NATIVE, edits=Level.NATIVE, files=Level.NATIVE,
            polls=Level.NATIVE, text_limit=TEXT_LIMIT, clicks_in_clear=self._outbound.encrypted.get(room, False),
        )  # fmt: skip

    def split(self, message: Message) -> list[Message]:
        return split(message)

    async def post(
        self, room: str, message: Message, *, key: str, thread: str = "", answers: str = "",
        since: datetime | None = None,
    ) -> str:  # fmt: skip
        return await self._outbound.post(room, message, key=key, thread=thread, answers=answers)

    async def find(self, room: str, said: Message | Poll, *, key: str, since: datetime, thread: str = "") -> str:
        return await self._outbound.find(room, key=key, since=since)

    async def edit(self, room: str, target: str, message: Message, *, key: str) -> None:
        await self._outbound.edit(room, target, message, key=key)

    async def react(self, room: str, target: str, emoji: str, *, key: str) -> None:
        await self._outbound.react(room, target, emoji, key=key)

    async def remove(self, room: str, target: str, *, key: str) -> None:
        await self._outbound.remove(room, target, key=key)

    async def pin(self, room: str, target: str) -> None:
        await self._outbound.pin(room, target)

    async def open_poll(self, room: str, poll: Poll, *, key: str, since: datetime | None = None) -> str:
        return await self._polling.open(room, poll, key=key)

    async def close_poll(
        self, room: str, target: str, *, key: str, says: Message
    ) -> tuple[tuple[str, ...], ...]:
        return await self._polling.close(room, target, key=key, says=says)

    async def _readable(self, room: str, raw: Json) -> Json:
        found = await self._encryption.opened(room, [raw]) if self._encryption else ()
        return found[0] if found else raw

    def holds(self, uri: str) -> bool:
        return uri.startswith("mxc://")

    async def fetch(self, uri: str) -> bytes:
        return await self._outbound.fetch(uri)

    async def direct_room(self, person: str) -> str:
        return await self._direct.room(person)

    async def level(self, room: str, person: str) -> int:
        return await self._outbound.level(room, person)

    async def close(self) -> None:
        """End what is under way and the connections. Nothing can be asked afterwards."""
        await self._aside.end()
        await self._server.close()
        if self._encryption:
            await self._encryption.close()

    # -- listening -----------------------------------------------------------------------------------------

    async def run(self, intake: Intake) -> None:
        """Listen until cancelled. Raises TokenRefused when the account cannot be used any more."""
        backoff = Backoff(self._random)
        prepared = False
        try:
            while True:
                try:
                    if not prepared:
                        await self._prepare(intake)
                        prepared = True
                        log.info("listening", account=self.account, rooms=len(self._known.rosters))
                    await self._step(intake)
                except TokenRefused as refused:
                    log.error(ACCOUNT_REFUSED, account=self.account, reason=refused.reason)
                    raise
                except TryLater as trouble:
                    wait = backoff.failed(trouble.after)
                    log.warning("not listening", reason=trouble.reason, seconds=round(wait, 1))
                    await asyncio.sleep(wait)
                except Denied as denied:
                    wait = backoff.failed()
                    log.error("listening refused", reason=denied.reason, seconds=round(wait, 1))
                    await asyncio.sleep(wait)
                except Exception as fault:  # noqa: BLE001  whatever it is, the bot goes on listening
                    wait = backoff.failed()
                    log.error("listening failed", type=type(fault).__name__, seconds=round(wait, 1))
                    await asyncio.sleep(wait)
                else:
                    backoff.worked()
                    await asyncio.sleep(REST)
        finally:
            await self._aside.end()

    async def _step(self, intake: Intake) -> None:
        """One answer of the server: read, kept, and only then acted upon."""
        since = await intake.cursor(self.account)
        answer = await self._sync(since)
        if self._encryption:
            await self._encryption.take(answer, since)
        read = await self._reader.read(answer, since)
        if not read.cursor:
            raise TryLater("answered without a place in the stream")
        if since:
            await self._rooms.settle(read, intake)
        self._outbound.encrypted |= dict.fromkeys(read.encrypted, True)
        await intake.take(self.account, Batch(read.events, read.cursor))
        if self._encryption:
            await self._encryption.kept(read.late, read.untold)
            if self._encryption.unsettled:
                self._aside.do("keys", self._encryption.settle)
        read.keep(self._known)
        self._rooms.kept(read)
        for room in read.ended:
            self._aside.do("ended", partial(self._direct.end, room))
        self._invitations.waiting.update(read.invitations)
        for room in mapping(mapping(answer.get("rooms")).get("leave")):
            self._invitations.waiting.pop(room, None)
        if read.invitations or read.spaces_changed:
            self._aside.do("invitations", self._invitations.answer)

    async def _sync(self, since: str) -> Json:
        query = {"filter": sync_filter(self._timeline_limit, _KINDS, _STATE), "set_presence": "offline"}
        if since:
            longest = await self._encryption.patience(LONG_POLL) if self._encryption else LONG_POLL
            query |= {"since": since, "timeout": "0" if self._rooms.news else str(int(longest * 1000))}
        # A first answer holds every room, and takes the server its time.
        patience = LONG_POLL + (30 if since else 120)
        return mapping(await self._server.get("sync", query=query, timeout=patience))

    # -- starting ------------------------------------------------------------------------------------------

    async def _prepare(self, intake: Intake) -> None:
        """What is configured compared with what is, and what changed while nobody listened."""
        await self._server.sign_in()
        if self._encryption:
            await self._encryption.start()
        await self._learn_name()
        await self._direct.learn()
        joined = await self._rooms.find()
        found = self._known.found
        await self._direct.recognise(joined - set(found.rooms) - set(found.spaces))
        since = await intake.cursor(self.account)
        if not since:
            return  # the first answer shows rooms and invitations alike
        read = await self._rooms.compare(intake, since, joined)
        await intake.take(self.account, Batch(read.events, since))
        read.keep(self._known)
        await self._find_invitations()

    async def _learn_name(self) -> None:
        with contextlib.suppress(Denied):
            profile = mapping(await self._server.get("profile", self.account, "displayname"))
            self._known.my_name = name(profile.get("displayname")) or localpart(self.account)

    async def _find_invitations(self) -> None:
        """Those that came and were not answered before a stop: since a place, none of them is repeated."""
        query = {"filter": sync_filter(1, [], []), "set_presence": "offline"}
        answer = mapping(await self._server.get("sync", query=query, timeout=120))
        for room, part in mapping(mapping(answer.get("rooms")).get("invite")).items():
            shown = mapping(mapping(part).get("invite_state")).get("events")
            self._invitations.waiting[words(room)] = sequence(shown)
        if self._invitations.waiting:
            self._aside.do("invitations", self._invitations.answer)
