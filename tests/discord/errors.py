"""What Discord refuses, with its own codes."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An answer other than the one asked for. 50035, an ill-made body, is the bot's fault unless `blameless`."""

    def __init__(
        self, status: int, code: int, message: str, errors: dict[str, Any] | None = None, *, blameless: bool = False
    ) -> None:  # fmt: skip
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.blameless = blameless or code != 50035

    @property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


class CannotDo(AssertionError):
    """A person could not do this in Discord's own client: the test asks for the impossible, or the bot showed
    them something else than expected."""


def missing_access() -> Refused:
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    return Refused(403, 50013, "Missing Permissions")


def unknown(what: str) -> Refused:
    codes = {
        "Application": 10002, "Channel": 10003, "Guild": 10004, "Member": 10007, "Message": 10008, "Role": 10011,
        "User": 10013, "Webhook": 10015, "Interaction": 10062, "Application Command": 10063,
        "Guild Scheduled Event": 10070, "Emoji": 10014,
    }  # fmt: skip
    return Refused(404, codes[what], f"Unknown {what}")


def invalid_body(path: str, code: str, message: str) -> Refused:
    """50035, with where and why, as Discord nests them."""
    errors: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for part in reversed([p for p in path.split(".") if p]):
        errors = {part: errors}
    return Refused(400, 50035, "Invalid Form Body", errors)
