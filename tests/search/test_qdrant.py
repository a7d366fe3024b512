"""The Qdrant driver keeps the contract, against Qdrant's client in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import numpy as np
import pytest
from tests.search.contract import Contract, Open, filters_are_exact
from tests.search.worlds import DIMENSION, MODEL, corpus, document

from factdesk.errors import DeskError
from factdesk.search.base import IndexDamagedError

if find_spec("qdrant_client") is None and os.environ.get("FACTDESK_REQUIRE_ALL") != "1":
    pytest.skip("needs qdrant-client: pip install 'factdesk[qdrant]'", allow_module_level=True)

from qdrant_client import QdrantClient

from factdesk.search.qdrant import QdrantIndex, open_qdrant

# In memory the client has no use for what a server needs, and says so.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Local mode performs exact:UserWarning"),
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect:UserWarning"),
]


@pytest.fixture
def client() -> Iterator[QdrantClient]:
    made = QdrantClient(":memory:")
    yield made
    made.close()


class TestContract(Contract):
    test_filters_are_exact = filters_are_exact()

    @pytest.fixture
    def opened(self, client: QdrantClient) -> Open:
        return lambda: QdrantIndex.open(client, DIMENSION, MODEL)


def test_two_desks_share_a_server(client: QdrantClient) -> None:
    one = QdrantIndex.open(client, DIMENSION, MODEL, name="one")
    two = QdrantIndex.open(client, DIMENSION, MODEL, name="two")
    one.add([document(1, "of the first")])
    one.commit(1)
    two.add([document(2, "of the second")])
    two.commit(1)
    one.restart()
    one.add([document(3, "of the first anew")])
    one.commit(2)
    assert one.words("first second anew", 5).keys.tolist() == [3]
    assert two.words("first second anew", 5).keys.tolist() == [2]


def test_an_index_of_another_model_is_refused_and_can_be_replaced(client: QdrantClient) -> None:
    index = QdrantIndex.open(client, DIMENSION, MODEL)
    index.add([document(1)])
    index.commit(1)
    with pytest.raises(IndexDamagedError):
        QdrantIndex.open(client, DIMENSION, "another")
    anew = QdrantIndex.anew(client, DIMENSION, "another")
    anew.add([document(2, "fits now")])
    anew.commit(5)
    assert QdrantIndex.open(client, DIMENSION, "another").words("fits", 5).keys.tolist() == [2]
    assert len(client.get_collections().collections) == 2


@pytest.mark.parametrize("anew", [False, True])
@pytest.mark.parametrize("url", ["http://127.0.0.1:9#desk", "http://127.0.0.1:9", "http://[", "ftp://x y"])
def test_a_server_that_is_not_there_is_said(url: str, anew: bool) -> None:
    with pytest.raises(DeskError, match="does not answer"):
        open_qdrant(url, DIMENSION, MODEL, anew=anew)


def test_many_documents_go_in_parts(client: QdrantClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factdesk.search.qdrant.BATCH", 7)
    index = QdrantIndex.anew(client, DIMENSION, MODEL)
    documents = corpus(40)
    for start in range(0, 40, 5):
        index.add(documents[start : start + 5])
    index.commit(1)
    index.delete(range(10, 30))
    index.commit(2)
    assert len(index) == 20
    rows = np.concatenate([one.vectors for one in documents if not 10 <= one.key < 30])
    assert np.allclose(index.mean(), rows.mean(axis=0), atol=1e-5)
