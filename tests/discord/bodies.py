"""Whether Discord takes what the bot sends: its own description where it is at hand, and by hand what that misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.discord import declared, limits
from tests.discord.call import Call
from tests.discord.description import description
from tests.discord.errors import Refused, invalid_body
from tests.discord.limits import Wrong
from tests.discord.state import Json, without_nulls
from tests.discord.world import World

MESSAGE, UPDATE, CHOICES, FORM = 4, 7, 8, 9
SIZE = 10 * 1024 * 1024


@dataclass(frozen=True)
class Violation:
    method: str
    route: str
    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.method} {self.route}: {self.where or 'the body'}: {self.why}"


class Bodies:
    """`violations`: all that was wrong so far. `strict`: Discord's own description counts, and so does our rule that
    every message says whom it may mention."""

    def __init__(self, world: World, *, strict: bool) -> None:
        self.world = world
        self.strict = strict
        self.violations: list[Violation] = []

    def note(self, call: Call, where: str, why: str) -> None:
        self.violations.append(Violation(call.method, call.route or call.path, where, why))

    def check(self, call: Call) -> None:
        """Notes what is wrong; refuses it as Discord would, unless the rule is only our own."""
        if call.method not in ("POST", "PUT", "PATCH"):
            return
        if sum(len(data) for _, _, data in call.files.values()) > SIZE:
            raise Refused(413, 40005, "Request entity too large")
        wrong = list(self._wrong(call))
        for where, why in wrong:
            self.note(call, where, why)
        if self.strict:
            for where in _silent_on_mentions(call):
                self.note(call, where, "allowed_mentions is missing")
        if wrong:
            raise invalid_body(wrong[0][0], "BASE_TYPE_BAD", wrong[0][1])

    def _wrong(self, call: Call) -> Wrong:
        known = description() if self.strict else None
        if known:
            yield from known.problems(call.method, call.path, call.body)
        yield from _by_hand(call)


def _by_hand(call: Call) -> Wrong:
    route, form = call.route, without_nulls(call.form)
    for where, data, new in messages(call):
        answer = not route.startswith("/channels")
        for at, why in limits.message(without_nulls(data), new=new, files=len(call.files), answer=answer):
            yield where + at, why
    if route.endswith("/callback"):
        data = form.get("data") or {}
        if form.get("type") == FORM:
            yield from limits.modal(data)
        elif form.get("type") == CHOICES:
            yield from declared.offered(data.get("choices") or [])
    elif "/commands" in route:
        yield from declared.commands(without_nulls(call.body)) if call.method == "PUT" else declared.command(form)
    elif "/scheduled-events" in route:
        yield from declared.event(form, call.world.clock(), new=call.method == "POST")
    elif route.endswith("/threads"):
        yield from declared.thread(form)
    else:
        yield from declared.names(form, route)


def messages(call: Call) -> Iterator[tuple[str, Json, bool]]:
    """The messages in a body: where each stands there, and whether it is a new one."""
    route, form, new = call.route, call.form, call.method == "POST"
    if route.endswith("/callback"):
        if form.get("type") in (MESSAGE, UPDATE):
            yield "data.", form.get("data") or {}, form["type"] == MESSAGE
    elif route.startswith("/webhooks") or route.endswith(("/messages", "/messages/{message_id}")):
        yield "", form, new
    elif route == "/channels/{channel_id}/threads" and "message" in form:
        yield "message.", form["message"], new


def _silent_on_mentions(call: Call) -> Iterator[str]:
    for where, data, new in messages(call):
        if (new or data.get("content")) and not isinstance(data.get("allowed_mentions"), dict):
            yield where.rstrip(".")
