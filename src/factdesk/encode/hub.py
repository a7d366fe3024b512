"""Any sentence encoder published as ONNX, by folder or by its name on a model hub (extra `hub`).

Takes what the sentence-transformers layout says: `onnx/model.onnx` or `model.onnx`, `tokenizer.json`, mean or
first-token pooling from `1_Pooling/config.json`, and a `query` prompt from `config_sentence_transformers.json`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from factdesk.encode.base import Vectors
from factdesk.errors import ResourceError

FILES = ("*.json", "onnx/model.onnx", "model.onnx", "*/config.json")
MAX_TOKENS = 512
BATCH = 16
INSTALL = 'Install what it needs with: pip install "factdesk[hub]"'


class HubEncoder:
    """A model by name. The name of its vectors is the model's, so that vectors of two models never meet."""

    def __init__(self, name: str, models: Path, threads: int = 0) -> None:
        folder = Path(name) if Path(name).is_dir() else _download(name, models)
        self.name = name if folder != Path(name) else folder.resolve().name
        self._tokenizer = _tokenizer(folder)
        self._session = _session(folder, threads)
        self._inputs = {given.name for given in self._session.get_inputs()}
        self._first_token = bool(_json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token"))
        self._prompt = str(_json(folder / "config_sentence_transformers.json").get("prompts", {}).get("query", ""))
        self.dimension = int(self.encode(["dimension"]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, float32[n, dimension]."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        parts = [self._run(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)]
        return np.concatenate(parts)

    def _run(self, texts: Sequence[str]) -> Vectors:
        rows = self._tokenizer.encode_batch([self._prompt + text for text in texts])
        ids = np.array([row.ids for row in rows], np.int64)
        mask = np.array([row.attention_mask for row in rows], np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(None, {key: value for key, value in given.items() if key in self._inputs})[:1]
        states = np.asarray(states, np.float32)
        if states.ndim == 3:
            weights = mask[..., None].astype(np.float32)
            states = states[:, 0] if self._first_token else (states * weights).sum(1) / weights.sum(1)
        return np.asarray(states / np.maximum(np.linalg.norm(states, axis=1, keepdims=True), 1e-12), np.float32)


def _download(name: str, models: Path) -> Path:
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise ResourceError("The encoder {name} is not on this machine.", remedy=INSTALL, name=name) from error
    try:
        return Path(snapshot_download(name, allow_patterns=list(FILES), cache_dir=models / "hub"))
    except Exception as error:  # the library's errors share no base class; each means that the model is not to be had
        raise ResourceError(
            "The encoder {name} could not be fetched: {why}.",
            remedy="Check the name and the connection, or go back to e5-small.",
            name=name,
            why=type(error).__name__,
        ) from error


def _tokenizer(folder: Path) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise ResourceError("The encoder {name} is not on this machine.", remedy=INSTALL, name=folder.name) from error
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ResourceError("The encoder has no {file}.", place=str(folder), file="tokenizer.json")
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id("<pad>") or tokenizer.token_to_id("[PAD]") or 0)
    return tokenizer


def _session(folder: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    for path in (folder / "onnx" / "model.onnx", folder / "model.onnx"):
        if path.is_file():
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    raise ResourceError("The encoder has no {file}.", place=str(folder), file="model.onnx")


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
