"""Files: laid on the server, and fetched from it. Those of encrypted rooms are sealed before they leave."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from adapters.matrix.native import mapping, words
from adapters.matrix.render import shown
from adapters.matrix.server import Denied, Server
from bot.chat.content import File
from bot.ports import Refused, TryLater

if TYPE_CHECKING:
    from adapters.matrix.crypto.encryption import Encryption

UPLOAD_TIMEOUT = 120.0
_REMEMBERED = 500
_KINDS = {"audio": "m.audio", "image": "m.image", "video": "m.video"}


class Attached:
    def __init__(self, server: Server, encryption: Encryption | None) -> None:
        self._server = server
        self._encryption = encryption
        self._uploaded: OrderedDict[str, str] = OrderedDict()

    async def content(self, file: File, key: str, *, sealed: bool) -> dict[str, Any]:
        """The content that shows the file. An upload repeated is only a waste: sending is what counts."""
        info: dict[str, Any] = {"mimetype": _mime(file)}
        if file.data:
            info["size"] = len(file.data)
        return {
            "msgtype": _KINDS.get(_mime(file).split("/")[0], "m.file"),
            "body": shown(file.name),
            "filename": shown(file.name),
            **await self._where(file, key, sealed=sealed),
            "info": info,
            "m.mentions": {},
        }

    async def fetch(self, uri: str) -> bytes:
        if "#" not in uri:
            return await self._download(uri)
        from adapters.matrix.crypto import attachments

        lies, opens = self._opened_address(uri)
        data = await self._download(lies)
        try:
            return await asyncio.to_thread(attachments.decrypted, data, opens)
        except attachments.NotOpened:
            raise Refused("the file is not what was sent") from None

    async def _where(self, file: File, key: str, *, sealed: bool) -> dict[str, Any]:
        uri = file.uri
        if uri and not uri.startswith("mxc://"):
            raise Refused("the file lies on another platform")
        if uri and "#" not in uri:
            return {"url": uri}
        if uri and sealed:
            lies, opens = self._opened_address(uri)
            return {"file": {"url": lies, **opens}}
        if key not in self._uploaded:
            # What was sealed for one room and is now to be seen in another is laid down anew.
            data = await self.fetch(uri) if uri else bytes(file.data)
            opens = {}
            if sealed:
                from adapters.matrix.crypto import attachments

                data, opens = await asyncio.to_thread(attachments.encrypted, data)
            lies = await self._upload(data, file, sealed=sealed)
            where = {"file": {"url": lies, **opens}} if sealed else {"url": lies}
            self._uploaded[key] = json.dumps(where)
            while len(self._uploaded) > _REMEMBERED:
                self._uploaded.popitem(last=False)
        found: dict[str, Any] = json.loads(self._uploaded[key])
        return found

    async def _upload(self, data: bytes, file: File, *, sealed: bool) -> str:
        # Not even the name of what is sealed is the server's business.
        named = "" if sealed else f"?filename={quote(shown(file.name), safe='')}"
        mime = "application/octet-stream" if sealed else _mime(file)
        address = f"/_matrix/media/v3/upload{named}"
        answer = await self._server.request("POST", address, data, content_type=mime, timeout=UPLOAD_TIMEOUT)
        uri = words(mapping(answer).get("content_uri"))
        if not uri:
            raise TryLater("answered without an address")
        return uri

    async def _download(self, uri: str) -> bytes:
        """As it is done since files are for those who are signed in; by older servers, as before that."""
        server, _, media = uri.removeprefix("mxc://").partition("/")
        lies = f"{quote(server, safe='')}/{quote(media, safe='')}"
        try:
            return await self._server.download(f"/_matrix/client/v1/media/download/{lies}", timeout=UPLOAD_TIMEOUT)
        except Denied as denied:
            if denied.errcode != "M_UNRECOGNIZED":
                raise
        return await self._server.download(f"/_matrix/media/v3/download/{lies}", timeout=UPLOAD_TIMEOUT)

    def _opened_address(self, uri: str) -> tuple[str, dict[str, Any]]:
        if self._encryption is None:
            raise Refused("the file is sealed, and there is no store_key")
        from adapters.matrix.crypto import attachments

        try:
            return attachments.opened_address(uri, self._encryption.secret)
        except attachments.NotOpened:
            raise Refused("the file was sealed by another store_key") from None


def _mime(file: File) -> str:
    clean = file.mime.isascii() and file.mime.isprintable() and "/" in file.mime
    return file.mime if clean else "application/octet-stream"
