"""Real answers of a real homeserver, in which all that members do has happened: what the fuzz begins from."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from tests.synapse.fixtures import NewMember
from tests.synapse.homeserver import Account
from tests.synapse.member import Member

CLIENT = "/_matrix/client/v3"
Json = dict[str, Any]


@dataclass(frozen=True)
class Recorded:
    """`first` and `later`: two answers of the sync, with all kinds of events, to Veillée's account. `hall` and
    `studio`: rooms of its community. `space`: which they are in. `private`: where it was written to alone."""

    account: Account
    hall: str
    studio: str
    private: str
    space: str
    first: Json
    later: Json
    members: Json
    messages: Json
    hierarchy: Json

    @property
    def events(self) -> list[Json]:
        """All that stands anywhere in it, and what was sent to devices."""
        return [event for answer in (self.first, self.later, self.messages) for event in _events(answer)]


def _events(answer: object) -> list[Json]:
    if isinstance(answer, list):
        return [event for part in answer for event in _events(part)]
    if not isinstance(answer, dict):
        return []
    if isinstance(answer.get("type"), str) and "content" in answer:
        return [answer]
    return [event for part in answer.values() for event in _events(part)]


async def record(account: Account, url: str, new_member: NewMember) -> Recorded:
    """One evening of a community."""
    ana, bo = await new_member("ana"), await new_member("bo")
    async with Member(url, account, listens=False) as bot:
        space = await ana.create_room("Les potières", space=True, public=True)
        hall = await ana.create_room("Salon", public=True)
        studio = await ana.create_room("Atelier", public=True, room_version="12")
        for room in (hall, studio):
            await ana.add_to_space(space, room)
        for room in (space, hall, studio):
            await bot.join(room)
        private = await bo.create_room("", direct=True, invite=[account.user_id])
        await bot.join(private)
        first = await bot.request("GET", f"{CLIENT}/sync")
        await _an_evening(ana, bo, bot, hall, studio, private)
        await ana.create_room("Ailleurs", invite=[account.user_id])
        gone = await bo.create_room("Autrefois", public=True)
        await bot.join(gone)
        await bo.kick(gone, account.user_id, "merci")
        later = await bot.request("GET", f"{CLIENT}/sync?since={quote(first['next_batch'])}")
        members = await bot.request("GET", f"{CLIENT}/rooms/{quote(hall)}/members")
        messages = await bot.request("GET", f"{CLIENT}/rooms/{quote(hall)}/messages?dir=b&limit=100")
        hierarchy = await bot.request("GET", f"/_matrix/client/v1/rooms/{quote(space)}/hierarchy")
    made = Recorded(account, hall, studio, private, space, first, later, members, messages, hierarchy)
    return _named_again(made)


def _named_again(recorded: Recorded) -> Recorded:
    """With names that are the same each time, for the same seed to bend the same."""
    whole = json.dumps(asdict(recorded))
    found = dict.fromkeys(re.findall(r'"([!@$][^"\\\s]{8,})"', whole))
    for number, name in enumerate(found):
        whole = whole.replace(json.dumps(name), json.dumps(f"{name[0]}{number}:localhost"))
    again = json.loads(whole)
    return Recorded(**again | {"account": Account(**again["account"])})


async def _an_evening(ana: Member, bo: Member, bot: Member, hall: str, studio: str, private: str) -> None:
    await bo.join(hall)
    said = await ana.say(hall, "Bonsoir à tous")
    await bo.say(hall, "Bonsoir", reply_to=said)
    await bo.say(hall, "> <@ana:localhost> Bonsoir\n\nBonsoir encore", reply_to=said, html="<mx-reply>x</mx-reply>Oui")
    await bo.say(hall, "dans le fil", thread=said)
    await ana.edit(hall, said, "Bonsoir à toutes")
    reaction = await bo.react(hall, said, "👍")
    await bo.redact(hall, reaction)
    await bo.say(hall, "!veillee aide", mentions=[bot.user_id])
    await ana.say(studio, "!veillee rencontre créer La glaise | 2031-01-14 12:00")
    await bo.say(private, "aide")
    await ana.send_voice(hall, b"OggS" * 20, 1200)
    await ana.send_file(hall, b"%PDF-", "application/pdf", "plan.pdf")
    question = {
        "question": {"org.matrix.msc1767.text": "Quel jour ?"}, "kind": "org.matrix.msc3381.poll.disclosed",
        "max_selections": 1, "answers": [{"id": i, "org.matrix.msc1767.text": i} for i in ("lundi", "mardi")],
    }  # fmt: skip
    poll = await ana.send_event(
        hall, "org.matrix.msc3381.poll.start",
        {"org.matrix.msc3381.poll.start": question, "org.matrix.msc1767.text": "Quel jour ?"},
    )  # fmt: skip
    about = {"rel_type": "m.reference", "event_id": poll}
    voted = {"org.matrix.msc3381.poll.response": {"answers": ["lundi"]}, "m.relates_to": about}
    await bo.send_event(hall, "org.matrix.msc3381.poll.response", voted)
    ended = {"org.matrix.msc3381.poll.end": {}, "org.matrix.msc1767.text": "Clos", "m.relates_to": about}
    await ana.send_event(hall, "org.matrix.msc3381.poll.end", ended)
    encrypted = {
        "algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "AwgAEnACgAkLmt6qF84IK++J7UDH2Za1YVchHyprqTqsg",
        "sender_key": "", "device_id": "XYZ", "session_id": "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ",
    }  # fmt: skip
    await bo.send_event(hall, "m.room.encrypted", encrypted)
    await bo.send_event(hall, "org.example.unknown", {"a": [1, {"b": None}]})
    await ana.set_state(hall, "m.room.topic", {"topic": "La terre"})
    await ana.set_state(hall, "m.room.pinned_events", {"pinned": [said]})
    await ana.set_power(hall, bo.user_id, 50)
    await bo.set_name("Bo la potière")
    to_device = {
        "m.key.verification.mac": {"transaction_id": ["x"], "keys": 5, "mac": {}},
        "m.room_key": {"algorithm": "m.megolm.v1.aes-sha2", "room_id": hall, "session_id": "x", "session_key": "y"},
        "m.room_key.withheld": {"algorithm": "m.megolm.v1.aes-sha2", "code": "m.unverified", "room_id": hall},
        "m.forwarded_room_key": {"room_id": hall, "session_id": "x", "sender_key": "", "session_key": "z"},
        "m.room.encrypted": {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "", "ciphertext": {}},
        "m.secret.request": {"action": "request", "name": "m.cross_signing.master"},
        "m.room_key_request": {"action": "request", "request_id": 3, "requesting_device_id": None},
    }
    for kind, content in to_device.items():
        body = {"messages": {bot.user_id: {"*": content}}}
        await bo.request("PUT", f"{CLIENT}/sendToDevice/{kind}/{kind}", body)
