"""A form: where a platform has sheets to fill in, one of those; elsewhere a conversation (bot/conversing.py)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bot.chat.content import Argument, Attachment, Block, Choice, Choices, Line, Question, Quote, Sheet, Told, plain
from bot.chat.events import FormSubmitted
from bot.conversing import finish, make_way, question, takes_files
from bot.errors import Problem
from bot.feature import Field, Form
from bot.fields import read
from bot.model.flow import Conversation, Outbox
from bot.ports import OneOf, Other
from bot.voice import Voice, WordsMissing

if TYPE_CHECKING:
    from bot.context import Context

OPEN_AGAIN = "forms.open-again"
# As much as a sheet lets stand beside a question.
LONGEST_LABEL = 45
# Nothing that they told would change it.
NOT_THEIRS = {"problem-facilitators-only", "problem-gone", "form-forgotten"}


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
            if field.optional:
                answers[field.name] = ""  # passed over, on the way to what follows
            continue
        try:
            await read(field, value, ctx)
        except Problem as found:
            problem = found
            break
        answers[field.name] = value
    if run and problem is None and all(f.optional or f.name in answers for f in form.fields):
        await make_way(ctx, form, args)
        await finish(ctx, form, answers, args)
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
            person_id=ctx.member.id, form=form_id, room="", platform=_asked_on(ctx), waiting_for=missing.name,
            args=dict(args), answers=answers, at=ctx.now,
        )
    )  # fmt: skip
    said: list[Block | Line] = []
    if ctx.where is not None and not ctx.where.direct:
        # The thread of the question is in private: say so where it was begun.
        await ctx.reply(ctx.here.say("form-in-private"))
    if problem is not None:
        said.append(ctx.here.say(problem.id, **problem.variables))
    said.append(question(ctx, form, missing))
    await ctx.reply_privately(*said)


def _asked_on(ctx: Context) -> str:
    """Where the questions are read: the answer is given there, and nowhere else is one."""
    return ctx.where.platform if ctx.where is not None and ctx.where.private else ctx.member.platform


# -- by a sheet ----------------------------------------------------------------------------------------------


async def submitted(ctx: Context, event: FormSubmitted) -> None:
    """A sheet came back. Raises Problem: it is not_taken then."""
    form = _known(ctx, event.form)
    told = {name: value for name, value in event.values.items() if value}
    for field in form.fields:
        if field.name in told:
            await read(field, told[field.name], ctx)
        elif not field.optional:
            raise Problem("problem-no-words")
    if kept := await _kept(ctx, form, event.args):
        await ctx.unit.delete(Conversation, id=kept.id)
    if ctx.confidential:
        await _forget_sheets(ctx, form)
    await finish(ctx, form, told, event.args)


async def not_taken(ctx: Context, event: FormSubmitted, problem: Problem) -> None:
    """What came back cannot be taken: why, and what was told, lest it be lost."""
    form = ctx.features.forms.get(event.form)
    told = {name: value for name, value in event.values.items() if value}
    for value in told.values():
        if isinstance(value, Attachment):
            await ctx.discard(value.uri)  # they have it still, where they took it from
    if form is None or problem.id in NOT_THEIRS:
        await ctx.reply(ctx.here.say(problem.id, **problem.variables), *_given_back(ctx, form, told))
    else:
        await _correct(ctx, form, event.args, told, problem)


async def open_again(ctx: Context, args: Mapping[str, Argument]) -> None:
    """What was told already stands on the sheet."""
    form = _known(ctx, str(args["form"]))
    rest = {name: value for name, value in args.items() if name != "form"}
    if ctx.where is None or not ctx.where.handle:
        await begin(ctx, form.id, rest)
        return
    kept = await _kept(ctx, form, rest)
    await _hand(ctx, form, rest, kept.answers if kept else {})


def _known(ctx: Context, form_id: str) -> Form:
    form = ctx.features.forms.get(form_id)
    if form is None:
        raise Problem("form-forgotten")
    return form


async def _kept(ctx: Context, form: Form, args: Mapping[str, Argument]) -> Conversation | None:
    """What is known of what they tell on that very form, about that very thing."""
    kept = await ctx.conversation()
    return kept if kept is not None and kept.form == form.id and kept.args == dict(args) else None


async def _hand(ctx: Context, form: Form, args: Mapping[str, Argument], given: Mapping[str, Told]) -> None:
    voice = ctx.here
    feature, name = form.id.split(".")
    command = ctx.features.commands.get(form.id)
    words = (command.fr if voice.language == "fr" else command.en)[0].capitalize() if command else ""
    title = words or voice.text(f"title-{feature}-{name}")
    questions = tuple(_asked(ctx, feature, field, given.get(field.name, "")) for field in form.fields)
    kept = await _kept(ctx, form, args)
    if given and (kept is None or kept.answers != given):
        await _keep(ctx, form, args, given)  # the sheet may come too late
    await ctx.open_form(
        Sheet(title, form.id, questions, dict(args)), voice.say("form-open-again"),
        _again(ctx, form, args, "form-choice-open"),
    )  # fmt: skip


def _asked(ctx: Context, feature: str, field: Field, given: Told) -> Question:
    voice = ctx.here
    options = tuple((o.id, (o.fr if voice.language == "fr" else o.en)[0]) for o in field.options)
    shapes: dict[str, Any] = {"story": "told", "option": "option", "choices": "text"}
    return Question(
        field.name, voice.text(f"label-{feature}-{field.name}")[:LONGEST_LABEL],
        _in_full(voice, feature, field), shapes.get(field.kind, "line"), not field.optional,
        _words(given), options, voice.text("form-aloud") if takes_files(ctx, field) else "",
    )  # fmt: skip


def _words(told: Told) -> str:
    return told.words if isinstance(told, Attachment) else told


def _in_full(voice: Voice, feature: str, field: Field) -> str:
    """As on a sheet, where a conversation asks for it otherwise."""
    try:
        return voice.text(f"sheet-{feature}-{field.name}")
    except WordsMissing:
        return plain(voice.say(f"ask-{feature}-{field.name}"))


async def _correct(
    ctx: Context, form: Form, args: Mapping[str, Argument], given: Mapping[str, Told], problem: Problem
) -> None:
    """Say what is wrong, give back what was told, and offer the sheet again with it."""
    if written := {name: words for name, told in given.items() if (words := _words(told))}:
        await _keep(ctx, form, args, written)
    await ctx.reply(
        ctx.here.say(problem.id, **problem.variables), *_given_back(ctx, form, given),
        _again(ctx, form, args, "form-choice-correct"),
    )  # fmt: skip


def _given_back(ctx: Context, form: Form | None, given: Mapping[str, Told]) -> list[Block | Line]:
    options = {f.name: f.options for f in form.fields} if form else {}

    def words(name: str, told: str) -> str:
        shown = next((o for o in options.get(name, ()) if o.id == told), None)
        return told if shown is None else (shown.fr if ctx.here.language == "fr" else shown.en)[0]

    told = [words(name, written) for name, value in given.items() if (written := _words(value))]
    said: list[Block | Line] = [ctx.here.say("form-given-back"), Quote("\n".join(told))] if told else []
    if any(isinstance(value, Attachment) for value in given.values()):
        said.append(ctx.here.say("form-file-not-kept"))
    return said


async def _keep(ctx: Context, form: Form, args: Mapping[str, Argument], given: Mapping[str, Told]) -> None:
    """For the sheet to be opened again with it. Not what is told in confidence, and not in place of a conversation."""
    if ctx.confidential or await ctx.unit.count(Conversation, person_id=ctx.member.id, waiting_for=Other("")):
        return
    await ctx.unit.delete(Conversation, person_id=ctx.member.id)
    await ctx.unit.add(
        Conversation(
            person_id=ctx.member.id, form=form.id, room="", waiting_for="", args=dict(args), answers=dict(given),
            at=ctx.now,
        )
    )  # fmt: skip


def _again(ctx: Context, form: Form, args: Mapping[str, Argument], label: str) -> Choices:
    return Choices((Choice(ctx.here.text(label), OPEN_AGAIN, {**args, "form": form.id}),))


def opens_again(row: Outbox, form_id: str) -> bool:
    """Whether it offers that form."""
    return any(c.does == OPEN_AGAIN and c.args.get("form") == form_id for c in row.choices)


async def _forget_sheets(ctx: Context, form: Form) -> None:
    """How often someone was offered a sheet in confidence would tell that they filled it in."""
    for row in await ctx.unit.find(
        Outbox, platform=ctx.member.platform, person=ctx.member.external, purpose=OneOf(["reply", "form"])
    ):
        if row.state == "sent" and opens_again(row, form.id):
            await ctx.unit.delete(Outbox, id=row.id)
