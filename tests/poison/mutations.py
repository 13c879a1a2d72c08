"""Events and answers bent out of shape, by a seed."""

from __future__ import annotations

import json
from copy import deepcopy
from random import Random
from typing import Any

CANARY = "canary7c1"
DEEP = "\uf8ffdeep\uf8ff"
HUGE = "\uf8ffhuge\uf8ff"
_LONG = 20_000

Json = dict[str, Any]


def written(answer: object, random: Random) -> bytes:
    """As bytes of an answer. What no writer of JSON would write is put in here."""
    raw = json.dumps(answer)
    for levels in (150, 1_500, 12_000):
        nested = '{"a":' * levels + "0" + "}" * levels if random.random() < 0.5 else "[" * levels + "]" * levels
        raw = raw.replace(json.dumps(f"{DEEP}{levels}"), nested)
    return raw.replace(json.dumps(HUGE), "9" * 5_000).encode()


class Mutator:
    """`ids`: of rooms, persons and events, to be put where they do not belong."""

    def __init__(self, random: Random, ids: list[str]) -> None:
        self._random = random
        self._ids = ids
        self._heavy = 0

    def event(self, event: Json) -> Any:
        """Bent in one place, or several."""
        bent: Any = deepcopy(event)
        self._heavy = 0
        for _ in range(self._random.choice((1, 1, 1, 2, 3, 6))):
            bent = self._bend(bent)
        return bent

    answer = event

    def _bend(self, whole: Any) -> Any:
        places = list(_places(whole))
        if not places or self._random.random() < 0.02:
            return self._odd(whole)
        holder, key = self._random.choice(places)
        match self._random.randrange(8):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                holder[self._random.choice(_KEYS)] = holder.pop(key)
            case 2 if isinstance(holder, dict):
                holder[self._random.choice(_KEYS)] = self._odd(holder[key])
            case 3:
                other, where = self._random.choice(places)
                value = deepcopy(other[where]) if where in range(len(other)) or isinstance(other, dict) else None
                holder[key] = value
            case _:
                holder[key] = self._odd(holder[key])
        return whole

    def _odd(self, value: Any) -> Any:
        random = self._random
        match random.randrange(12):
            case 0:
                return [value]
            case 1:
                return {"a": value}
            case 2:
                return random.choice(_NUMBERS)
            case 3:
                return str(value)
            case 4:
                return random.choice(self._ids)
            case 5:
                return random.choice(_KINDS)
            case 6 | 7:
                return self._text()
            case 8:
                return random.choice((None, True, False, [], {}, ""))
            case 9 if not self._heavy:
                self._heavy += 1
                return f"{DEEP}{random.choice((150, 1_500, 12_000))}"
            case 10 if isinstance(value, dict | list) and value:
                return [deepcopy(value) for _ in range(3)]
            case _:
                return f"{CANARY} {random.random()}"

    def _text(self) -> str:
        chosen = self._random.choice(_TEXTS)
        if len(chosen) < 100 and self._random.random() < 0.1 and self._heavy < 2:
            self._heavy += 1
            chosen *= _LONG // max(len(chosen), 1)
        return chosen + (CANARY if self._random.random() < 0.3 else "")


_KEYS = [
    "type", "sender", "event_id", "state_key", "content", "origin_server_ts", "redacts", "room_id", "unsigned",
    "membership", "displayname", "body", "msgtype", "m.relates_to", "rel_type", "key", "m.mentions", "user_ids", "url",
    "m.in_reply_to", "is_falling_back", "m.new_content", "formatted_body", "prev_content", "users", "users_default",
    "info", "filename", "algorithm", "ciphertext", "sender_key", "session_id", "transaction_id", "via", "order",
    "is_direct", "\ud800", "",
]  # fmt: skip
_KINDS = [
    "m.room.message", "m.room.member", "m.room.redaction", "m.reaction", "m.room.encrypted", "m.space.child",
    "m.room.create", "m.room.name", "m.room.power_levels", "m.room.encryption", "m.room.tombstone", "m.direct",
    "m.text", "m.audio", "m.file", "m.replace", "m.thread", "m.annotation", "join", "invite", "leave", "ban", "knock",
    "m.poll.response", "org.matrix.msc3381.poll.response", "org.example.unknown",
]  # fmt: skip
_NUMBERS = [
    0, -1, 1, 10**400, -(10**400), 2**53, 2**63, -(2**63), 1e308, float("nan"), float("inf"), float("-inf"), 0.5, -1.5,
    253402300800000, 99999999999999999, -1e15, -62135596800001, HUGE,
]  # fmt: skip
_TEXTS = [
    "", " ", "\n", "\x00", "\ud800", "\udfff\ud800", "é", "\u0130", "\ufdfa", "\u202e", "\u200d", "\U0001d504",
    "👩‍👩‍👧‍👧", "> <@a> b\n", "\n>", "&#", "&lt", "%C3%A9", "<mx-reply>", "</mx-reply>", "!veillee", "!veillee aide",
    "!veillee aide ", "!veillee charte\n", "!veillee rencontre créer x | 14 janvier 2031 à 12 h",
    "!veillee rencontre créer a | b | ", "12 ", "tous les ", "mardi ", "1/2/", "2031-01-14 12:00",
    "99999999999999999999", "un an ", "veillee: ", "a", "a ", "@", "|", ";", "*_`[](", "!veillee brise-glace ajouter ",
    "@everyone", "<script>", "aide", "annuler", "1️⃣", "\\", '"', "{ $x }", "mxc://", "$", "!a:b",
]  # fmt: skip


def _places(value: Any) -> Any:
    """Every place at which something stands, without those within what is very large."""
    if isinstance(value, dict):
        for key in list(value):
            yield value, key
            yield from _places(value[key])
    elif isinstance(value, list):
        for position in range(min(len(value), 8)):
            yield value, position
            yield from _places(value[position])
