"""A form filled in by a short conversation in private: one question at a time, kept between any two messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.chat.content import Argument, Block, Line, Told
from bot.errors import Problem
from bot.feature import Field, Form
from bot.fields import Answers, read
from bot.model.flow import Conversation
from bot.text import folded

if TYPE_CHECKING:
    from bot.context import Context

PASS = {"passer", "pass", "skip", "rien", "none"}
CANCEL = {"annuler", "annule", "cancel", "stop"}


async def begin(
    ctx: Context, form_id: str, args: Mapping[str, Argument], typed: Sequence[str] = (), run: bool = False
) -> None:
    """Start the form with what was typed already; ask for the first thing that is missing.

    With `run`, a form that misses nothing but what is optional is carried out at once.
    """
    form = ctx.features.forms[form_id]
    answers: dict[str, Told] = {}
    problem: Problem | None = None
    for field, value in zip(form.fields, typed, strict=False):
        if not value:
            continue
        try:
            await read(field, value, ctx)
        except Problem as found:
            problem = found
            break
        answers[field.name] = value
    if run and problem is None and all(f.optional or f.name in answers for f in form.fields):
        await _finish(ctx, form, answers, args)
        return
    if ctx.where is not None and not ctx.where.direct and not ctx.member.reachable:
        await ctx.reply(ctx.here.say("private-closed"))
        return
    missing = next((f for f in form.fields if f.name not in answers), form.fields[0])
    await ctx.unit.delete(Conversation, person_id=ctx.member.id)
    await ctx.unit.add(
        Conversation(
            person_id=ctx.member.id, form=form_id, room="", waiting_for=missing.name, args=dict(args),
            answers=answers, at=ctx.now,
        )
    )  # fmt: skip
    said: list[Block | Line] = []
    if ctx.where is not None and not ctx.where.direct:
        # The thread of the question is in private: say so where it was begun.
        await ctx.reply(ctx.here.say("form-in-private"))
    if problem is not None:
        said.append(ctx.here.say(problem.id, **problem.variables))
    said.append(_question(ctx, form, missing))
    await ctx.reply_privately(*said)


async def go_on(ctx: Context, conversation: Conversation, told: Told) -> None:
    """The person said something in private while a form was open."""
    form = ctx.features.forms.get(conversation.form)
    if form is None or all(f.name != conversation.waiting_for for f in form.fields):
        await ctx.unit.delete(Conversation, id=conversation.id)  # a form of an earlier version
        raise Problem("form-forgotten")
    typed = folded(told) if isinstance(told, str) else None
    if typed in CANCEL:
        await ctx.unit.delete(Conversation, id=conversation.id)
        await ctx.reply(ctx.here.say("form-cancelled"))
        return
    field = next(f for f in form.fields if f.name == conversation.waiting_for)
    answers = dict(conversation.answers)
    if typed in PASS and field.optional:
        answers[field.name] = ""
    else:
        await read(field, told, ctx)  # a Problem leaves the conversation where it is
        answers[field.name] = told
    missing = next((f for f in form.fields if f.name not in answers), None)
    if missing is None:
        await ctx.unit.delete(Conversation, id=conversation.id)
        await _finish(ctx, form, answers, conversation.args)
        return
    conversation.answers = answers
    conversation.waiting_for = missing.name
    await ctx.reply(_question(ctx, form, missing))


async def _finish(
    ctx: Context, form: Form, answers: Mapping[str, Told], args: Mapping[str, Argument]
) -> None:
    values = {f.name: await read(f, answers[f.name], ctx) for f in form.fields if answers.get(f.name)}
    await form.run(ctx, Answers(values), args)


def _question(ctx: Context, form: Form, field: Field) -> Line:
    feature, name = form.id.split(".")[0], field.name
    line = ctx.here.say(f"ask-{feature}-{name}")
    hint = "form-hint-optional" if field.optional else "form-hint"
    first = form.fields[0] is field
    if first or field.optional:
        line = line + ctx.here.say("form-gap") + ctx.here.say(hint)
    return line
