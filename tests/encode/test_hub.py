from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from factdesk.encode.load import load_encoder
from factdesk.errors import ResourceError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small model in the sentence-transformers layout: a table of three word vectors."""
    place = tmp_path / "small-model"
    (place / "onnx").mkdir(parents=True)
    tokenizer = Tokenizer(models.WordLevel({"[PAD]": 0, "[UNK]": 1, "red": 2, "blue": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(place / "tokenizer.json"))
    table = np.array([[9, 9], [1, 1], [1, 0], [0, 1]], np.float32)
    node = helper.make_node("Gather", ["table", "input_ids"], ["states"])
    graph = helper.make_graph(
        [node], "small",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "t"])],
        [helper.make_tensor_value_info("states", TensorProto.FLOAT, ["n", "t", 2])],
        [numpy_helper.from_array(table, "table")],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    (place / "onnx" / "model.onnx").write_bytes(model.SerializeToString())
    return place


def test_a_folder_is_an_encoder_and_padding_does_not_count(folder: Path) -> None:
    encoder = load_encoder(str(folder), folder.parent, 1)
    assert (encoder.name, encoder.dimension) == ("small-model", 2)
    np.testing.assert_allclose(encoder.encode(["red red red blue", "red"])[1], [1, 0], atol=1e-6)
    assert encoder.encode([]).shape == (0, 2)


def test_first_token_pooling_is_obeyed(folder: Path) -> None:
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    np.testing.assert_allclose(load_encoder(str(folder), folder, 1).encode(["blue red red"]), [[0, 1]], atol=1e-6)


def test_a_folder_without_a_graph_is_refused(folder: Path) -> None:
    (folder / "onnx" / "model.onnx").unlink()
    with pytest.raises(ResourceError, match=r"no model\.onnx"):
        load_encoder(str(folder), folder, 1)
