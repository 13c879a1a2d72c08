"""One server as it stands: its channels, roles, and what each may do there. Kept up to date by what happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from adapters.discord.native import Json, mapping, number, sequence, snowflake, words
from adapters.discord.settings import DiscordPlaces

ADMINISTRATOR = 1 << 3
MANAGE_SERVER = 1 << 5
VIEW = 1 << 10
SEND = 1 << 11
READ_HISTORY = 1 << 16
CONNECT = 1 << 20
CREATE_THREADS = 1 << 35
SEND_IN_THREADS = 1 << 38
MANAGE_ROLES = 1 << 28
CREATE_EVENTS = 1 << 44
MANAGE_EVENTS = 1 << 33
ATTACH = 1 << 15
PIN = 1 << 51
POLLS = 1 << 49

TEXT, VOICE, ANNOUNCEMENT, STAGE, FORUM, MEDIA = 0, 2, 5, 13, 15, 16
# Where members talk, a voice channel's own chat included.
TALK = {TEXT, VOICE, ANNOUNCEMENT, STAGE, FORUM, MEDIA}
# Where the community can be spoken to as a whole.
SPEAK = {TEXT, ANNOUNCEMENT}


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    kind: int
    position: int
    overwrites: tuple[Json, ...] = ()


@dataclass(slots=True)
class Server:
    """`me`: the bot's own identifier. `threads`: the channel of each thread known. `kept`: the channels
    of which the core knows by now."""

    id: str
    me: str
    places: DiscordPlaces
    name: str = ""
    owner: str = ""
    channels: dict[str, Channel] = field(default_factory=dict)
    threads: dict[str, str] = field(default_factory=dict)
    roles: dict[str, Json] = field(default_factory=dict)
    my_roles: tuple[str, ...] = ()
    system: str = ""
    kept: set[str] = field(default_factory=set)

    # -- what happens ----------------------------------------------------------------------------------------

    def learn(self, guild: Mapping[str, Any]) -> None:
        """From a whole description of the server, as Discord sends it at each beginning."""
        self.name, self.owner = words(guild.get("name")), snowflake(guild.get("owner_id"))
        self.system = snowflake(guild.get("system_channel_id"))
        self.roles = {snowflake(r.get("id")): dict(r) for r in map(mapping, sequence(guild.get("roles")))}
        self.channels, self.threads = {}, {}
        for channel in sequence(guild.get("channels")):
            self.put_channel(mapping(channel))
        for thread in sequence(guild.get("threads")):
            self.put_thread(mapping(thread))
        for member in map(mapping, sequence(guild.get("members"))):
            if snowflake(mapping(member.get("user")).get("id")) == self.me:
                self.my_roles = tuple(map(str, sequence(member.get("roles"))))

    def put_channel(self, channel: Mapping[str, Any]) -> None:
        id = snowflake(channel.get("id"))
        self.channels[id] = Channel(
            id, words(channel.get("name")), number(channel.get("type")), number(channel.get("position")),
            tuple(dict(mapping(o)) for o in sequence(channel.get("permission_overwrites"))),
        )  # fmt: skip

    def put_thread(self, thread: Mapping[str, Any]) -> None:
        self.threads[snowflake(thread.get("id"))] = snowflake(thread.get("parent_id"))

    # -- what may be done ------------------------------------------------------------------------------------

    def permissions(self, person: str, roles: Iterable[str], channel: Channel | None = None) -> int:
        """All that the person may do, by Discord's own rule: server, then channel, everyone, roles, person."""
        if person == self.owner:
            return -1
        held = {self.id, *roles}
        base = 0
        for role in held:
            base |= number(mapping(self.roles.get(role)).get("permissions"))
        if base & ADMINISTRATOR:
            return -1
        if channel is None:
            return base
        overwrites = {snowflake(o.get("id")): o for o in channel.overwrites}
        layers = [[self.id], [r for r in held if r != self.id], [person]]
        for layer in layers:
            found = [overwrites[id] for id in layer if id in overwrites]
            for overwrite in found:
                base &= ~number(overwrite.get("deny"))
            for overwrite in found:
                base |= number(overwrite.get("allow"))
        return base if base & VIEW else 0

    def mine(self, channel: Channel | None = None) -> int:
        return self.permissions(self.me, self.my_roles, channel)

    # -- what was configured ---------------------------------------------------------------------------------

    def counted(self) -> dict[str, Channel]:
        """The channels that belong to the community, and that the bot sees."""
        seen = {c.id: c for c in self.channels.values() if c.kind in TALK and self.mine(c) & VIEW}
        named = self.places.channels
        if named:
            wanted = {c.id for name in (*named, self.places.main, self.places.office) if (c := self.channel(name))}
            return {id: c for id, c in seen.items() if id in wanted}
        return seen

    def main(self) -> Channel | None:
        """Where the community is spoken to."""
        if self.places.main:
            return self.channel(self.places.main)
        wanted = VIEW | SEND
        may = [c for c in self.channels.values() if c.kind in SPEAK and self.mine(c) & wanted == wanted]
        named = [c for name in self.places.channels if (c := self.channel(name)) in may]
        first = sorted(may, key=lambda c: (c.id != self.system, c.position, number(c.id)))
        return next(iter([c for c in named if c] or first), None)

    def channel(self, named: str) -> Channel | None:
        """By identifier, or by name."""
        bare = named.removeprefix("#").casefold()
        if bare in self.channels:
            return self.channels[bare]
        found = [c for c in self.channels.values() if c.name.casefold() == bare]
        return min(found, key=lambda c: (c.kind not in SPEAK, c.position), default=None)

    def role(self, named: str) -> str:
        """The role's identifier, "" where there is none of that name."""
        if named in self.roles:
            return named
        bare = named.removeprefix("@").casefold()
        return next((id for id, r in self.roles.items() if words(r.get("name")).casefold() == bare), "")

    def above(self, role: str) -> bool:
        """Whether the bot may hand out that role: only those below its own highest."""
        mine = [number(mapping(self.roles.get(r)).get("position")) for r in self.my_roles]
        return self.me == self.owner or max(mine, default=0) > number(self.roles[role].get("position"))

    def voices(self) -> dict[str, tuple[str, Literal["voice", "stage"]]]:
        """Voice and stage channels by name: identifier and kind."""
        kinds: dict[int, Literal["voice", "stage"]] = {VOICE: "voice", STAGE: "stage"}
        return {c.name: (c.id, kinds[c.kind]) for c in self.channels.values() if c.kind in kinds}

    def voice_names(self) -> dict[str, str]:
        """Names of voice and stage channels, by identifier."""
        return {id: name for name, (id, _) in self.voices().items()}
