"""One encoder for the whole room: preparing it takes seconds."""

from __future__ import annotations

import pytest

from factdesk.config import models_dir
from factdesk.encode.e5 import E5Encoder


@pytest.fixture(scope="session")
def encoder() -> E5Encoder:
    return E5Encoder(models_dir(), threads=2)
