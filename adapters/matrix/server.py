"""Requests to the homeserver, each with a time limit; every failure is one of the two that the core knows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any
from urllib.parse import quote

import aiohttp
import yarl

from adapters.guarded import guarded
from adapters.matrix.backoff import Gate
from adapters.matrix.native import mapping, words
from adapters.matrix.parsing import parsed
from adapters.matrix.problems import WAIT_WHEN_LIMITED, Denied, NeedsPassword, TokenRefused, patience, problem
from adapters.matrix.settings import MatrixSettings
from bot.guard import Guard
from bot.ports import NotNow, TryLater

__all__ = [
    "CLIENT", "NAME_NOT_FOUND", "NOT_TRUSTED", "NO_ANSWER", "NO_HOMESERVER", "UNREACHABLE", "Denied", "NeedsPassword",
    "Server", "TokenRefused", "path",
]  # fmt: skip

CLIENT = "/_matrix/client/v3"
TIMEOUT = 30.0
# Between a request and its answer a reverse proxy may stand, which says these in the server's stead.
_GATEWAY = {502, 503, 504, 520, 521, 522, 523, 524, 530}
LARGE_ANSWER = 100_000
# A voice note is a hundredth of it.
LARGEST_FILE = 50 * 1024 * 1024
# Why it cannot be asked. It goes to the log, and `veillee check` has a sentence for each.
NO_HOMESERVER = "a web page answered, not a homeserver"
UNREACHABLE = "server unreachable"
NO_ANSWER = "no answer in time"
NAME_NOT_FOUND = "the server's name is not found"
NOT_TRUSTED = "the server's certificate is not trusted"


async def _whole(response: aiohttp.ClientResponse, most: int | None) -> bytes:
    """`most`: no more than that is taken in, whatever it was said to be."""
    if most is None:
        return await response.read()
    raw = bytearray()
    async for piece in response.content.iter_chunked(65_536):
        raw += piece
        if len(raw) > most:
            raise Denied(413, "M_TOO_LARGE")
    return bytes(raw)


def path(*parts: str) -> str:
    """The address of something, below the client API."""
    return "/".join([CLIENT, *(quote(part, safe="") for part in parts)])


class Server:
    """One account on one homeserver, over a session of its own.

    Nothing is repeated here: whoever asks knows best what may be asked again, and in which order.
    """

    def __init__(
        self, settings: MatrixSettings, random: Random | None = None, guard: Guard | None = None,
        traces: Sequence[aiohttp.TraceConfig] = (),
    ) -> None:  # fmt: skip
        self._settings = settings
        self._traces = [*traces, *([guarded(guard)] if guard else [])]
        self._gate = Gate(random or Random())
        self._session: aiohttp.ClientSession | None = None
        self._token = ""
        self.device = ""
        self._signing_in = asyncio.Lock()
        self._pending: set[asyncio.Future[Any]] = set()

    @property
    def account(self) -> str:
        return self._settings.user_id

    async def get(self, *parts: str, query: Mapping[str, str] | None = None, timeout: float = TIMEOUT) -> Any:
        return await self.request("GET", path(*parts), query=query, timeout=timeout)

    async def put(self, *parts: str, body: Mapping[str, Any]) -> Any:
        return await self.request("PUT", path(*parts), body)

    async def post(self, *parts: str, body: Mapping[str, Any], timeout: float = TIMEOUT) -> Any:
        return await self.request("POST", path(*parts), body, timeout=timeout)

    async def request(
        self, method: str, address: str, body: Mapping[str, Any] | bytes | None = None, *,
        query: Mapping[str, str] | None = None, content_type: str = "application/json",
        timeout: float = TIMEOUT,
    ) -> Any:  # fmt: skip
        """The answer's JSON. Raises TryLater, Denied or TokenRefused."""
        await self.sign_in()
        return await self._exchange(method, address, body, query=query, content_type=content_type, timeout=timeout)

    async def request_with_password(
        self, method: str, address: str, body: Mapping[str, Any], password: str = ""
    ) -> Any:
        """For what a token is not enough for on some servers. Raises NeedsPassword too."""
        await self.sign_in()
        configured = self._settings.password
        password = password or (configured.get_secret_value() if configured else "")
        raw, status, headers = await self._send(method, address, body)
        if status == 401 and (session := words(mapping(_json(raw)).get("session"))):
            if not password:
                raise NeedsPassword("the account's password is needed")
            user = {"type": "m.id.user", "user": self.account}
            auth = {"type": "m.login.password", "identifier": user, "password": password, "session": session}
            raw, status, headers = await self._send(method, address, {**body, "auth": auth})
            if status == 401:
                raise NeedsPassword("the password is not the account's, or the server wants another proof")
        return self._read(raw, status, headers)

    async def download(self, address: str, *, timeout: float) -> bytes:
        """A file. Raises as `request` does."""
        await self.sign_in()
        raw, status, headers = await self._send("GET", address, timeout=timeout, most=LARGEST_FILE)
        if status != 200:
            self._read(raw, status, headers)
        self._gate.answered()
        return raw

    async def versions(self) -> Any:
        """What the server speaks: asked without an account."""
        return await self._exchange("GET", "/_matrix/client/versions", signed=False)

    async def sign_in(self) -> str:
        """Make sure that there is a token, and that it is ours. The device it stands for."""
        async with self._signing_in:
            if self._token:
                return self.device
            token = self._settings.access_token
            if token is None:
                self._token, self.device = await self._log_in()
                return self.device
            self._token = token.get_secret_value()
            try:
                who = mapping(await self._exchange("GET", path("account", "whoami")))
                if who.get("user_id") != self.account:
                    raise TokenRefused("the token belongs to another account")
            except BaseException:
                self._token = ""
                raise
            self.device = words(who.get("device_id"))
            return self.device

    async def _log_in(self) -> tuple[str, str]:
        assert self._settings.password is not None
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self.account},
            "password": self._settings.password.get_secret_value(),
            "device_id": self._settings.device,
            "initial_device_display_name": self._settings.device_name,
        }
        try:
            answer = mapping(await self._exchange("POST", path("login"), body, signed=False))
        except Denied as denied:
            raise TokenRefused(f"login refused: {denied.reason}") from None
        token = words(answer.get("access_token"))
        if not token:
            raise TryLater("login answered without a token", WAIT_WHEN_LIMITED)
        return token, words(answer.get("device_id"))

    async def finished(self, work: asyncio.Future[Any]) -> Any:
        """Its result; who waits may be cancelled, the work goes on to its end."""
        self._pending.add(work)
        work.add_done_callback(self._forget)
        return await asyncio.shield(work)

    def _forget(self, work: asyncio.Future[Any]) -> None:
        self._pending.discard(work)
        if not work.cancelled():
            work.exception()  # seen, be it by nobody else

    async def close(self) -> None:
        if self._pending:
            await asyncio.wait(set(self._pending), timeout=5)
        if self._session is not None:
            await self._session.close()
            self._session = None

    # -- one request ---------------------------------------------------------------------------------------

    async def _exchange(
        self, method: str, address: str, body: Mapping[str, Any] | bytes | None = None, *,
        query: Mapping[str, str] | None = None, content_type: str = "application/json",
        timeout: float = TIMEOUT, signed: bool = True,
    ) -> Any:  # fmt: skip
        raw, status, headers = await self._send(
            method, address, body, query=query, content_type=content_type, timeout=timeout, signed=signed
        )
        answer = self._read(raw, status, headers)
        if len(raw) > LARGE_ANSWER:
            await asyncio.sleep(0)  # reading it took its time: others get their turn
        return answer

    async def _send(
        self, method: str, address: str, body: Mapping[str, Any] | bytes | None = None, *,
        query: Mapping[str, str] | None = None, content_type: str = "application/json",
        timeout: float = TIMEOUT, signed: bool = True, most: int | None = None,
    ) -> tuple[bytes, int, Mapping[str, str]]:  # fmt: skip
        kind = _kind(method, address)
        self._gate.enter(kind)
        if self._session is None:
            self._session = aiohttp.ClientSession(
                auto_decompress=True, middlewares=[self._once], trace_configs=self._traces
            )
        url = yarl.URL(self._settings.homeserver + address, encoded=True)
        if query:
            url = url.update_query(query)
        headers = {"Authorization": f"Bearer {self._token}"} if signed else {}
        data = body
        if body is not None:
            headers["Content-Type"] = content_type
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
        limit = aiohttp.ClientTimeout(total=timeout, sock_connect=10)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=limit, allow_redirects=False
            ) as response:
                raw, status, answered = await _whole(response, most), response.status, response.headers
        except aiohttp.ConnectionTimeoutError:
            raise self._down(UNREACHABLE) from None
        except TimeoutError:
            raise self._troubled(NO_ANSWER) from None
        except aiohttp.ClientPayloadError:
            raise self._troubled("answer broken off") from None
        except aiohttp.ClientConnectorDNSError:
            raise self._down(NAME_NOT_FOUND) from None
        except aiohttp.ClientSSLError:
            raise self._down(NOT_TRUSTED) from None
        except (aiohttp.ClientError, OSError):
            raise self._down(UNREACHABLE) from None
        if status == 429:
            self._gate.spare(kind, patience(mapping(_json(raw)), answered))
        return raw, status, answered

    async def _once(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """aiohttp repeats what was cut off: one too many while the server is in trouble."""
        try:
            return await handler(request)
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as fault:
            if self._gate.troubled:
                raise aiohttp.ClientConnectionError(type(fault).__name__) from fault
            raise

    def _down(self, reason: str) -> NotNow:
        return NotNow(reason, self._gate.failed(reason))

    def _troubled(self, reason: str) -> TryLater:
        """It may be about what was asked, and not about the server."""
        return TryLater(reason, self._gate.failed(reason))

    def _read(self, raw: bytes, status: int, headers: Mapping[str, str]) -> Any:
        answer: Any = None
        readable = True
        try:
            answer = parsed(raw)
        except ValueError:
            readable = False
        page = status in _GATEWAY or "html" in headers.get("Content-Type", "")
        if not readable and page and status != 413:
            raise self._down(NO_HOMESERVER if status == 200 else f"a gateway answered: {status}")
        if status == 200 and readable:
            self._gate.answered()
            return answer
        found = problem(status, mapping(answer), headers, readable)
        if isinstance(found, Denied):
            self._gate.answered()
        elif not isinstance(found, NotNow):
            # A token that ended is no reason, either, for everyone who has something to say to ask about it.
            self._gate.failed(found.reason)
        raise found


def _kind(method: str, address: str) -> str:
    """What is asked for, whatever the room: servers count by that."""
    parts = address.removeprefix(CLIENT).lstrip("/").split("/")
    return f"{method} {parts[2] if parts[0] == 'rooms' and len(parts) > 2 else parts[0]}"


def _json(raw: bytes) -> Any:
    try:
        return parsed(raw)
    except ValueError:
        return None
