"""Digests under a secret: whatever differs has another one, under this secret and no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chibo.engine.keyed_digest import DIGEST_BYTES, KeyedDigest, new_secret

SECRET = bytes(range(32))
DIGEST = KeyedDigest(SECRET)

some_bytes = st.binary(max_size=200)


@given(some_bytes, some_bytes)
def test_equal_bytes_have_equal_digests_and_others_have_others(one, other):
    assert (DIGEST.of(one) == DIGEST.of(other)) == (one == other)
    assert len(DIGEST.of(one)) == DIGEST_BYTES


@given(some_bytes, st.integers(1, 40))
def test_nothing_at_either_end_is_without_effect(data, count):
    lengthened = {data + bytes(count), bytes(count) + data}
    assert len({DIGEST.of(one) for one in (data, *lengthened)}) == 1 + len(lengthened)


@given(st.binary(min_size=1, max_size=100_000), st.data())
def test_each_bit_counts(data, draw):
    at, bit = draw.draw(st.integers(0, len(data) - 1)), draw.draw(st.integers(0, 7))
    changed = data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :]
    assert DIGEST.of(changed) != DIGEST.of(data)


@given(some_bytes)
def test_another_secret_gives_other_digests(data):
    assert KeyedDigest(SECRET).of(data) == DIGEST.of(data)
    assert KeyedDigest(new_secret()).of(data) != DIGEST.of(data)


def test_no_secret_is_like_another():
    assert new_secret() != new_secret()
