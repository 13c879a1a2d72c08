"""A homeserver that passes on whatever it was given, bent events among good ones, and answers calls in odd ways."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.poison.mutations import Mutator, written
from tests.poison.recorded import Json, Recorded
from tests.poison.sealed import MEGOLM, Device, Eve

PLANTS = 12
DM, TALKS = "!dm:localhost", "@plantdm:localhost"
SEALED, FLO, EVE = "!sealed:localhost", "@flo:localhost", "@eve:localhost"
_AT = 1_780_000_000_000


def event(kind: str, id: str, sender: str, content: Json, **rest: Any) -> Json:
    return {"type": kind, "event_id": id, "sender": sender, "origin_server_ts": _AT, "content": content, **rest}


def joined(person: str, id: str) -> Json:
    content = {"membership": "join", "displayname": person[1:].split(":")[0]}
    return event("m.room.member", id, person, content, state_key=person)


def said(id: str, sender: str, body: str, **more: Any) -> Json:
    return event("m.room.message", id, sender, {"msgtype": "m.text", "body": body, **more})


class StandIn:
    """Gives `count` answers with `bent` bent events each. What of the good ones must be found in the end stands in
    `messages`, `replies`, `reactions`, `commands`, `newcomers` and, in private, `words`. `forged`: what must never be.
    One room is encrypted: an honest member's words are read there, whatever a stranger sends to the device."""

    def __init__(self, recorded: Recorded, random: Random, *, count: int, bent: int) -> None:
        self._recorded = recorded
        self._random = random
        self.count, self._bent = count, bent
        ids = {v for e in recorded.events for v in e.values() if isinstance(v, str) and v[:1] in "!@$"}
        ids |= {recorded.hall, recorded.studio, recorded.space, recorded.account.user_id}
        self._mutator = Mutator(random, sorted(ids))
        self._kept: tuple[str, bytes] = ("", b"")
        self._gaps: dict[str, list[Any]] = {}
        self.asked: Counter[str] = Counter()
        self.sent: list[tuple[str, Json]] = []
        self.bent = 0
        self.messages: set[str] = set()
        self.replies: set[str] = set()
        self.reactions: set[str] = set()
        self.commands: set[str] = set()
        self.newcomers: set[str] = set()
        self.words: set[str] = set()
        self.secret: set[str] = set()
        self.forged: set[str] = set()
        self._keys: Json = {}
        self._one_time: list[str] = []
        self._flo: Device | None = None
        self._eve: Eve | None = None

    async def answer(self, request: web.Request) -> web.Response:
        parts = [unquote(part) for part in request.rel_url.raw_path.split("/")[4:]]
        query = request.query
        if parts == ["sync"]:
            since = query.get("since", "")
            return self._json(await self._sync(since, first="timeline" not in query.get("filter", "") or not since))
        found = self._call(request.method, parts, await request.read())
        if found is None:
            return web.json_response({"errcode": "M_NOT_FOUND", "error": ""}, status=404)
        return self._json(written(found, self._random))

    @staticmethod
    def _json(body: bytes) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    # -- calls ---------------------------------------------------------------------------------------------------

    def _call(self, method: str, parts: list[str], body: bytes) -> Any:
        recorded = self._recorded
        match parts:
            case ["account", "whoami"]:
                return {"user_id": recorded.account.user_id, "device_id": "D"}
            case ["joined_rooms"]:
                return {"joined_rooms": [recorded.hall, recorded.studio, recorded.space, recorded.private, DM, SEALED]}
            case ["user", _, "account_data", "m.direct"]:
                return {TALKS: [DM]} if method == "GET" else {}
            case ["rooms", room, "hierarchy"] if room == recorded.space:
                return self._perhaps(recorded.hierarchy)
            case ["rooms", _, "messages"]:
                return {"chunk": self._gaps.pop(parts[1], [])[::-1]}
            case ["rooms", _, "members"]:
                return self._perhaps(recorded.members)
            case ["rooms", room, "joined_members"]:
                there: Json = {person: {} for person in (recorded.account.user_id, *self._plants(), *self.newcomers)}
                return {"joined": there | {self._random.choice(["@x:y", "", "x", "@" * 300]): self._bend_one()}}
            case ["rooms", _, "state", "m.room.create", _]:
                return self._perhaps(next(e for e in recorded.events if e["type"] == "m.room.create"))
            case ["rooms", _, "state", "m.room.power_levels", _]:
                return self._perhaps(next(e for e in recorded.events if e["type"] == "m.room.power_levels")["content"])
            case ["rooms", _, "state", "m.room.member", person]:
                return self._perhaps({**joined(person, "$j"), "membership": "join"})
            case ["rooms", room, "send", _, _]:
                self.sent.append((room, json.loads(body)))
                return {"event_id": f"$sent{len(self.sent)}"}
            case ["rooms", _, "redact", *_]:
                return {"event_id": "$redaction"}
            case ["createRoom"]:
                return {"room_id": f"!made{self._random.random()}:localhost"}
            case ["rooms", room, "state", "m.room.encryption", _] if room == SEALED:
                return {"algorithm": MEGOLM}
            case ["rooms", _, "state", *_]:
                return None
            case ["keys", "upload"]:
                return self._uploaded(json.loads(body))
            case ["keys", "query"]:
                return {"device_keys": {person: self._devices(person) for person in json.loads(body)["device_keys"]}}
            case _:
                return {}

    def _uploaded(self, body: Json) -> Json:
        self._keys = body.get("device_keys", self._keys)
        for key in [*body.get("one_time_keys", {}).values(), *body.get("fallback_keys", {}).values()]:
            self._one_time.append(key["key"])
        return {"one_time_key_counts": {"signed_curve25519": 50 if self._one_time else 0}}

    def _devices(self, person: str) -> Any:
        if person == self._recorded.account.user_id:
            return {"D": self._keys} if self._keys else {}
        if person == FLO and self._flo is not None:
            return {"FLO": self._flo.keys()}
        if person == EVE and self._eve is not None:
            odd = self._mutator.event(self._eve.keys())
            return {"EVE": self._eve.keys(), "FLO": odd, self._random.choice(["", "EVE2", "\ud800"]): odd}
        return self._bend_one()

    def _perhaps(self, answer: Any) -> Any:
        return self._mutator.answer(answer) if self._random.random() < 0.5 else answer

    def _bend_one(self) -> Any:
        self.bent += 1
        bent = self._mutator.event(self._random.choice(self._recorded.events))
        # A homeserver that vouches for these says that the room truly is so: no poison, but a change.
        if isinstance(bent, dict) and bent.get("state_key") in ("", self._recorded.account.user_id):
            del bent["state_key"]
        return bent

    # -- the sync ------------------------------------------------------------------------------------------------

    def _plants(self) -> list[str]:
        return [TALKS, *(f"@plant{n}:localhost" for n in range(PLANTS))]

    async def _sync(self, since: str, *, first: bool) -> bytes:
        if not since:
            answer = deepcopy(self._recorded.first)
            answer["rooms"]["join"][SEALED] = {"state": {"events": [
                event("m.room.encryption", "$enc", FLO, {"algorithm": MEGOLM}, state_key=""), joined(FLO, "$jflo"),
                joined(EVE, "$jeve"), joined(self._recorded.account.user_id, "$jme"),
            ]}}  # fmt: skip
            for room in (self._recorded.hall, self._recorded.studio):
                state = answer["rooms"]["join"][room].setdefault("state", {}).setdefault("events", [])
                state += [joined(person, f"$j{person}{room}") for person in self._plants()]
            return written(answer | {"next_batch": "0"}, self._random)
        self.asked[since] += 1
        number = int(since)
        if number >= self.count:
            await asyncio.sleep(0.5)
            return written({"next_batch": since}, self._random)
        if self._kept[0] != since:
            self._kept = (since, written(self._answer(number), self._random))
        return self._kept[1]

    def _answer(self, number: int) -> Json:
        recorded, random = self._recorded, self._random
        bent = [self._bend_one() for _ in range(self._bent)]
        hall, studio, private, talk = self._good(number)
        dealt: list[list[Any]] = [hall, hall, hall, studio, private, talk, [], []]
        for one in bent:
            where = random.choice(dealt)
            where.insert(random.randint(0, len(where)), one)
        space, elsewhere = dealt[-2:]
        sealed, letters = self._sealed(number)
        for letter in letters:
            elsewhere.insert(random.randint(0, len(elsewhere)), letter)
        limited = number % 7 == 3
        if limited:
            cut = random.randint(0, len(hall))
            self._gaps[recorded.hall], hall = hall[:cut], hall[cut:]
        later = recorded.later["rooms"]
        other = random.choice([*later["join"].values(), *later.get("leave", {}).values(), *later["invite"].values()])
        rooms = {
            "join": {
                recorded.hall: {
                    "timeline": {"events": hall, "limited": limited, "prev_batch": "p"},
                    "state": {"events": [self._bend_one()]},
                },
                "!elsewhere:localhost": self._mutator.answer(other),
                recorded.studio: {"timeline": {"events": studio}, "ephemeral": self._mutator.answer(other)},
                DM: {"timeline": {"events": talk}},
                SEALED: {"timeline": {"events": sealed}},
                recorded.private: {"timeline": {"events": private}, "state": {"events": self._bend_one()}},
                recorded.space: {"timeline": {"events": space}, "state": {"events": [self._bend_one()]}},
            },
            "leave": {"!gone:localhost": self._mutator.answer(other)},
            "invite": {f"!invited{number}:localhost": self._mutator.answer(other), "": self._bend_one()},
            "knock": self._bend_one(),
        }
        return {
            "next_batch": str(number + 1), "rooms": rooms, "to_device": {"events": elsewhere},
            "account_data": {"events": [self._bend_one()]}, "presence": self._bend_one(),
            "device_lists": self._bend_one(), "device_one_time_keys_count": self._bend_one(),
        }  # fmt: skip

    def _good(self, n: int) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
        plant = f"@plant{n % PLANTS}:localhost"
        hall: list[Any] = [
            said(f"$m{n}", plant, "bonsoir"),
            said(f"$r{n}", plant, "oui", **{"m.relates_to": {"m.in_reply_to": {"event_id": f"$m{n}"}}}),
            event("m.reaction", f"$e{n}", plant, {
                "m.relates_to": {"rel_type": "m.annotation", "event_id": f"$m{n}", "key": "👍"},
            }),
        ]  # fmt: skip
        self.messages |= {f"$m{n}", f"$s{n}"}
        self.replies.add(f"$r{n}")
        self.reactions.add(f"$e{n}")
        if n % 5 == 1:
            taken_back = f"$m{n - 1}"
            hall.append(event("m.room.redaction", f"$x{n}", plant, {"redacts": taken_back}, redacts=taken_back))
            self.messages.discard(taken_back)
        if n % 5 == 2:
            hall.append(said(f"$c{n}", plant, f"!veillee xyzzy{n}"))
            self.messages.add(f"$c{n}")
            self.commands.add(f"$c{n}")
        if n % 5 == 3:
            hall.append(joined(f"@new{n}:localhost", f"$n{n}"))
            self.newcomers.add(f"@new{n}:localhost")
        talk: list[Any] = []
        if n % 5 == 4:
            talk.append(said(f"$d{n}", TALKS, "aide"))
            self.words.add(f"$d{n}")
        return hall, [said(f"$s{n}", plant, "bonsoir l’atelier")], [], talk

    def _sealed(self, n: int) -> tuple[list[Any], list[Any]]:
        """What is said in the encrypted room, and what is sent to the device."""
        self.bent += 16
        if self._flo is None:
            self._flo = Device(FLO, "FLO", self._keys, self._one_time[0])
            self._eve = Eve(EVE, "EVE", self._keys, self._one_time[1])
        flo, eve = self._flo, self._eve
        assert eve is not None
        letters = eve.letters(self._random, self._mutator, SEALED, flo)
        if n % 10 == 0:
            flo.group = type(flo.group)()
            letters.insert(0, flo.sealed(json.dumps(flo.letter("m.room_key", flo.key(SEALED))).encode()))
        if n % 20 == 0:
            eve.group = type(eve.group)()
        words = f"!veillee xyzzy{n}" if n % 15 == 2 else "bonsoir"
        content = {"msgtype": "m.text", "body": words}
        plain = {"type": "m.room.message", "room_id": SEALED, "content": content}
        honest = flo.said(json.dumps(plain).encode())
        self.messages.add(f"$k{n}")
        if n % 15 == 2:
            self.secret.add(f"$k{n}")
        said = [event("m.room.encrypted", f"$k{n}", FLO, honest)]
        for number, bent in enumerate(eve.events(self._random, self._mutator, SEALED, honest)):
            pretends = number in (2, 3)
            said.append(event("m.room.encrypted", f"$eve{n}.{number}", FLO if number == 3 else EVE, bent))
            if pretends:
                self.forged.add(f"$eve{n}.{number}")
        return said, letters
