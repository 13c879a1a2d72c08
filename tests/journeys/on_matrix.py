"""The gestures of a community as they are made on Matrix: words, replies, reactions, a private conversation."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from adapters.matrix.client import MatrixPlatform
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from bot.chat.events import MemberJoined, MemberLeft, RoomOpened
from tests.journeys.life import SLUG, Hour
from tests.journeys.player import ZONE, Lived, Player, is_called
from tests.members.clients import Clients
from tests.members.member import EncryptedMember
from tests.synapse.homeserver import Account, Homeserver
from tests.synapse.member import Member

PREFIX = "!veillee"
POLL = "org.matrix.msc3381.poll"


class Hall:
    """A room on a homeserver of its own, that goes by the hour of the test. `members`: by name. `clients`: of members
    who speak in encrypted rooms only."""

    def __init__(self, folder: Path, hour: Hour, clients: Clients | None = None) -> None:
        self._folder = folder
        self._clients = clients
        self.encrypted = clients is not None
        self.homeserver = Homeserver(folder / "homeserver", hour=hour.now())
        self._hour = hour
        self._stack = AsyncExitStack()
        self.members: dict[str, Member] = {}
        self.account: Account
        self.room = ""

    async def __aenter__(self) -> Hall:
        self._stack.enter_context(self.homeserver)
        self._hour.followers.append(self.homeserver.move_to)
        self.account = self.homeserver.register_fresh("veillee")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._hour.followers.remove(self.homeserver.move_to)
        await self._stack.aclose()

    async def people(self, *names: str) -> None:
        """There from the beginning. The first made the room."""
        for name in names:
            member = await self.newcomer(name)
            if not self.room:
                self.room = await member.create_room(
                    "Salon", public=True, invite=[self.account.user_id], encrypted=self.encrypted
                )
            else:
                await member.join(self.room)

    async def newcomer(self, name: str) -> Member:
        url, account = self.homeserver.url, self.homeserver.register_fresh(name.lower())
        clients = self._clients
        made = EncryptedMember(clients, url, account) if clients else Member(url, account, listens=False)
        member = await self._stack.enter_async_context(made)
        await member.set_name(name)
        self.members[name] = member
        return member

    def platform(self) -> MatrixPlatform:
        account = self.account
        settings = MatrixSettings.model_validate(
            {
                "homeserver": self.homeserver.url, "user_id": account.user_id, "access_token": account.access_token,
                "device_id": account.device_id, "store_key": "a secret of the tests, and of nobody else",
            }
        )  # fmt: skip
        places = [MatrixPlaces(slug=SLUG, rooms=(self.room,))]
        keys = self._folder / "keys" if self.encrypted else None
        return MatrixPlatform(settings, places, clock=self._hour, may_invite=lambda *_: True, keys=keys)


class OnMatrix(Player):
    def __init__(self, life: Lived, hall: Hall) -> None:
        super().__init__(life)
        self.hall = hall
        self._said: dict[str, str] = {}
        self._in_private: set[str] = set()

    async def opens(self) -> None:
        """Veillée comes in."""
        await self.life.heard(lambda e: isinstance(e, RoomOpened) and e.room == self.hall.room)

    async def arrives(self, who: str) -> None:
        before = await self._moment()
        member = await self.hall.newcomer(who)
        await member.join(self.hall.room)
        await self.life.heard(lambda e: isinstance(e, MemberJoined) and e.person == member.user_id, after=before)

    async def leaves(self, who: str) -> None:
        before, member = await self._moment(), self.hall.members[who]
        await member.leave(self.hall.room)
        await self.life.heard(lambda e: isinstance(e, MemberLeft) and e.person == member.user_id, after=before)

    # -- in the room -------------------------------------------------------------------------------------------

    async def _say(self, who: str, words: str, **how: Any) -> None:
        before = await self._moment()
        self._said[words] = await self.hall.members[who].say(self.hall.room, words, **how)
        await self._heard(self._said[words], before)

    async def says(self, who: str, words: str) -> None:
        await self._say(who, words)

    async def replies(self, who: str, to: str, words: str) -> None:
        await self._say(who, words, reply_to=self._said[to])

    async def reacts(self, who: str, to: str, emoji: str) -> None:
        before = await self._moment()
        await self._heard(await self.hall.members[who].react(self.hall.room, self._said[to], emoji), before)

    async def takes_back(self, who: str, words: str) -> None:
        before = await self._moment()
        await self._heard(await self.hall.members[who].redact(self.hall.room, self._said[words]), before)

    async def says_in_thread(self, who: str, theme: str, words: str) -> None:
        start = await self._shown(who, self.hall.room, theme)
        await self._say(who, words, thread=start["event_id"])

    async def asks_before_all(self, who: str, command: str) -> None:
        await self._say(who, f"{PREFIX} {self.command(command).fr[0]}")

    # -- in private --------------------------------------------------------------------------------------------

    async def private(self, who: str) -> str:
        """Where they speak with Veillée alone: begun by whoever first had something to say."""
        member, bot = self.hall.members[who], self.hall.account.user_id
        known = await self.life.direct_room(member.user_id)
        if not known:
            room = await member.create_room("", direct=True, invite=[bot])
            await member.wait_until(lambda: self._is_in(member, room, bot), 60, "the bot to come")
            self._in_private.add(who)
            return room
        if who not in self._in_private:
            await member.join(known)
            self._in_private.add(who)
        return known

    @staticmethod
    async def _is_in(member: Member, room: str, who: str) -> bool:
        return (await member.members(room)).get(who) == "join"

    async def _tell(self, who: str, words: str) -> str:
        before, room = await self._moment(), await self.private(who)
        await self._heard(await self.hall.members[who].say(room, words), before)
        return room

    async def asks(self, who: str, command: str, *values: str) -> str:
        declared = self.command(command)
        taught = (declared.fr if self.speaks.get(who, "fr") == "fr" else declared.en)[0]
        room = await self._tell(who, f"{taught} {' | '.join(values)}".strip())
        answer: str = (await self.said(who, room))[-1]["content"]["body"]
        return answer

    async def clicks(self, who: str, label: str) -> None:
        await self._click(who, await self.private(who), "", label)

    async def writes(self, who: str, label: str, words: str) -> None:
        await self.clicks(who, label)
        await self._tell(who, words)

    # -- what Veillée said -------------------------------------------------------------------------------------

    async def said(self, who: str, room: str = "") -> list[dict[str, Any]]:
        """All that this member can read there of Veillée's, as it stands now."""
        bot = self.hall.account.user_id
        now: dict[str, dict[str, Any]] = {}
        for event in await self.hall.members[who].read_all(room or self.hall.room):
            if event["sender"] != bot or event["type"] != "m.room.message" or "body" not in event["content"]:
                continue
            relation = event["content"].get("m.relates_to", {})
            if relation.get("rel_type") == "m.replace":
                if earlier := now.get(relation["event_id"]):  # or else it was said before they came
                    now[relation["event_id"]] = earlier | {"content": event["content"]["m.new_content"]}
            else:
                now[event["event_id"]] = event
        return list(now.values())

    async def _shown(self, who: str, room: str, title: str, label: str = "") -> dict[str, Any]:
        found = await self.said(who, room)
        for event in found[::-1]:
            body: str = event["content"]["body"]
            if title in body.partition("\n")[0] and (not label or _sign(body, label)):
                return event
        raise AssertionError(f"{who} is shown no {label!r} under {title!r}: {found[-1:]}")

    async def _click(self, who: str, room: str, title: str, label: str) -> None:
        """React with the sign that stands before the label."""
        before, event = await self._moment(), await self._shown(who, room, title, label)
        sign = _sign(event["content"]["body"], label)
        await self._heard(await self.hall.members[who].react(room, event["event_id"], sign), before)

    async def clicks_under(self, who: str, title: str, label: str) -> None:
        await self._click(who, self.hall.room, title, label)

    async def answers(self, who: str, theme: str, answer: str) -> None:
        """Whoever came into an encrypted room after the announcement cannot read it: they answer by words."""
        if self.hall.encrypted and not await self._reads_of(who, theme):
            await self.asks(who, f"sessions.{answer.removeprefix('sessions-choice-')}", theme)
        else:
            await super().answers(who, theme, answer)

    async def _reads_of(self, who: str, theme: str) -> bool:
        return any(theme in event["content"]["body"].partition("\n")[0] for event in await self.said(who))

    async def is_interested(self, who: str, theme: str) -> None:
        await self.may_come(who, theme)

    async def moves(self, who: str, theme: str, starts: datetime) -> None:
        await self.asks(who, "sessions.move", theme, f"{starts.astimezone(ZONE):%Y-%m-%d %H:%M}")
        await self.chooses(who, "sessions-choice-move")

    async def votes(self, who: str, question: str, option: str) -> None:
        await self._vote(who, question, option)

    async def withdraws(self, who: str, question: str) -> None:
        await self._vote(who, question)

    async def _vote(self, who: str, question: str, *options: str) -> None:
        """As clients with polls send it. None of the options takes the vote back."""
        before, member = await self._moment(), self.hall.members[who]
        asked = [e for e in await member.read_all(self.hall.room) if e["type"] == f"{POLL}.start" and e["content"]]
        poll = next(e for e in reversed(asked) if e["content"][f"{POLL}.start"]["question"]["body"] == question)
        shown = {a["org.matrix.msc1767.text"]: a["id"] for a in poll["content"][f"{POLL}.start"]["answers"]}
        answer = {
            f"{POLL}.response": {"answers": [shown[option] for option in options]},
            "m.relates_to": {"rel_type": "m.reference", "event_id": poll["event_id"]},
        }
        await self._heard(await member.send_event(self.hall.room, f"{POLL}.response", answer), before)


def _sign(body: str, label: str) -> str:
    """That of the choice so called, "" where there is none."""
    for line in body.splitlines():
        sign, _, shown = line.lstrip("-•* ").partition(" ")
        if shown and is_called(shown, label):
            return sign
    return ""
