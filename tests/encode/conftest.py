"""One encoder for the whole room: preparing it takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from factdesk.config import models_dir
from factdesk.encode.e5 import E5Encoder
from factdesk.encode.prepare import prepared_folder
from factdesk.encode.tokens import Tokens


@pytest.fixture(scope="session")
def models() -> Path:
    """The user's models folder, where the prepared form may stand already."""
    return models_dir()


@pytest.fixture(scope="session")
def encoder(models: Path) -> E5Encoder:
    return E5Encoder(models, threads=2)


@pytest.fixture(scope="session")
def tokens(models: Path) -> Tokens:
    return Tokens(prepared_folder(models))
