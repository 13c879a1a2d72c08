"""A command as data, for a platform that has commands of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldWanted = Literal["text", "number", "option", "suggested"]


@dataclass(frozen=True, slots=True)
class FieldShape:
    """`name`: by which its value comes back; the others are read by people.

    text: whatever one types. number: figures. option: one of `options`, each an id and its words in English and in
    French. suggested: as text, and what it may hold is proposed while one types.
    """

    name: str
    name_en: str
    name_fr: str
    about_en: str
    about_fr: str
    kind: FieldWanted = "text"
    required: bool = False
    options: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CommandShape:
    """`path_en`, `path_fr`: what is typed, one to three words; all but the last name a group."""

    id: str
    path_en: tuple[str, ...]
    path_fr: tuple[str, ...]
    about_en: str
    about_fr: str
    facilitator: bool = False
    fields: tuple[FieldShape, ...] = ()
