"""`data/heads.json`: written, read back, and read when it is anybody's."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.test_heads import digests, seqs, times

from factdesk.domain.heads import SignedHead, head_text
from factdesk.errors import InputError
from factdesk.publish.heads import MOST_BYTES, MOST_HEADS, SHOWN, heads_context, heads_file, read_heads
from factdesk.queries.heads import SignedHeadRow
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign_head

TIME = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
KEY = PrivateKey(b"somebody's own key, for a test..")

rows = st.builds(
    SignedHeadRow,
    seq=seqs,
    hash=digests,
    time=times,
    desk=st.text(st.characters(codec="utf-8"), max_size=40),
    public=digests,
    signature=st.binary(min_size=64, max_size=64).map(bytes.hex),
    person=st.text(st.characters(codec="utf-8"), max_size=40),
)


def row(seq: int, *, key: PrivateKey = KEY, desk: str = "Desk", own: str = "", person: str = "An") -> SignedHeadRow:
    """A head that was signed; `own` is its hash."""
    time, head = TIME + timedelta(hours=seq), (seq, own or f"{seq:064x}")
    return SignedHeadRow(*head, time, desk, key.public, sign_head(key, head_text(desk, head, key.public, time)), person)


def changed(change: Callable[[Any], Any]) -> bytes:
    """A sound file, with a change."""
    data = json.loads(heads_file("Desk", (9, f"{9:064x}"), [row(3), row(5)]))
    return json.dumps(change(data) or data).encode()


@given(st.text(st.characters(codec="utf-8"), max_size=40), seqs, digests, st.lists(rows, max_size=4))
def test_it_is_read_back(desk: str, seq: int, own: str, given: list[SignedHeadRow]) -> None:
    data = heads_file(desk, (seq, own), given)
    found = read_heads(data)
    assert (found.desk, found.log) == (desk, (seq, own))
    assert found.heads == tuple(
        SignedHead(each.desk, each.seq, each.hash, each.person, each.public, each.signature, each.time)
        for each in given
    )


def test_it_has_one_head_a_line_and_nothing_that_ends_a_script() -> None:
    data = heads_file("</script>", (9, "0" * 64), [row(3, person="<b>"), row(5)])
    first, *lines, last, end = data.decode().split("\n")
    assert (first[-1], len(lines), last, end) == ("[", 2, "]}", "")
    assert json.loads(lines[0].removesuffix(","))["seq"] == 3
    assert b"<" not in data
    assert data == heads_file("</script>", (9, "0" * 64), [row(3, person="<b>"), row(5)])


def test_of_a_desk_that_signed_nothing_it_has_where_the_log_stood() -> None:
    found = read_heads(heads_file("Desk", (9, "0" * 64), ()))
    assert (found.log, found.heads) == ((9, "0" * 64), ())


def test_the_page_shows_the_newest() -> None:
    many = [row(seq) for seq in range(1, SHOWN + 4)]
    context = heads_context(many)
    assert [each.seq for each in context["heads"]] == list(range(SHOWN + 3, 3, -1))
    assert context["more_heads"] == 3
    assert heads_context(many[:2])["more_heads"] == 0


def second(**fields: Any) -> Callable[[Any], Any]:
    return lambda data: data["heads"][1].update(fields)


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"5",
        b"\xff\xfe",
        b"\x00" * 100,
        b"[" * 200_000,
        b'{"format":' * 50_000,
        b"{}",
        b'{"format":"factdesk-heads","version":1}',
        b'{"format":"factdesk-heads","version":1,"desk":"D","log":{"seq":' + b"9" * 5000 + b',"hash":""},"heads":[]}',
    ],
)
def test_what_is_no_such_file(data: bytes) -> None:
    with pytest.raises(InputError, match="no signed heads"):
        read_heads(data)


@pytest.mark.attack
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(format="another"),
        lambda data: data.update(version=2),
        lambda data: data.update(version=True) or data.update(format=None),
        lambda data: data.update(desk=None),
        lambda data: data.update(desk="x" * 1001),
        lambda data: data.update(desk="\ud800"),
        lambda data: data.update(log=[1, "0"]),
        lambda data: data["log"].update(seq=-1),
        lambda data: data["log"].update(seq=True),
        lambda data: data["log"].update(seq=1e3),
        lambda data: data["log"].update(hash="0" * 63),
        lambda data: data["log"].update(hash=["0"] * 64),
        lambda data: data.update(heads={}),
        lambda data: data.update(heads="ab"),
        lambda data: data.update(heads=[[]]),
        lambda data: data.update(heads=[None]),
        lambda data: data.update(heads=data["heads"] * MOST_HEADS),
        second(more=1),
        second(seq=[]),
        second(seq="5"),
        second(hash=5),
        second(time=5),
        second(time="2026"),
        second(key=None),
        second(signature="é" * 128),
        second(person={}),
        second(person="x" * 1001),
        second(person="\udfff"),
        second(desk="\ud800"),
        lambda data: data["heads"][1].pop("desk"),
    ],
)
def test_what_is_none_in_one_place(change: Callable[[Any], Any]) -> None:
    read_heads(changed(lambda data: None))
    with pytest.raises(InputError, match="no signed heads"):
        read_heads(changed(lambda data: change(data) and None))


@pytest.mark.attack
def test_one_that_is_too_large_is_not_looked_at() -> None:
    data = b"[" + b"{}," * (MOST_BYTES // 3) + b"{}]"
    tracemalloc.start()
    with pytest.raises(InputError, match="more than 4 MB"):
        read_heads(data)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()
