"""JSON as it is signed."""

from __future__ import annotations

import json

from adapters.matrix.native import Json


def canonical(content: Json) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
