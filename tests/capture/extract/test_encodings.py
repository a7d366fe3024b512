"""Content encodings are undone within limits."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.encodings import unpack
from factdesk.errors import DamagedError, FactdeskError, LimitError, UnknownKindError

HINT, LIMITS = Hint(name="a"), Limits()
TEXT = "Một trang. ".encode() * 100


def bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
        ("deflate, gzip", gzip.compress(zlib.compress(TEXT))),
        ("gzip", gzip.compress(TEXT[:50]) + gzip.compress(TEXT[50:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0"),
        ("gzip", gzip.compress(TEXT) + b"trailing rubbish"),
        # Declared, not done.
        ("gzip", TEXT),
    ],
)
def test_what_servers_send(name: str, data: bytes) -> None:
    assert unpack(data, name, HINT, LIMITS) == TEXT


@given(st.binary(max_size=3000), st.integers(1, 9))
def test_round_trip(data: bytes, level: int) -> None:
    assert unpack(gzip.compress(data, level), "gzip", HINT, LIMITS) == data
    assert unpack(bare(data), "deflate", HINT, LIMITS) == data


@pytest.mark.attack
@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        pytest.param("gzip", gzip.compress(bytes(40 << 20)), LimitError, id="gzip-bomb"),
        pytest.param("gzip, gzip", gzip.compress(gzip.compress(bytes(40 << 20))), LimitError, id="gzip-in-gzip-bomb"),
        pytest.param("deflate", zlib.compress(bytes(40 << 20)), LimitError, id="deflate-bomb"),
        pytest.param("deflate", bare(bytes(40 << 20)), LimitError, id="bare-deflate-bomb"),
        pytest.param("gzip", gzip.compress(bytes(4 << 20)) * 10, LimitError, id="bomb-in-ten-members"),
        pytest.param("gzip, gzip, gzip", gzip.compress(TEXT), LimitError, id="three-encodings"),
        pytest.param(",".join(["gzip"] * 10_000), gzip.compress(TEXT), LimitError, id="ten-thousand-encodings"),
        pytest.param("gzip", gzip.compress(TEXT)[:-12], DamagedError, id="cut-off-gzip"),
        pytest.param("deflate", zlib.compress(TEXT)[:-12], DamagedError, id="cut-off-deflate"),
        pytest.param("gzip", b"\x1f\x8b", DamagedError, id="gzip-head-only"),
        pytest.param("gzip", gzip.compress(TEXT)[:-4] + b"\1\2\3\4", DamagedError, id="wrong-length-told"),
        pytest.param("deflate", b"\xff" * 1000, DamagedError, id="no-deflate-at-all"),
        pytest.param("br", b"\x1b\x03\0", UnknownKindError, id="brotli"),
        pytest.param("gzip;x={0.__class__}", TEXT, UnknownKindError, id="braces-in-the-name"),
    ],
)
def test_what_attackers_send(name: str, data: bytes, error: type[FactdeskError]) -> None:
    with pytest.raises(error) as caught:
        unpack(data, name, HINT, LIMITS)
    assert str(caught.value).startswith("a: ")


@pytest.mark.attack
def test_a_million_empty_members_cost_no_more_than_their_bytes() -> None:
    assert unpack(gzip.compress(b"") * 200_000, "gzip", HINT, LIMITS) == b""


def test_much_may_come_of_little_while_it_is_not_much() -> None:
    assert len(unpack(gzip.compress(bytes(10 << 20)), "gzip", HINT, LIMITS)) == 10 << 20
