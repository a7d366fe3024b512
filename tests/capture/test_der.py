"""The order of a set in DER."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.capture.der import parts, sorted_certificates


def value(tag: int, *inner: bytes) -> bytes:
    content = b"".join(inner)
    length = bytes([len(content)]) if len(content) < 128 else b"\x82" + len(content).to_bytes(2)
    return bytes([tag]) + length + content


def response(*certificates: bytes) -> bytes:
    data = value(0x30, b"\x02\x01\x03", value(0x31), value(0x30), value(0xA0, *certificates), value(0x31))
    return value(0x30, value(0x30, b"\x02\x01\x00"), value(0x30, value(0x06, b"x"), value(0xA0, data)))


@given(st.lists(st.binary(max_size=200), max_size=5))
def test_certificates_are_sorted_and_nothing_else_is_touched(contents: list[bytes]) -> None:
    certificates = [value(0x30, content) for content in contents]
    assert sorted_certificates(response(*certificates)) == response(*sorted(certificates))


def test_an_answer_without_a_stamp_stays() -> None:
    refused = value(0x30, value(0x30, b"\x02\x01\x02"))
    assert sorted_certificates(refused) == refused


@given(st.binary(max_size=60))
def test_garbage_is_an_error_or_stays(data: bytes) -> None:
    try:
        assert sorted_certificates(data) == data
    except ValueError:
        return


@pytest.mark.parametrize("data", [b"\x30", b"\x30\x02\x00", b"\x30\x80", b"\x30\x85\x00\x00\x00\x00\x00", b"\x30\x82"])
def test_what_is_cut_or_cannot_be_read(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut off|length"):
        list(parts(data, 0, len(data)))
