"""One call of Discord's REST interface, by discord.py, which knows its rate limits."""

from __future__ import annotations

import io
import json as encoding
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route

from bot.ports import DoorClosed, Expired, NotNow, Refused, TryLater

# Codes of Discord's that mean that an interaction can no more be answered, or was answered already.
_EXPIRED = {10008, 10015, 10062, 40060, 50027}
# That someone cannot be written to: does not let us, shares no server with us, is gone.
_DOOR_CLOSED = {10013, 50007, 50033, 50278}
TOKEN_REFUSED = "the token is not accepted any more: give a new one"  # noqa: S105
_UNCERTAIN = (OSError, TimeoutError, aiohttp.ClientError)


class Denied(Refused):
    """What was asked will not be done. `code`: Discord's own."""

    def __init__(self, status: int, code: int) -> None:
        super().__init__(f"discord says {status}, code {code}")
        self.status = status
        self.code = code


class NotToBeWrittenTo(Denied, DoorClosed):
    """By whoever was to be written to."""


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime: str
    data: bytes


class Calls:
    """Raises Denied or TryLater, nothing else."""

    def __init__(self, client: discord.Client) -> None:
        self.client = client

    @property
    def _http(self) -> HTTPClient:
        return self.client.http

    async def call(
        self, method: str, path: str, *, json: object = None, params: Mapping[str, Any] | None = None,
        files: Sequence[Upload] = (), **ids: str,
    ) -> Any:  # fmt: skip
        """`path` holds the names of `ids` in braces."""
        if self._http.token is None:
            raise NotNow("not connected yet", 1)
        asked: dict[str, Any] = {}
        if params is not None:
            asked["params"] = params
        if files:
            asked |= _multipart(json, files)
        elif json is not None:
            asked["json"] = json
        try:
            return await self._http.request(Route(method, path, **ids), **asked)
        except discord.RateLimited as limited:
            raise NotNow("asked to slow down", limited.retry_after) from None
        except discord.HTTPException as problem:
            if problem.status == 401 and problem.code not in _EXPIRED:
                raise NotNow(TOKEN_REFUSED, 60) from None  # nothing is given up: a new token can say it
            if problem.status == 429 or problem.status >= 500:
                raise TryLater(f"discord says {problem.status}", 5) from None
            kind = NotToBeWrittenTo if problem.code in _DOOR_CLOSED else Denied
            raise kind(problem.status, problem.code) from None
        except _UNCERTAIN as problem:
            raise TryLater(f"no answer ({type(problem).__name__})", 2) from None
        except RuntimeError as problem:  # the session was closed meanwhile
            raise NotNow(f"not connected ({type(problem).__name__})", 2) from None

    async def fetch(self, url: str) -> bytes:
        """A file that lies with Discord."""
        try:
            return await self._http.get_from_cdn(url)
        except discord.HTTPException as problem:
            if problem.status >= 500:
                raise TryLater(f"discord says {problem.status}", 5) from None
            raise Denied(problem.status, problem.code) from None
        except _UNCERTAIN as problem:
            raise TryLater(f"no answer ({type(problem).__name__})", 2) from None


def expired(denied: Denied) -> Expired | None:
    return Expired(denied.reason) if denied.code in _EXPIRED or denied.status == 404 else None


def _multipart(body: object, files: Sequence[Upload]) -> dict[str, Any]:
    form: list[dict[str, Any]] = [{"name": "payload_json", "value": encoding.dumps(body or {})}]
    uploads = [discord.File(io.BytesIO(f.data), filename=f.name) for f in files]
    for position, (upload, file) in enumerate(zip(uploads, files, strict=True)):
        form.append(
            {
                "name": f"files[{position}]", "value": upload.fp, "filename": upload.filename,
                "content_type": file.mime or "application/octet-stream",
            }
        )  # fmt: skip
    return {"form": form, "files": uploads}
