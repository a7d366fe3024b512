"""`factdesk verify SITE`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.actions.desks_of_people import World, clock_from, copied, opened, published
from tests.publish.browsing import served

from factdesk.domain.keys import fingerprint
from factdesk.publish.build import build

Run = Callable[..., Any]


@pytest.fixture
def site(world: World, tmp_path: Path) -> Path:
    """A site with one check."""
    with opened(copied(world, tmp_path / "press"), clock_from(7)) as desk:
        published(desk, world)
        build(desk, tmp_path / "site", "https://desk.example")
    return tmp_path / "site"


@pytest.fixture
def pin(world: World) -> str:
    return fingerprint(world.keys["binh"].public)


def page_of(site: Path) -> Path:
    (page,) = site.glob("en/checks/*/index.html")
    return page


def test_a_site_is_verified_where_there_is_no_desk(program: Run, site: Path, pin: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    elsewhere = {"FACTDESK_DESK": "", "HOME": str(tmp_path / "elsewhere")}
    ran = program("verify", str(site), "--pin", pin, env=elsewhere)
    assert ran.code == 0, ran.err
    assert re.search(r"^page: \d+ pass$", ran.out, re.MULTILINE)
    assert "signature: 1 pass" in ran.out
    assert "signed, by keys that you pinned" in ran.err


def test_without_a_pin_it_says_so(say: Run, site: Path) -> None:
    ran = say("verify", site, "--quick", "--all")
    assert ran.code == 0
    assert "pass  page /en/checks/" in ran.out
    assert "signature: " not in ran.out
    assert "a site cannot vouch for itself" in ran.err
    assert "trang web không thể tự bảo chứng" in say("verify", site, "--quick", "--ui-language", "vi").err


def test_an_edit_is_said_and_gives_the_exit_code(say: Run, site: Path) -> None:
    page = page_of(site)
    page.write_text(page.read_text("utf-8").replace('"rating">False', '"rating">True'), encoding="utf-8")
    ran = say("verify", site, "--quick")
    assert ran.code == 1
    assert f"fail  page /{page.parent.relative_to(site)}/" in ran.out
    assert "The rating is “True”, and “False” was signed." in ran.out
    assert "What was shown" not in ran.err
    assert "Xếp hạng là “True”" in say("verify", site, "--quick", "--ui-language", "vi").out
    data = json.loads(say("verify", site, "--quick", "--json").out)
    assert [each["subject"] for each in data["steps"] if each["outcome"] == "fail"] == [
        f"/{page.parent.relative_to(site)}/"
    ]


def test_by_its_address(say: Run, site: Path, pin: str) -> None:
    with served(site) as url:
        ran = say("verify", url, "--quick", "--pin", pin, "--allow-private")
        assert ran.code == 0, ran.err
        assert re.search(r"^page: \d+ pass, \d+ not checked$", ran.out, re.MULTILINE)
        assert "https://desk.example" in ran.out
        refused = say("verify", url, "--quick")
    assert refused.code == 7
    assert "page" not in refused.out


@pytest.mark.parametrize(
    ("args", "code"),
    [(["nowhere", "--allow-private"], 2), (["https://"], 2), (["https://a.example/?q"], 2), (["http://["], 2)],
)
def test_what_is_no_site(say: Run, args: list[str], code: int) -> None:
    assert say("verify", *args).code == code


def test_a_digest_is_a_bundles(say: Run, site: Path) -> None:
    assert say("verify", site, "--expect", "0" * 64).code == 2
