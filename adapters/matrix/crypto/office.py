"""Done by hand, never by itself: giving the account an identity where there is another, or where it is locked."""

from __future__ import annotations

from pathlib import Path

from adapters.matrix.crypto.encryption import opened
from adapters.matrix.crypto.enrolment import Enrolment
from adapters.matrix.crypto.identity import Identity
from adapters.matrix.crypto.secret import Secret
from adapters.matrix.crypto.thread import KeyThread
from adapters.matrix.server import Server
from adapters.matrix.settings import MatrixSettings


async def give_identity(settings: MatrixSettings, keys: Path, password: str) -> bool:
    """Put the account under the identity kept here, made if there is none, and the device under it. Whether it is.

    Raises WrongSecret, NeedsPassword, and as the server does."""
    assert settings.store_key is not None
    server, thread = Server(settings), KeyThread()
    secret = Secret(settings.store_key.get_secret_value())
    try:
        device = await server.sign_in()
        machine = await thread.do(opened, keys, settings.user_id, device, secret)
        enrolment = Enrolment(server, machine, thread, keys, secret)
        kept = await thread.do(Identity.kept, keys, settings.user_id, secret)
        identity = await enrolment.publish(kept, password)
        await enrolment.sign(identity)
        signed = (await enrolment.look()).signed
        await thread.do(machine.store.close)
        return signed
    finally:
        await thread.end()
        await server.close()
