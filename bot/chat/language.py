"""The two languages of Veillée."""

from typing import Literal

Language = Literal["fr", "en"]
