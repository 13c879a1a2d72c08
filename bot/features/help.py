"""What can be asked of Veillée, in a message that fits a phone."""

from __future__ import annotations

from bot.chat.content import Block, Bullets, Line
from bot.context import Context
from bot.feature import Command, Feature
from bot.fields import Answers

feature = Feature("help")


@feature.command("help", en=("help", "commands"), fr=("aide", "commandes"), shows_more=True)
async def help_(ctx: Context, answers: Answers) -> None:
    voice = ctx.here
    commands = [c for c in ctx.features.commands.values() if ctx.facilitator or not c.facilitator]

    def line(command: Command) -> Line:
        feature_name, name = command.id.split(".")
        return (ctx.typed(command.id, voice), *voice.say("help-dash"), *voice.say(f"help-{feature_name}-{name}"))

    members = tuple(line(c) for c in commands if not c.facilitator and c.id != "help.help")
    said: list[Block | Line] = [voice.say("help-intro"), Bullets(members)]
    if ctx.facilitator:
        said += [voice.say("help-facilitator"), Bullets(tuple(line(c) for c in commands if c.facilitator))]
    if ctx.where is not None and ctx.where.typed:
        said.append(voice.say("help-private"))
    await ctx.reply_privately(*said)
