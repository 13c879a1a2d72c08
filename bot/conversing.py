"""A form by a short conversation in private: one question at a time, kept between any two messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.chat.content import Argument, Line, Told
from bot.errors import Problem
from bot.feature import Features, Field, Form
from bot.fields import Answers, option_of, read
from bot.model.flow import Conversation
from bot.text import folded

if TYPE_CHECKING:
    from bot.context import Context

PASS = {"passer", "pass", "skip", "rien", "none"}
CANCEL = {"annuler", "annule", "cancel", "stop"}
# What is told in a form of its own: a command's words are none of these, unless they are one of the options.
IN_FORM = {"number", "instant", "day", "duration", "span", "series", "language", "option"}


async def go_on(ctx: Context, conversation: Conversation, told: Told) -> None:
    """The person said something in private while a form was open."""
    field = _asked_for(ctx.features, conversation)
    if field is None:
        await ctx.unit.delete(Conversation, id=conversation.id)  # a form of an earlier version
        raise Problem("form-forgotten")
    typed = folded(told) if isinstance(told, str) else None
    if typed in CANCEL:
        await ctx.unit.delete(Conversation, id=conversation.id)
        await ctx.reply(ctx.here.say("form-cancelled"))
        return
    form, answers = ctx.features.forms[conversation.form], dict(conversation.answers)
    if typed in PASS and field.optional:
        answers[field.name] = ""
    else:
        await read(field, told, ctx)  # a Problem leaves the conversation where it is
        answers[field.name] = told
    missing = next((f for f in form.fields if f.name not in answers), None)
    if missing is None:
        await ctx.unit.delete(Conversation, id=conversation.id)
        await finish(ctx, form, answers, conversation.args)
        return
    conversation.answers = answers
    conversation.waiting_for = missing.name
    await ctx.reply(question(ctx, form, missing))


async def finish(ctx: Context, form: Form, answers: Mapping[str, Told], args: Mapping[str, Argument]) -> None:
    """All is told. Raises Problem."""
    values = {f.name: await read(f, answers[f.name], ctx) for f in form.fields if answers.get(f.name)}
    await form.run(ctx, Answers(values), args)


def asked_again(ctx: Context, conversation: Conversation) -> list[Line]:
    """What is asked still, of whoever answered something else."""
    field = _asked_for(ctx.features, conversation)
    return [] if field is None else [question(ctx, ctx.features.forms[conversation.form], field, hinted=True)]


def may_answer(features: Features, conversation: Conversation, typed: str) -> bool:
    """Whether these words may be meant for what is asked, even if they are a command's too."""
    field, words = _asked_for(features, conversation), folded(typed)
    if field is None or field.kind not in IN_FORM:
        return True
    return words in CANCEL or (field.optional and words in PASS) or option_of(field, typed) is not None


def _asked_for(features: Features, conversation: Conversation) -> Field | None:
    """None where the form is of an earlier version."""
    form = features.forms.get(conversation.form)
    return next((field for field in form.fields if field.name == conversation.waiting_for), None) if form else None


def question(ctx: Context, form: Form, field: Field, *, hinted: bool = False) -> Line:
    feature, name = form.id.split(".")[0], field.name
    in_words = "-in-words" if field.kind == "story" and not takes_files(ctx, field) else ""
    line = ctx.here.say(f"ask-{feature}-{name}{in_words}")
    hint = "form-hint-optional" if field.optional else "form-hint"
    hinted |= form.fields[0] is field
    if hinted or field.optional:
        line = line + ctx.here.say("form-gap") + ctx.here.say(hint)
    return line


async def make_way(ctx: Context, form: Form, args: Mapping[str, Argument]) -> None:
    """What is told in one go is asked no more; nor, in private, what nothing was told of yet, lest another command's
    words be taken for the answer later on."""
    open_ = await ctx.conversation()
    if open_ is None:
        return
    asked = _asked_for(ctx.features, open_)
    idle = ctx.where is not None and ctx.where.direct and not open_.answers
    same = open_.form == form.id and open_.args == dict(args)
    if same or (idle and asked is not None and asked.kind in IN_FORM):
        await ctx.unit.delete(Conversation, id=open_.id)


def takes_files(ctx: Context, field: Field) -> bool:
    return field.kind == "story" and ctx.settings.stories.attachments != "none"
