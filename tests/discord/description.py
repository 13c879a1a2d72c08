"""Discord's official description of its API, where it lies beside the repository."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import best_match
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

PATH = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
URI = "urn:discord"
# Bit sets, which discord.py sends as the decimal strings that Discord also takes.
BITS = ("default_member_permissions", "permissions", "allow", "deny")


@dataclass(frozen=True)
class Operation:
    regex: re.Pattern[str]
    literal: int
    schema: Any


class Description:
    def __init__(self, document: dict[str, Any]) -> None:
        self.operations: dict[str, list[Operation]] = {}
        for path, methods in document["paths"].items():
            regex = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))
            literal = sum(not part.startswith("{") for part in path.split("/"))
            for method, about in methods.items():
                if method == "parameters":
                    continue
                content = (about.get("requestBody") or {}).get("content", {})
                schema = (content.get("application/json") or {}).get("schema")
                self.operations.setdefault(method.upper(), []).append(Operation(regex, literal, schema))
        _loosen(document)
        resource: Resource[Any] = DRAFT202012.create_resource(document)
        self.registry: Registry[Any] = Registry().with_resource(URI, resource)
        self._validators: dict[str, Draft202012Validator] = {}

    def problems(self, method: str, path: str, body: Any) -> Iterator[tuple[str, str]]:
        """What it finds wrong, if anything: (where, why). An operation it does not know is none."""
        found = [o for o in self.operations.get(method, ()) if o.regex.fullmatch(path)]
        if not found:
            yield "", "no such operation"
            return
        schema = max(found, key=lambda o: o.literal).schema
        if schema is None:
            return
        error = best_match(self._validator(schema).iter_errors({} if body is None else body))
        if error is not None:
            yield ".".join(map(str, error.absolute_path)), error.message[:200]

    def _validator(self, schema: Any) -> Draft202012Validator:
        text = json.dumps(schema, sort_keys=True)
        if text not in self._validators:
            absolute = json.loads(text.replace('"#/', f'"{URI}#/'))
            self._validators[text] = Draft202012Validator(
                absolute, registry=self.registry, format_checker=FormatChecker(["date-time"])
            )
        return self._validators[text]


def _loosen(document: dict[str, Any]) -> None:
    """Identifiers may be integers, and bit sets strings of figures."""
    schemas = document["components"]["schemas"]
    schemas["SnowflakeType"] = {"anyOf": [{"type": "string", "pattern": "^(0|[1-9][0-9]*)$"}, {"type": "integer"}]}
    for schema in schemas.values():
        for name in BITS:
            known = schema.get("properties", {}).get(name)
            if isinstance(known, dict) and "integer" in str(known.get("type")):
                schema["properties"][name] = {"anyOf": [known, {"type": "string", "pattern": "^[0-9]+$"}]}


@cache
def description() -> Description | None:
    """None where it is not at hand."""
    return Description(json.loads(PATH.read_text())) if PATH.is_file() else None
