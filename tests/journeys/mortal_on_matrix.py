"""The gestures of a community on Matrix, while Veillée is killed all along, and what was said there in the end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.journeys.fortnight import MORE, WITH_A_POLL, Said, alike, nothing_twice, said_to_all
from tests.journeys.mortal import Mortal
from tests.journeys.on_matrix import POLL, PREFIX, Hall, OnMatrix
from tests.journeys.veillee import Veillee
from tests.synapse.listener import CLIENT

# Of a sync that tells how far the server is, and nothing else.
NO_ROOM = quote(json.dumps({"room": {"rooms": []}, "presence": {"types": []}, "account_data": {"types": []}}))
HELP = "Voici ce que tu peux me demander."
PLACES = "select value from cursor"


class MortalOnMatrix(OnMatrix):
    def __init__(self, life: Mortal, hall: Hall) -> None:
        super().__init__(life, hall)
        self.mortal = life
        self.asked: list[str] = []
        self.helped = 0
        self._here = ""
        life.reached = self._reached
        life.beside = [self._talks, self._adds, self._needs_help]

    async def _reached(self) -> Callable[[], bool]:
        """The place that Veillée keeps is not behind where the server is now."""
        since = f"&since={self._here}" if self._here else ""
        told = await self.hall.members["Ana"].request("GET", f"{CLIENT}/sync?timeout=0&filter={NO_ROOM}{since}")
        self._here = told["next_batch"]
        here = _position(self._here)
        return lambda: any(_position(str(place)) >= here for (place,) in self.mortal.veillee.rows(PLACES))

    # -- besides -----------------------------------------------------------------------------------------------

    async def _talks(self, number: int) -> None:
        await self.hall.members["Ines"].say(self.hall.room, f"un mot en passant, le {number}")

    async def _adds(self, number: int) -> None:
        member, words = self.hall.members["Ines"], f"{PREFIX} brise-glace ajouter Question {number} de ce soir"
        self.asked.append(await member.say(self.hall.room, words))

    async def _needs_help(self, number: int) -> None:
        await self.hall.members["Ines"].say(self.hall.room, f"{PREFIX} aide")
        self.helped += 1

    # -- what came of it ---------------------------------------------------------------------------------------

    async def check(self) -> None:
        veillee, room = self.mortal.veillee, self.hall.room
        there = await self.hall.members["Ana"].read_all(room)
        ours = [event for event in there if event["sender"] == self.hall.account.user_id and _body(event)]
        nothing_twice([_said(event) for event in ours])
        said = [event for event in ours if _relation(event).get("rel_type") != "m.replace"]
        said_to_all(_body(event) for event in said)
        # Each stands for one row, and each row for one.
        rows = veillee.rows(f"select distinct message from outbox where room = '{room}' and message != ''")
        alone = [e for e in said if e["content"]["msgtype"] != "m.file" and not _body(e).startswith(WITH_A_POLL)]
        alone += [event for event in there if event["type"] == f"{POLL}.start"]
        alike("said", [event["event_id"] for event in alone], [id for (id,) in rows])
        answers = Counter(_relation(event).get("m.in_reply_to", {}).get("event_id", "") for event in said)
        assert {asked: answers[asked] for asked in self.asked} == dict.fromkeys(self.asked, 1)
        theirs = [e["event_id"] for e in there if e["sender"] != self.hall.account.user_id and _body(e)]
        counted = veillee.rows("select event from activity where kind in ('message', 'reply')")
        alike("counted", [event for (event,) in counted], theirs)
        helped = await self.said("Ines", await self.private("Ines")) if self.helped else []
        # Help is given in private, wherever it was asked for.
        assert sum(HELP in _body(event) for event in helped) == self.helped
        for name, member in self.hall.members.items():
            private = await self.mortal.direct_room(member.user_id)
            if private and name in self._in_private:
                events = await member.read_all(private)
                told = [e for e in events if e["sender"] == self.hall.account.user_id and _body(e)]
                nothing_twice([_said(event) for event in told if HELP not in _body(event)])


def _body(event: dict[str, Any]) -> str:
    """"" of what is no message, or was taken back."""
    return str(event["content"].get("body", "")) if event["type"] == "m.room.message" else ""


def _relation(event: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = event["content"].get("m.relates_to", {})
    return found


def _said(event: dict[str, Any]) -> Said:
    at = datetime.fromtimestamp(event["origin_server_ts"] / 1000, UTC)
    return Said(event["room_id"], _body(event), at, json.dumps(_relation(event)))


def _position(place: str) -> int:
    return int(place.lstrip("s").partition("_")[0])


def veillee_in(folder: Path, hall: Hall, database: str) -> Veillee:
    folder.mkdir(exist_ok=True)
    named = [hall.members[name].user_id for name in ("Ana", "Ines")]
    return Veillee(
        folder, url=hall.homeserver.url, account=hall.account, room=hall.room, facilitator='", "'.join(named),
        hour=hall.homeserver.hour, database=database, more=MORE,
    )  # fmt: skip
