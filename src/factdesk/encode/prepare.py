"""What is made from the weights once a machine, in a form that opens fast: the graph, the vocabulary, the positions.

Kept by the digest of the weights and the version of this preparation, built beside and renamed, so that two processes
may do it at once and one that dies leaves nothing half made.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np

from factdesk.encode.tokens import save_pieces
from factdesk.encode.weights import SHA256, Weights, check_weights, find_weights
from factdesk.errors import ResourceError

VERSION = 5


def prepared_folder(models: Path) -> Path:
    """Where the prepared form stands; made when it is not there yet.

    Raises `ResourceError` when the weights are missing or damaged, or the folder cannot be written.
    """
    folder = models / f"e5-small-{SHA256[:8]}-{VERSION}"
    if not (folder / "layout.json").is_file():
        try:
            _build(models, folder)
        except OSError as error:
            raise ResourceError(
                "The sentence encoder cannot be prepared: {why}.",
                place=str(folder),
                remedy="Free some space (100 MB), or name another folder with FACTDESK_MODELS_DIR.",
                why=error.strerror or error,
            ) from error
    return folder


def _build(models: Path, folder: Path) -> None:
    path = find_weights(models)
    check_weights(path)
    models.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".preparing-", dir=models))
    try:
        _write(Weights(path), beside)
        # Another process may have finished first: then its folder stands, and ours goes.
        if not folder.exists():
            beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(weights: Weights, folder: Path) -> None:
    # Imported here: only this step needs it, and it is slow to load.
    from factdesk.encode.graph import build_graph

    (folder / "graph.onnx").write_bytes(build_graph(weights).SerializeToString())
    save_pieces(weights.vocabulary(), folder)
    tensors, hidden = weights.tensors(), weights.shape.hidden
    positions = weights.floats(tensors["emb.pos"]).reshape(-1, hidden)
    np.save(folder / "positions.npy", positions + weights.floats(tensors["emb.type"])[:hidden])
    words = tensors["emb.word"]
    layout = {
        "hidden": hidden,
        "offset": words.offset,
        "size": words.size,
        "bytes": weights.path.stat().st_size,
    }
    (folder / "layout.json").write_text(json.dumps(layout), encoding="utf-8")
