"""Desks with reviews in them, made once by importing: the sample, and a few publishers who check the same claims.

`sample_desk`      the sample's desk, opened; for tests that only ask
`fresh_sample`     a copy of it of the test's own, as settings, for tests that write or break something
`newsroom`         a copy of a small desk with several publishers, as settings
`press`            a desk with people, keys and evidence, to be copied (`tests.actions.desks_of_people`)
`press_desk`       a copy of it of the test's own, opened
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.actions.desks_of_people import World, built, clock_from, config_in, copied, opened

from factdesk.actions.desks import create_desk
from factdesk.actions.imports import import_reviews
from factdesk.config import DeskConfig, load_desk
from factdesk.queries.desk import Desk
from factdesk.sample.feed import feed_json

NEWSROOM = [
    ("a1", "Alpha Check", "False", "The Eiffel Tower was moved to Berlin in 1999.", "https://alpha.example/eiffel"),
    ("b1", "Beta Facts", "Mostly true", "The Eiffel Tower was moved to Berlin in 1999.", "https://beta.example/tower"),
    (
        "a2",
        "Alpha Check",
        "Four bananas",
        "A whale was seen swimming in the Danube at Linz.",
        "https://alpha.example/{id}",
    ),
    ("b2", "Beta Facts", "Legend", "A whale was seen swimming in the Danube at Linz.", "https://beta.example/{id}"),
    ("a3", "Alpha Check", "False", "Snails sleep for three years at a stretch.", "https://alpha.example/{id}"),
    ("b3", "Beta Facts", "Sai", "Snails sleep for three years at a stretch.", "https://beta.example/{id}"),
]
"""Own id, publisher, rating, claim, address."""


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    feed = folder / "sample.json"
    feed.write_text(feed_json(), encoding="utf-8")
    with Desk.open(create_desk(folder / "desk")) as desk:
        import_reviews(desk, str(feed))
    return folder


@pytest.fixture(scope="session")
def sample_desk(sample_folder: Path) -> Iterator[Desk]:
    with Desk.open(load_desk(str(sample_folder / "desk"), {}), writable=False) as desk:
        yield desk


@pytest.fixture
def fresh_sample(sample_folder: Path, tmp_path: Path) -> DeskConfig:
    return load_desk(str(shutil.copytree(sample_folder / "desk", tmp_path / "desk")), {})


@pytest.fixture(scope="session")
def newsroom_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    rows = [
        {
            "id": own_id,
            "publisher": who,
            "rating": rating,
            "text": claim,
            "url": url.format(id=own_id),
            "language": "en",
        }
        for own_id, who, rating, claim, url in NEWSROOM
    ]
    source = folder / "checks.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Desk.open(create_desk(folder / "desk")) as desk:
        import_reviews(desk, str(source))
    return folder


@pytest.fixture
def newsroom(newsroom_folder: Path, tmp_path: Path) -> DeskConfig:
    return load_desk(str(shutil.copytree(newsroom_folder / "desk", tmp_path / "newsroom")), {})


@pytest.fixture(scope="session")
def press(prepared_record: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("press")
    shutil.copyfile(prepared_record, folder / "record.sqlite")
    return built(config_in(folder), clock_from(0))


@pytest.fixture
def press_desk(press: World, tmp_path: Path) -> Iterator[Desk]:
    with opened(copied(press, tmp_path / "press"), clock_from(1)) as desk:
        yield desk
