"""A ZIP that can be written in one way only."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.capture.wacz_zip import (
    BrokenError,
    Member,
    ZipWriter,
    content,
    first_difference,
    listed,
    local_header,
    sound_name,
    walked,
)

NAMES = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}(/[a-z0-9][a-z0-9_-]{0,20}\.[a-z]{1,5})?", fullmatch=True)
CONTENTS = st.dictionaries(NAMES, st.binary(max_size=200), min_size=1, max_size=6)


def written(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    archive = ZipWriter(out)
    for name, data in members.items():
        archive.add(name, [data[:7], data[7:]])
    archive.finish()
    return out.getvalue()


@given(CONTENTS)
def test_others_read_what_is_written_and_both_ends_tell_the_same(members: dict[str, bytes]) -> None:
    data = written(members)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == members
    file = io.BytesIO(data)
    assert walked(file, len(data)) == listed(file, len(data))
    found = {member.name: b"".join(content(file, member)) for member in walked(file, len(data))}
    assert found == members
    assert data == written(members)


@given(CONTENTS)
def test_what_is_at_hand_is_written_as_what_comes_in_pieces(members: dict[str, bytes]) -> None:
    out = io.BytesIO()
    archive = ZipWriter(out)
    for place, (name, data) in enumerate(members.items()):
        if place % 2:
            archive.put(name, data)
        else:
            archive.add(name, [data])
    archive.finish()
    assert out.getvalue() == written(members)
    assert {name: digest for name, (_, digest) in archive.written.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in members.items()
    }


@given(CONTENTS, st.data())
def test_a_changed_byte_of_the_directory_leaves_the_way_from_the_front(
    members: dict[str, bytes], data: st.DataObject
) -> None:
    whole = bytearray(written(members))
    end = walked(io.BytesIO(whole), len(whole))[-1].end
    place = data.draw(st.integers(end, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    assert [member.name for member in walked(io.BytesIO(whole), len(whole))] == list(members)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "../a",
        "a/../b",
        "/a",
        "a//b",
        "A",
        "a\\b",
        "a:b",
        "a b",
        ".a",
        "a.",
        "a/.b",
        "á",
        "a\0",
        "x" * 161,
        "a/b/c/d",
    ],
)
def test_names_that_no_member_has(name: str) -> None:
    assert not sound_name(name)
    with pytest.raises(ValueError, match=r"^"):
        ZipWriter(io.BytesIO()).add(name, [])
    with pytest.raises(ValueError, match=r"^"):
        ZipWriter(io.BytesIO()).put(name, b"")


def test_a_name_is_written_once() -> None:
    archive = ZipWriter(io.BytesIO())
    archive.add("a", [b"1"])
    with pytest.raises(ValueError, match=r"^"):
        archive.add("a", [b"2"])
    with pytest.raises(ValueError, match=r"^"):
        archive.put("a", b"2")


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_a_cut_or_longer_file_is_none(cut: int) -> None:
    data = written({"a/b.txt": b"x" * 50, "c": b""})
    for wrong in (data[:-cut], data + b"\0" * cut, b"\0" * cut + data):
        for look in (walked, listed):
            with pytest.raises(BrokenError):
                look(io.BytesIO(wrong), len(wrong))


def test_the_first_byte_that_differs_is_told() -> None:
    header = local_header(Member("a", 0, 3, 7))
    file = io.BytesIO(b"..." + header[:9] + b"!" + header[10:])
    assert first_difference(file, 3, header) == 12
    assert first_difference(io.BytesIO(header[:5]), 0, header) == 5
    assert first_difference(io.BytesIO(header), 0, header) is None
