"""Comparing what people type: capitals, accents, hyphens and spacing do not count."""

from __future__ import annotations

import unicodedata


def folded(typed: str) -> str:
    """Lower case, no accents, single spaces; apostrophes and hyphens are spaces."""
    decomposed = unicodedata.normalize("NFKD", typed.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(" " if c in "-‐–'’_" else c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.split())
