import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.padding import LENGTH, padded, unpadded


@given(st.binary(max_size=5000), st.integers(1, 2000))
def test_what_is_padded_comes_back_in_the_fewest_whole_blocks(what: bytes, block: int) -> None:
    whole = padded(what, block)
    assert unpadded(whole) == what
    assert len(whole) % block == 0
    assert 0 <= len(whole) - len(what) - LENGTH < block


@given(st.binary(max_size=196), st.binary(max_size=196))
def test_within_a_block_nothing_tells_one_from_another(one: bytes, other: bytes) -> None:
    assert len(padded(one, 200)) == len(padded(other, 200)) == 200


@pytest.mark.parametrize("what", [b"", b"\0\0\0", b"\0\0\0\5abc", b"\xff" * 40])
def test_what_was_not_padded_is_refused(what: bytes) -> None:
    with pytest.raises(ValueError, match="not padded"):
        unpadded(what)


def test_a_block_has_a_size() -> None:
    with pytest.raises(ValueError, match="one byte"):
        padded(b"", 0)
