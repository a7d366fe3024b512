"""A desk with people, keys and evidence (`tests.actions.desks_of_people`), made once and copied for each test.

`press`        the desk, to be copied
`press_desk`   a copy of the test's own, opened
`verified_site` a site of four checks (`tests.publish.site_copies`), never changed
`site_copy`    a copy of that site for the test
`chromium`     a browser, and `url` the address of `verified_site`, for the tests of a file
`attacked_site` a site that has every payload in every field (`tests.publish.hostile_desk`), never changed
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.actions.desks_of_people import World, built, clock_from, config_in, copied, opened
from tests.publish.browsing import browser, served
from tests.publish.hostile_desk import hostile_site
from tests.publish.site_copies import sample_site

from factdesk.queries.desk import Desk


@pytest.fixture(scope="session")
def press(prepared_record: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("press")
    shutil.copyfile(prepared_record, folder / "record.sqlite")
    return built(config_in(folder), clock_from(0))


@pytest.fixture
def press_desk(press: World, tmp_path: Path) -> Iterator[Desk]:
    with opened(copied(press, tmp_path / "press"), clock_from(1)) as desk:
        yield desk


@pytest.fixture(scope="session")
def verified_site(press: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_site(press, tmp_path_factory.mktemp("verified"))


@pytest.fixture(scope="session")
def attacked_site(press: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_site(press, tmp_path_factory.mktemp("attacked"))


@pytest.fixture
def site_copy(verified_site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(verified_site, tmp_path / "site"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as program:
        yield program


@pytest.fixture(scope="module")
def url(verified_site: Path) -> Iterator[str]:
    with served(verified_site) as address:
        yield address
