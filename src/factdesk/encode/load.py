"""An encoder by its name, opened when it is asked for and not before."""

from __future__ import annotations

from pathlib import Path

from factdesk.encode.base import Encoder

DEFAULT = "e5-small"


def load_encoder(name: str, models: Path, threads: int) -> Encoder:
    """The encoder of that name: the built-in one, else a folder or hub name of an ONNX model (extra `hub`).

    Raises `ResourceError` when its weights or the libraries it needs are missing.
    """
    # Either import costs a tenth of a second or more, and only one of the two is ever wanted.
    if name == DEFAULT:
        from factdesk.encode.e5 import E5Encoder

        return E5Encoder(models, threads)
    from factdesk.encode.hub import HubEncoder

    return HubEncoder(name, models, threads)
