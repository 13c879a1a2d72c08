"""A modal as a member fills it in."""

from __future__ import annotations

from typing import Any

from tests.discord import payloads
from tests.discord.errors import CannotDo
from tests.discord.options import CHANNEL, MENTIONABLE, ROLE, USER, reference
from tests.discord.state import Attachment, Json

ROW, BUTTON, CHOICE, LINE, LABEL, FILES = 1, 2, 3, 4, 18, 19
RADIO, CHECKS, CHECK = 21, 22, 23
# Selects by what they hold, as options of commands name it.
SELECTS = {5: USER, 6: ROLE, 7: MENTIONABLE, 8: CHANNEL}


def fields(modal: Json) -> list[tuple[str, Json]]:
    """What can be filled in, with its label."""
    found: list[tuple[str, Json]] = []
    for node in modal["components"]:
        if node["type"] == LABEL:
            found.append((node["label"], node["component"]))
        elif node["type"] == ROW:
            found.extend((inner.get("label", ""), inner) for inner in node["components"])
    return found


def filled(modal: Json, values: dict[str, Any]) -> tuple[list[Json], dict[str, Json]]:
    """The components as submitted, and what they refer to. `values`: by label or custom_id; a field left out keeps
    what stands in it. Files are attachments, in a list."""
    left, resolved = dict(values), dict[str, Json]()
    sent: list[Json] = []
    for node in modal["components"]:
        number = {"type": node["type"], "id": node["id"]}
        if node["type"] == LABEL:
            inner = node["component"]
            value = _taken(left, node["label"], inner)
            sent.append(number | {"component": _answer(node["label"], inner, value, resolved)})
        elif node["type"] == ROW:
            inner = node["components"][0]
            value = _taken(left, inner.get("label", ""), inner)
            sent.append(number | {"components": [_answer(inner["custom_id"], inner, value, resolved)]})
        else:
            sent.append(number)
    if left:
        raise CannotDo(f"the form has no {sorted(left)}; it has {[label for label, _ in fields(modal)]}")
    return sent, resolved


def _taken(left: dict[str, Any], label: str, field: Json) -> Any:
    for key in (label, field["custom_id"]):
        if key in left:
            return left.pop(key)
    return None


def _answer(label: str, field: Json, value: Any, resolved: dict[str, Json]) -> Json:
    kind = field["type"]
    known = {"type": kind, "id": field["id"], "custom_id": field["custom_id"]}
    required = field.get("required", True)
    if kind == LINE:
        text = field.get("value", "") if value is None else str(value)
        if (required or text) and not max(int(required), field.get("min_length") or 0) <= len(text):
            raise CannotDo(f"{label!r} is too short")
        if len(text) > field.get("max_length", 4000):
            raise CannotDo(f"{label!r} is too long")
        return known | {"value": text}
    if kind == CHECK:
        return known | {"value": bool(field.get("default") if value is None else value)}
    if kind == RADIO:
        chosen = _chosen(label, field, [] if value is None else [value])
        if required and not chosen:
            raise CannotDo(f"{label!r} needs a choice")
        return known | {"value": chosen[0] if chosen else None}
    given = [] if value is None else value if isinstance(value, (list, tuple)) else [value]
    if kind == FILES:
        if not all(isinstance(f, Attachment) for f in given):
            raise CannotDo(f"{label!r} takes files")
        for file in given:
            resolved.setdefault("attachments", {})[str(file.id)] = payloads.attachment(file)
        values = [str(f.id) for f in given]
    elif kind in SELECTS:
        values = [reference(label, SELECTS[kind], v, resolved) for v in given]
    else:
        values = _chosen(label, field, list(given))
    bounds(label, field, len(values), required=required)
    return known | {"values": values}


def _chosen(label: str, field: Json, given: list[Any]) -> list[str]:
    """By value or by words; nothing given leaves what was chosen at first."""
    options = field.get("options") or []
    if not given:
        return [o["value"] for o in options if o.get("default")]
    chosen = []
    for wanted in given:
        found = next((o for o in options if wanted in (o["value"], o["label"])), None)
        if found is None:
            raise CannotDo(f"{label!r} offers {[o['label'] for o in options]}")
        chosen.append(found["value"])
    return chosen


def bounds(label: str, field: Json, count: int, *, required: bool = True) -> None:
    least, most = field.get("min_values", 1), field.get("max_values", 1)
    if field["type"] == CHECKS:
        most = field.get("max_values", len(field.get("options", ())))
    if (count or required) and not least <= count <= most:
        raise CannotDo(f"{label!r} takes from {least} to {most}")
