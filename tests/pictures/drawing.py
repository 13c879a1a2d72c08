"""Moments as Discord shows them: what Veillée said is said again in a simulated Discord, and photographed."""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from adapters.discord.calls import Calls, Upload
from tests.discord.state import Json
from tests.pictures.season import BOT, Moment, Said
from tests.pictures.words import Words

# A phone held upright, with twice as many pixels as the page has.
WIDTH, HEIGHT, FINENESS = 430, 2000, 2
COLOURS = 64
ZONE = "America/Montreal"
# The conversation, and none of the tools around it. A blank line is as high as Discord has it.
BARE = """
[data-workbench], .channel-header, .channel-composer, .history-button, .timeline-day-divider
    { display: none !important; }
#channel-message-list { padding: 0 8px 16px; background: #313338; }
.markdown-paragraph { margin: 0; }
:is(.markdown-paragraph, .markdown-bullet_list, .markdown-blockquote) + :is(.markdown-paragraph, .markdown-heading),
    .markdown-paragraph + .markdown-blockquote { margin-top: 1.375em; }
.modal-body { max-height: none !important; overflow: visible !important; }
"""
# What Discord itself says, and the preview in English alone.
THEIRS = {
    "This form will be submitted to": "Ce formulaire sera envoyé à",
    "Do not share passwords or other sensitive information.": "Ne donne ni mot de passe ni information sensible.",
    "Drop files here or": "Dépose un fichier ici, ou",
    "browse": "choisis-en un",
    "Upload up to 1 files, 10 MiB per file.": "Un fichier, de 10 Mo au plus.",
    "Cancel": "Annuler",
    "Submit": "Envoyer",
    "Select one answer": "Choisis une réponse",
    "Remove Vote": "Retirer le vote",
    "3d left": "3 j restants",
}
TRANSLATE = """said => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode())
        for (const [en, fr] of Object.entries(said))
            walk.currentNode.data = walk.currentNode.data.replace(en, fr);
}"""
OPENS = 9
_CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


@dataclass
class Simulated:
    """A room in which Veillée and the members are. `members`: by their identifier in the moment. `answer`: to the
    next click."""

    env: Env
    calls: Calls
    room: ChannelHandle
    members: dict[int, MemberActor] = field(default_factory=dict)
    answer: Json = field(default_factory=dict)

    async def repeat(self, place: ChannelHandle, said: Said) -> None:
        """The very body that Discord was handed, for the people of here."""
        files = [Upload(f.filename, f.content_type, f.data) for f in said.files]
        await self.calls.call(
            "POST", "/channels/{channel_id}/messages", json=self.named(said.body), files=files,
            channel_id=str(place.id),
        )  # fmt: skip
        await self.env.settle()
        voters = iter(self.members.values())
        for answer, count in enumerate(said.chosen, start=1):
            for _ in range(count):
                await next(voters).vote(place.history()[-1], answer=answer)

    def named(self, body: Json) -> Json:
        content = body["content"]
        for id, member in self.members.items():
            content = content.replace(f"<@{id}>", member.mention)
        return body | {"content": content, "allowed_mentions": {"parse": ["users"]}}


@asynccontextmanager
async def simulated(moment: Moment, words: Words) -> AsyncIterator[Simulated]:
    client = discord.Client(intents=discord.Intents.all())
    env = Env(client)
    await env.start()
    calls = Calls(client)
    here = Simulated(env, calls, env.create_guild(words.community).create_text_channel(words.room))

    @client.event
    async def on_interaction(asked: discord.Interaction) -> None:
        await calls.call(
            "POST", _CALLBACK, json=here.answer, interaction_id=str(asked.id), interaction_token=asked.token
        )

    try:
        assert client.user
        await client.user.edit(username=BOT)
        await env.advance_time((moment.at - env.now()).total_seconds())
        for id, name in moment.people.items():
            user = env.create_user(re.sub(r"\W", "", name).lower(), global_name=name)
            here.members[id] = env.guild.add_member(user)
        yield here
    finally:
        await env.shutdown()


async def drawn(moment: Moment, words: Words, browser: Any) -> bytes:
    """The picture. `browser`: Playwright's."""
    async with simulated(moment, words) as here:
        reader = next(m for id, m in here.members.items() if moment.people[id] == words.newcomer)
        place = reader.user.dm_channel if moment.private else here.room
        for said in moment.said:
            await here.repeat(place, said)
        here.answer = {"type": OPENS, "data": moment.sheet}
        async with here.env.preview(
            place, viewers=[reader.user if moment.private else reader], layout="channel", display="fixed",
            width=WIDTH, height=HEIGHT, locale=words.locale, timezone=ZONE, presentation_time=moment.at,
        ) as preview:  # fmt: skip
            return lightened(await _photographed(browser, preview.url, moment, words))


async def _photographed(browser: Any, url: str, moment: Moment, words: Words) -> bytes:
    page = await browser.new_page(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=FINENESS, reduced_motion="reduce",
        bypass_csp=True, locale=words.locale, timezone_id=ZONE,
    )  # fmt: skip
    try:
        await page.goto(url)
        await page.wait_for_function("() => window.simcordPreview?.ready")
        await page.add_style_tag(content=BARE)
        wanted = page.locator("#channel-message-list")
        if moment.sheet:
            await page.locator(f"text={words.write}").last.click()
            wanted = page.locator(".modal-dialog")
            await wanted.wait_for()
            await page.wait_for_function("() => window.simcordPreview.ready")
        if words.language == "fr":
            await page.evaluate(TRANSLATE, THEIRS)
        await page.evaluate("() => document.fonts.ready")
        picture: bytes = await wanted.screenshot(animations="disabled")
        return picture
    finally:
        await page.close()


def lightened(picture: bytes) -> bytes:
    """In as many colours as words and buttons need."""
    from PIL import Image

    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    light = io.BytesIO()
    image.save(light, "PNG", optimize=True)
    return light.getvalue()
