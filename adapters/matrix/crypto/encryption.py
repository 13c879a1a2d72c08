"""What the adapter asks of encryption, and the order in which it must be asked.

Messages to this device are kept before the place in the stream moves on: the server forgets them then.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from adapters.matrix.crypto import attachments, files
from adapters.matrix.crypto.devices import DeviceLists
from adapters.matrix.crypto.enrolment import Enrolment, KeysLost
from adapters.matrix.crypto.identity import WrongSecret
from adapters.matrix.crypto.machine import MEGOLM, Machine
from adapters.matrix.crypto.opening import Opened, Opening, Untold
from adapters.matrix.crypto.secret import Secret
from adapters.matrix.crypto.sharing import Sharing
from adapters.matrix.crypto.store import KeyStore
from adapters.matrix.crypto.thread import KeyThread
from adapters.matrix.crypto.upkeep import Upkeep
from adapters.matrix.native import Json, mapping, sequence, words
from adapters.matrix.server import Denied, Server
from bot.guard import Guard
from bot.ports import Refused

log = structlog.get_logger("matrix")

NO_DEVICE = "the token belongs to no device: encrypted rooms need one that comes from a login"
SEALED_OTHERWISE = "the keys of encrypted rooms were sealed by another store_key: put that one back"
KEYS_LOST = "the server knows this device by keys that are lost: log in as a new device, veillee check says how"
OTHER_ALGORITHM = "the room is encrypted in a way that is not known"
# Events opened before others get the thread.
_AT_ONCE = 200
# Sent in clear in every room, for servers to count by.
IN_CLEAR = {"m.reaction"}


@dataclass(frozen=True, slots=True)
class Late:
    """Events of one room as if they had been said in clear, and the ids of all that need not wait any more."""

    room: str
    events: list[Any]
    done: list[str]


class Encryption:
    """`trouble`: why encrypted rooms cannot be used, "" if they can."""

    def __init__(self, server: Server, folder: Path, secret: Secret, guard: Guard | None = None) -> None:
        self.secret = secret
        self.trouble = ""
        self._server = server
        self._folder = folder
        self._guard = guard
        self._thread = KeyThread()
        self._starting = asyncio.Lock()
        self._started = False
        self._opened_once = False
        self._closed = False
        self._waiting = 0
        self.rooms: dict[str, Json] = {}
        self.machine: Machine
        self._devices: DeviceLists
        self._sharing: Sharing
        self._opening: Opening
        self._enrolment: Enrolment
        self._upkeep: Upkeep

    # -- starting and ending -------------------------------------------------------------------------------

    async def start(self) -> bool:
        """Whether encrypted rooms can be used. Raises as the server does."""
        async with self._starting:
            if not self._started:
                await self._start()
                self._started = True
        return not self.trouble

    async def _start(self) -> None:
        device = await self._server.sign_in()
        if not device:
            return self._give_up(NO_DEVICE)
        if self._guard:
            await self._guard.settled()
        self.rooms |= await self._thread.do(files.encrypted_rooms, self._folder)
        try:
            if not self._opened_once:
                whose = (self._server.account, device, self.secret, self._guard)
                self._assemble(await self._thread.do(opened, self._folder, *whose))
                self._waiting = await self._thread.do(self._opening.waiting)
            await self._enrolment.enrol()
        except WrongSecret:
            self._give_up(SEALED_OTHERWISE)
        except KeysLost:
            self._give_up(KEYS_LOST)
        except Denied as denied:
            self._give_up(f"the server takes no keys for encrypted rooms: {denied.reason}")
        return None

    def _assemble(self, machine: Machine) -> None:
        server, thread = self._server, self._thread
        self.machine, self._opened_once = machine, True
        self._devices = DeviceLists(server, machine, thread)
        self._sharing = Sharing(server, machine, thread, self._devices)
        self._opening = Opening(machine)
        self._enrolment = Enrolment(server, machine, thread, self._folder, self.secret)
        self._upkeep = Upkeep(server, machine, thread, self._enrolment, self._sharing, self._opening)

    def _give_up(self, why: str) -> None:
        self.trouble = why
        log.error(why)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._opened_once:
            await self._thread.do(self.machine.store.close)
        await self._thread.end()

    # -- which rooms are encrypted -------------------------------------------------------------------------

    async def knows(self, room: str) -> bool:
        await self.start()
        return room in self.rooms

    async def note(self, room: str, settings: Json) -> None:
        """Once encrypted, for ever so: whatever a server says later, nothing is said there in clear any more."""
        if self.rooms.get(room) == settings or not await self.start():
            self.rooms.setdefault(room, settings)
            return
        kept = {**settings, "algorithm": self.rooms.get(room, settings).get("algorithm")}
        await self._thread.do(self.machine.whole, self._keep_room, room, kept)
        self.rooms[room] = kept

    def _keep_room(self, room: str, settings: Json) -> None:
        self.machine.store.do("INSERT OR REPLACE INTO rooms VALUES (?, ?)", room, json.dumps(settings))

    # -- saying --------------------------------------------------------------------------------------------

    async def sealed(self, room: str, kind: str, content: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """The event as it is sent."""
        if kind in IN_CLEAR:
            return kind, content
        if not await self.start():
            raise Refused(self.trouble)
        if self.rooms.get(room, {}).get("algorithm") != MEGOLM:
            raise Refused(OTHER_ALGORITHM)
        return "m.room.encrypted", await self._sharing.sealed(room, self.rooms[room], kind, content)

    # -- hearing -------------------------------------------------------------------------------------------

    async def take(self, answer: Json, since: str) -> None:
        """What an answer of the sync holds for encryption: first of all that is done with it."""
        if not await self.start():
            return
        restored = await self._thread.do(self.machine.was_restored, since)
        if since and restored:
            await self._thread.do(self.machine.whole, self.machine.restart_sessions)
            log.warning("keys of another time than the rest: begun anew with every device")
        events = sequence(mapping(answer.get("to_device")).get("events"))
        lists = mapping(answer.get("device_lists"))

        def keep() -> None:
            senders = self.machine.take(events, since, words(answer.get("next_batch")))
            for person in senders:
                self.machine.store.do("INSERT OR IGNORE INTO tracked VALUES (?, 1)", person)
            self._devices.changed(sequence(lists.get("changed")), sequence(lists.get("left")))

        await self._thread.do(self.machine.whole, keep)
        self._upkeep.heard(answer, events)
        for room, part in mapping(mapping(answer.get("rooms")).get("join")).items():
            await self._look_at(words(room), mapping(part))

    async def _look_at(self, room: str, part: Json) -> None:
        state = sequence(mapping(part.get("state")).get("events"))
        timeline = mapping(part.get("timeline"))
        limited = timeline.get("limited") is True
        for event in map(mapping, (*state, *sequence(timeline.get("events")))):
            kind = event.get("type")
            if kind == "m.room.encryption" and event.get("state_key") == "":
                await self.note(room, settled(mapping(event.get("content"))))
            limited |= kind in ("m.room.member", "m.room.history_visibility")
        if limited:
            self._sharing.changed(room)

    async def opened(self, room: str, raws: Sequence[Any]) -> list[Any]:
        """The events with those that were encrypted as if they had been said in clear. Those that cannot be read are
        left out; where only their key is missing, they are kept until it comes."""
        if all(mapping(raw).get("type") != "m.room.encrypted" for raw in raws) or not await self.start():
            return [raw for raw in raws if mapping(raw).get("type") != "m.room.encrypted"]
        events: list[Any] = []
        for at in range(0, len(raws), _AT_ONCE):
            found = await self._opened(room, raws[at : at + _AT_ONCE])
            self._wait_for(found)
            events += [self._with_address(event) for event in found.events if event is not None]
        return events

    async def _opened(self, room: str, raws: Sequence[Any]) -> Opened:
        found: Opened = await self._thread.do(self.machine.whole, self._opening.open, room, raws)
        if found.strangers:
            await self._devices.refresh(found.strangers, anew=True)
            unreachable = self._devices.unreachable
            found = await self._thread.do(self.machine.whole, self._opening.open, room, raws, unreachable)
        return found

    def _wait_for(self, found: Opened) -> None:
        self._waiting += len(found.waiting)
        self._upkeep.due |= bool(found.waiting)

    async def late(self) -> list[Late]:
        """What was kept for want of a key that has come. To be given to `kept` once it is taken in."""
        if not self._waiting or self.trouble:
            return []
        lately: list[Late] = []
        for room, raws in (await self._thread.do(self.machine.whole, self._opening.readable)).items():
            found = await self._opened(room, raws)
            done = [id for raw in raws if (id := words(raw.get("event_id"))) not in found.waiting]
            events = [self._with_address(event) for event in found.events if event is not None]
            lately.append(Late(room, events, done))
        return lately

    async def untold(self) -> list[Untold]:
        if not self._waiting or self.trouble:
            return []
        return await self._thread.do(self._opening.untold)

    async def kept(self, events: Sequence[str], told: Sequence[Untold]) -> None:
        """These are taken in for good."""
        if not events and not told:
            return

        def keep() -> int:
            self._opening.settled(events)
            self._opening.told(told)
            return self._opening.waiting()

        self._waiting = await self._thread.do(self.machine.whole, keep)

    async def patience(self, longest: float) -> float:
        """How long the next answer of the sync may take, so that nobody is told too late that they were not heard."""
        if not self._waiting or self.trouble:
            return longest
        soonest = await self._thread.do(self._opening.next_telling)
        return longest if soonest is None else min(longest, soonest + 0.5)

    def _with_address(self, event: Any) -> Any:
        content = mapping(mapping(event).get("content"))
        if isinstance(content.get("file"), dict):
            return {**event, "content": {**content, "url": attachments.address(content["file"], self.secret)}}
        return event

    # -- beside the listening ------------------------------------------------------------------------------

    @property
    def unsettled(self) -> bool:
        """Whether `settle` is to be called."""
        return self._started and not self.trouble and self._upkeep.wanted

    async def settle(self) -> None:
        """What is to be asked of the server or sent to devices. Raises as the server does."""
        await self._upkeep.settle()


def opened(folder: Path, account: str, device: str, secret: Secret, guard: Guard | None = None) -> Machine:
    """On the thread of the keys. Raises WrongSecret, and NotOurs where we may not lead."""
    files.make_folder(folder)
    file = files.device_file(folder, account, device)
    files.touch(file)
    store = KeyStore(str(file), secret, guard)
    try:
        return Machine(store, account, device)
    except Exception as fault:
        store.close()
        if "Pickle" in type(fault).__name__:
            raise WrongSecret from fault
        raise


def settled(content: Json) -> Json:
    """Of what a room says about its encryption, what can be of use and kept."""
    return {
        name: part for name, part in content.items()
        if isinstance(part, str) or (isinstance(part, int) and abs(part) < 2**53)
    }  # fmt: skip
