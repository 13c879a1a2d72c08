"""What Discord refuses in messages, components, forms and polls. Each check yields (where, why)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.discord.state import EPHEMERAL, Json

Wrong = Iterator[tuple[str, str]]

V2 = 1 << 15
ROW, BUTTON, SELECT, LINE = 1, 2, 3, 4
SELECTS = (3, 5, 6, 7, 8)
TEXT, LABEL, FILES, RADIO, CHECKS, CHECK = 10, 18, 19, 21, 22, 23
SENT_FLAGS = 1 << 2 | 1 << 12 | 1 << 13 | V2


def length(where: str, value: Any, least: int, most: int) -> Wrong:
    """Of a text, once the blanks around it are gone, as Discord strips them."""
    size = len(value.strip()) if isinstance(value, str) else 0
    if not least <= size <= most:
        yield where, f"takes {least} to {most} characters, not {size}"


def message(form: Json, *, new: bool, files: int = 0, answer: bool = False) -> Wrong:
    """`new`: it is not a change to one that stands. `answer`: to an interaction, so it may be ephemeral."""
    flags = form.get("flags") or 0
    if new and flags & ~(SENT_FLAGS | (EPHEMERAL if answer else 0)):
        yield "flags", f"{flags} cannot be asked for"
    if form.get("content"):
        yield from length("content", form["content"], 0, 2000)
    if len(form.get("content") or "") > 2000:
        yield "content", "takes up to 2000 characters"
    told = (form.get("content") or "").strip()
    others = any(form.get(k) for k in ("embeds", "poll", "sticker_ids", "attachments", "components"))
    if new and not (told or files or others):
        yield "content", "an empty message"
    if files > 10 or len(form.get("attachments") or ()) > 10:
        yield "attachments", "takes up to 10"
    for n, embed in enumerate(form.get("embeds") or ()):
        yield from _embed(f"embeds.{n}", embed)
    yield from components(form.get("components") or [], v2=bool(flags & V2))
    if form.get("poll"):
        yield from poll(form["poll"])
        if not new:
            yield "poll", "cannot be changed"
    yield from mentions(form.get("allowed_mentions") or {})
    if (nonce := form.get("nonce")) is not None and len(str(nonce)) > 25:
        yield "nonce", "takes up to 25 characters"


def mentions(allowed: Json) -> Wrong:
    for kind in ("users", "roles"):
        if allowed.get(kind) and kind in (allowed.get("parse") or ()):
            yield f"allowed_mentions.{kind}", "both all of them and some of them"
        if len(allowed.get(kind) or ()) > 100:
            yield f"allowed_mentions.{kind}", "takes up to 100"


def _embed(where: str, embed: Json) -> Wrong:
    for key, most in (("title", 256), ("description", 4096)):
        yield from length(f"{where}.{key}", embed.get(key) or "", 0, most)
    if len(embed.get("fields") or ()) > 25:
        yield f"{where}.fields", "takes up to 25"
    for n, field in enumerate(embed.get("fields") or ()):
        yield from length(f"{where}.fields.{n}.name", field.get("name"), 1, 256)
        yield from length(f"{where}.fields.{n}.value", field.get("value"), 1, 1024)


def components(rows: list[Json], *, v2: bool = False) -> Wrong:
    if not v2 and len(rows) > 5:
        yield "components", f"takes up to 5 rows, not {len(rows)}"
    seen: list[str] = []
    for n, row in enumerate(rows):
        where = f"components.{n}"
        if v2 and row.get("type") != ROW:
            continue
        if row.get("type") != ROW:
            yield where, "only rows stand in a message"
            continue
        inside = row.get("components") or []
        if not inside:
            yield f"{where}.components", "an empty row"
        if any(c.get("type") in SELECTS for c in inside) and len(inside) > 1:
            yield f"{where}.components", "a select stands alone in its row"
        if len(inside) > 5:
            yield f"{where}.components", f"a row takes up to 5, not {len(inside)}"
        for m, control in enumerate(inside):
            yield from _control(f"{where}.components.{m}", control, seen)


def _control(where: str, control: Json, seen: list[str]) -> Wrong:
    kind = control.get("type")
    if kind == BUTTON:
        yield from _button(where, control)
        if control.get("style") in (5, 6):
            return
    elif kind in SELECTS:
        yield from _select(where, control)
    else:
        yield where, f"no {kind} in a message"
        return
    yield from custom_id(where, control, seen)


def custom_id(where: str, control: Json, seen: list[str]) -> Wrong:
    yield from length(f"{where}.custom_id", control.get("custom_id"), 1, 100)
    if control.get("custom_id") in seen:
        yield f"{where}.custom_id", f"{control['custom_id']!r} twice"
    seen.append(str(control.get("custom_id")))


def _button(where: str, button: Json) -> Wrong:
    if button.get("style") not in (1, 2, 3, 4, 5, 6):
        yield f"{where}.style", "one of 1 to 6"
    if button.get("style") == 5:
        yield from length(f"{where}.url", button.get("url"), 1, 512)
        if "custom_id" in button:
            yield f"{where}.custom_id", "not with a link"
    elif "url" in button:
        yield f"{where}.url", "only with a link"
    if not button.get("label") and not button.get("emoji"):
        yield f"{where}.label", "neither label nor emoji"
    yield from length(f"{where}.label", button.get("label") or "", 0, 80)


def _select(where: str, select: Json, *, least_options: int = 1) -> Wrong:
    yield from length(f"{where}.placeholder", select.get("placeholder") or "", 0, 150)
    if select["type"] == SELECT:
        yield from _options(where, select.get("options") or [], least_options, 25)
        if select.get("max_values", 1) > len(select.get("options") or ()):
            yield f"{where}.max_values", "more than there are options"
    elif select.get("options"):
        yield f"{where}.options", "only in a select of words"
    if not 0 <= select.get("min_values", 1) <= select.get("max_values", 1) <= 25:
        yield f"{where}.min_values", "from 0 to max_values, up to 25"


def _options(where: str, options: list[Json], least: int, most: int) -> Wrong:
    if not least <= len(options) <= most:
        yield f"{where}.options", f"takes {least} to {most}, not {len(options)}"
    values = [o.get("value") for o in options]
    if len(set(values)) < len(values):
        yield f"{where}.options", "the same value twice"
    for n, option in enumerate(options):
        yield from length(f"{where}.options.{n}.label", option.get("label"), 1, 100)
        yield from length(f"{where}.options.{n}.value", option.get("value"), 1, 100)
        yield from length(f"{where}.options.{n}.description", option.get("description") or "", 0, 100)


def poll(form: Json) -> Wrong:
    yield from length("poll.question.text", (form.get("question") or {}).get("text"), 1, 300)
    answers = form.get("answers") or []
    if not 1 <= len(answers) <= 10:
        yield "poll.answers", f"takes 1 to 10, not {len(answers)}"
    for n, answer in enumerate(answers):
        yield from length(f"poll.answers.{n}.poll_media.text", (answer.get("poll_media") or {}).get("text"), 1, 55)
    if not 1 <= form.get("duration", 24) <= 768:
        yield "poll.duration", "from 1 to 768 hours"


def modal(form: Json) -> Wrong:
    yield from length("data.title", form.get("title"), 1, 45)
    yield from length("data.custom_id", form.get("custom_id"), 1, 100)
    nodes = form.get("components") or []
    if not 1 <= len(nodes) <= 5:
        yield "data.components", f"takes 1 to 5, not {len(nodes)}"
    seen: list[str] = []
    for n, node in enumerate(nodes):
        where = f"data.components.{n}"
        if node.get("type") == LABEL:
            yield from length(f"{where}.label", node.get("label"), 1, 45)
            yield from length(f"{where}.description", node.get("description") or "", 0, 100)
            inner = node.get("component") or {}
            if inner.get("label"):
                yield f"{where}.component.label", "not within a label"
            yield from _field(f"{where}.component", inner, seen)
        elif node.get("type") == ROW:
            inside = node.get("components") or []
            if len(inside) != 1 or inside[0].get("type") != LINE:
                yield f"{where}.components", "one text input"
                continue
            yield from length(f"{where}.components.0.label", inside[0].get("label"), 1, 45)
            yield from _field(f"{where}.components.0", inside[0], seen)
        elif node.get("type") == TEXT:
            yield from length(f"{where}.content", node.get("content"), 1, 4000)
        else:
            yield where, f"no {node.get('type')} in a form"


def _field(where: str, field: Json, seen: list[str]) -> Wrong:
    kind = field.get("type")
    yield from custom_id(where, field, seen)
    if kind == LINE:
        least, most = field.get("min_length") or 0, field.get("max_length") or 4000
        if not 0 <= least <= most <= 4000:
            yield f"{where}.max_length", "from min_length to 4000"
        if field.get("style") not in (1, 2):
            yield f"{where}.style", "1 or 2"
        yield from length(f"{where}.placeholder", field.get("placeholder") or "", 0, 100)
        if len(field.get("value") or "") > most:
            yield f"{where}.value", f"takes up to {most} characters"
    elif kind in SELECTS:
        yield from _select(where, field)
        if field.get("disabled"):
            yield f"{where}.disabled", "not in a form"
    elif kind in (RADIO, CHECKS):
        yield from _options(where, field.get("options") or [], 2 if kind == RADIO else 1, 10)
    elif kind == FILES:
        if not 0 <= field.get("min_values", 1) <= field.get("max_values", 1) <= 10:
            yield f"{where}.max_values", "from min_values to 10"
    elif kind != CHECK:
        yield where, f"no {kind} in a form"
