from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.signing.quick import PASSPHRASE, QUICK

from factdesk.config import DESK_FILE
from factdesk.domain.keys import fingerprint
from factdesk.errors import InputError, NotFoundError, RefusedError
from factdesk.signing.envelope import MOST_BYTES
from factdesk.signing.keyring import find_key, keys_dir, open_key, put_key, read_keyring
from factdesk.signing.keys import PrivateKey, locked, new_key

KEY = PrivateKey(bytes(range(32)))
DATA = locked(KEY, PASSPHRASE, cost=QUICK)
posix = pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "keys"


def test_a_key_that_is_put_is_found_and_opened(folder: Path) -> None:
    put = put_key(folder, "an", DATA)
    own = fingerprint(KEY.public)
    assert put.path == folder / f"an-{own[:8]}.key"
    assert put.fingerprint == own
    for wanted in ("an", " AN ", own, own[:8], own[:12].upper(), f"{own[:4]} {own[4:8]}", f"{own[:2]}:{own[2:10]}"):
        assert find_key(folder, wanted) == put
    assert open_key(put, PASSPHRASE) == KEY
    assert [each.name for each in folder.iterdir()] == [put.path.name]


def test_keys_are_listed_by_name_and_those_that_are_none_beside_them(folder: Path) -> None:
    for name in ("bình", "an"):
        put_key(folder, name, locked(new_key(), PASSPHRASE, cost=QUICK))
    (folder / "readme.txt").write_text("no key")
    (folder / "torn-12345678.key").write_bytes(DATA[:50])
    ring = read_keyring(folder)
    assert [key.name for key in ring.keys] == ["an", "bình"]
    assert [problem.place for problem in ring.problems] == [str(folder / "torn-12345678.key")]


def test_where_no_folder_is_there_is_no_key(folder: Path) -> None:
    assert read_keyring(folder).keys == ()
    with pytest.raises(NotFoundError, match="factdesk key new"):
        find_key(folder, "an")


def test_a_rotated_key_is_told_from_the_new_one_by_its_fingerprint(folder: Path) -> None:
    old, new = (put_key(folder, "an", locked(new_key(), PASSPHRASE, cost=QUICK)) for _ in range(2))
    with pytest.raises(InputError, match="any of 2 keys") as caught:
        find_key(folder, "an")
    assert old.fingerprint[:16] in str(caught.value)
    assert find_key(folder, old.fingerprint) == old
    assert find_key(folder, new.fingerprint) == new


@pytest.mark.parametrize("wanted", ["", "b", "../an", "ffffffff", "f" * 64, fingerprint(KEY.public)[:7]])
def test_what_names_no_key_finds_none(folder: Path, wanted: str) -> None:
    put_key(folder, "an", DATA)
    with pytest.raises(NotFoundError):
        find_key(folder, wanted)


def test_a_damaged_key_that_is_asked_for_says_so(folder: Path) -> None:
    put = put_key(folder, "an", DATA)
    put.path.write_bytes(DATA.replace(b"scrypt", b"script"))
    for wanted in ("an", put.fingerprint):
        with pytest.raises(InputError, match=r"an-[0-9a-f]{8}\.key: This key is damaged"):
            find_key(folder, wanted)


def test_a_wrong_passphrase_says_for_which_file(folder: Path) -> None:
    put = put_key(folder, "an", DATA)
    with pytest.raises(InputError, match="does not open") as caught:
        open_key(put, "another passphrase")
    assert caught.value.place == str(put.path)


def test_a_name_that_the_system_decomposes_is_the_same(folder: Path) -> None:
    put = put_key(folder, "bình", DATA)
    put.path.rename(folder / unicodedata.normalize("NFD", put.path.name))
    assert find_key(folder, "bình").fingerprint == put.fingerprint


@pytest.mark.attack
def test_a_key_is_never_overwritten(folder: Path) -> None:
    put = put_key(folder, "an", DATA)
    with pytest.raises(RefusedError, match="never overwritten"):
        put_key(folder, "an", locked(KEY, "another passphrase", cost=QUICK))
    assert put.path.read_bytes() == DATA
    assert len(list(folder.iterdir())) == 1


@posix
@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_a_key_is_for_its_owner_alone(folder: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        put = put_key(folder, "an", DATA)
    finally:
        os.umask(before)
    assert put.path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


@posix
@pytest.mark.attack
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666], ids=oct)
def test_a_key_that_others_may_use_is_shown_and_not_opened(folder: Path, mode: int) -> None:
    put_key(folder, "an", DATA).path.chmod(mode)
    key = find_key(folder, "an")
    assert key.exposed
    with pytest.raises(RefusedError, match="chmod 600"):
        open_key(key, PASSPHRASE)


@posix
@pytest.mark.attack
def test_a_folder_that_others_may_change_takes_no_key(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o777)
    with pytest.raises(RefusedError, match="chmod 700"):
        put_key(folder, "an", DATA)
    assert list(folder.iterdir()) == []


@pytest.mark.attack
@pytest.mark.parametrize("below", [".", "keys", "a/b/c"])
def test_no_key_goes_into_a_desk_or_comes_out_of_one(tmp_path: Path, below: str) -> None:
    folder = tmp_path / below
    put = put_key(folder, "an", DATA)
    (tmp_path / DESK_FILE).write_text('name = "desk"\n')
    works: list[Callable[[], object]] = [
        lambda: put_key(folder, "an", locked(new_key(), PASSPHRASE, cost=QUICK)),
        lambda: read_keyring(folder),
        lambda: find_key(folder, "an"),
        lambda: open_key(put, PASSPHRASE),
    ]
    for work in works:
        with pytest.raises(RefusedError, match="outside every desk"):
            work()
    assert len(list(folder.glob("*.key"))) == 1


