"""Does the configuration work? Looked at without changing anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from adapters.matrix import places as configured
from adapters.matrix import power, succession
from adapters.matrix.crypto.check import examine as check_keys
from adapters.matrix.entering import Door
from adapters.matrix.native import Json, identifier, mapping, sequence, words
from adapters.matrix.outbound import Outbound
from adapters.matrix.polls import START
from adapters.matrix.server import (
    NAME_NOT_FOUND,
    NO_ANSWER,
    NO_HOMESERVER,
    NOT_TRUSTED,
    UNREACHABLE,
    Denied,
    Server,
    TokenRefused,
)
from adapters.matrix.settings import MatrixPlaces, MatrixSettings
from adapters.told_time import ToldTime
from bot.ports import Finding, PlatformProblem

SEALED = "m.room.encrypted"
# By the reason for which the server cannot be asked.
UNASKED = {
    NO_HOMESERVER: "check-matrix-no-matrix",
    UNREACHABLE: "check-matrix-silent",
    NO_ANSWER: "check-matrix-silent",
    NAME_NOT_FOUND: "check-matrix-no-name",
    NOT_TRUSTED: "check-matrix-not-trusted",
}


async def examine(
    settings: MatrixSettings, places: Iterable[MatrixPlaces], keys: Path | None = None,
    told_time: ToldTime | None = None,
) -> list[Finding]:  # fmt: skip
    """What is well and what is not, in the order in which it should be mended. Never raises. `told_time`: learns from
    the answers what time it is."""
    server = Server(settings, traces=[told_time.listening()] if told_time else ())
    findings: list[Finding] = []
    try:
        if await _server(server, settings, findings):
            encrypted = await _places(server, tuple(places), findings)
            findings += await check_keys(server, settings, keys, encrypted)
    except PlatformProblem as problem:
        findings.append(Finding(False, "check-matrix-interrupted", {"reason": problem.reason}))
    finally:
        await server.close()
    return findings


async def _server(server: Server, settings: MatrixSettings, findings: list[Finding]) -> bool:
    """Whether there is any point in going on."""
    address = {"server": settings.homeserver}
    try:
        versions = sequence(mapping(await server.versions()).get("versions"))
    except Denied:
        versions = ()
    except PlatformProblem as problem:
        said = UNASKED.get(problem.reason, "check-matrix-unreachable")
        findings.append(Finding(False, said, {**address, "reason": problem.reason}))
        return False
    if not versions:
        findings.append(Finding(False, "check-matrix-no-matrix", address))
        return False
    findings.append(Finding(True, "check-matrix-server", {**address, "version": words(versions[-1], 20)}))
    account = {"account": settings.user_id}
    try:
        device = await server.sign_in()
    except TokenRefused as refused:
        findings.append(Finding(False, "check-matrix-token-refused", {**account, "reason": refused.reason}))
        return False
    findings.append(Finding(True, "check-matrix-token", {**account, "device": device}))
    return True


async def _places(server: Server, places: tuple[MatrixPlaces, ...], findings: list[Finding]) -> int:
    """How many of the rooms are encrypted."""
    encrypted = 0
    joined = {identifier(r) for r in sequence(mapping(await server.get("joined_rooms")).get("joined_rooms"))}
    outbound = Outbound(server)
    door = Door(server)
    await door.learn()
    for place in places:
        found = await configured.find(server, [place])
        community = {"community": place.slug}
        for named, reason in found.missing.items():
            problem = "space-unreadable" if named == place.space else "alias-unknown"
            findings.append(
                Finding(False, f"check-matrix-{problem}", {**community, "room": named, "reason": reason})
            )
        for space in found.spaces:
            if place.space not in found.missing:
                count = str(len(found.rooms))
                findings.append(Finding(True, "check-matrix-space", {**community, "room": space, "rooms": count}))
        if not found.rooms:
            findings.append(Finding(False, "check-matrix-no-room", community))
        for named in found.rooms:
            room = await _latest(server, named, joined, community, findings)
            about = {**community, "room": room}
            if room not in joined:
                said = "knocked" if room in door.knocked else "not-joined"
                findings.append(Finding(False, f"check-matrix-{said}", about))
                continue
            findings.append(Finding(True, "check-matrix-joined", about))
            sealed = await _state(server, room, "m.room.encryption") is not None
            if sealed:
                encrypted += 1
                findings.append(Finding(True, "check-matrix-encrypted", about))
            findings.append(await _may_post(server, outbound, room, about, sealed=sealed))
            if found.rooms[named].main or found.rooms[named].office:
                findings += await _may_offer(server, outbound, room, about, sealed=sealed)
            if found.rooms[named].main:
                findings.append(await _may_pin(server, outbound, room, about))
    return encrypted


async def _latest(
    server: Server, room: str, joined: set[str], community: dict[str, str], findings: list[Finding]
) -> str:
    """The room itself, or the last of those that replaced it and where we are."""
    seen = {room}
    while room in joined and (said := await succession.tombstone(server, room, None, datetime.now(UTC))):
        about = {**community, "room": room, "successor": said.successor}
        there = said.successor in joined and said.successor not in seen
        if not there or await succession.predecessor(server, said.successor) != room:
            findings.append(Finding(False, "check-matrix-replaced", about))
            return room
        findings.append(Finding(True, "check-matrix-followed", about))
        room = said.successor
        seen.add(room)
    return room


async def _may_post(
    server: Server, outbound: Outbound, room: str, about: dict[str, str], *, sealed: bool
) -> Finding:
    levels = await _levels(server, room)
    needed = power.needed_to_post(levels, SEALED if sealed else "m.room.message")
    has = power.standing(levels, await outbound.create_event(room), server.account)
    variables = {**about, "level": str(has), "needed": str(needed)}
    may = has >= needed
    return Finding(may, "check-matrix-may-post" if may else "check-matrix-may-not-post", variables)


async def _may_offer(
    server: Server, outbound: Outbound, room: str, about: dict[str, str], *, sealed: bool
) -> list[Finding]:
    """What is to be clicked, and polls: by a message in their stead."""
    levels = await _levels(server, room)
    has = power.standing(levels, await outbound.create_event(room), server.account)
    missing = []
    for what, kind in (("react", "m.reaction"), ("poll", SEALED if sealed else START)):
        needed = power.needed_to_post(levels, kind)
        if has < needed:
            variables = {**about, "level": str(has), "needed": str(needed)}
            missing.append(Finding(False, f"check-matrix-may-not-{what}", variables, optional=what == "poll"))
    return missing


async def _may_pin(server: Server, outbound: Outbound, room: str, about: dict[str, str]) -> Finding:
    """Where it may not, the next session is not kept before all: nothing else is missing."""
    levels = await _levels(server, room)
    needed = power.needed_to_set(levels, "m.room.pinned_events")
    has = power.standing(levels, await outbound.create_event(room), server.account)
    variables = {**about, "level": str(has), "needed": str(needed)}
    may = has >= needed
    return Finding(may, "check-matrix-may-pin" if may else "check-matrix-may-not-pin", variables, optional=True)


async def _levels(server: Server, room: str) -> Json | None:
    return await _state(server, room, "m.room.power_levels")


async def _state(server: Server, room: str, kind: str) -> Json | None:
    try:
        return mapping(await server.get("rooms", room, "state", kind, ""))
    except Denied:
        return None
