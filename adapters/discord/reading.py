"""From one thing that Discord tells about a server to the events it means."""

from __future__ import annotations

from collections import OrderedDict

from adapters.discord import gatherings, inbound
from adapters.discord.native import PLATFORM, Json, mapping, person_name, snowflake, words
from adapters.discord.servers import Server
from bot.chat.events import Event, GatheringChanged, RoomClosed, RoomOpened, Someone, VoiceEntered
from bot.ports import Clock

# Beyond so many members, the least recent name is forgotten, and told again at their next change.
_NAMES = 20_000


class Reader:
    """Of one server. `main`: the channel where the community is spoken to, "" while there is none."""

    def __init__(self, server: Server, clock: Clock) -> None:
        self.server = server
        self._clock = clock
        self._names: OrderedDict[str, str] = OrderedDict()
        # Where each is, and what they are called.
        self._voices: dict[str, tuple[str, str]] = {}
        self.open: dict[str, RoomOpened] = {}

    @property
    def main(self) -> str:
        found = self.server.main()
        return found.id if found else ""

    def place(self, channel: str) -> tuple[str, str]:
        """The channel, and the thread, of what stands in one or the other."""
        parent = self.server.threads.get(channel)
        return (parent, channel) if parent else (channel, "")

    def read(self, kind: str, data: Json) -> list[Event]:
        """What it means. Things about the shape of the server change `self.server` as well."""
        if kind == "MESSAGE_CREATE":
            room, thread = self.place(str(data["channel_id"]))
            said = inbound.message(data, room, thread, self.server.me)
            return [said] if said else []
        if kind.startswith(("MESSAGE_", "GUILD_MEMBER_", "GUILD_SCHEDULED_", "VOICE_")):
            found = self._of_members(kind, data)
            return list(found) if isinstance(found, list) else [found] if found else []
        return self._of_shape(kind, data)

    # -- members ---------------------------------------------------------------------------------------------

    def _of_members(self, kind: str, data: Json) -> list[Event] | Event | None:
        now, me, main = self._clock.now(), self.server.me, self.main
        room, _ = self.place(snowflake(data.get("channel_id")))
        person = snowflake(data.get("user_id")) or snowflake(mapping(data.get("user")).get("id"))
        match kind:
            case "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK":
                return inbound.removed(data, room, now)
            case "MESSAGE_REACTION_ADD":
                return inbound.reaction(data, room, now, me)
            case "MESSAGE_REACTION_REMOVE":
                return inbound.reaction_removed(data, room, now)
            case "MESSAGE_POLL_VOTE_ADD" | "MESSAGE_POLL_VOTE_REMOVE":
                return inbound.voted(data, room, now, withdrawn=kind.endswith("REMOVE")) if person != me else None
            case "GUILD_MEMBER_ADD":
                return inbound.joined(data, main, now)
            case "GUILD_MEMBER_REMOVE":
                return inbound.left(person, main, now) if inbound.is_person(mapping(data.get("user"))) else None
            case "GUILD_MEMBER_UPDATE":
                return self._member_changed(data, person)
            case "VOICE_STATE_UPDATE":
                return self.heard(data)
            case "GUILD_SCHEDULED_EVENT_USER_ADD" | "GUILD_SCHEDULED_EVENT_USER_REMOVE":
                event = snowflake(data.get("guild_scheduled_event_id"))
                if person == me:
                    return None
                return inbound.interest(event, person, main, now, withdrawn=kind.endswith("REMOVE"))
            case "GUILD_SCHEDULED_EVENT_UPDATE":
                return self.gathering(data)
            case "GUILD_SCHEDULED_EVENT_DELETE":
                return self.gathering(data, cancelled=True)
        return None

    def _member_changed(self, data: Json, person: str) -> Event | None:
        if person == self.server.me:
            self.server.my_roles = tuple(map(str, data.get("roles", ())))
            return None
        called = person_name(mapping(data.get("user")), data)
        if self._names.get(person) == called:
            return None
        self._names[person] = called
        self._names.move_to_end(person)
        while len(self._names) > _NAMES:
            self._names.popitem(last=False)
        return inbound.renamed(data, self.main, self._clock.now())

    def heard(self, data: Json) -> Event | None:
        """Someone came into a voice room. What they do there, such as muting, is nobody's business."""
        person, voice = snowflake(data.get("user_id")), snowflake(data.get("channel_id"))
        before, called = self._voices.pop(person, ("", ""))
        member = mapping(data.get("member"))
        user = mapping(member.get("user"))
        if not voice or person == self.server.me or not inbound.is_person(user):
            return None
        self._voices[person] = voice, person_name(user, member) or called
        return None if voice == before else self._in_voice(person)

    def in_voice(self) -> list[VoiceEntered]:
        """Everyone who is in a voice room now."""
        return [self._in_voice(person) for person in self._voices]

    def _in_voice(self, person: str) -> VoiceEntered:
        voice, name = self._voices[person]
        channel = self.server.channels.get(voice)
        return inbound.heard(person, voice, channel.name if channel else "", name, self.main, self._clock.now())

    def gathering(self, data: Json, *, cancelled: bool = False) -> GatheringChanged | None:
        """As it stands now. Changes of our own are told as well: the core knows them again."""
        if snowflake(data.get("creator_id")) != self.server.me:
            return None
        found = gatherings.read(data, self.server.voice_names())
        if found is None:
            return None
        id = snowflake(data.get("id"))
        now = self._clock.now()
        ends = found.ends if found.ends > found.starts else None
        return GatheringChanged(
            id=f"gathering/{id}/{now.timestamp()}", platform=PLATFORM, room=self.main, person="", at=now,
            gathering=id, title=found.title, starts=found.starts, ends=ends, place=found.place,
            voice=snowflake(data.get("channel_id")), cancelled=cancelled or found.cancelled,
        )  # fmt: skip

    def vanished(self, id: str) -> GatheringChanged:
        """A gathering that is no more there: taken away while nobody listened."""
        now = self._clock.now()
        return GatheringChanged(
            id=f"gathering/{id}/{now.timestamp()}", platform=PLATFORM, room=self.main, person="", at=now,
            gathering=id, title="", starts=now, ends=None, place="", cancelled=True,
        )  # fmt: skip

    # -- the server's shape ----------------------------------------------------------------------------------

    def _of_shape(self, kind: str, data: Json) -> list[Event]:
        server = self.server
        match kind:
            case "GUILD_DELETE":
                server.channels.clear()  # the bot was put out, or the server is gone
            case "GUILD_UPDATE":
                server.name, server.owner = words(data.get("name")), snowflake(data.get("owner_id"))
                server.system = snowflake(data.get("system_channel_id"))
            case "CHANNEL_CREATE" | "CHANNEL_UPDATE":
                server.put_channel(data)
            case "CHANNEL_DELETE":
                server.channels.pop(snowflake(data.get("id")), None)
            case "THREAD_CREATE":
                server.put_thread(data)
            case "THREAD_LIST_SYNC":
                for thread in data.get("threads", ()):
                    server.put_thread(mapping(thread))
            case "THREAD_DELETE":
                server.threads.pop(snowflake(data.get("id")), None)
            case "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE":
                role = dict(mapping(data.get("role")))
                server.roles[snowflake(role.get("id"))] = role
            case "GUILD_ROLE_DELETE":
                server.roles.pop(snowflake(data.get("role_id")), None)
        if kind.startswith("THREAD_"):
            return []
        return self.rooms()

    def rooms(self, members: tuple[Someone, ...] | None = None) -> list[Event]:
        """What opened and what closed since the last look. `members`: of the server, where they were read."""
        now, main, counted = self._clock.now(), self.main, self.server.counted()
        office = self.server.channel(self.server.places.office) if self.server.places.office else None
        found: list[Event] = []
        for id in [*self.open]:
            if id not in counted:
                del self.open[id]
                found.append(
                    RoomClosed(
                        id=f"closed/{id}/{now.timestamp()}", platform=PLATFORM, room=id, person=self.server.me, at=now
                    )
                )
        for id, channel in counted.items():
            known = self.open.get(id)
            here = members if id == main and members is not None else ()
            if known and known.main == (id == main) and known.name == channel.name and not here:
                continue
            self.open[id] = RoomOpened(
                id=f"opened/{id}/{now.timestamp()}", platform=PLATFORM, room=id, person=self.server.me, at=now,
                community=self.server.places.slug, name=channel.name, main=id == main, members=here,
                office=bool(office and office.id == id),
            )  # fmt: skip
            found.append(self.open[id])
        return found
