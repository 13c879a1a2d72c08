"""What a person says in a server, and what they do with what the bot offers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tests.discord import forms, options, posts
from tests.discord.errors import CannotDo
from tests.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interaction, begin
from tests.discord.permissions import require, require_to_post
from tests.discord.presence import Presence
from tests.discord.state import VOICE_MESSAGE, Attachment, Json, Message, Poll

if TYPE_CHECKING:
    from tests.discord.channel import Channel

Done = TypeVar("Done")


@dataclass(eq=False)
class Member(Presence):
    """`await bo.say(channel, "…")`; commands, buttons and forms give back an `Interaction`: what they then saw."""

    async def say(
        self, channel: Channel, text: str = "", *, answers: Message | None = None, files: Sequence[Attachment] = (),
        thread: Channel | None = None,
    ) -> Message:  # fmt: skip
        place = thread or channel
        self._may(lambda: require_to_post(place, self.user.id))
        message = posts.post(
            place, self.user, text, answers=answers.id if answers else None, attachments=files, flags=_flags(files)
        )
        return await _done(message)

    async def dm(self, text: str = "", *, files: Sequence[Attachment] = ()) -> Message:
        return await _done(posts.post(self.direct, self.user, text, attachments=files, flags=_flags(files)))

    async def edit(self, message: Message, text: str) -> None:
        self._own(message)
        posts.edit(message, {"content": text})
        await asyncio.sleep(0)

    async def delete(self, message: Message) -> None:
        if message.author is not self.user:
            self._may(lambda: require(message.channel, self.user.id, "manage_messages"))
        posts.delete(message)
        await asyncio.sleep(0)

    async def purge(self, channel: Channel, messages: Sequence[Message]) -> None:
        """A moderator takes many away at once."""
        self._may(lambda: require(channel, self.user.id, "manage_messages"))
        posts.purge(channel, messages)
        await asyncio.sleep(0)

    async def clear_reactions(self, message: Message) -> None:
        self._may(lambda: require(message.channel, self.user.id, "manage_messages"))
        posts.clear_reactions(message)
        await asyncio.sleep(0)

    async def react(self, message: Message, emoji: str) -> None:
        self._sees(message)
        posts.react(message, self.user, emoji)
        await asyncio.sleep(0)

    async def unreact(self, message: Message, emoji: str) -> None:
        posts.unreact(message, self.user, emoji)
        await asyncio.sleep(0)

    async def thread(
        self, channel: Channel, name: str, *, start: Message | None = None, private: bool = False
    ) -> Channel:
        return await _done(posts.open_thread(channel, name, self.user, 12 if private else 11, start=start))

    async def vote(self, message: Message, *answers: str) -> None:
        """For the answers with these words; one only, unless the poll takes several."""
        poll = self._poll(message)
        if len(answers) > 1 and not poll.multiselect:
            raise CannotDo("this poll takes one answer")
        chosen = [self._answer(message, a) for a in answers]
        if not poll.multiselect:
            for other in set(poll.answers) - set(chosen):
                posts.vote(message, self.user, other, withdrawn=True)
        for number in chosen:
            posts.vote(message, self.user, number)
        await asyncio.sleep(0)

    async def unvote(self, message: Message) -> None:
        for number in self._poll(message).answers:
            posts.vote(message, self.user, number, withdrawn=True)
        await asyncio.sleep(0)

    def _poll(self, message: Message) -> Poll:
        self._sees(message)
        if message.poll is None or message.poll.finalized:
            raise CannotDo("there is no poll to vote in")
        return message.poll

    def _answer(self, message: Message, words: str) -> int:
        assert message.poll
        found = next((n for n, text in message.poll.answers.items() if text == words), None)
        if found is None:
            raise CannotDo(f"the poll offers {list(message.poll.answers.values())}, not {words!r}")
        return found

    # What the bot offers

    async def slash(self, channel: Channel, command: str, **values: Any) -> Interaction:
        """`command`: its words, in either language the bot gave them. A file is an attachment of the server's."""
        self._may_ask(channel)
        data = options.data(self.world, self.user, channel, command, values)
        return await _done(begin(self.world, COMMAND, self.user, channel, data))

    async def autocomplete(self, channel: Channel, command: str, option: str, typed: str, **values: Any) -> list[Json]:
        """What is offered while typing in an option: each a name and a value."""
        self._may_ask(channel)
        data = options.data(self.world, self.user, channel, command, values | {option: typed}, focused=option)
        asked = begin(self.world, AUTOCOMPLETE, self.user, channel, data)
        await asked.answer()
        return asked.choices or []

    async def click(self, message: Message | Interaction, button: str) -> Interaction:
        """`button`: its label, its emoji or its custom_id."""
        found, where = self._control(message, button, {2})
        if found.get("style") in (5, 6):
            raise CannotDo(f"{button!r} leads elsewhere")
        data = {"component_type": 2, "custom_id": found["custom_id"], "id": found["id"]}
        return await _done(begin(self.world, COMPONENT, self.user, where.channel, data, source=where))

    async def select(self, message: Message | Interaction, *chosen: Any, custom_id: str = "") -> Interaction:
        """Options by their words or values; members, roles or channels as themselves."""
        found, where = self._control(message, custom_id, {3, *forms.SELECTS})
        resolved: dict[str, Json] = {}
        kind = found["type"]
        if kind == 3:
            offered = {o[k]: o["value"] for k in ("value", "label") for o in found["options"]}
            if unknown := [c for c in chosen if c not in offered]:
                raise CannotDo(f"not offered: {unknown}; there is {[o['label'] for o in found['options']]}")
            values = [offered[c] for c in chosen]
        else:
            values = [options.reference("select", forms.SELECTS[kind], c, resolved) for c in chosen]
        forms.bounds("select", found, len(values))
        data: Json = {"component_type": kind, "custom_id": found["custom_id"], "id": found["id"], "values": values}
        data |= {"resolved": resolved} if resolved else {}
        return await _done(begin(self.world, COMPONENT, self.user, where.channel, data, source=where))

    async def submit(
        self, form: Interaction, values: dict[str, Any] | None = None, *,
        files: dict[str, Sequence[Attachment]] | None = None,
    ) -> Interaction:  # fmt: skip
        """The form that `form` opened, filled in by label or by custom_id."""
        if form.modal is None or form.user is not self.user:
            raise CannotDo("no form stands open")
        components, resolved = forms.filled(form.modal, {**(values or {}), **(files or {})})
        data: Json = {"custom_id": form.modal["custom_id"], "components": components}
        data |= {"resolved": resolved} if resolved else {}
        return await _done(begin(self.world, MODAL, self.user, form.channel, data, source=form.source))

    def _control(self, shown: Message | Interaction, wanted: str, kinds: set[int]) -> tuple[Json, Message]:
        """The first control of these kinds that is called so, among those this person sees there."""
        messages = shown.messages if isinstance(shown, Interaction) else [shown]
        known = []
        for message in messages:
            self._sees(message)
            for control in message.controls:
                names = (control.get("label"), control.get("custom_id"), (control.get("emoji") or {}).get("name"))
                known.append(names)
                if control["type"] in kinds and (not wanted or wanted in names):
                    if control.get("disabled"):
                        raise CannotDo(f"{wanted!r} is greyed out")
                    self._may_ask(message.channel)
                    return control, message
        raise CannotDo(f"{self.user.name} sees no {wanted!r}; there is {known}")


def _flags(files: Sequence[Attachment]) -> int:
    return VOICE_MESSAGE if any(f.duration is not None for f in files) else 0


async def _done(result: Done) -> Done:
    """Lets the bot's side move before the test goes on."""
    await asyncio.sleep(0)
    return result
