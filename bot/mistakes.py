"""What is wrong with a value of a file, where a sentence of its own says it better than its type would."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr
from pydantic_core import ErrorDetails, PydanticCustomError


def mistake(sentence: str, **variables: str | int) -> PydanticCustomError:
    """`sentence`: a Fluent message, given the file and the key besides."""
    return PydanticCustomError(sentence, "{sentence}", {"sentence": sentence} | variables)


def variables(error: ErrorDetails) -> dict[str, str | int]:
    return {name: value for name, value in error.get("ctx", {}).items() if name != "sentence"}


def shaped(pattern: str, sentence: str) -> AfterValidator:
    """A text that is written so throughout. `sentence`: what is said of another."""

    def read(typed: str) -> str:
        if not re.fullmatch(pattern, typed):
            raise mistake(sentence)
        return typed

    return AfterValidator(read)


def _token(given: SecretStr) -> SecretStr:
    """It is sent in a line of its own, where nothing but one line can stand."""
    if not given.get_secret_value().isprintable():
        raise mistake("config-token")
    return given


Token = Annotated[SecretStr, AfterValidator(_token)]


def is_machine(address: str) -> bool:
    """Whether a machine could be there at all: a host, and a port if need be, as they stand in a web address. What
    could not be is refused where it is read, and not where it is used."""
    try:
        parts = urlsplit(f"//{address}")
        host = parts.hostname or ""
        if ":" in host:
            IPv6Address(host)
        elif not re.fullmatch(r"[\w.-]+", host) or not host.encode("idna"):
            return False
        return parts.port != 0
    except ValueError:
        return False
