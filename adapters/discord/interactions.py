"""What is asked by a command, a button or a sheet: acknowledged in time, whatever else is slow, and answered.

Discord waits three seconds for a first word. What was not answered by then is put off, and the answer comes later,
for as long as the handle lasts: a quarter of an hour. Only the person who asked sees it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any, Literal

import structlog

from adapters.discord.calls import Calls, Denied, Upload, expired
from adapters.discord.native import Json, mapping, number, snowflake
from bot.guard import NotOurs
from bot.ports import Expired, TryLater

log = structlog.get_logger("discord")

# Seconds. Not before it is kept, so that what was acknowledged is answered even after a kill; unless that takes so
# long that Discord would wait no more.
PUT_OFF_AFTER, AT_THE_LATEST = 1.8, 2.5
_REMEMBERED = 2000
EPHEMERAL = 1 << 6
LOADING = 1 << 7
# Kinds of answers.
_SAY, _WAIT, _SUGGEST, _SHEET = 4, 5, 8, 9

State = Literal["open", "waiting", "answered"]


@dataclass(slots=True)
class _Asked:
    """waiting: "thinking" is shown, to be replaced, so that no answer is given twice, whatever happens meanwhile."""

    state: State
    timer: asyncio.TimerHandle | None = None
    kept: asyncio.Event = field(default_factory=asyncio.Event)


class Interactions:
    """Asked for anything, raises Expired or TryLater, nothing else."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._asked: dict[str, _Asked] = {}
        self._said: OrderedDict[str, tuple[str, str]] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, handle: str) -> None:
        """From now on it is acknowledged in time."""
        loop = asyncio.get_running_loop()
        asked = _Asked("open")
        asked.timer = loop.call_later(PUT_OFF_AFTER, self._put_off_soon, handle)
        self._asked[_id(handle)] = asked
        # After a quarter of an hour it can be answered no more.
        loop.call_later(15 * 60, self._forget, _id(handle))

    def keep(self, handle: str) -> None:
        """It will be answered, whatever happens."""
        if asked := self._asked.get(_id(handle)):
            asked.kept.set()

    def _forget(self, id: str) -> None:
        self._asked.pop(id, None)
        self._locks.pop(id, None)

    def _put_off_soon(self, handle: str) -> None:
        task = asyncio.get_running_loop().create_task(self._put_off(handle))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _put_off(self, handle: str) -> None:
        if asked := self._asked.get(_id(handle)):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(AT_THE_LATEST - PUT_OFF_AFTER):
                    await asked.kept.wait()
        async with self._locks.setdefault(_id(handle), asyncio.Lock()):
            asked = self._asked.get(_id(handle))
            if asked is None or asked.state != "open":
                return
            try:
                await self._callback(handle, {"type": _WAIT, "data": {"flags": EPHEMERAL}})
                asked.state = "waiting"
            except (Denied, TryLater) as problem:
                # It may have been taken all the same: what stands there tells.
                self._asked.pop(_id(handle), None)
                if not isinstance(problem, NotOurs):  # by whoever leads now, it is
                    log.warning("not put off", reason=problem.reason)

    async def _callback(self, handle: str, body: Json, files: tuple[Upload, ...] = ()) -> Any:
        id, _, token = _parts(handle)
        return await self._calls.call(
            "POST", "/interactions/{interaction_id}/{webhook_token}/callback", json=body, files=files,
            params={"with_response": "true"}, interaction_id=id, webhook_token=token,
        )  # fmt: skip

    # -- answers ---------------------------------------------------------------------------------------------

    async def answer(self, handle: str, body: Json, files: tuple[Upload, ...], key: str) -> tuple[str, str]:
        """The channel, and the id of what was said."""
        async with self._locks.setdefault(_id(handle), asyncio.Lock()):
            if key in self._said:
                return self._said[key]
            try:
                said = await self._answer(handle, body, files)
            except Denied as denied:
                raise expired(denied) or denied from None
            found = (snowflake(said.get("channel_id")), snowflake(said.get("id")))
            self._said[key] = found
            while len(self._said) > _REMEMBERED:
                self._said.popitem(last=False)
            return found

    async def _answer(self, handle: str, body: Json, files: tuple[Upload, ...]) -> Json:
        body = body | {"flags": number(body.get("flags")) | EPHEMERAL}
        asked = self._asked.get(_id(handle))
        if asked is None:
            return await self._answer_after_restart(handle, body, files)
        if asked.state == "open":
            if asked.timer:
                asked.timer.cancel()
            # Until it is known to have been said, what stands there tells.
            del self._asked[_id(handle)]
            done = await self._callback(handle, {"type": _SAY, "data": body}, files)
            asked.state = "answered"
            self._asked[_id(handle)] = asked
            return dict(mapping(mapping(mapping(done).get("resource")).get("message")))
        if asked.state == "waiting":
            said = await self._replace(handle, body, files)
            asked.state = "answered"
            return said
        return await self._follow_up(handle, body, files)

    async def _answer_after_restart(self, handle: str, body: Json, files: tuple[Upload, ...]) -> Json:
        """What was said before, if anything, is with Discord. Not acknowledged in time, it expired long since."""
        _, application, token = _parts(handle)
        there = dict(
            mapping(
                await self._calls.call(
                    "GET", "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
                    webhook_id=application, webhook_token=token,
                )
            )
        )  # fmt: skip
        if number(there.get("flags")) & LOADING:
            return await self._replace(handle, body, files)
        if number(there.get("flags")) & EPHEMERAL and there.get("content") == body.get("content"):
            return there
        return await self._follow_up(handle, body, files)

    async def _replace(self, handle: str, body: Json, files: tuple[Upload, ...]) -> Json:
        _, application, token = _parts(handle)
        return dict(
            mapping(
                await self._calls.call(
                    "PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", json=body, files=files,
                    webhook_id=application, webhook_token=token,
                )
            )
        )  # fmt: skip

    async def _follow_up(self, handle: str, body: Json, files: tuple[Upload, ...]) -> Json:
        _, application, token = _parts(handle)
        return dict(
            mapping(
                await self._calls.call(
                    "POST", "/webhooks/{webhook_id}/{webhook_token}", json=body, files=files, params={"wait": "true"},
                    webhook_id=application, webhook_token=token,
                )
            )
        )  # fmt: skip

    async def open_form(self, handle: str, body: Json) -> None:
        """Raises Expired where something was said already, be it only to wait."""
        async with self._locks.setdefault(_id(handle), asyncio.Lock()):
            asked = self._asked.get(_id(handle))
            if asked is None or asked.state != "open":
                raise Expired("put off already")
            asked.state = "answered"
            if asked.timer:
                asked.timer.cancel()
            try:
                await self._callback(handle, {"type": _SHEET, "data": body})
            except Denied as denied:
                raise Expired(denied.reason) from None

    async def suggest(self, handle: str, choices: list[Json]) -> None:
        """Nothing is lost where it cannot be done: the person goes on typing."""
        try:
            await self._callback(handle, {"type": _SUGGEST, "data": {"choices": choices}})
        except (Denied, TryLater) as problem:
            log.info("nothing suggested", reason=problem.reason)

    async def end(self) -> None:
        for asked in self._asked.values():
            if asked.timer:
                asked.timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def handle_of(data: Json) -> str:
    """With the server it was asked in, "" in private."""
    id, application, server = (snowflake(data.get(name)) for name in ("id", "application_id", "guild_id"))
    return f"{id}/{application}/{data.get('token')}/{server}"


def asked_in(handle: str) -> str:
    """The server, "" in private."""
    return handle.partition("/")[2].partition("/")[2].partition("/")[2]


def _parts(handle: str) -> tuple[str, str, str]:
    id, application, token = handle.split("/")[:3]
    return id, application, token


def _id(handle: str) -> str:
    return handle.partition("/")[0]
