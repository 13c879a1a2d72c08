"""A member in encrypted rooms. Events are as in `Member`, as their client reads them, and tell how they came."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.members.clients import Clients
from tests.synapse.homeserver import Account
from tests.synapse.listener import MatrixError
from tests.synapse.member import Event, Member


@dataclass(frozen=True)
class Ballot:
    """A poll as this member's client shows it. `answers`: the words of each, by its id."""

    question: str
    answers: dict[str, str]
    ended: bool
    disclosed: bool


class EncryptedMember(Member):
    """What is said, heard and read goes through matrix-js-sdk and its Rust crypto; rooms are made, joined and left
    by the bare API.

    `signed`: the account's own keys vouch for this device. `strict`: devices that nobody vouches for are neither
    read nor spoken to. An event has `encrypted`, `unreadable` (why it could not be read, or ""), `shield` (NONE,
    GREY, RED, or "" where it came in clear) and `warning` (what the shield would say).
    """

    def __init__(
        self,
        clients: Clients,
        url: str,
        account: Account,
        *,
        auto_join: bool = False,
        signed: bool = True,
        strict: bool = True,
    ) -> None:
        super().__init__(url, account, auto_join=auto_join, listens=False)
        self._clients = clients
        self._name = f"{account.user_id}/{account.device_id}"
        self._how = {"signed": signed, "strict": strict}
        self._unread: set[str] = set()
        self._joining: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> EncryptedMember:
        await super().__aenter__()
        self._clients.listen(self._name, self._came)
        who = self.account
        try:
            await self._do(
                "start", url=self._url, user=who.user_id, token=who.access_token, device=who.device_id,
                password=who.password, **self._how,
            )  # fmt: skip
        except BaseException:
            await self.close()
            raise
        return self

    async def close(self) -> None:
        self._clients.forget(self._name)
        await self._do("stop")
        await asyncio.gather(*self._joining, return_exceptions=True)
        await super().close()

    async def _do(self, method: str, **given: Any) -> Any:
        return await self._clients.ask(self._name, method, **given)

    # What arrives

    def _came(self, news: dict[str, Any]) -> None:
        if event := news.get("event"):
            self._take(event["room_id"], event)
        elif event := news.get("invitation"):
            self.invitations[event["room_id"]] = [event]
            self._note_invitation(event["room_id"], event)
            if self.auto_join:
                self._begin(self._accept(event["room_id"]))
        else:
            self.invitations.pop(news["entered"], None)
            if news["membership"] == "leave":
                self.brought_by.pop(news["entered"], None)
        self._begin(self._notify())

    def _take(self, room: str, event: Event) -> None:
        id = event["event_id"]
        if event["unreadable"]:
            self._unread.add(id)
        elif id in self._unread:  # its key came later
            self._unread.discard(id)
            self._known.discard(id)
        super()._take(room, event)

    def _begin(self, what: Any) -> None:
        task = asyncio.create_task(what)
        self._joining.add(task)
        task.add_done_callback(self._joining.discard)

    async def _accept(self, room: str) -> None:
        with contextlib.suppress(MatrixError):  # it may be withdrawn before it is answered
            await self.join(room)

    async def _notify(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def read_all(self, room: str) -> list[Event]:
        found: list[Event] = await self._do("readAll", room=room)
        return found

    # Rooms

    async def create_room(self, name: str, *, encrypted: bool = True, **how: Any) -> str:
        return await super().create_room(name, encrypted=encrypted, **how)

    async def encrypt(self, room: str) -> None:
        """A room that was not so far."""
        await super().encrypt(room)
        await self._do("becomesEncrypted", room=room)

    async def members(self, room: str) -> dict[str, str]:
        """As their client knows them: it is to those that it speaks."""
        found: dict[str, str] = await self._do("members", room=room)
        return found

    # Talking

    async def send_event(self, room: str, kind: str, content: Mapping[str, Any]) -> str:
        sent: str = await self._do("send", room=room, type=kind, content=dict(content))
        return sent

    # Files

    async def _attached(self, room: str, data: bytes, content_type: str, filename: str) -> dict[str, Any]:
        if not await self._do("isEncrypted", room=room):
            return await super()._attached(room, data, content_type, filename)
        sealed = await self._do("seal", data=base64.b64encode(data).decode())
        uri = await self.upload(base64.b64decode(sealed["data"]), "application/octet-stream", "")
        return {"file": {**sealed["file"], "url": uri}}

    async def file_of(self, event: Event) -> bytes:
        file = event["content"].get("file")
        if file is None:
            return await super().file_of(event)
        sealed = base64.b64encode(await self.download(file["url"])).decode()
        return base64.b64decode(await self._do("unseal", data=sealed, file=file))

    # Polls

    async def open_poll(self, room: str, question: str, answers: Sequence[str]) -> str:
        opened: str = await self._do("openPoll", room=room, question=question, answers=list(answers))
        return opened

    async def poll(self, room: str, poll: str) -> Ballot:
        shown = await self._do("poll", room=room, poll=poll)
        answers = {answer["id"]: answer["text"] for answer in shown["answers"]}
        return Ballot(shown["question"], answers, shown["ended"], shown["kind"].endswith(".disclosed"))

    async def vote(self, room: str, poll: str, *answers: str) -> str:
        """`answers`: their ids; none takes the vote back."""
        voted: str = await self._do("vote", room=room, poll=poll, answers=list(answers))
        return voted

    async def end_poll(self, room: str, poll: str, text: str) -> str:
        ended: str = await self._do("endPoll", room=room, poll=poll, text=text)
        return ended

    # Trust

    async def devices(self, user_id: str) -> dict[str, bool]:
        """The devices of somebody, and whether their account vouches for each."""
        found: dict[str, bool] = await self._do("devices", user=user_id)
        return found
