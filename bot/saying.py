"""The ways to say something: an answer, a word to all or to one, a change of what was said, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.chat.actions import (
    ACTION,
    Direct,
    Discard,
    Edit,
    OpenPoll,
    Pin,
    Post,
    Remove,
    Unsay,
)
from bot.chat.addresses import Kept, Laid, ours
from bot.chat.content import Argument, File, message
from bot.model.attention import Request
from bot.model.community import Person, Room
from bot.model.flow import Outbox
from bot.occasion import Occasion, Said
from bot.ports import OneOf
from bot.requests import is_news


class Saying(Occasion):
    __slots__ = ()

    async def reply(self, *said: Said, key: str = "", fleeting: bool = False) -> str:
        """To where it was asked. `fleeting`: nothing of it is kept once it is said, but for what can be chosen, and
        so it is of what is confidential."""
        if self.where is None:
            raise LookupError(f"nothing to answer to in {self.cause}")
        words = message(*said)
        gone = fleeting or self.confidential
        if self.where.handle:
            return await self._put(
                Direct(message=words, handle=self.where.handle, fleeting=gone), self.where.platform,
                self.here.language, person=self.where.person or self.member.external, purpose="reply", key=key,
            )  # fmt: skip
        post = Post(message=words, answers="" if self.where.direct else self.where.message, fleeting=gone)
        return await self._put(
            post, self.where.platform, self.here.language, room=self.where.room, purpose="reply", key=key
        )

    async def reply_privately(self, *said: Said, key: str = "") -> str:
        """To whoever asked, alone. Whose door is closed is told so where they asked, and no more."""
        if self.where is not None and self.where.private:
            return await self.reply(*said, key=key)
        if self.where is not None and not self.member.reachable:
            return await self.reply(self.here.say("private-closed"), key=key)
        return await self.direct(self.member, *said, key=key, purpose="reply")

    async def post(
        self, *said: Said, purpose: str, key: str = "", thread: str = "",
        beside: Person | None = None, rooms: Sequence[Room] | None = None, until: datetime | None = None,
    ) -> list[str]:  # fmt: skip
        """To the community, in its main room on each platform, or in `rooms`. Returns the outbox keys, one a room.

        `beside`: what concerns this member is said on their side alone: where they do it just now, or else where
        they are spoken to. `thread`: the key given to the post whose thread this goes in. With `key`, every room's
        row is "key@room id", and `thread` finds it so. `until`: what could not be said before then is said no more.
        """
        keys = []
        for room in await self.main_rooms() if rooms is None else rooms:
            if beside is not None and room.platform != self.side(beside):
                continue
            post = Post(message=message(*said), thread=f"{thread}@{room.id}" if thread else "")
            keys.append(
                await self._put(
                    post, room.platform, self.settings.language, room=room.external, purpose=purpose,
                    key=f"{key}@{room.id}" if key else "", until=until,
                )
            )  # fmt: skip
        return keys

    async def pin(self, key: str, *, purpose: str) -> None:
        """Keep what `post` said under that key before all, in each room it went to, and nothing else of ours; with
        "", nothing."""
        for room in await self.main_rooms():
            await self._put(
                Pin(post=f"{key}@{room.id}" if key else ""), room.platform, self.settings.language,
                room=room.external, purpose=purpose,
            )  # fmt: skip

    async def edit(self, key: str, *said: Said, purpose: str) -> None:
        """Change what `post` said under that key, in each room it went to.

        An earlier change that still waits for a slow platform is overtaken by this one.
        """
        for room in await self.main_rooms():
            if post := await self.unit.one(Outbox, key=f"{key}@{room.id}", native=False):
                await self.change(post, *said, purpose=purpose)

    async def change(self, post: Outbox, *said: Said, purpose: str) -> None:
        """The same for one message, be it said in a room or to one person alone."""
        if _left_behind(post):
            return
        room = "" if post.person else post.room
        for row in await self.unit.find(
            Outbox, state="pending", platform=post.platform, room=room, person=post.person, purpose=purpose
        ):
            earlier = ACTION.validate_json(row.action)
            if isinstance(earlier, Edit) and earlier.post == post.key and not earlier.message.files:
                await self.unit.delete(Outbox, id=row.id)
        await self._put(
            Edit(post=post.key, message=message(*said)), post.platform, post.language, room=room,
            person=post.person, purpose=purpose,
        )  # fmt: skip

    async def withdraw(self, key: str) -> None:
        """Take back what `post` said under that key, in each room it went to, or may still go to."""
        for room in await self.unit.find(Room, community_id=self.community.id):
            if post := await self.unit.one(Outbox, key=f"{key}@{room.id}"):
                await self.remove(post, gone=not room.open)

    async def remove(self, post: Outbox, *, gone: bool = False) -> None:
        """The same for one message. `gone`: nothing can be removed where it was said. One that still waits goes
        without a trace, unless it may be on its way: then it is looked for once that is over."""
        gone = gone or _left_behind(post)
        unsay = None if gone else await self._on_its_way(post)
        await self.unit.delete(Outbox, id=post.id)
        if post.state == "sent" and not gone:
            await self._put(
                Remove(message=post.message), post.platform, post.language, room=post.room, purpose="removal"
            )
        elif unsay is not None:
            await self._put(
                unsay, post.platform, post.language, room=post.room, person=post.person, purpose="removal"
            )

    async def _on_its_way(self, post: Outbox) -> Unsay | None:
        """Only the first of a queue is given to its platform."""
        queue = {"platform": post.platform, "room": post.room, "person": post.person}
        first = await self.unit.one(Outbox, state="pending", **queue)
        if first is None or first.id != post.id:
            return None
        said = ACTION.validate_json(post.action)
        if isinstance(said, Post | OpenPoll) or (isinstance(said, Direct) and not said.handle):
            return Unsay(key=post.key, since=post.at, said=said)
        return None

    async def direct(self, person: Person, *said: Said, purpose: str, key: str = "") -> str:
        """To one person alone: an answer, or news of what they did or asked for, one of `NEWS` in bot/requests.py. For
        anything else there is `request`. "" if they cannot be written to."""
        if not is_news(purpose):
            raise LookupError(f"{purpose} is no news: it is a request")
        return await self.write_to(person, *said, purpose=purpose, key=key)

    async def request(
        self, people: Sequence[Person], purpose: str, *, key: str, until: datetime, **args: Argument
    ) -> None:
        """Ask each of these people something in private, for which none of them asked just now. `purpose`: as it is
        declared; its words are made of `args`. `until`: when it is of no use any more. Once for each person and key.

        Whether, when, and with what else it is said is decided by bot/attention.py, in a moment.
        """
        if purpose not in self.features.requests:
            raise LookupError(f"{purpose} is not declared as a request")
        theirs = OneOf([person.id for person in people])
        known = {id for (id,) in await self.unit.only(Request, "person_id", key=key, person_id=theirs)}
        for earlier in await self.unit.find(Request, state="waits", purpose=purpose, person_id=theirs):
            if earlier.args == args and earlier.key != key:
                earlier.state, earlier.why = "dropped", "replaced"
        rows = [
            Request(
                community_id=self.community.id, person_id=person.id, key=key, purpose=purpose, args=dict(args),
                asked_at=self.now, until=until, look_at=self.now,
                due_id=self.due.id if self.due else None,
                late_from=(self.due.late_from or self.due.due_at) if self.due and self.excuse else None,
            )
            for person in people if person.id not in known
        ]  # fmt: skip
        self.unit.lay(*rows)
        self.asked += rows

    async def write_to(
        self, person: Person, *said: Said, purpose: str, key: str = "", until: datetime | None = None
    ) -> str:
        """For bot/attention.py alone, and what is said above. "" if they cannot be written to. `until`: as for post."""
        if not person.reachable:
            return ""
        return await self._put(
            Direct(message=message(*said)), person.platform, self.voice(person).language,
            person=person.external, purpose=purpose, key=key, until=until,
        )  # fmt: skip

    async def hand_over(self, file: File, *, purpose: str) -> None:
        """A file, to whoever asked, alone. By its purpose the message is found again, to be taken back."""
        where = self.where
        if where is None or not where.private:
            await self.direct(self.member, file, purpose=purpose)
        elif where.handle:
            await self._put(
                Direct(message=message(file), handle=where.handle), where.platform, self.here.language,
                person=where.person or self.member.external, purpose=purpose,
            )  # fmt: skip
        else:
            await self._put(
                Post(message=message(file)), where.platform, self.here.language, room=where.room, purpose=purpose
            )

    async def discard(self, uri: str) -> None:
        """Have what is ours of an attachment erased: our copy, or our message that bears it. What a member sent stays
        theirs to take away."""
        match ours(uri):
            case Laid() as laid:
                await self._put(
                    Remove(message=laid.message), laid.platform, self.settings.language, room=laid.room,
                    purpose="removal",
                )  # fmt: skip
            case Kept() as kept:
                rooms = await self.unit.find(Room, community_id=self.community.id, limit=1)
                if rooms:  # of any platform of ours: none is asked
                    await self._put(
                        Discard(name=kept.name), rooms[0].platform, self.settings.language, purpose="removal"
                    )

    async def take_back(self, *, about: str = "") -> None:
        """Remove what was just said or clicked here, where the platform allows it. Where it does not, and `about` a
        capability more is to be done, it hears of it by RemovalRefused."""
        if self.where is not None and self.where.trace:
            person = self.where.person if about and self.where.direct else ""
            await self._put(
                Remove(message=self.where.trace, person=person, about=about if person else ""), self.where.platform,
                self.here.language, room=self.where.room, purpose="removal",
            )  # fmt: skip


def _left_behind(post: Outbox) -> bool:
    """Said in a room that another one replaced since: nothing there can be changed any more."""
    return post.state == "sent" and not post.message
