"""The platform in memory with all that a platform may do itself: answers at once, sheets, a calendar, admission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from adapters.rehearsal.platform import BOT, RehearsalPlatform
from bot.chat.addresses import Laid
from bot.chat.capabilities import Level
from bot.chat.content import Argument, File, Gathering, Message, Sheet, Told
from bot.chat.events import (
    ButtonPressed,
    CommandUsed,
    FormSubmitted,
    GatheringChanged,
    InterestShown,
    VoiceEntered,
)
from bot.chat.language import Language
from bot.ports import Clock, Expired, Refused

# As many as a server of a well-known platform holds.
MOST_GATHERINGS = 100


@dataclass(slots=True)
class _Asked:
    """What one handle stands for. Once something was said to it, no sheet can be handed by it."""

    person: str
    room: str
    answered: bool = False
    over: bool = False


@dataclass(slots=True)
class Held:
    room: str
    gathering: Gathering


class NativeRehearsalPlatform(RehearsalPlatform):
    """Implements AnswersAtOnce, HoldsGatherings, HearsVoices and Admits of bot.ports as well.

    `too_slow`: sheets come too late to be handed. `handles_over`: handles answer nothing any more. `languages`: in
    which each person uses the platform. `deaf`: changes of the calendar are not told.
    `door_stuck`: it lets us admit nobody.
    """

    def __init__(
        self, clock: Clock, *, buttons: Level = Level.NATIVE, polls: Level = Level.FALLBACK, text_limit: int = 4000,
        name: str = "rehearsal",
    ) -> None:  # fmt: skip
        super().__init__(clock, buttons=buttons, polls=polls, text_limit=text_limit, name=name)
        self._capabilities = replace(self._capabilities, gatherings=Level.NATIVE, admission=Level.NATIVE)
        self.too_slow = self.handles_over = self.deaf = self.door_stuck = False
        self.languages: dict[str, Language] = {}
        self.sheets: dict[str, list[Sheet]] = {}
        self.gatherings: dict[str, Held] = {}
        self.written: list[str] = []
        self.admitted: set[tuple[str, str]] = set()
        self._in_voice: dict[str, VoiceEntered] = {}
        self._asked: dict[str, _Asked] = {}
        self._keys: dict[str, str] = {}

    # -- what the core asks -----------------------------------------------------------------------------

    async def post(
        self, room: str, message: Message, *, key: str, thread: str = "", answers: str = "",
        since: datetime | None = None,
    ) -> str:  # fmt: skip
        id = await super().post(room, message, key=key, thread=thread, answers=answers, since=since)
        self._keys[id] = key
        return id

    def holds(self, uri: str) -> bool:
        return self.passing(uri) or super().holds(uri)

    def passing(self, uri: str) -> bool:
        return uri.startswith("sheet:")

    async def lay(self, person: str, file: File, *, key: str, since: datetime) -> Laid:
        room = await self.direct_room(person)
        message = await self.post(room, Message((file,)), key=key, since=since)
        lies = f"{room}/{message}"
        self.files[lies] = file.data
        return Laid(self.name, room, message, lies)

    async def answer(self, handle: str, message: Message, *, key: str) -> tuple[str, str]:
        asked = self._asked.get(handle)
        if asked is None or asked.over or self.handles_over:
            raise Expired("too late")
        asked.answered = True
        if key not in self._by_key:
            said = self._put(asked.room, BOT, message=message, only=asked.person)
            self._by_key[key] = said.id
            self._keys[said.id] = key
        return asked.room, self._by_key[key]

    async def open_form(self, handle: str, sheet: Sheet, *, key: str) -> None:
        asked = self._asked.get(handle)
        if asked is None or asked.over or asked.answered or self.too_slow or self.handles_over:
            raise Expired("too late")
        asked.answered = True
        self.sheets.setdefault(asked.person, []).append(sheet)

    async def hold(self, room: str, gathering: Gathering, *, key: str, target: str = "") -> str:
        id = target or self._by_key.get(key, "")
        if id and id not in self.gatherings:
            raise Refused("no such gathering")
        if not id:
            alive = [h for h in self.gatherings.values() if h.room == room and not h.gathering.cancelled]
            if len(alive) >= MOST_GATHERINGS:
                raise Refused("too many gatherings")
            if gathering.starts <= self._clock.now():
                raise Refused("a gathering cannot begin in the past")
            id = self._by_key[key] = self._next()
        self.written.append(id)
        known = self.gatherings.get(id)
        self.gatherings[id] = Held(room, gathering)
        if known is not None and known.gathering != gathering:
            await self._tell_of(id, BOT)
        return id

    async def admit(self, room: str, person: str, *, withdrawn: bool) -> None:
        if self.door_stuck:
            raise Refused("the role is gone")
        (self.admitted.discard if withdrawn else self.admitted.add)((room, person))

    # -- what members do --------------------------------------------------------------------------------

    def _ask(self, person: str, room: str) -> dict[str, Any]:
        base = self._base(room, person)
        handle = f"handle-{base['id']}"
        self._asked[handle] = _Asked(person, room)
        return base | {
            "handle": handle, "language": self.languages.get(person), "direct": self.rooms[room].direct,
            "name": self.rooms[room].members.get(person, ""),
        }  # fmt: skip

    async def press(self, person: str, message: str, choice: int) -> None:
        said = self._find(message)
        await self._happen(
            ButtonPressed(
                **self._ask(person, said.room), message=message, choice=choice, post=self._keys.get(message, "")
            )
        )

    async def command(self, person: str, room: str, command: str, values: Mapping[str, str]) -> None:
        await self._happen(CommandUsed(**self._ask(person, room), command=command, values=dict(values)))

    async def submit(
        self, person: str, room: str, form: str, args: Mapping[str, Argument], values: Mapping[str, Told]
    ) -> None:
        await self._happen(
            FormSubmitted(**self._ask(person, room), form=form, args=dict(args), values=dict(values))
        )

    def end_handles(self) -> None:
        """All that was asked so far can be answered no more."""
        for asked in self._asked.values():
            asked.over = True

    async def change_gathering(self, person: str, id: str, **changes: Any) -> None:
        """By hand, in the platform's own calendar."""
        held = self.gatherings[id]
        held.gathering = replace(held.gathering, **changes)
        await self._tell_of(id, person)

    async def tell_of(self, id: str, gathering: Gathering, person: str = "", voice: str = "") -> None:
        """The news that it was so, be it late."""
        base = self._base(self.gatherings[id].room, person)
        await self._happen(
            GatheringChanged(
                **base, gathering=id, title=gathering.title, starts=gathering.starts, ends=gathering.ends,
                place=gathering.place, voice=voice, cancelled=gathering.cancelled,
            )
        )  # fmt: skip

    async def _tell_of(self, id: str, person: str) -> None:
        if not self.deaf:
            await self.tell_of(id, self.gatherings[id].gathering, person)

    async def show_interest(self, person: str, id: str, *, withdrawn: bool = False) -> None:
        room = self.gatherings[id].room
        name = self.rooms[room].members.get(person, "")
        await self._happen(
            InterestShown(**self._base(room, person), gathering=id, name=name, withdrawn=withdrawn)
        )

    async def enter_voice(self, person: str, room: str, voice: str, voice_name: str) -> None:
        self._in_voice[person] = self._entered(person, room, voice, voice_name)
        await self._happen(self._in_voice[person])

    def leave_voice(self, person: str) -> None:
        """Nobody is told."""
        del self._in_voice[person]

    def _entered(self, person: str, room: str, voice: str, voice_name: str) -> VoiceEntered:
        name = self.rooms[room].members.get(person, "")
        return VoiceEntered(**self._base(room, person), voice=voice, voice_name=voice_name, name=name)

    async def in_voice(self, room: str) -> list[VoiceEntered]:
        there = [e for e in self._in_voice.values() if e.room == room]
        return [self._entered(e.person, room, e.voice, e.voice_name) for e in there]
