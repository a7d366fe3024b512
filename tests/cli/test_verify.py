"""`factdesk verify` and `factdesk bundle`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.capture.bundles import flipped, small_world

from factdesk.config import load_desk
from factdesk.store.record import Record

Run = Callable[..., Any]


@pytest.fixture
def evidence(desk: Path) -> Path:
    """The desk with two captures and two citations."""
    with Record.open(load_desk(str(desk), {})) as record:
        small_world().fill(record)
    return desk


@pytest.fixture
def bundle(say: Run, evidence: Path, tmp_path: Path) -> Path:
    """A bundle of all of it."""
    ran = say("bundle", "id-0001", "id-0002", "-o", tmp_path / "a.wacz", "--desk", evidence)
    assert ran.code == 0, ran.err
    return tmp_path / "a.wacz"


def test_a_desk_is_verified_with_its_sums(say: Run, evidence: Path) -> None:
    ran = say("verify", "--desk", evidence)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert "quotation: 2 pass" in lines
    assert "requests and answers: 1 pass, 1 not checked" in lines
    assert "not checked  requests and answers id-0002" in lines
    assert not any(line.startswith("pass ") for line in lines)
    assert lines[-1].endswith(" pass, 0 fail, 2 not checked.")
    assert say("verify", evidence).out == ran.out
    assert "pass  quotation " in say("verify", evidence, "--all").out


def test_what_fails_is_named_and_gives_the_exit_code(say: Run, evidence: Path) -> None:
    with closing(sqlite3.connect(evidence / "record.sqlite")) as record, record:
        record.execute("UPDATE blobs SET data = CAST('x' AS BLOB) WHERE digest IN (SELECT digest FROM captures)")
    ran = say("verify", "--desk", evidence)
    assert ran.code == 1
    assert "fail  bytes id-0001" in ran.out
    assert ran.err.startswith("factdesk: ")
    assert "Steps that failed: " in ran.err
    vietnamese = say("verify", "--desk", evidence, "--ui-language", "vi")
    assert "không đạt  dữ liệu gốc id-0001" in vietnamese.out


def test_one_citation_by_its_id(say: Run, evidence: Path) -> None:
    ran = say("verify", "id-0001", "--desk", evidence, "--json")
    data = json.loads(ran.out)
    assert data["sums"] == {"pass": 10, "fail": 0, "not checked": 0}
    (cited,) = [step["subject"] for step in data["steps"] if step["name"] == "quotation"]
    assert say("verify", cited, "--desk", evidence).code == 0
    assert say("verify", "nothing", "--desk", evidence).code == 4


def test_a_bundle_is_made_and_verified_where_there_is_no_desk(
    say: Run, program: Run, bundle: Path, tmp_path: Path
) -> None:
    elsewhere = {"FACTDESK_MODELS_DIR": str(tmp_path / "nowhere"), "FACTDESK_DESK": "", "HOME": str(tmp_path)}
    ran = program("verify", str(bundle), env=elsewhere)
    assert ran.code == 0, ran.err
    assert "pass  quotation " in ran.out
    assert "only a digest that came another way can tell" in ran.err
    digest = ran.out.splitlines()[-1].removeprefix("SHA-256 ")
    assert say("verify", bundle, "--expect", digest).code == 0
    wrong = say("verify", bundle, "--expect", "0" * 64)
    assert wrong.code == 1
    assert f"Its digest is {digest}, not the one that was expected." in " ".join(wrong.out.split())
    # What failed shows nothing, and what was not read again shows less.
    assert "What was shown" not in wrong.err
    assert "What was shown: the bundle is whole. Not every text" in say("verify", bundle, "--quick").err


def test_a_changed_bundle_fails_with_the_place(say: Run, bundle: Path) -> None:
    data = bundle.read_bytes()
    place = data.index(b"moh.example")
    bundle.write_bytes(flipped(data, place))
    ran = say("verify", bundle, "--quick")
    assert ran.code == 1
    assert f"byte {place:,} of the bundle" in " ".join(ran.out.split())
    found = json.loads(say("verify", bundle, "--quick", "--json").out)
    assert found["sums"]["fail"] >= 1
    assert len(found["sha256"]) == 64


def test_what_a_bundle_carries_is_said(say: Run, evidence: Path, tmp_path: Path) -> None:
    ran = say("bundle", "id-0002", "-o", tmp_path / "a.wacz", "--desk", evidence)
    assert ran.code == 0
    assert "It carries what somebody supplied: id-0002." in ran.err
    first, second = ran.out.splitlines()
    assert "captures 1, citations 1" in first
    assert second.startswith("SHA-256 ")
    assert f"--expect {second.removeprefix('SHA-256 ')}" in ran.err
    again = say("bundle", "id-0002", "-o", tmp_path / "a.wacz", "--desk", evidence)
    assert (again.code, again.out) == (2, "")
    forced = say("bundle", "id-0002", "-o", tmp_path / "a.wacz", "--desk", evidence, "--force", "--json")
    assert json.loads(forced.out)["digest"] == second.removeprefix("SHA-256 ")


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("verify", "none.wacz"), 4, "There is no such file."),
        (("verify", "--expect", "0" * 64), 2, "--expect goes with a bundle."),
        (("verify", "a.txt", "--expect", "zz"), 2, "zz is no SHA-256."),
        (("verify", "a.txt"), 3, "This is not a WACZ bundle."),
        (("verify", "a.txt", "--authority-cert", "none.pem"), 4, "There is no such file."),
        (("verify", "a.txt", "--authority-cert", "a.txt"), 3, "This is not a certificate."),
        (("bundle", "x", "-o", "a.zip"), 2, "The name of a bundle ends in .wacz."),
        (("bundle", "-o", "a.wacz"), 2, ""),
    ],
)
def test_what_is_asked_wrongly(
    say: Run, tmp_path: Path, made_desk: Path, args: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "a.txt").write_text("no bundle")
    ran = say(*args, "--desk", made_desk)
    assert ran.code == code
    assert said in ran.err
