"""Where the core keeps what it knows: units of work, what may be asked of one, and seals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.model.activity import Entry

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A criterion: the field is at or after `value`."""

    value: Any


@dataclass(frozen=True, slots=True)
class Before:
    """A criterion: the field is before `value`."""

    value: Any


@dataclass(frozen=True, slots=True)
class OneOf:
    """A criterion: the field is one of `values`."""

    values: Sequence[Any]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """A criterion: the field is none of `values`."""

    values: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Other:
    """A criterion: the field is anything but `value`."""

    value: Any


class Unit(Protocol):
    """A unit of work: all that is done within it is kept at its end, or none of it.

    Criteria are fields of the class, each equal to a value or within AtLeast, Before, OneOf, NoneOf or Other.
    """

    async def get(self, cls: type[Kept], id: int | str) -> Kept | None: ...
    async def find(
        self, cls: type[Kept], *, order: str = "id", limit: int | None = None, claimed: bool = False, **criteria: Any
    ) -> list[Kept]:
        """`order`: a field; "-field" for the greatest first.

        `claimed`: they are this unit's until its end. What another one has claimed is not found, where the database
        lets several work at once.
        """
        ...

    async def one(self, cls: type[Kept], *, order: str = "id", **criteria: Any) -> Kept | None:
        """The first found."""
        ...

    async def only(
        self, cls: type[Any], *names: str, order: str = "id", limit: int | None = None, claimed: bool = False,
        **criteria: Any,
    ) -> list[tuple[Any, ...]]:  # fmt: skip
        """These fields alone of each: where there may be thousands, or nothing is to be changed."""
        ...

    async def count(self, cls: type[Any], **criteria: Any) -> int: ...
    async def add(self, *kept: object) -> None:
        """Keep them; their ids are set on return."""
        ...

    def lay(self, *kept: object) -> None:
        """The same, with whatever is asked or kept next, all at once. Their ids are set by the end."""
        ...

    async def add_rows(self, cls: type[Any], rows: Sequence[dict[str, Any]]) -> None:
        """Keep many at once, each given by its fields. Their ids are found by asking."""
        ...

    async def change(self, cls: type[Any], values: dict[str, Any], **criteria: Any) -> int:
        """Give these fields these values wherever the criteria are met, by one statement. How many were changed."""
        ...

    async def delete(self, cls: type[Any], **criteria: Any) -> int:
        """How many were deleted. At least one criterion."""
        ...

    def touched(self) -> set[type[Any]]:
        """The classes of which something was added, changed or deleted so far."""
        ...

    def after_commit(self, do: Callable[[], None]) -> None:
        """Done once all is kept, and not at all if it is not: for what lies outside the database."""
        ...

    def leave_no_trace(self, *, rewrite: bool = False) -> None:
        """Once all is kept, see to it that what was there before is gone from the disk as well: what a row held
        for a moment is not to be found in a journal of the database's own.

        A database may also hold copies in the gaps that it leaves when it moves rows about. Those go by `rewrite`,
        which takes a moment for each hundred thousand rows: for what must be gone for good, and is seldom asked.
        """
        ...

    def rehearsed(self) -> AbstractAsyncContextManager[None]:
        """What is done within is seen within, and undone at its end: how a plan is previewed."""
        ...

    async def record(self, rows: Sequence[Entry]) -> None:
        """Add to the activity log, a whole batch in one statement. A row known by its event is passed over."""
        ...


class StoreTrouble(Exception):
    """Nothing could be kept just now: the database is locked, the disk is full. What was asked is undone whole.

    Or done whole, where the line to PostgreSQL broke before its answer to a commit: nobody can tell. Whoever asked does
    it again, by the same keys, and finds it done. What was to follow the commit did not: it is looked for again.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Store(Protocol):
    """`unit` raises StoreTrouble."""

    def unit(self) -> AbstractAsyncContextManager[Unit]: ...
    async def close(self) -> None: ...


class Seals(Protocol):
    """Seals what must not be read before its hour, by keys that lie outside the database."""

    def seal(self, name: str, what: bytes) -> bytes:
        """Seal under the key of that name, which is made at need."""
        ...

    def open(self, name: str, sealed: bytes) -> bytes | None:
        """None when the key is gone."""
        ...

    def destroy(self, name: str) -> None: ...
