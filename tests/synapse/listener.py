"""The receiving half of a member: requests, the sync loop, and waiting for things to happen."""

import asyncio
import contextlib
import inspect
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self
from urllib.parse import quote

import aiohttp
import yarl

from tests.synapse.homeserver import Account

Event = dict[str, Any]
CLIENT = "/_matrix/client/v3"
SYNC_LIMIT = 200  # events a room; what lies before is fetched
PAGE = 500
LONG_POLL_MS = 20_000


class MatrixError(Exception):
    """The homeserver said no."""

    def __init__(self, method: str, path: str, status: int, body: Any) -> None:
        super().__init__(f"{method} {path}: {status} {body}")
        self.status = status
        self.errcode: str = body.get("errcode", "") if isinstance(body, dict) else ""


def room_path(room: str, *parts: str) -> str:
    return "/".join([f"{CLIENT}/rooms", *(quote(part, safe="") for part in (room, *parts))])


def summary(event: Event) -> str:
    content = event.get("content", {})
    return f"{event['sender']} {event['type']} {content.get('body') or content}"[:160]


class Listener:
    """Collects everything that happens in its rooms, in the order of arrival and without gaps.

    `listens`: left out where nobody waits for anything, and what there is is read when it is wanted: it spares the
    homeserver most of its work where many are in one room.
    """

    def __init__(self, url: str, account: Account, *, auto_join: bool = False, listens: bool = True) -> None:
        self.account = account
        self.user_id = account.user_id
        self.auto_join = auto_join
        self.invitations: dict[str, list[Event]] = {}  # room -> its stripped state, until answered
        self.brought_by: dict[str, tuple[str, bool]] = {}  # room -> who invited us last, and as direct or not
        self._url = url
        self._since: str | None = None
        self._arrived: list[Event] = []
        self._known: set[str] = set()
        self._listens = listens
        self._listening: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        # A connection of its own for every request: none is stale after a restart of the homeserver, and
        # aiohttp repeats no request behind our back, as it does on connections it had kept.
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(force_close=True, limit=0),
            timeout=aiohttp.ClientTimeout(total=60),
        )
        if not self._listens:
            return self
        self._listening = asyncio.create_task(self._listen())
        try:
            await self.wait_until(lambda: self._since is not None, 30, "the first sync")
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        await self._http.close()

    # What arrived

    def mark(self) -> int:
        """Now, as a place in what arrived: `after=ana.mark()` ignores all that came before."""
        return len(self._arrived)

    def timeline(self, room: str) -> list[Event]:
        return [event for event in self._arrived if event["room_id"] == room]

    async def wait_for(
        self,
        predicate: Callable[[Event], bool],
        room: str | None = None,
        timeout: float = 15,
        after: int = 0,
    ) -> Event:
        """The first event since the mark `after` that fits, already here or still to come.

        Without `after` everything ever received counts. A KeyError in the predicate means that the event is
        of another kind, so `lambda e: e["content"]["body"] == "yes"` is enough.
        """
        seen, found = after, None

        def look() -> bool:
            nonlocal seen, found
            for event in self._arrived[seen:]:
                seen += 1
                with contextlib.suppress(KeyError):
                    if room in (None, event["room_id"]) and predicate(event):
                        found = event
                        return True
            return False

        await self.wait_until(look, timeout, "a fitting event")
        assert found is not None
        return found

    async def wait_until(
        self,
        check: Callable[[], bool | Awaitable[bool]],
        timeout: float = 15,
        what: str = "a condition",
    ) -> None:
        """Ask `check` now, after everything that arrives, and now and then all the same, until it is true."""
        try:
            async with asyncio.timeout(timeout), self._news:
                while True:
                    answer = check()
                    if await answer if inspect.isawaitable(answer) else answer:
                        return
                    if self._listening is not None and self._listening.done():
                        await self._listening  # raises what ended it
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._news.wait(), 0.5)
        except TimeoutError:
            latest = "\n  ".join(summary(event) for event in self._arrived[-12:]) or "nothing"
            raise TimeoutError(
                f"{self.user_id} waited {timeout} s for {what}; what arrived last:\n  {latest}"
            ) from None

    async def read_all(self, room: str) -> list[Event]:
        """The whole history as the homeserver holds it now, oldest first: for counting "exactly once"."""
        return await self._page_back(room, None, None)

    # Requests

    async def request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        content_type: str = "application/json",
    ) -> dict[str, Any]:
        """Any request of the API. Told to slow down, it does, like any decent client."""
        raw = await self.request_bytes(method, path, body, content_type)
        answer: dict[str, Any] = json.loads(raw)
        return answer

    async def request_bytes(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        content_type: str = "application/json",
    ) -> bytes:
        url = yarl.URL(self._url + path, encoded=True)
        headers = {"Authorization": f"Bearer {self.account.access_token}", "Content-Type": content_type}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        while True:
            async with self._http.request(method, url, data=data, headers=headers) as response:
                raw = await response.read()
                status = response.status
            if status == 200:
                return raw
            try:
                problem = json.loads(raw)
            except ValueError:
                problem = raw[:200]
            if status != 429:
                raise MatrixError(method, path, status, problem)
            await asyncio.sleep(problem.get("retry_after_ms", 500) / 1000)

    # The sync loop

    async def _listen(self) -> None:
        try:
            while True:
                try:
                    await self._sync_once()
                except MatrixError as error:
                    if error.status < 500:
                        raise  # our token is gone, say: nothing will ever arrive again
                    await asyncio.sleep(0.1)
                except (aiohttp.ClientError, OSError, ValueError):
                    await asyncio.sleep(0.1)  # the homeserver is being restarted, or a fault was injected
        finally:
            async with self._news:
                self._news.notify_all()

    async def _sync_once(self) -> None:
        since = self._since
        only = quote(json.dumps({"room": {"timeline": {"limit": SYNC_LIMIT}}}))
        path = f"{CLIENT}/sync?filter={only}"
        if since is not None:
            path += f"&since={quote(since)}&timeout={LONG_POLL_MS}"
        answer = await self.request("GET", path)
        rooms = answer.get("rooms", {})
        for room, part in [*rooms.get("join", {}).items(), *rooms.get("leave", {}).items()]:
            timeline = part.get("timeline", {})
            events = timeline.get("events", [])
            if timeline.get("limited") and since is not None and "prev_batch" in timeline:
                events = await self._page_back(room, timeline["prev_batch"], since) + events
            for event in events:
                self._take(room, event)
            self.invitations.pop(room, None)
        for room in rooms.get("leave", {}):
            self.brought_by.pop(room, None)
        for room, part in rooms.get("invite", {}).items():
            self.invitations[room] = part["invite_state"]["events"]
            for event in self.invitations[room]:
                self._note_invitation(room, event)
            if self.auto_join:
                # An invitation may be withdrawn before it is answered.
                with contextlib.suppress(MatrixError):
                    await self.request("POST", room_path(room, "join"), {})
        self._since = answer["next_batch"]
        async with self._news:
            self._news.notify_all()

    def _take(self, room: str, event: Event) -> None:
        if event["event_id"] in self._known:
            return
        self._known.add(event["event_id"])
        self._arrived.append({**event, "room_id": room})
        self._note_invitation(room, event)

    def _note_invitation(self, room: str, event: Event) -> None:
        content = event["content"]
        about_us = event["type"] == "m.room.member" and event.get("state_key") == self.user_id
        if about_us and content.get("membership") == "invite":
            self.brought_by.pop(room, None)  # a new invitation is the newest, also to a room known before
            self.brought_by[room] = (event["sender"], bool(content.get("is_direct")))

    async def _page_back(self, room: str, start: str | None, until: str | None) -> list[Event]:
        events: list[Event] = []
        token = start
        while True:
            path = room_path(room, "messages") + f"?dir=b&limit={PAGE}"
            path += f"&from={quote(token)}" if token else ""
            path += f"&to={quote(until)}" if until else ""
            answer = await self.request("GET", path)
            events += answer["chunk"]
            token = answer.get("end")
            if not token:
                return events[::-1]
