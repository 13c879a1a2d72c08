"""All that is sealed made of one size: a sealed text is as long as the text, and a length can tell whose."""

from __future__ import annotations

LENGTH = 4


def padded(what: bytes, block: int) -> bytes:
    """`what` in the fewest blocks that hold it and its length. Raises ValueError below one byte a block."""
    if block < 1:
        raise ValueError(f"a block has one byte at least, not {block}")
    whole = len(what).to_bytes(LENGTH, "big") + what
    return whole + b"\0" * (-len(whole) % block)


def unpadded(what: bytes) -> bytes:
    """What `padded` was given. Raises ValueError for what `padded` did not make."""
    length = int.from_bytes(what[:LENGTH], "big")
    if len(what) < LENGTH or length > len(what) - LENGTH:
        raise ValueError("not padded")
    return what[LENGTH : LENGTH + length]
