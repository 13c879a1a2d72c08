"""A form: where a platform has sheets to fill in, one of those; elsewhere a short conversation in private, one
question at a time, kept between any two messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.chat.content import Argument, Block, Choice, Choices, Line, Question, Quote, Sheet, Told, plain
from bot.chat.events import FormSubmitted
from bot.errors import Problem
from bot.feature import Field, Form
from bot.fields import Answers, read
from bot.model.flow import Conversation
from bot.text import folded

if TYPE_CHECKING:
    from bot.context import Context

PASS = {"passer", "pass", "skip", "rien", "none"}
OPEN_AGAIN = "forms.open-again"
# As much as a sheet lets stand beside a question.
LONGEST_LABEL = 45
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
    if ctx.where is not None and ctx.where.handle:
        given = {f.name: v for f, v in zip(form.fields, typed, strict=False) if v}
        await (_correct(ctx, form, args, given, problem) if problem else _hand(ctx, form, args, given))
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


# -- by a sheet ----------------------------------------------------------------------------------------------


async def submitted(ctx: Context, event: FormSubmitted) -> None:
    """A sheet came back."""
    form = ctx.features.forms.get(event.form)
    if form is None:
        raise Problem("form-forgotten")
    values = {name: told for name, told in event.values.items() if told}
    try:
        for field in form.fields:
            if field.name in values:
                await read(field, values[field.name], ctx)
            elif not field.optional:
                raise Problem("problem-no-words")
    except Problem as problem:
        await _correct(ctx, form, event.args, values, problem)
        return
    await ctx.unit.delete(Conversation, person_id=ctx.member.id)
    await _finish(ctx, form, values, event.args)


async def open_again(ctx: Context, args: Mapping[str, Argument]) -> None:
    """What was told already stands on the sheet."""
    form = ctx.features.forms.get(str(args["form"]))
    if form is None:
        raise Problem("form-forgotten")
    rest = {name: value for name, value in args.items() if name != "form"}
    kept = await ctx.conversation()
    if ctx.where is None or not ctx.where.handle:
        await begin(ctx, form.id, rest)
        return
    await _hand(ctx, form, rest, kept.answers if kept is not None and kept.form == form.id else {})


async def _hand(
    ctx: Context, form: Form, args: Mapping[str, Argument], given: Mapping[str, Told]
) -> None:
    voice = ctx.here
    feature, name = form.id.split(".")
    command = ctx.features.commands.get(form.id)
    words = (command.fr if voice.language == "fr" else command.en)[0].capitalize() if command else ""
    title = words or voice.text(f"title-{feature}-{name}")
    questions = tuple(_asked(ctx, feature, field, given.get(field.name, "")) for field in form.fields)
    otherwise = voice.say("form-open-again")
    await ctx.open_form(
        Sheet(title, form.id, questions, dict(args)), otherwise, _again(ctx, form, args, "form-choice-open")
    )


def _asked(ctx: Context, feature: str, field: Field, given: Told) -> Question:
    voice = ctx.here
    options = tuple((o.id, (o.fr if voice.language == "fr" else o.en)[0]) for o in field.options)
    shapes: dict[str, Any] = {"story": "told", "option": "option"}
    return Question(
        field.name, voice.text(f"label-{feature}-{field.name}")[:LONGEST_LABEL],
        plain(voice.say(f"ask-{feature}-{field.name}")), shapes.get(field.kind, "line"), not field.optional,
        given if isinstance(given, str) else "", options,
    )  # fmt: skip


async def _correct(
    ctx: Context, form: Form, args: Mapping[str, Argument], given: Mapping[str, Told], problem: Problem
) -> None:
    """Say what is wrong, give back what was told, and offer the sheet again with it."""
    said: list[Block | Line] = [ctx.here.say(problem.id, **problem.variables)]
    told = [told for told in given.values() if isinstance(told, str)]
    await ctx.unit.delete(Conversation, person_id=ctx.member.id)
    if told:
        said += [ctx.here.say("form-given-back"), Quote("\n".join(told))]
    if told and not ctx.confidential:
        await ctx.unit.add(
            Conversation(
                person_id=ctx.member.id, form=form.id, room="", waiting_for=form.fields[0].name, args=dict(args),
                answers=dict(given), at=ctx.now,
            )
        )  # fmt: skip
    await ctx.reply(*said, _again(ctx, form, args, "form-choice-correct"))


def _again(ctx: Context, form: Form, args: Mapping[str, Argument], label: str) -> Choices:
    return Choices((Choice(ctx.here.text(label), OPEN_AGAIN, {"form": form.id, **args}),))


# -- by a conversation ---------------------------------------------------------------------------------------


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