@posix
@pytest.mark.attack
def test_a_link_leads_no_key_into_a_desk(tmp_path: Path, folder: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / DESK_FILE).write_text('name = "desk"\n')
    folder.parent.mkdir()
    folder.symlink_to(desk)
    with pytest.raises(RefusedError, match="outside every desk"):
        put_key(folder, "an", DATA)
    assert [each.name for each in desk.iterdir()] == [DESK_FILE]


@posix
@pytest.mark.attack
def test_a_key_that_is_a_link_into_a_desk_is_not_used(tmp_path: Path, folder: Path) -> None:
    put = put_key(folder, "an", DATA)
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / DESK_FILE).write_text('name = "desk"\n')
    put.path.rename(desk / put.path.name)
    put.path.symlink_to(desk / put.path.name)
    assert read_keyring(folder).keys == ()
    with pytest.raises(RefusedError, match="outside every desk"):
        find_key(folder, "an")
    with pytest.raises(RefusedError, match="outside every desk"):
        open_key(put, PASSPHRASE)


@posix
@pytest.mark.attack
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "circle", "dangling"])
def test_what_is_no_file_neither_hangs_nor_hides_the_others(folder: Path, kind: str) -> None:
    put = put_key(folder, "an", DATA)
    odd = folder / "odd-12345678.key"
    if kind == "pipe":
        os.mkfifo(odd)
    elif kind == "folder":
        odd.mkdir()
    else:
        odd.symlink_to({"device": Path("/dev/zero"), "circle": odd, "dangling": folder / "nothing"}[kind])
    ring = read_keyring(folder)
    assert ring.keys == (put,)
    assert [problem.place for problem in ring.problems] == [str(odd)]


@pytest.mark.attack
def test_a_large_file_is_not_read_whole(folder: Path) -> None:
    folder.mkdir(parents=True)
    with (folder / "an-12345678.key").open("wb") as file:
        file.truncate(50_000_000_000)
    ring = read_keyring(folder)
    assert ring.keys == ()
    assert f"more than {MOST_BYTES:,} bytes" in str(ring.problems[0])


@pytest.mark.attack
@pytest.mark.parametrize("name", ["other-{start}.txt.key", "an-00000000.key", "{start}.key", "-{start}.key"])
def test_a_file_under_a_wrong_name_is_no_key(folder: Path, name: str) -> None:
    put = put_key(folder, "an", DATA)
    put.path.rename(folder / name.format(start=put.fingerprint[:8]))
    ring = read_keyring(folder)
    assert ring.keys == ()
    assert put.fingerprint[:8] in str(ring.problems[0])


@pytest.mark.attack
@pytest.mark.parametrize("name", ["", "../an", "a/b", "a\\b", "An", ".an", "a\0b", "-", "a" * 41, "an\n"])
def test_a_name_leads_nowhere_else(folder: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        put_key(folder, name, DATA)
    assert list(tmp_path.rglob("*.key")) == []


def test_what_is_no_key_is_not_put(folder: Path) -> None:
    with pytest.raises(InputError, match="not a key"):
        put_key(folder, "an", KEY.seed)
    assert not folder.exists()


def test_a_file_in_place_of_the_folder_is_said(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("")
    with pytest.raises(InputError, match="no folder"):
        put_key(folder, "an", DATA)


@posix
def test_a_key_that_may_not_be_read_is_said(folder: Path, as_nobody: Callable[[], None]) -> None:
    put = put_key(folder, "an", DATA)
    folder.chmod(0o755)
    folder.parent.chmod(0o755)
    put.path.chmod(0o000)
    as_nobody()
    with pytest.raises(InputError, match="cannot be read: Permission denied"):
        find_key(folder, "an")


def test_the_folder_is_that_of_the_variable_or_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keys_dir({"FACTDESK_KEYS_DIR": str(tmp_path)}) == tmp_path
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("FACTDESK_KEYS_DIR", raising=False)
    assert keys_dir().name == "keys"
    if sys.platform == "linux":
        assert keys_dir() == tmp_path / "factdesk" / "keys"


WRITER = """
import sys
from pathlib import Path
from factdesk.errors import RefusedError
from factdesk.signing.keyring import put_key
try:
    put_key(Path(sys.argv[1]), "an", Path(sys.argv[2]).read_bytes())
except RefusedError:
    sys.exit(8)
"""


@pytest.mark.attack
def test_of_two_who_write_one_name_at_once_one_is_refused(folder: Path, tmp_path: Path) -> None:
    texts = []
    for at in range(2):
        texts.append(tmp_path / f"{at}.json")
        texts[-1].write_bytes(locked(KEY, PASSPHRASE, cost=QUICK))
    runs = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(text)]) for text in texts]
    assert sorted(run.wait() for run in runs) == [0, 8]
    winner = next(text for text, run in zip(texts, runs, strict=True) if run.returncode == 0)
    assert [each.read_bytes() for each in folder.iterdir()] == [winner.read_bytes()]
