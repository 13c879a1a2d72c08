"""Who may do what in a room, by its state as the server has it now. Pure."""

from __future__ import annotations

from adapters.matrix.native import Json, mapping, sequence, words


def creators(create: Json) -> set[str]:
    """Who stands above all levels in this room, by its m.room.create event: nobody before version 12."""
    content = mapping(create.get("content"))
    version = words(content.get("room_version")) or "1"
    numbered = version.isdecimal() and len(version) < 5
    if not (version.startswith("org.matrix.hydra") or (numbered and int(version) >= 12)):
        return set()
    additional = (words(person) for person in sequence(content.get("additional_creators")))
    return {words(create.get("sender")), *additional} - {""}


def level(power: Json | None, create: Json, person: str) -> int:
    """From 0 to 100. `power`: the content of m.room.power_levels, None where the room has none."""
    return min(max(standing(power, create, person), 0), 100)


def standing(power: Json | None, create: Json, person: str) -> int:
    """The same as it is written: who is not to be heard may stand below 0."""
    if person in creators(create):
        return 100
    if power is None:
        return 100 if words(create.get("sender")) == person else 0
    users = mapping(power.get("users"))
    return _number(users[person] if person in users else power.get("users_default"), 0)


def needed_to_post(power: Json | None, kind: str = "m.room.message") -> int:
    """`kind`: of event, sealed ones being of a kind of their own."""
    events = mapping((power or {}).get("events"))
    if kind in events:
        return _number(events[kind], 0)
    return _number((power or {}).get("events_default"), 0)


def needed_to(power: Json | None, act: str) -> int:
    """To redact what others say, to invite, to ban."""
    return _number((power or {}).get(act), 0 if act == "invite" else 50)


def needed_to_set(power: Json | None, kind: str) -> int:
    """A piece of the room's state, such as what is pinned."""
    events = mapping((power or {}).get("events"))
    if kind in events:
        return _number(events[kind], 50)
    # Where nothing is said of levels, nobody needs one.
    return _number(power.get("state_default"), 50) if power is not None else 0


def _number(value: object, otherwise: int) -> int:
    # Older rooms have levels written as text, or with a fraction.
    try:
        return int(value) if isinstance(value, int | float | str) else otherwise
    except (ValueError, OverflowError):
        return otherwise
